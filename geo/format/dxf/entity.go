package dxf

import (
	"math"
	"strconv"

	"kawasan/geo"
	"kawasan/geo/format/decimal"
	"kawasan/geo/format/export"
	"kawasan/geo/format/wkb"

	"github.com/peterstace/simplefeatures/geom"
)

const (
	longestString = 250    // bytes of one string of extended data; 255 is the limit
	mostExtended  = 15_000 // bytes of the extended data of one entity; 16 KB is the limit
	decimals      = 3      // of a metre
)

// group writes a group code with its value.
func (w *writer) group(code int, value string) {
	w.bytes = append(append(appendCode(w.bytes, code), value...), '\n')
}

// appendCode writes a group code in its three places.
func appendCode(b []byte, code int) []byte {
	for limit := 100; limit > 1 && code < limit; limit /= 10 {
		b = append(b, ' ')
	}
	return append(strconv.AppendInt(b, int64(code), 10), '\n')
}

// position writes x, y and z.
func (w *writer) position(x, y, z float64) {
	for i, v := range [3]float64{x, y, z} {
		w.bytes = append(decimal.Append(appendCode(w.bytes, (i+1)*10), v, decimals), '\n')
	}
}

// draw writes the entities of a geometry.
func (w *writer) draw(f *geo.Feature, layer string) error {
	r := wkb.NewReader(w.wkb)
	h, err := r.Header()
	if err != nil {
		return err
	}
	err = r.Runs(h, func(of wkb.Header, ring int, p wkb.Positions) error {
		switch of.Type {
		case wkb.Point:
			w.point(p, f, layer)
		case wkb.Polygon:
			w.polyline(p, f, layer, [...]string{"outer", "hole"}[min(ring, 1)])
		default:
			w.polyline(p, f, layer, "")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.label(f, layer)
}

func (w *writer) point(p wkb.Positions, f *geo.Feature, layer string) {
	x, y := p.XY(0)
	if !finite(x, y) {
		return
	}
	w.box.Extend(x, y)
	w.group(0, "POINT")
	w.group(8, layer)
	w.position(x, y, height(p, 0))
	w.attributes(f, "")
}

// polyline writes a line, or a ring without repeating its first position. With
// heights it is one in space.
func (w *writer) polyline(p wkb.Positions, f *geo.Feature, layer, ring string) {
	n := p.Len()
	flags := 0
	if ring != "" {
		flags = 1 // closed
		if n > 1 {
			x0, y0 := p.XY(0)
			if x, y := p.XY(n - 1); x == x0 && y == y0 {
				n--
			}
		}
	}
	if n == 0 {
		return
	}
	vertex := 0
	if p.Header.HasZ {
		flags, vertex = flags|8, 32
	}
	w.group(0, "POLYLINE")
	w.group(8, layer)
	w.group(66, "1") // vertices follow
	w.position(0, 0, 0)
	w.group(70, strconv.Itoa(flags))
	w.attributes(f, ring)
	for i := range n {
		x, y := p.XY(i)
		if !finite(x, y) {
			continue
		}
		w.box.Extend(x, y)
		w.group(0, "VERTEX")
		w.group(8, layer)
		w.position(x, y, height(p, i))
		if vertex != 0 {
			w.group(70, strconv.Itoa(vertex))
		}
	}
	w.group(0, "SEQEND")
	w.group(8, layer)
}

func height(p wkb.Positions, i int) float64 {
	if z := p.Z(i); finite(z, 0) {
		return z
	}
	return 0
}

func finite(x, y float64) bool { return !math.IsNaN(x+y) && !math.IsInf(x+y, 0) }

// attributes writes the extended data: on holes the id alone.
func (w *writer) attributes(f *geo.Feature, ring string) {
	w.group(1001, application)
	start := len(w.bytes)
	w.attribute(start, "id", f.ID)
	if ring != "" {
		w.attribute(start, "ring", ring)
	}
	if ring == "hole" {
		return
	}
	for _, c := range w.columns {
		if text := export.Plain(c.Value(f)); text != "" {
			w.attribute(start, c.Name, text)
		}
	}
}

// attribute writes name=value; a long value goes on in further strings.
func (w *writer) attribute(start int, name, value string) {
	rest := name + "=" + value
	for rest != "" && len(w.bytes)-start < mostExtended {
		w.bytes = append(w.bytes, "1000\n"...)
		w.bytes, rest = appendText(w.bytes, rest, longestString)
		w.bytes = append(w.bytes, '\n')
	}
}

// label writes the name of the feature: beside a point, within a surface, at the
// middle of a line.
func (w *writer) label(f *geo.Feature, layer string) error {
	name := f.Text("name")
	if name == "" {
		return nil
	}
	g, err := geom.UnmarshalWKB(w.wkb, geom.NoValidate{})
	if err != nil {
		return export.Locate(geo.Errorf(geo.Internal, "the geometry can't be read").Because(err), w.layer, f)
	}
	at, ok := g.PointOnSurface().XY()
	if !ok {
		return nil
	}
	w.group(0, "TEXT")
	w.group(8, layer)
	shift := w.textHeight / 2
	if g.Dimension() > 0 {
		shift = 0
	}
	w.position(at.X+shift, at.Y+shift, 0)
	w.group(40, strconv.FormatFloat(w.textHeight, 'f', -1, 64))
	text, _ := appendText(nil, name, longestString)
	w.group(1, string(text))
	if g.Dimension() > 1 { // centred
		w.group(72, "1")
		w.group(11, string(decimal.Append(nil, at.X, decimals)))
		w.group(21, string(decimal.Append(nil, at.Y, decimals)))
		w.group(31, "0")
	}
	return nil
}
