package tile

import (
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// DetailZoom is the zoom at which tiles have their full detail (a unit is 0.6 m);
// maps enlarge its tiles beyond. Tiles are made for deeper zooms all the same.
const DetailZoom = 14

// TileJSON describes tiles to web maps, version 3.0.0.
type TileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Description  string        `json:"description,omitempty"`
	Attribution  string        `json:"attribution,omitempty"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       [4]float64    `json:"bounds"`
	Center       [3]float64    `json:"center"`
	VectorLayers []VectorLayer `json:"vector_layers"`
}

// VectorLayer is a layer of the tiles with its fields.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// Describe gives the TileJSON of collections that share a tile, in a language.
// Address is the template of a tile's address with {z}, {x} and {y}.
func Describe(collections []*geo.Collection, lang, address string) TileJSON {
	extent := ExtentOf(collections)
	t := TileJSON{
		TileJSON: "3.0.0", Name: "Kawasan", Scheme: "xyz", Tiles: []string{address}, MaxZoom: DetailZoom,
		VectorLayers: []VectorLayer{},
	}
	t.Bounds = [4]float64{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]}
	if extent.IsEmpty() {
		t.Bounds = [4]float64{-180, -maxLatitude, 180, maxLatitude}
	}
	t.Center = [3]float64{(t.Bounds[0] + t.Bounds[2]) / 2, (t.Bounds[1] + t.Bounds[3]) / 2, float64(zoomOf(extent))}
	seen := map[string]bool{}
	for _, c := range collections {
		if len(collections) == 1 {
			t.Name, t.Description = c.Title.In(lang), c.Description.In(lang)
		}
		if a := wording.Attribution(c).In(lang); a != "" && !seen[a] {
			seen[a] = true
			if t.Attribution != "" {
				t.Attribution += "; "
			}
			t.Attribution += a
		}
		if !c.HasGeometry() {
			continue
		}
		fields := map[string]string{"id": "String"}
		if c.IntegerID {
			fields["id"] = "Number"
		}
		for _, p := range c.Properties {
			fields[p.Name] = fieldType(p.Type)
		}
		t.VectorLayers = append(t.VectorLayers, VectorLayer{ID: c.ID, Description: c.Title.In(lang), MaxZoom: DetailZoom, Fields: fields})
	}
	return t
}

// Keep leaves the attributes of these names in the description; nil leaves all.
// Invalid for a name that none of the collections has.
func (t *TileJSON) Keep(collections []*geo.Collection, names []string) error {
	if names == nil {
		return nil
	}
	if err := checkProperties(collections, names); err != nil {
		return err
	}
	for _, l := range t.VectorLayers {
		maps.DeleteFunc(l.Fields, func(name, _ string) bool { return name != "id" && !slices.Contains(names, name) })
	}
	return nil
}

// AddLabels tells of the layers that say where names stand.
func (t *TileJSON) AddLabels(collections []*geo.Collection, lang string) {
	for _, l := range slices.Clone(t.VectorLayers) {
		i := slices.IndexFunc(collections, func(c *geo.Collection) bool { return c.ID == l.ID })
		if i < 0 || !hasLabels(collections[i]) {
			continue
		}
		about := geo.Text{EN: l.Description + ": where names stand", ID: l.Description + ": letak namanya"}
		t.VectorLayers = append(t.VectorLayers, VectorLayer{ID: LabelLayer(l.ID), Description: about.In(lang), MaxZoom: DetailZoom, Fields: l.Fields})
	}
}

// AddUncertainty tells of the layers that show how uncertain boundaries are, and
// of the extent with them (see [Maker.Reach]).
func (t *TileJSON) AddUncertainty(collections []*geo.Collection, lang string, extent orb.Bound) {
	if !extent.IsEmpty() {
		t.Bounds = [4]float64{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]}
	}
	for _, c := range collections {
		if !hasBands(c) {
			continue
		}
		about := geo.Text{EN: c.Title.EN + ": how far boundaries may be off", ID: c.Title.ID + ": seberapa jauh batasnya dapat meleset"}
		t.VectorLayers = append(t.VectorLayers, VectorLayer{
			ID: UncertaintyLayer(c.ID), Description: about.In(lang), MaxZoom: DetailZoom,
			Fields: map[string]string{"id": "String", "feature": "String", "share": "Number"},
		})
	}
}

func fieldType(t geo.PropertyType) string {
	switch {
	case t.IsNumeric():
		return "Number"
	case t == geo.Boolean:
		return "Boolean"
	}
	return "String"
}

// ExtentOf bounds all features of the collections; empty when there are none.
func ExtentOf(collections []*geo.Collection) orb.Bound {
	all := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	for _, c := range collections {
		switch {
		case !c.HasGeometry() || c.Extent.IsEmpty():
		case all.IsEmpty():
			all = c.Extent
		default:
			all = all.Union(c.Extent)
		}
	}
	return all
}

// zoomOf gives the deepest zoom at which the extent fits into two tiles each way.
func zoomOf(extent orb.Bound) int {
	if extent.IsEmpty() {
		return 0
	}
	set := WebMercatorQuad()
	for z := DetailZoom; z > 0; z-- {
		l := set.LimitsAt(extent, z)
		if l.MaxTileCol-l.MinTileCol < 2 && l.MaxTileRow-l.MinTileRow < 2 {
			return z
		}
	}
	return 0
}

// Tileset is the metadata of a tileset as OGC has them in JSON, without links.
type Tileset struct {
	Title            string         `json:"title"`
	Description      string         `json:"description,omitempty"`
	Attribution      string         `json:"attribution,omitempty"`
	DataType         string         `json:"dataType"`
	CRS              string         `json:"crs"`
	TileMatrixSetID  string         `json:"tileMatrixSetId"`
	TileMatrixSetURI string         `json:"tileMatrixSetURI"`
	Limits           []Limits       `json:"tileMatrixSetLimits"`
	BoundingBox      *BoundingBox   `json:"boundingBox,omitempty"`
	Layers           []TilesetLayer `json:"layers"`
}

// BoundingBox is a box in lon, lat.
type BoundingBox struct {
	LowerLeft  [2]float64 `json:"lowerLeft"`
	UpperRight [2]float64 `json:"upperRight"`
	CRS        string     `json:"crs"`
}

// TilesetLayer is a layer of a tileset. The dimension is left out where types are mixed.
type TilesetLayer struct {
	ID                string         `json:"id"`
	Title             string         `json:"title"`
	Description       string         `json:"description,omitempty"`
	DataType          string         `json:"dataType"`
	GeometryDimension *int           `json:"geometryDimension,omitempty"`
	PropertiesSchema  map[string]any `json:"propertiesSchema"`
}

// DescribeSet gives the metadata of the tileset that collections have on a grid.
func DescribeSet(set *MatrixSet, collections []*geo.Collection, lang string) Tileset {
	described := Describe(collections, lang, "")
	extent := ExtentOf(collections)
	t := Tileset{
		Title: described.Name, Description: described.Description, Attribution: described.Attribution, DataType: "vector",
		CRS: set.CRS, TileMatrixSetID: set.ID, TileMatrixSetURI: set.URI, Limits: set.LimitsOf(extent), Layers: []TilesetLayer{},
	}
	if !extent.IsEmpty() {
		t.BoundingBox = &BoundingBox{extent.Min, extent.Max, "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
	}
	for _, c := range collections {
		if !c.HasGeometry() {
			continue
		}
		t.Layers = append(t.Layers, TilesetLayer{
			ID: c.ID, Title: c.Title.In(lang), Description: c.Description.In(lang), DataType: "vector",
			GeometryDimension: dimension(c.GeometryType), PropertiesSchema: schema(c, lang),
		})
	}
	return t
}

func dimension(geometryType string) *int {
	d, ok := map[string]int{
		"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2,
	}[geometryType]
	if !ok {
		return nil
	}
	return &d
}

// schema gives the properties as tiles have them: dates, lists and JSON as text.
func schema(c *geo.Collection, lang string) map[string]any {
	properties := map[string]any{"id": map[string]any{"type": "string"}}
	if c.IntegerID {
		properties["id"] = map[string]any{"type": "integer"}
	}
	for _, p := range c.Properties {
		s := map[string]any{"type": "string"}
		switch p.Type {
		case geo.Integer:
			s["type"] = "integer"
		case geo.Number:
			s["type"] = "number"
		case geo.Boolean:
			s["type"] = "boolean"
		case geo.DateOnly:
			s["format"] = "date"
		case geo.Timestamp:
			s["format"] = "date-time"
		}
		if title := p.Title.In(lang); title != "" {
			s["title"] = title
		}
		if p.Unit != "" {
			s["x-ogc-unit"] = p.Unit
		}
		properties[p.Name] = s
	}
	return map[string]any{"type": "object", "properties": properties}
}
