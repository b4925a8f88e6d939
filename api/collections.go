package api

import (
	"time"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/wording"
)

type collectionsDocument struct {
	Links          []link               `json:"links"`
	NumberMatched  int                  `json:"numberMatched"`
	NumberReturned int                  `json:"numberReturned"`
	CRS            []string             `json:"crs"`
	Collections    []collectionDocument `json:"collections"`
	Unpublished    []unpublished        `json:"unpublished,omitempty"`

	Cards []collectionCard `json:"-"` // for people
}

type unpublished struct {
	Table  string `json:"table"`
	Reason string `json:"reason"`
}

type collectionDocument struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Keywords    []string `json:"keywords,omitempty"`
	License     string   `json:"license,omitempty"`
	Attribution string   `json:"attribution,omitempty"`
	Extent      *extent  `json:"extent,omitempty"`
	ItemType    string   `json:"itemType"`
	ItemCount   *int64   `json:"itemCount,omitempty"`
	CRS         []string `json:"crs"`
	StorageCRS  string   `json:"storageCrs,omitempty"`
	// InMemory says that reads are answered from memory; Note says why not.
	InMemory bool   `json:"inMemory"`
	Note     string `json:"note,omitempty"`
	// Defects are what is wrong with rows of the table that it comes from.
	Defects []defect `json:"defects,omitempty"`
	Links   []link   `json:"links"`
}

// defect tells of rows that are not served as they stand.
type defect struct {
	Kind   geo.DefectKind `json:"kind"`
	Rows   int64          `json:"rows"`
	IDs    []string       `json:"ids,omitempty"` // the first of them
	Detail string         `json:"detail"`
}

type extent struct {
	Spatial  *spatialExtent  `json:"spatial,omitempty"`
	Temporal *temporalExtent `json:"temporal,omitempty"`
}

type spatialExtent struct {
	Bbox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

type temporalExtent struct {
	Interval [][2]*string `json:"interval"`
	TRS      string       `json:"trs"`
}

// collections answers /collections.
func (s *Server) collections(x *exchange) error {
	d := collectionsDocument{Links: x.selfLinks(), CRS: urisOf(s.systems()), Collections: []collectionDocument{}}
	for _, c := range x.catalogue.Collections {
		d.Collections = append(d.Collections, x.describe(c, []link{
			{Href: x.collectionURL(c.ID), Rel: "self", Type: asJSON.mediaType, Title: c.Title.In(x.lang)},
		}))
	}
	for _, u := range x.catalogue.Unpublished {
		d.Unpublished = append(d.Unpublished, unpublished{u.Table, wording.Phrase(u.Reason).In(x.lang)})
	}
	if x.format == asHTML {
		d.Cards = x.collectionCards()
	}
	d.NumberMatched, d.NumberReturned = len(d.Collections), len(d.Collections)
	return x.sendDocument(x.stateOf(x.catalogue.Collections...), "collections", d)
}

// collection answers /collections/{c}.
func (s *Server) collection(x *exchange) error {
	if x.format == asHTML {
		return x.sendCollectionPage()
	}
	return x.sendDocument(x.stateOf(x.collection), "collection", x.describe(x.collection, x.selfLinks()))
}

func (x *exchange) describe(c *geo.Collection, links []link) collectionDocument {
	d := collectionDocument{
		ID: c.ID, Title: c.Title.In(x.lang), Description: c.Description.In(x.lang), Keywords: c.Keywords,
		License: wording.Licence(c).In(x.lang), Attribution: wording.Attribution(c).In(x.lang), ItemType: "feature", Links: links,
		CRS: urisOf(x.server.systemsFor(c)), Extent: extentOf(c), InMemory: c.InMemory, Note: wording.Phrase(c.Note).In(x.lang),
	}
	if d.Title == "" {
		d.Title = c.ID
	}
	for _, one := range c.Defects {
		d.Defects = append(d.Defects, defect{one.Kind, one.Rows, one.IDs, wording.Defect(one).In(x.lang)})
	}
	if c.HasZ {
		d.CRS = append(d.CRS, uriCRS84h)
	}
	if c.HasGeometry() {
		d.StorageCRS = uriCRS84
	}
	if c.Count >= 0 {
		d.ItemCount = &c.Count
	}
	here := x.collectionURL(c.ID)
	d.Links = append(d.Links, []link{
		{Href: here + "/items", Rel: "items", Type: asGeoJSON.mediaType, Title: x.say("features as GeoJSON")},
		{Href: here + "/items?f=html", Rel: "items", Type: "text/html", Title: x.say("features as a page")},
		{Href: here + "/queryables", Rel: relQueryables, Type: asSchema.mediaType, Title: x.say("queryables")},
		{Href: here + "/schema", Rel: relSchema, Type: asSchema.mediaType, Title: x.say("schema")},
		{Href: here + "/sortables", Rel: relSortables, Type: asSchema.mediaType, Title: x.say("sortables")},
		{Href: here + "/feature-schema", Rel: "describedby", Type: asSchema.mediaType, Title: x.say("feature-schema")},
		// GDAL compares the relation letter by letter, in a spelling of its own.
		{Href: here + "/feature-schema", Rel: "describedBy", Type: asSchema.mediaType, Title: x.say("feature-schema")},
		{Href: x.base + "/collections", Rel: "parent", Type: asJSON.mediaType, Title: x.say("collections")},
	}...)
	if f, ok := format.ByName("fgb"); ok && c.HasGeometry() { // QGIS reads pages of it
		d.Links = append(d.Links, link{Href: here + "/items?f=" + f.Name, Rel: "items", Type: f.MediaType, Title: x.say("features as") + " " + f.Title.In(x.lang)})
	}
	d.Links = x.appendEnclosures(d.Links, c, nil)
	if l, ok := licenceLink(c, x.lang); ok {
		d.Links = append(d.Links, l)
	}
	if c.HasGeometry() {
		d.Links = append(d.Links, link{Href: here + "/tiles", Rel: relTilesets, Type: asJSON.mediaType, Title: x.say("vector tiles")},
			link{Href: here + "/map.png", Rel: relMap, Type: asPNG.mediaType, Title: x.say("map as a picture")})
	}
	return d
}

func urisOf(systems []*system) []string {
	var uris []string
	for _, k := range systems {
		uris = append(uris, k.URI)
	}
	return uris
}

func extentOf(c *geo.Collection) *extent {
	var e extent
	if b := c.Extent; c.HasGeometry() && !b.IsEmpty() {
		// Rounding can carry data a hair beyond what bbox takes.
		west, south := max(b.Min[0], -180), max(b.Min[1], -90)
		e.Spatial = &spatialExtent{Bbox: [][4]float64{{west, south, min(b.Max[0], 180), min(b.Max[1], 90)}}, CRS: uriCRS84}
	}
	if c.TimeStart != "" || c.TimeEnd != "" {
		e.Temporal = &temporalExtent{
			Interval: [][2]*string{{instant(c.Interval.Start), instant(c.Interval.End)}},
			TRS:      "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
		}
	}
	if e == (extent{}) {
		return nil
	}
	return &e
}

func instant(t *time.Time) *string {
	if t == nil {
		return nil
	}
	s := geo.FormatTimestamp(*t)
	return &s
}
