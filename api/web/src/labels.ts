// Names of areas and lines, once each. Tiles cut both into pieces, and each piece would get the name:
// here the largest piece in view gets it, and keeps it while it stays in view at that zoom. The
// tiles' own layer of labels has one place for each, which is out of view when one looks at a part of it.
import type { Feature, Geometry, Position } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as MapLibre, MapGeoJSONFeature } from 'maplibre-gl'
import type { Collection } from './api.ts'
import { nameOf } from './names.ts'
import { areaOfRing, centreOf, halfWay, lengthOf } from './ring.ts'
import { shared } from './tiles.ts'
import { t } from './words.ts'

export const labelSource = 'labels'

const most = 400 // of them; where more are in view, names would only be clutter

interface Label { text: string; note: string; collection: string; at: [number, number]; zoom: number }

let labels = new Map<string, Label>()

export function labelData(): Feature[] {
  return [...labels.values()].map((l) => ({ type: 'Feature', properties: { text: l.text, note: l.note, collection: l.collection }, geometry: { type: 'Point', coordinates: l.at } }))
}

// labelLayers turns the server's layer of names into one for points, and one for areas and lines.
export function labelLayers(layer: LayerSpecification & { 'source-layer': string }): LayerSpecification[] {
  if (layer.type !== 'symbol') return [layer]
  const collection = layer['source-layer']
  const named = ['zones', 'ikn'].includes(collection)
  const areas = {
    id: `${collection}-area-name`, type: 'symbol', source: labelSource, filter: ['==', ['get', 'collection'], collection],
    ...(layer.minzoom === undefined || named ? {} : { minzoom: layer.minzoom }),
    layout: {
      ...layer.layout, 'text-max-width': 11,
      'text-field': ['format', ['get', 'text'], {}, ['get', 'note'], { 'font-scale': 0.82, 'text-font': ['literal', ['Sans Regular']] }],
      ...(collection === 'zones' ? { 'text-font': ['Sans Bold'], 'text-size': 13 } : {}),
    },
    paint: layer.paint ?? {},
  } as unknown as LayerSpecification
  return [layer, areas]
}

export function followLabels(map: MapLibre, collections: Collection[]): void {
  const refresh = (): void => {
    const next = place(map, collections)
    if ([...next].every(([key, l]) => labels.get(key)?.at === l.at) && next.size === labels.size) return
    labels = next
    map.getSource<GeoJSONSource>(labelSource)?.setData({ type: 'FeatureCollection', features: labelData() })
  }
  map.on('idle', refresh)
}

function place(map: MapLibre, collections: Collection[]): Map<string, Label> {
  const bounds = map.getBounds()
  const zoom = Math.floor(map.getZoom())
  const pieces = new Map<string, Piece>()
  const seen = [...drawn(map, collections, ['area'], 'Polygon'), ...drawn(map, collections, ['line', 'dashed'], 'LineString')]
  if (seen.length > most * 8) return new Map()
  for (const f of seen) {
    if (!f.source.startsWith(shared)) continue
    const key = `${f.sourceLayer!}/${String(f.properties['id'])}`
    for (const part of partsOf(f.geometry)) {
      if (part.size > (pieces.get(key)?.size ?? 0)) pieces.set(key, { ...part, properties: f.properties, collection: f.sourceLayer! })
    }
  }
  const next = new Map<string, Label>()
  if (pieces.size > most) return next
  for (const [key, p] of pieces) {
    const old = labels.get(key)
    const stays = old && old.zoom === zoom && bounds.contains(old.at)
    next.set(key, stays ? old : { text: nameOf(p.collection, p.properties), note: noteFor(p.properties), collection: p.collection, at: p.middle(), zoom })
  }
  return next
}

interface Part { size: number; middle: () => [number, number] }
interface Piece extends Part { properties: Record<string, unknown>; collection: string }

// drawn are the features of that form in the layers of collections whose names end so.
function drawn(map: MapLibre, collections: Collection[], ends: string[], form: string): MapGeoJSONFeature[] {
  const layers = collections.flatMap((c) => ends.flatMap((end) => [`${c.id}-${end}`, `${c.id}-${end}-own`])).filter((id) => map.getLayer(id))
  return map.queryRenderedFeatures({ layers, filter: ['==', ['geometry-type'], form] })
}

// partsOf gives the areas and lines of a geometry with where a name may stand.
function partsOf(g: Geometry): Part[] {
  const area = (rings: Position[][]): Part => ({ size: Math.abs(areaOfRing(rings[0]!)), middle: () => centreOf(rings[0]!) })
  const line = (at: Position[]): Part => ({ size: lengthOf(at), middle: () => halfWay(at) })
  switch (g.type) {
    case 'Polygon': return [area(g.coordinates)]
    case 'MultiPolygon': return g.coordinates.map(area)
    case 'LineString': return [line(g.coordinates)]
    case 'MultiLineString': return g.coordinates.map(line)
    default: return []
  }
}

// noteFor says of a sketch in words that it is one.
function noteFor(p: Record<string, unknown>): string {
  return p['boundary_kind'] === 'indicative' || p['boundary_kind'] === 'estimated' ? `\n${t('sketch')}` : ''
}
