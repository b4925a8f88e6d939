package corners

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"iter"
	"math"
	"regexp"
	"strings"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Source is the format for the table of files that are read.
func Source() source.Format {
	return source.Format{
		Name: "corners", Extensions: []string{".txt", ".tsv", ".csv"},
		Title:      geo.Text{EN: "Table of corners (degrees, minutes, seconds)", ID: "Tabel titik sudut (derajat, menit, detik)"},
		Recognises: recognises, Open: open,
	}
}

// wellKnown finds a geometry as well-known text, or as binary in hexadecimal digits: a table
// with one is no list of corners.
var wellKnown = regexp.MustCompile(`(?i)\b[a-z]*(POINT|STRING|POLYGON|CURVE|SURFACE)\s*(ZM|Z|M)?\s*\(|\b0[01][0-9a-f]{16}`)

// namesOthers reports whether the first line names many columns, none of them a coordinate.
func namesOthers(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	if readHeader(plain(line)) != nil || strings.ContainsAny(line, "0123456789") {
		return false
	}
	names := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t", r) }) // a title with empty cells names one
	return len(names) > 6
}

// recognises tells a table of corners from other text: half of its lines hold an angle
// with degrees and minutes; or it is a text file, or one that names a zone or the parts of a
// polygon, of nothing but numbered pairs. A table with columns of other things is one of
// points, and so is one with a name for each of them.
func recognises(m *source.Member) bool {
	head := m.Head()
	if !source.IsText(head) {
		return false
	}
	in, err := source.Decode(bytes.NewReader(head), head, "")
	if err != nil {
		return false
	}
	decoded, _ := io.ReadAll(in) // a character cut off at the end does no harm
	text := strings.TrimSpace(string(decoded))
	if text == "" || strings.ContainsAny(text[:1], "{<[") || wellKnown.MatchString(text) || namesOthers(text) {
		return false
	}
	all := strings.Split(text, "\n")
	if len(head) >= 8<<10 && len(all) > 1 {
		all = all[:len(all)-1] // the last line is cut
	}
	var s signs
	for _, line := range all {
		if !s.see(plain(line)) {
			return false
		}
	}
	return s.corners(m.Extension() == ".txt")
}

// signs are what speaks for a table of corners.
type signs struct {
	header                *header
	lines, angled, paired int
	zoned                 bool // a line names the zone of eastings and northings
	named                 int  // rows with a name
	names                 map[string]bool
}

// see takes a line in; false if it is that of another table.
func (s *signs) see(line string) bool {
	if strings.TrimSpace(line) == "" {
		return true
	}
	if h := readHeader(line); h != nil {
		s.header = h
		return h.others() <= 1
	}
	s.lines++
	s.zoned = s.zoned || s.header == nil && utmZone.MatchString(line)
	if i := s.header.index(nameColumn); i >= 0 {
		if fields := split(line, s.header.separator); i < len(fields) {
			if s.names == nil {
				s.names = map[string]bool{}
			}
			s.named++
			s.names[fields[i].text] = true
		}
	}
	found, f := angles(line)
	if f == nil && len(found) == 0 {
		found, _, f = sexagesimal(line)
	}
	if f != nil || len(found) > 0 && len(found) < 3 { // a slip in it makes it no other table
		s.angled++
	} else if list, labels := numbers(line); len(list) >= 2 && len(list) <= 3 && len(labels) <= s.labels() {
		s.paired++
	}
	return true
}

// labels is how many words may stand in a row beside the numbers of a corner.
func (s *signs) labels() int {
	n := 0
	for _, c := range []column{labelColumn, ringColumn} {
		if s.header.index(c) >= 0 {
			n++
		}
	}
	return n
}

// corners weighs them.
func (s *signs) corners(plainText bool) bool {
	if s.named > 0 && len(s.names) == s.named {
		return false // points
	}
	parts := s.header.index(ringColumn) >= 0 && s.header.index(labelColumn) >= 0 && s.header.others() == 0
	enough := 3
	if plainText {
		enough = 2 // too few, which the error about them says
	}
	return s.angled >= enough && 2*s.angled >= s.lines || (plainText || s.zoned || parts) && s.paired >= 3 && s.paired >= s.lines-3
}

