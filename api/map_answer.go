package api

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/paulmach/orb"

	"kawasan/geo"
	"kawasan/geo/cartography"
	"kawasan/geo/zone"
)

// beginMap is begin for a form that may be compressed by itself.
func (x *exchange) beginMap(s state) bool {
	if x.format == asPNG || x.format == asPDF {
		return x.beginAs(s, "")
	}
	return x.begin(s)
}

// sendPicture draws a picture that rests on these collections. It says in headers
// which box it shows: the one asked for, enlarged to the shape of the picture.
func (x *exchange) sendPicture(r cartography.Picture, dots float64, collections []*geo.Collection) error {
	drawn := collections
	if land, err := x.catalogue.Collection(landOfPages); err == nil {
		drawn = append(drawn[:len(drawn):len(drawn)], land)
	}
	if x.beginMap(x.stateOf(drawn...)) {
		return nil
	}
	x.Set("Content-Crs", "<"+uriCRS84+">")
	r.Scale = dots / 96
	bounds, err := cartography.Shown(x.ctx, x.server.config.Reader, r)
	if err != nil {
		return err
	}
	x.Set("Content-Bbox", boxText(bounds))
	return x.draw(dots, func() (*cartography.Drawing, error) { return cartography.DrawPicture(x.ctx, x.server.config.Reader, r) })
}

func boxText(b orb.Bound) string {
	parts := make([]string, 4)
	for i, v := range []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		parts[i] = strconv.FormatFloat(v, 'f', 7, 64)
	}
	return strings.Join(parts, ",")
}

// draw makes a map in the form asked for, few at a time, and sends it.
func (x *exchange) draw(dots float64, drawing func() (*cartography.Drawing, error)) error {
	select {
	case x.server.drawings <- struct{}{}:
		defer func() { <-x.server.drawings }()
	case <-x.ctx.Done():
		return geo.Errorf(geo.Unavailable, "other maps are being drawn").Because(x.ctx.Err()).Try("the same again in a moment")
	}
	d, err := drawing()
	if err != nil {
		return err
	}
	var body []byte
	switch x.format {
	case asSVG:
		x.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'")
		body, err = d.SVG()
	case asPDF:
		body, err = d.PDF()
	default:
		body, err = d.PNG(dots)
	}
	if err != nil {
		return fmt.Errorf("write the map: %w", err)
	}
	return x.send(body)
}

// preview is the address of the picture that stands for a page where its link is
// shared; "" when there is none.
func (x *exchange) preview(page string) string {
	var path string
	switch {
	case page == "feature" && x.collection != nil && x.collection.HasGeometry():
		path = collectionPath(x.collection.ID) + "/items/" + escapeSegment(x.Params("feature"))
	case (page == "collection" || page == "items") && x.collection.HasGeometry():
		path = collectionPath(x.collection.ID)
	case page == "landing":
		if c, err := x.catalogue.Collection(zone.DefaultCollection); err != nil || !c.HasGeometry() {
			return ""
		}
		path = collectionPath(zone.DefaultCollection)
	default:
		return ""
	}
	return x.base + path + "/map.png?lang=" + x.lang
}

// appendMapLinks adds links that lead to the maps of a feature.
func (x *exchange) appendMapLinks(links []link, f *geo.Feature) []link {
	if f.WKB == nil {
		return links
	}
	to := func(name string) string {
		return x.join(x.base, "/collections/", escapeSegment(f.Collection.ID), "/items/", escapeSegment(f.ID), name, "?lang=", x.lang)
	}
	return append(links,
		link{Href: to("/map.png"), Rel: relMap, Type: asPNG.mediaType, Title: x.say("map as a picture")},
		link{Href: to("/sheet.pdf"), Rel: relMap, Type: asPDF.mediaType, Title: x.say("map to print")},
	)
}
