package api

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/tile"
	"kawasan/geo/wording"
)

// pageMap is a small map for a page, drawn as SVG without scripts: the features
// of the page on the land of the province. Positions are lon, lat scaled by the
// cosine of the middle latitude.
type pageMap struct {
	Width, Height int
	Land          string // path data
	Marks         []pageMark
	Names         []markName
	FewNames      []markName // those for a narrow screen, on which letters take more of the picture
	Origins       bool       // some marks are what was measured from
	// BarWidth is the length of the scale bar in the picture, BarText what it stands for.
	BarWidth int
	BarText  string
}

// pageMark is one feature on the map: a path, or a circle when it has no size there. It
// leads to a page, or nowhere.
type pageMark struct {
	Href, Name string
	Path       string
	X, Y       string
	Sketch     bool // its boundary is indicative or estimated
	Line       bool // nothing is filled
	Origin     bool // what was measured from
	Unnamed    bool // its name is not written
}

// mapped is what a map is to show.
type mapped struct {
	geometry   orb.Geometry
	href, name string
	sketch     bool
	outline    bool // not to be filled, since it covers others
	origin     bool // what was measured from
	unnamed    bool // its name is not written: it stands already
}

const (
	mapWidth    = 860 // of the picture, in its own units
	mapMost     = 620 // highest picture
	mapLeast    = 260
	landOfPages = "regencies"
)

// drawMap makes the map of some features, each of which leads to its own page; nil
// when none has a geometry.
func (x *exchange) drawMap(ctx context.Context, features []*geo.Feature) *pageMap {
	marks := make([]mapped, 0, len(features))
	for _, f := range features {
		marks = append(marks, x.mark(f))
	}
	return x.drawMarks(ctx, marks)
}

// mark is a feature on a map.
func (x *exchange) mark(f *geo.Feature) mapped {
	m := mapped{href: x.pageOf(f.Collection.ID, f.ID), name: wording.Name(f).In(x.lang), sketch: tile.IsSketch(f.Text("boundary_kind"))}
	if g, err := f.Geometry(); err == nil {
		m.geometry = g
	}
	return m
}

// pageOf is the address of the page of a feature.
func (x *exchange) pageOf(collection, id string) string {
	return x.collectionURL(collection) + "/items/" + escapeSegment(id) + "?f=html&lang=" + x.lang
}

// drawMarks makes a map; nil when nothing on it has a geometry. Land is drawn where the
// collection of regencies exists.
func (x *exchange) drawMarks(ctx context.Context, marks []mapped) *pageMap {
	marks = slices.DeleteFunc(marks, func(m mapped) bool { return m.geometry == nil || !onEarth(m.geometry.Bound()) })
	if len(marks) == 0 {
		return nil
	}
	extent := marks[0].geometry.Bound()
	for _, m := range marks {
		extent = extent.Union(m.geometry.Bound())
	}
	v := newWindow(extent)
	m := &pageMap{Width: mapWidth, Height: v.height, Land: x.land(ctx, v)}
	width, stands := v.scaleBar()
	m.BarWidth, m.BarText = width, stands.In(x.lang)
	bounds := make([]orb.Bound, len(marks)) // of the marks, in the picture
	for i, shown := range marks {
		mark := pageMark{Href: shown.href, Name: shown.name, Sketch: shown.sketch, Origin: shown.origin, Unnamed: shown.unnamed}
		m.Origins = m.Origins || shown.origin
		bounds[i] = v.draw(shown.geometry, &mark)
		mark.Line = mark.Line || shown.outline
		m.Marks = append(m.Marks, mark)
	}
	m.Names, m.FewNames = m.placeNames(bounds, 1), m.placeNames(bounds, narrow)
	return m
}

// onEarth reports whether there is a position, and no coordinate that is none.
func onEarth(b orb.Bound) bool {
	return !b.IsEmpty() && b.Min[0] >= -360 && b.Max[0] <= 360 && b.Min[1] >= -90 && b.Max[1] <= 90
}

// draw makes the path of a geometry, or a circle where it is too small to be seen,
// and gives its bounds in the picture.
func (v window) draw(g orb.Geometry, mark *pageMark) orb.Bound {
	const tiny, radius = 5, 6
	b := g.Bound()
	if (b.Max[0]-b.Min[0])*v.scaleX < tiny && (b.Max[1]-b.Min[1])*v.scaleY < tiny {
		px, py := v.place(b.Center())
		mark.X, mark.Y = decimal(px), decimal(py)
		return orb.Point{px, py}.Bound().Pad(radius)
	}
	mark.Path, mark.Line = v.path(g), g.Dimensions() == 1
	left, top := v.place(orb.Point{b.Min[0], b.Max[1]})
	right, bottom := v.place(orb.Point{b.Max[0], b.Min[1]})
	return orb.Bound{Min: orb.Point{left, top}, Max: orb.Point{right, bottom}}
}

