package cartography

import "github.com/paulmach/orb"

// ScaleBarEnds gives the ends of the scale bar of a map of an extent, in lon, lat,
// and the metres it stands for.
func ScaleBarEnds(extent orb.Bound, width, height float64) (from, to orb.Point, metres float64) {
	w := newWindow(extent, Box{W: width, H: height}, 1)
	bar := w.scaleBar(width / 4)
	span := bar.length * w.metres / w.metresX
	return orb.Point{w.middle[0] - span/2, w.middle[1]}, orb.Point{w.middle[0] + span/2, w.middle[1]}, bar.metres
}

// Texts are the texts of a drawing with the boxes that they take.
func (d *Drawing) Texts() (texts []Text, boxes []Box) {
	set, err := newSetter()
	if err != nil {
		panic(err)
	}
	for _, m := range d.marks {
		if t, ok := m.(Text); ok {
			texts = append(texts, t)
			boxes = append(boxes, Box{t.X, t.Y - t.Size*0.75, set.width(t.Text, t.Face, t.Size), t.Size * 0.8})
		}
	}
	return texts, boxes
}

// Meets reports whether two boxes overlap.
func (b Box) Meets(o Box) bool { return b.meets(o) }

// Drawn makes a drawing of paths.
func Drawn(width, height float64, paths ...Path) *Drawing {
	d := &Drawing{Width: width, Height: height}
	for _, p := range paths {
		d.path(p)
	}
	return d
}
