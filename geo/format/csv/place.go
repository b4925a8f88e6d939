package csv

import (
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/corners"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
	"kawasan/geo/format/wkt"
)

// position is where a row lies.
type position struct {
	wkb    []byte // as source.Feature has it; nil if the cells are empty
	srid   int    // of the system that the cell names; 0 for none
	curved bool
}

// place reads the geometry of a row. The fault says what can't be read.
func (r *reader) place(cells []string) (p position, fault *geo.Text) {
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[i])
	}
	if r.geometry.text >= 0 {
		if p.wkb, p.srid, fault = readGeometry(cell(r.geometry.text)); len(p.wkb) == 0 {
			return p, fault
		}
		var err error
		if p.wkb, p.curved, err = r.layer.Geometry(p.wkb); err != nil {
			return position{}, unsound(err)
		}
		return p, nil
	}
	if r.geometry.lon < 0 || cell(r.geometry.lon) == "" && cell(r.geometry.lat) == "" {
		return p, nil
	}
	var v []float64
	for _, i := range []int{r.geometry.lon, r.geometry.lat, r.geometry.height} {
		if i < 0 || i == r.geometry.height && cell(i) == "" {
			continue
		}
		n, fault := r.geometry.coordinate(cell(i), i)
		if fault != nil {
			return p, fault
		}
		v = append(v, n)
	}
	p.wkb = wkb.AppendFloats(wkb.AppendHeader(nil, wkb.Point, len(v) > 2, false), v...)
	return p, nil
}

// readGeometry reads a cell as well-known text, GeoJSON, or the hexadecimal digits of
// well-known binary that PostgreSQL writes, with the system that it names.
func readGeometry(s string) ([]byte, int, *geo.Text) {
	switch {
	case s == "":
		return nil, 0, nil
	case s[0] == '{':
		g, err := geojson.ReadGeometry([]byte(s))
		if err == nil {
			return g, wgs84, nil
		}
		reason := geo.Text{EN: "it is none", ID: "ini bukan geometri"}
		if shape := (*geojson.ShapeError)(nil); errors.As(err, &shape) {
			reason = shape.Reason
		}
		fault := geo.Textf("the geometry can't be read as GeoJSON: %s", "geometri tidak terbaca sebagai GeoJSON: %s", reason)
		return nil, 0, &fault
	case strings.HasPrefix(s, "00"), strings.HasPrefix(s, "01"):
		b, err := hex.DecodeString(s)
		if err != nil {
			return nil, 0, unsound(err)
		}
		return b, wkb.SRID(b), nil
	}
	return readWKT(s)
}

func unsound(err error) *geo.Text {
	fault := geo.Textf("the geometry can't be read as well-known binary: %s", "geometri tidak terbaca sebagai WKB: %s", err)
	return &fault
}

// wgs84 is the system of GeoJSON.
const wgs84 = 4326

func readWKT(s string) ([]byte, int, *geo.Text) {
	g, srid, err := wkt.Parse(s)
	if err == nil {
		return g, srid, nil
	}
	reason, offset := geo.Text{EN: "it is none", ID: "ini bukan geometri"}, 0
	if syntax := (*wkt.SyntaxError)(nil); errors.As(err, &syntax) {
		reason, offset = syntax.Reason, syntax.Offset
	}
	fault := geo.Textf("the geometry can't be read at character %d: %s; needed: well-known text such as POINT (116.8 -1.2)",
		"geometri tidak terbaca pada karakter ke-%d: %s; yang diperlukan: teks WKT seperti POINT (116.8 -1.2)", offset+1, reason)
	return nil, 0, &fault
}

// southern is a heading that says that its latitudes lie south of the equator.
var southern = regexp.MustCompile(`(?i)selatan|south|\bls\b`)

// coordinate reads the cell of a coordinate: a number with a point or a comma before
// its decimals or, where the column is one of degrees, an angle with minutes and seconds.
func (g geometry) coordinate(s string, column int) (float64, *geo.Text) {
	if s == "" {
		fault := geo.Textf("one of the two coordinates is empty", "salah satu dari kedua koordinat kosong")
		return 0, &fault
	}
	n, ok := g.number(s, column)
	signed := strings.HasPrefix(s, "-")
	if !ok && g.degrees {
		var a corners.Angle
		if a, ok = corners.ParseAngle(s); ok && (a.Latitude && column != g.lat || a.Longitude && column != g.lon) {
			fault := geo.Textf("%q stands in the column of the other coordinate", "%q berada di kolom koordinat yang lain", clip(s))
			return 0, &fault
		}
		if ok && column == g.lat && !a.Signed && !g.south && a.Degrees != 0 {
			fault := geo.Textf("%q doesn't say on which side of the equator it lies; needed: LU or LS behind it, or in the name of the column",
				"%q tidak menyebut di sisi mana khatulistiwa letaknya; yang diperlukan: LU atau LS di belakangnya, atau dalam nama kolom", clip(s))
			return 0, &fault
		}
		n, signed = a.Degrees, a.Signed
	}
	if !ok {
		fault := geo.Textf("the coordinate %q is no number; needed: degrees with decimals, such as 116.8125, or with minutes and seconds and their marks",
			"koordinat %q bukan bilangan; yang diperlukan: derajat dengan desimal, misalnya 116,8125, atau dengan menit dan detik beserta tandanya", clip(s))
		return 0, &fault
	}
	if g.south && column == g.lat && !signed {
		n = -n
	}
	return n, nil
}

// number reads a plain number.
func (g geometry) number(s string, column int) (float64, bool) {
	if column == g.lon && g.commas[0].are() || column == g.lat && g.commas[1].are() {
		s = withPoint(s)
	} else if strings.Count(s, ",") == 1 {
		if commaNumber.MatchString(s) {
			s = withPoint(s)
		} else {
			s = strings.Replace(s, ",", ".", 1)
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && source.Number(n) != nil
}

func clip(s string) string {
	r := []rune(source.Text(s))
	return string(r[:min(len(r), 40)])
}
