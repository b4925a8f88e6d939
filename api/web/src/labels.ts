// Names of areas, once each. Tiles cut an area into pieces, and each piece would get the name:
// here the largest piece in view gets it, and keeps it while it stays in view at that zoom. The
// tiles' own layer of labels has one place for each area, which is out of view when one looks at a part of it.
import type { Feature, Position } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Collection } from './api.ts'
import { areaOfRing, centreOf } from './ring.ts'
import { shared } from './tiles.ts'
import { t } from './words.ts'

export const labelSource = 'labels'

const most = 400 // areas; where more are in view, names would only be clutter

// names are those that the language of the page says otherwise, by collection.
const names = new Map<string, Record<string, string>>()

interface Label { text: string; note: string; collection: string; at: [number, number]; zoom: number }

let labels = new Map<string, Label>()

export function labelData(): Feature[] {
  return [...labels.values()].map((l) => ({ type: 'Feature', properties: { text: l.text, note: l.note, collection: l.collection }, geometry: { type: 'Point', coordinates: l.at } }))
}

// labelLayers turns the server's layer of names into one for points and lines, and one for areas.
export function labelLayers(layer: LayerSpecification & { 'source-layer': string }): LayerSpecification[] {
  if (layer.type !== 'symbol') return [layer]
  const collection = layer['source-layer']
  names.set(collection, (layer.metadata as Record<string, Record<string, string>> | undefined)?.['kawasan:names'] ?? {})
  const notArea = ['!=', ['geometry-type'], 'Polygon']
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
  return [{ ...layer, filter: layer.filter ? ['all', layer.filter, notArea] : notArea } as LayerSpecification, areas]
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
  const pieces = new Map<string, { properties: Record<string, unknown>; collection: string; ring: Position[]; size: number }>()
  const layers = collections.flatMap((c) => [`${c.id}-area`, `${c.id}-area-own`]).filter((id) => map.getLayer(id))
  const seen = map.queryRenderedFeatures({ layers })
  if (seen.length > most * 8) return new Map()
  for (const f of seen) {
    if (!f.source.startsWith(shared) || (f.geometry.type !== 'Polygon' && f.geometry.type !== 'MultiPolygon')) continue
    const key = `${f.sourceLayer!}/${String(f.properties['id'])}`
    for (const polygon of f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates) {
      const size = Math.abs(areaOfRing(polygon[0]!))
      if (size > (pieces.get(key)?.size ?? 0)) pieces.set(key, { properties: f.properties, collection: f.sourceLayer!, ring: polygon[0]!, size })
    }
  }
  const next = new Map<string, Label>()
  if (pieces.size > most) return next
  for (const [key, p] of pieces) {
    const old = labels.get(key)
    const stays = old && old.zoom === zoom && bounds.contains(old.at)
    next.set(key, stays ? old : { text: saidName(p.collection, p.properties), note: noteFor(p.properties), collection: p.collection, at: centreOf(p.ring), zoom })
  }
  return next
}

function saidName(collection: string, p: Record<string, unknown>): string {
  const name = String(p['name'] ?? p['id'])
  return names.get(collection)?.[name] ?? name
}

// noteFor says of a sketch in words that it is one.
function noteFor(p: Record<string, unknown>): string {
  return p['boundary_kind'] === 'indicative' || p['boundary_kind'] === 'estimated' ? `\n${t('sketch')}` : ''
}