// land is the outline of what lies in the window, "" when there is no such collection.
func (x *exchange) land(ctx context.Context, v window) string {
	regencies, _, err := geo.Collect(ctx, x.reader, geo.Query{Collection: landOfPages, Bounds: []orb.Bound{v.bound}, Properties: []string{}, Limit: 100})
	if err != nil {
		return "" // a map without land is still a map
	}
	path := ""
	for _, f := range regencies {
		if g, err := f.Geometry(); err == nil && g != nil {
			path += v.path(g)
		}
	}
	return path
}

// window maps lon, lat to the picture.
type window struct {
	bound          orb.Bound
	scaleX, scaleY float64 // picture units a degree
	height         int
}

// newWindow shows an extent with room around it; a point is shown with some 10 km.
func newWindow(extent orb.Bound) window {
	const least = 0.1 // degrees
	middle := extent.Center()
	cosine := math.Max(0.05, math.Cos(middle[1]*math.Pi/180))
	width := math.Max(extent.Max[0]-extent.Min[0], least) * 1.16
	height := math.Max(extent.Max[1]-extent.Min[1], least) * 1.16
	scale := math.Min(mapWidth/(width*cosine), mapMost/height)
	pictured := math.Max(mapLeast, math.Min(mapMost, math.Ceil(height*scale)))
	v := window{scaleX: scale * cosine, scaleY: scale, height: int(pictured)}
	halfX, halfY := mapWidth/v.scaleX/2, pictured/v.scaleY/2
	v.bound = orb.Bound{Min: orb.Point{middle[0] - halfX, middle[1] - halfY}, Max: orb.Point{middle[0] + halfX, middle[1] + halfY}}
	return v
}

func (v window) place(p orb.Point) (x, y float64) {
	return (p[0] - v.bound.Min[0]) * v.scaleX, (v.bound.Max[1] - p[1]) * v.scaleY
}

// path draws a geometry. Vertices closer than half a unit to the one before are
// left out, and positions far outside the picture are brought near.
func (v window) path(g orb.Geometry) string {
	b := make([]byte, 0, 1024)
	line := func(points []orb.Point, closed bool) {
		lastX, lastY := math.Inf(1), math.Inf(1)
		command := byte('M')
		for i, p := range points {
			x, y := v.place(p)
			x, y = math.Max(-2000, math.Min(3000, x)), math.Max(-2000, math.Min(3000, y))
			if i > 0 && i < len(points)-1 && math.Abs(x-lastX)+math.Abs(y-lastY) < 0.5 {
				continue
			}
			b = append(b, command)
			b = strconv.AppendFloat(b, math.Round(x*10)/10, 'f', -1, 64)
			b = append(b, ' ')
			b = strconv.AppendFloat(b, math.Round(y*10)/10, 'f', -1, 64)
			lastX, lastY, command = x, y, 'L'
		}
		if closed && len(points) > 0 {
			b = append(b, 'Z')
		}
	}
	var draw func(orb.Geometry)
	draw = func(g orb.Geometry) {
		switch g := g.(type) {
		case orb.Point:
			line([]orb.Point{g, {g[0] + 0.4/v.scaleX, g[1]}}, false)
		case orb.MultiPoint:
			for _, p := range g {
				draw(p)
			}
		case orb.LineString:
			line(g, false)
		case orb.MultiLineString:
			for _, l := range g {
				line(l, false)
			}
		case orb.Ring:
			line(g, true)
		case orb.Polygon:
			for _, r := range g {
				line(r, true)
			}
		case orb.MultiPolygon:
			for _, p := range g {
				draw(p)
			}
		case orb.Collection:
			for _, part := range g {
				draw(part)
			}
		}
	}
	draw(g)
	return string(b)
}

// scaleBar gives a round distance and its length in the picture.
func (v window) scaleBar() (width int, stands wording.Metres) {
	const metresPerDegree = 110_574 // of latitude at the equator
	perUnit := metresPerDegree / v.scaleY
	step := math.Pow(10, math.Floor(math.Log10(perUnit*180)))
	for _, factor := range []float64{5, 2} {
		if step*factor <= perUnit*180 {
			step *= factor
			break
		}
	}
	return int(math.Round(step / perUnit)), wording.Metres(step)
}

func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
