package api

import (
	"net/url"
	"strings"

	"kawasan/geo/tile"
)

// mapSnippets are whole pages for other sites that show the map: saved as a file of
// HTML they work as they are. {style} and {collections} stand for what the map at hand shows.
type mapSnippets struct {
	MapLibre string `json:"mapLibre"`
	Leaflet  string `json:"leaflet"`
}

const snippetHead = `<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<title>Kawasan</title>
<link rel="stylesheet" href="{sheet}">
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
`

const mapLibreSnippet = snippetHead + `<script type="module">
import { Map, NavigationControl, Popup } from '{base}/map/assets/maplibre.js'
const map = new Map({ container: 'map', style: '{base}/styles/{style}?lang={lang}{collections}' })
map.addControl(new NavigationControl({ showCompass: false }))
map.on('click', e => {
  const found = map.queryRenderedFeatures(e.point).find(f => f.properties.name)
  if (found) new Popup().setLngLat(e.lngLat).setText(found.properties.name).addTo(map)
})
</script>
`

const leafletSnippet = snippetHead + `<script src="https://unpkg.com/leaflet@1.9.4/dist/leaflet.js"></script>
<script type="module">
const map = L.map('map')
const answer = await fetch('{base}/collections/{collection}/items?f=json&lang={lang}&limit=1000')
const layer = L.geoJSON(await answer.json(), {
  attribution: 'Kawasan',
  style: f => ({ color: '{colour}', weight: 2, dashArray: {firm}.includes(f.properties.boundary_kind) ? null : '6 4' }),
  pointToLayer: (f, at) => L.circleMarker(at, { radius: 6, color: '{colour}' }),
  onEachFeature: (f, l) => l.bindPopup(Object.assign(document.createElement('b'), { textContent: f.properties.name ?? f.id })),
}).addTo(map)
map.fitBounds(layer.getBounds())
</script>
`

// snippets fills in all but what {style} and {collections} stand for. Leaflet shows one collection.
func (x *exchange) snippets(collection string) mapSnippets {
	fill := func(text, sheet string) string {
		return strings.NewReplacer(
			"{base}", x.base, "{lang}", x.lang, "{sheet}", sheet, "{collection}", url.PathEscape(collection),
			"{colour}", tile.Light.Colour(collection), "{firm}", `['legal', 'official_extract', 'surveyed']`,
		).Replace(text)
	}
	return mapSnippets{
		MapLibre: fill(mapLibreSnippet, x.base+mapAssetPath+"maplibre.css"),
		Leaflet:  fill(leafletSnippet, "https://unpkg.com/leaflet@1.9.4/dist/leaflet.css"),
	}
}

// mapLibrePage is the snippet for MapLibre with all filled in; "" shows every collection.
func (x *exchange) mapLibrePage(collection string) string {
	chosen := ""
	if collection != "" {
		chosen = "&collections=" + url.QueryEscape(collection)
	}
	return strings.NewReplacer("{style}", string(tile.Light), "{collections}", chosen).Replace(x.snippets(collection).MapLibre)
}
