package csv

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/format/source"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Source describes tables as they are read: comma, semicolon or tab between the
// cells, names of columns in the first line, and the geometry as WKT or in columns
// for longitude and latitude.
func Source() source.Format {
	return source.Format{
		Name: "csv", Extensions: []string{".csv", ".tsv", ".tab", ".txt"}, Title: geo.Text{EN: "CSV"},
		Recognises: recognise, Open: openSource,
	}
}

// recognise looks for text whose first line names several columns. In an archive
// and under another name it must name those of a geometry.
func recognise(m *source.Member) bool {
	head := m.Head()
	if len(head) == 0 {
		return false
	}
	if !isUTF16(head) && bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	names := firstLine(head)
	if geometryOf(names).found() {
		return true
	}
	return slices.Contains([]string{".csv", ".tsv"}, m.Extension()) && len(names) > 1
}

func isUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

// firstLine gives the names of the columns as far as the head of the file has them.
func firstLine(head []byte) []string {
	in, err := decoded(bytes.NewReader(head), head, "")
	if err != nil {
		return nil
	}
	text, _ := io.ReadAll(in) // a character cut off at the end does no harm
	comma, rest := separator(text)
	r := csv.NewReader(bytes.NewReader(rest))
	r.Comma, r.FieldsPerRecord = comma, -1
	names, err := r.Read()
	if err != nil {
		return nil
	}
	return names
}

// separator finds what stands between the cells, and takes a line that says so
// (sep=;) away.
func separator(text []byte) (rune, []byte) {
	if line, rest, found := bytes.Cut(text, []byte("\n")); found {
		if s, ok := strings.CutPrefix(strings.ToLower(string(bytes.TrimSpace(line))), "sep="); ok && len(s) == 1 {
			return rune(s[0]), rest
		}
	}
	best, most, quoted := ',', 0, false
	counts := map[rune]int{}
	for _, c := range string(text) {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			if most > 0 {
				return best, text
			}
		case c == ',' || c == ';' || c == '\t' || c == '|':
			if counts[c]++; counts[c] > most {
				best, most = c, counts[c]
			}
		}
	}
	return best, text
}

// decoded reads text as UTF-8, whatever it was: as asked for, by its byte order
// mark, as UTF-8 if it begins so, else as Windows-1252.
func decoded(in io.Reader, head []byte, encoding string) (io.Reader, error) {
	e, err := source.CodePage(encoding)
	switch {
	case err != nil:
		return nil, err
	case isUTF16(head):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(head, []byte("\ufeff")):
		return transform.NewReader(in, unicode.UTF8BOM.NewDecoder()), nil
	case e != nil:
		return transform.NewReader(in, e.NewDecoder()), nil
	case encoding == "" && !utf8.Valid(cutCharacter(head)):
		return transform.NewReader(in, charmap.Windows1252.NewDecoder()), nil
	}
	return in, nil
}

// cutCharacter drops a character that the end of the head cuts through.
func cutCharacter(head []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(head); i++ {
		if utf8.RuneStart(head[len(head)-i]) {
			if !utf8.FullRune(head[len(head)-i:]) {
				return head[:len(head)-i]
			}
			break
		}
	}
	return head
}

type reader struct {
	member   *source.Member
	options  source.Options
	layer    source.Layer
	columns  []column // those that are attributes
	geometry geometry
	width    int
}

func openSource(ctx context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d tables in it", len(members)).Try("one at a time")
	}
	o.Limits = o.WithDefaults()
	r := &reader{member: members[0], options: o}
	if err := r.survey(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// Layers gives the one layer.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// Features reads the rows in their order.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		return r.rows(ctx, func([]string) error { return nil }, func(cells []string, at source.Place) error {
			return give(r.feature(cells, at))
		})
	})
}

// rows reads the line with the names and then the rows.
func (r *reader) rows(ctx context.Context, header func([]string) error, row func([]string, source.Place) error) error {
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	text, err := decoded(file, r.member.Head(), r.options.Encoding)
	if err != nil {
		return err
	}
	at := source.Place{File: r.member.Name}
	in := &source.Allowance{In: text, Left: r.options.FeatureBytes, Spent: at.Errorf(geo.TooLarge, "a single row is longer than the %d MB that are the limit: a quote is never closed, perhaps", r.options.FeatureBytes>>20)}
	buffered := bufio.NewReaderSize(in, 64<<10)
	head, _ := buffered.Peek(4 << 10)
	comma, rest := separator(head)
	skipped := len(head) - len(rest)
	_, _ = buffered.Discard(skipped) // it was just peeked
	marks := &quotes{in: buffered, comma: byte(comma)}
	table := csv.NewReader(marks)
	table.Comma, table.FieldsPerRecord, table.ReuseRecord = comma, -1, true
	shift := 0
	if skipped > 0 {
		shift = 1
	}
	for number := int64(0); ; {
		in.Left = r.options.FeatureBytes
		cells, err := table.Read()
		if errors.Is(err, io.EOF) && number > 0 {
			return nil
		}
		if err != nil {
			return fault(at, err, shift)
		}
		marks.restore(cells)
		if number == 0 {
			if err := header(cells); err != nil {
				return err
			}
			number++
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		line, _ := table.FieldPos(0)
		place := at
		place.Line, place.Feature = line+shift, number
		if number > r.options.Features {
			return place.Errorf(geo.TooLarge, "the table has more than %d rows", r.options.Features).Try("the same data in several files")
		}
		if err := row(cells, place); err != nil {
			return err
		}
		number++
	}
}

// fault names the place of an error of the reader of CSV.
func fault(at source.Place, err error, shift int) error {
	var known *geo.Error
	var parse *csv.ParseError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &parse):
		at.Line, at.Column = parse.Line+shift, parse.Column
		return at.Errorf(geo.Invalid, "the table can't be read here: %s", flaw(parse.Err)).Because(err).Try("quotes within a quoted cell doubled, and each quote closed")
	}
	return at.Broken("the table has no line with the names of its columns").Because(err)
}

// flaw words what the parser says of a row.
func flaw(err error) geo.Phrase {
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return geo.Phrasef("a quote stands in a cell that does not begin with one")
	case errors.Is(err, csv.ErrQuote):
		return geo.Phrasef("a quoted cell is not closed, or something follows its closing quote")
	}
	return geo.Phrasef("its cells can't be told apart")
}
