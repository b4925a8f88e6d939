package csv

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/format/wkb"
)

// column is a column of the table that becomes an attribute.
type column struct {
	cell  int // its place in a row
	plain source.Widening
	commas
}

// commas finds out whether the values of a column are numbers with a decimal comma: where all
// are, and one shows it.
type commas struct{ shown, other bool }

// geometry says in which cells the geometry stands; -1 for none.
type geometry struct {
	text, lon, lat, height int
	degrees                bool // the names say longitude and latitude, not x and y
	south                  bool // the name of the latitude says that it is southern
	// commas are the decimal commas of easting and northing, where a point sets thousands apart
	// as in 9.876.543; of degrees there are none.
	commas [2]commas
}

func (g geometry) found() bool { return g.text >= 0 || g.lon >= 0 && g.lat >= 0 }

// Names of columns, in lower case, that hold a geometry or a coordinate.
var (
	textNames   = []string{"wkt", "geometry", "geom", "the_geom", "geom_wkt", "wkt_geom", "_wkt", "shape", "geometri"}
	lonNames    = []string{"lon", "long", "longitude", "lng", "bujur", "bujur_timur", "garis_bujur"}
	latNames    = []string{"lat", "latitude", "lintang", "lintang_selatan", "garis_lintang"}
	xNames      = []string{"x", "easting", "easting_m", "timur", "koordinat_x", "coord_x", "x_coord", "absis"}
	yNames      = []string{"y", "northing", "northing_m", "utara", "koordinat_y", "coord_y", "y_coord", "ordinat"}
	heightNames = []string{"height", "z", "elevation", "elev", "altitude", "alt", "tinggi", "ketinggian", "elevasi"}
)

// geometryOf finds the columns of the geometry by their names.
func geometryOf(names []string) geometry {
	find := func(wanted []string) int {
		for _, w := range wanted {
			if i := slices.IndexFunc(names, func(n string) bool { return normalised(n) == w }); i >= 0 {
				return i
			}
		}
		return -1
	}
	g := geometry{text: find(textNames), lon: find(lonNames), lat: find(latNames), height: -1, degrees: true}
	if g.lon < 0 || g.lat < 0 {
		g.lon, g.lat, g.degrees = find(xNames), find(yNames), false
	}
	if g.lon < 0 || g.lat < 0 || g.text >= 0 {
		g.lon, g.lat = -1, -1
		return g
	}
	g.height = find(heightNames)
	g.south = g.degrees && southern.MatchString(names[g.lat])
	return g
}

// normalised is a name without what people put around it: "Bujur (°)" is bujur.
func normalised(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if i := strings.IndexAny(name, "(["); i > 0 {
		name = name[:i]
	}
	return strings.ReplaceAll(strings.TrimSpace(name), " ", "_")
}

// survey reads the table once: types of columns, kind of geometry, number of rows.
func (r *reader) survey(ctx context.Context) error {
	r.layer = source.Layer{Name: r.member.Base()}
	kinds := map[wkb.Type]bool{}
	srid := 0
	err := r.rows(ctx, r.header, func(cells []string, at source.Place) error {
		r.layer.Count = at.Feature
		for i := range r.columns {
			if r.columns[i].cell < len(cells) {
				r.columns[i].see(strings.TrimSpace(cells[r.columns[i].cell]))
			}
		}
		r.geometry.see(cells)
		p, fault := r.place(cells)
		if fault != nil || p.wkb == nil {
			return nil // told of when the row itself is read
		}
		if srid == 0 {
			srid = p.srid
		}
		if p.srid != 0 && p.srid != srid {
			return at.Errorf(geo.Invalid, "the geometry is in the system %d, those before it in %d", p.srid, srid).Try("one file for each system")
		}
		reader := wkb.NewReader(p.wkb)
		h, err := reader.Header()
		kinds[h.Type] = true
		r.layer.HasZ, r.layer.HasM = r.layer.HasZ || h.HasZ, r.layer.HasM || h.HasM
		return err
	})
	if err != nil {
		return err
	}
	for i := range r.columns {
		r.layer.Properties[i].Type = r.columns[i].kind()
	}
	if r.geometry.lon >= 0 {
		kinds[wkb.Point] = true // also where there is none yet
	}
	r.layer.GeometryType = source.CommonType(kinds)
	switch {
	case srid > 0:
		r.layer.SetCRS("EPSG:" + strconv.Itoa(srid))
	case r.geometry.lon >= 0 && r.geometry.degrees:
		r.layer.SetCRS("OGC:CRS84")
	}
	if !r.geometry.found() {
		r.layer.Note("no column holds a geometry; one named wkt, or two named lon and lat (or x and y), would", "tidak ada kolom geometri; kolom bernama wkt, atau dua kolom bujur dan lintang (atau x dan y), akan dibaca begitu")
	}
	return nil
}

