package export

import (
	"encoding/json"
	"math"
	"strconv"

	"kawasan/geo"
	"kawasan/geo/format/wkb"
)

// Figures are what the size of a file is estimated from: counts of the features of a
// layer, or of some that stand for all (see [Figures.Of]).
type Figures struct {
	Collection *geo.Collection
	// Features, and the points, lines and rings that they consist of.
	Features, Parts float64
	// Positions of the geometries, and characters of their coordinates written with 7 decimals.
	Positions, Digits float64
	// Degrees is how long lines and rings are.
	Degrees float64
	// Values that are not null, and the bytes of those that are text, lists or JSON.
	Values, Text float64
}

// Measure counts one feature more. Broken geometry counts as far as it can be read.
func (f *Figures) Measure(one *geo.Feature) {
	f.Features++
	for _, v := range one.Values {
		f.value(v)
	}
	r := wkb.NewReader(one.WKB)
	h, err := r.Header()
	if err != nil {
		return
	}
	_ = r.Runs(h, func(_ wkb.Header, _ int, p wkb.Positions) error {
		f.run(p)
		return nil
	})
}

// run counts a point, a line or a ring.
func (f *Figures) run(p wkb.Positions) {
	const looked = 50 // positions whose digits are counted
	f.Parts++
	f.Positions += float64(p.Len())
	var text [64]byte
	digits, lastX, lastY := 0, 0.0, 0.0
	for i := range p.Len() {
		x, y := p.XY(i)
		if i < looked {
			digits += len(appendRounded(appendRounded(text[:0], x), y))
		}
		if i > 0 {
			f.Degrees += math.Hypot(x-lastX, y-lastY)
		}
		lastX, lastY = x, y
	}
	f.Digits += float64(digits) * float64(p.Len()) / float64(max(1, min(looked, p.Len())))
}

func appendRounded(dst []byte, v float64) []byte {
	return strconv.AppendFloat(dst, math.Round(v*1e7)/1e7, 'f', -1, 64)
}

func (f *Figures) value(v any) {
	switch v := v.(type) {
	case nil:
		return
	case string:
		f.Text += float64(len(v))
	case []string:
		for _, one := range v {
			f.Text += float64(len(one) + len(`"",`))
		}
	case json.RawMessage:
		f.Text += float64(len(v))
	}
	f.Values++
}

// Of gives the figures of so many features like those counted; they stay as they are
// where none was.
func (f Figures) Of(features int64) Figures {
	if f.Features == 0 {
		return f
	}
	times := float64(features) / f.Features
	for _, figure := range []*float64{&f.Features, &f.Parts, &f.Positions, &f.Digits, &f.Degrees, &f.Values, &f.Text} {
		*figure *= times
	}
	return f
}

// Columns is how many attributes the collection has.
func (f Figures) Columns() float64 { return float64(len(f.Collection.Properties)) }

// Names are the bytes of the names of all attributes.
func (f Figures) Names() (bytes float64) {
	for i := range f.Collection.Properties {
		bytes += float64(len(f.Collection.Properties[i].Name))
	}
	return bytes
}

// Weights are how many bytes each thing takes in a file, with what compression leaves of
// them: fitted to files of the shipped collections, of points and of polygons. A test
// holds what they give to the files.
type Weights struct {
	File    float64 // whatever is in it
	Column  float64
	Feature float64
	Cell    float64 // each column of each feature
	Names   float64 // each byte of each name of a column, once for each feature
	Value   float64 // that is not null
	Text    float64 // each byte of it
	Vertex  float64
	Digit   float64
}

// Size estimates the bytes of a file.
func (w Weights) Size(f Figures) float64 {
	return w.File + w.Column*f.Columns() + f.Features*(w.Feature+w.Cell*f.Columns()+w.Names*f.Names()) +
		w.Value*f.Values + w.Text*f.Text + w.Vertex*f.Positions + w.Digit*f.Digits
}