// others counts the columns that say nothing of a corner.
func (h *header) others() (n int) {
	if h == nil {
		return 0
	}
	for _, c := range h.columns {
		if c == other {
			n++
		}
	}
	return n
}

func open(_ context.Context, _ *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	s := &file{}
	for _, m := range members {
		r, err := m.Open()
		if err != nil {
			return nil, err
		}
		text, err := source.Decode(io.LimitReader(r, int64(o.WithDefaults().FeatureBytes)), m.Head(), o.Encoding)
		var table *Table
		if err == nil {
			table, err = Read(text, Options{Name: m.Name})
		}
		_ = r.Close() // it was only read
		if err != nil {
			return nil, err
		}
		s.add(m, table)
	}
	return s, nil
}

// file is what was read; tables are small.
type file struct {
	layers   []source.Layer
	features [][]*source.Feature
}

func (s *file) add(m *source.Member, t *Table) {
	layer := source.Layer{
		Name: m.Base(), Title: t.Title, GeometryType: "MultiPolygon", CRS: t.CRS, Notes: t.Notes,
		Properties: []geo.Property{
			{Name: "name", Type: geo.String},
			{Name: "corners", Type: geo.Integer},
			{Name: "position_uncertainty_m", Type: geo.Number, Unit: "m"},
		},
	}
	if t.CRS == nil {
		layer.CRSFault = geo.Invalidf("crs", "the corners are in metres, but no zone is named").Try("the zone above the table (UTM zona 50 S), or --crs")
	}
	groups := [][]Ring{t.Rings}
	if t.Named {
		groups = groupByName(t.Rings)
	}
	if t.Name == "" && !t.Named {
		layer.Note("the table doesn't say what it is of: a line such as Nama: Kawasan Industri above it, or --name, would", "tabel tidak menyebut apa yang digambarkannya: tambahkan baris seperti Nama: Kawasan Industri di atasnya, atau --name")
	}
	var features []*source.Feature
	for i, rings := range groups {
		name := t.Name
		if t.Named {
			name = rings[0].Name
		}
		n := 0
		for _, r := range rings {
			n += len(r.Corners)
		}
		f := &source.Feature{Number: int64(i + 1), Line: rings[0].Corners[0].Line, Values: []any{nil, int64(n), atLeast(t.UncertaintyM())}, WKB: encode(Polygons(rings))}
		if name != "" {
			f.Values[0] = name
		}
		features = append(features, f)
	}
	layer.Count = int64(len(features))
	s.layers, s.features = append(s.layers, layer), append(s.features, features)
}

// groupByName puts rings of one name together, in the order of the first of each.
func groupByName(rings []Ring) (groups [][]Ring) {
	at := map[string]int{}
	for _, r := range rings {
		i, known := at[r.Name]
		if !known {
			i = len(groups)
			at[r.Name], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// atLeast rounds up to two digits.
func atLeast(x float64) float64 {
	if x <= 0 {
		return x
	}
	unit := math.Pow(10, math.Floor(math.Log10(x))-1)
	return math.Round(math.Ceil(x/unit-1e-9)*unit*1e9) / 1e9
}

func encode(polygons orb.MultiPolygon) []byte {
	number := func(dst []byte, n int) []byte { return binary.LittleEndian.AppendUint32(dst, uint32(n)) }
	dst := number([]byte{1, 6, 0, 0, 0}, len(polygons))
	for _, p := range polygons {
		dst = number(append(dst, 1, 3, 0, 0, 0), len(p))
		for _, r := range p {
			dst = number(dst, len(r))
			for _, c := range r {
				dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(c[0]))
				dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(c[1]))
			}
		}
	}
	return dst
}

// Layers gives one for each file.
func (s *file) Layers() []source.Layer { return s.layers }

// Features gives the polygons of a table.
func (s *file) Features(ctx context.Context, layer int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		for _, f := range s.features[layer] {
			if err := give(f, ctx.Err()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Close has nothing to release.
func (s *file) Close() error { return nil }