// header takes the names of the columns.
func (r *reader) header(names []string, titles int) error {
	at := source.Place{File: r.member.Name, Line: titles + 1}
	if len(names) > r.options.Properties {
		return at.Errorf(geo.TooLarge, "the table has more than %d columns", r.options.Properties).Try("a file with fewer columns")
	}
	if titles > 0 {
		r.layer.Note("the first %d rows are no part of the table: the names of its columns stand below them", "%d baris pertama bukan bagian tabel: nama kolomnya ada di bawahnya", titles)
	}
	r.width = len(names)
	r.geometry = geometryOf(names)
	g := r.geometry
	for i, name := range names {
		if i == g.text || i == g.lon || i == g.lat || i == g.height {
			continue
		}
		if strings.TrimSpace(name) == "" && i == len(names)-1 {
			continue // a separator at the end of each line
		}
		r.columns = append(r.columns, column{cell: i})
		r.layer.Properties = append(r.layer.Properties, geo.Property{Name: source.Text(strings.TrimSpace(name))})
	}
	return nil
}

// commaNumber recognises numbers as Indonesians write them: 1.234,56.
var commaNumber = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$`)

func withPoint(s string) string {
	return strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
}

func (c *column) see(s string) {
	if s == "" {
		return
	}
	c.plain.SeeText(s)
	c.commas.see(s)
}

func (c *commas) see(s string) {
	switch {
	case !commaNumber.MatchString(s) || len(s) > 1 && s[0] == '0' && s[1] != ',':
		c.other = true
	case strings.Contains(s, ","), strings.Count(s, ".") > 1:
		c.shown = true
	}
}

func (c *commas) are() bool { return c.shown && !c.other }

// see takes in how eastings and northings are written.
func (g *geometry) see(cells []string) {
	for k, i := range [2]int{g.lon, g.lat} {
		if i >= 0 && i < len(cells) && !g.degrees {
			if s := strings.TrimSpace(cells[i]); s != "" {
				g.commas[k].see(s)
			}
		}
	}
}

func (c *column) kind() geo.PropertyType {
	if c.are() {
		return geo.Number
	}
	return c.plain.Type()
}

// feature reads a row whose types are known.
func (r *reader) feature(cells []string, at source.Place) (*source.Feature, error) {
	f := &source.Feature{Number: at.Feature, Line: at.Line, Values: make([]any, len(r.columns))}
	for i := range r.columns {
		c := &r.columns[i]
		if c.cell >= len(cells) {
			continue
		}
		s := source.Text(cells[c.cell])
		t := r.layer.Properties[i].Type
		if t == geo.String {
			if s != "" {
				f.Values[i] = strings.Clone(unguarded(s))
			}
			continue
		}
		if s = strings.TrimSpace(s); c.are() {
			s = withPoint(s)
		}
		v, ok := source.Convert(s, t)
		if !ok {
			return nil, at.Errorf(geo.Invalid, "the file has changed while it was read").Try("the same import once nobody writes to the file")
		}
		f.Values[i] = v
	}
	p, fault := r.place(cells)
	if f.WKB, f.Curved = p.wkb, p.curved; fault != nil {
		f.Faults = append(f.Faults, *fault)
	}
	if len(cells) > r.width {
		f.Faults = append(f.Faults, geo.Textf("the row has %d cells, but there are names for %d columns: quotes are missing around a cell that contains the separator, perhaps",
			"baris ini punya %d sel, padahal hanya ada nama untuk %d kolom: mungkin kurang tanda kutip di sekitar sel yang memuat pemisah", len(cells), r.width))
	}
	return f, nil
}
