// The whole look of the map as one style: base, the server's layers for the collections,
// and our overlays. It is made anew when the state changes; MapLibre works out what differs.
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { once, type Collection } from './api.ts'
import { findings } from './finding.ts'
import { learnNames } from './names.ts'
import { landLayers, landOf, landSources, seaOf, type LandData } from './land.ts'
import { overlayLayers, overlaySources } from './overlays.ts'
import { settings } from './settings.ts'
import type { State, Theme } from './state.ts'
import { labelData, labelLayers, labelSource } from './labels.ts'
import { collectionOf, ownTiles, shared, sharedTiles, sourceOf } from './tiles.ts'

// These are not shown at the start: lines from everywhere to everywhere, and areas that
// cover what lies below.
const hiddenAtFirst = ['connectivity', 'plantations', findings]

export const usual = (collections: Collection[]): string[] => collections.filter((c) => !hiddenAtFirst.includes(c.id)).map((c) => c.id)

export const visible = (s: State, collections: Collection[]): string[] => s.layers ?? usual(collections)

export function themeOf(s: State): Theme {
  return s.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}

export interface Parts {
  land: LandData
  collections: Collection[] // those with a geometry
  together: string[] // collections that come in one tile
}

// compose makes the style for a state.
export async function compose(s: State, p: Parts): Promise<StyleSpecification> {
  const theme = themeOf(s)
  const server = await once<StyleSpecification>(`/styles/${theme}`, { lang: settings.lang })
  for (const l of server.layers) {
    if ('source-layer' in l && l['source-layer']) learnNames(collectionOf(l['source-layer']), (l.metadata as Record<string, Record<string, string>> | undefined)?.['kawasan:names'])
  }
  const on = visible(s, p.collections)
  const sources: Record<string, SourceSpecification> = { ...landSources(p.land) }
  const online = s.online && settings.online
  if (online) sources['online'] = { type: 'raster', tiles: [online.tiles], tileSize: 256, attribution: online.attribution }
  const from = new Map<string, string>()
  if (p.together.length > 0) sources[shared] = await sharedTiles(p.together, s.date)
  for (const c of p.collections) {
    const filter = s.filters[c.id] ?? ''
    if (p.together.includes(c.id) && !filter) {
      from.set(c.id, shared)
    } else if (on.includes(c.id)) {
      from.set(c.id, sourceOf(c.id))
      sources[sourceOf(c.id)] = await ownTiles(c, filter, s.date)
    }
  }
  const data = server.layers.filter((l) => l.type !== 'background').flatMap((l) => place(l, on, from))
  return {
    version: 8, name: server.name ?? '', sources: { ...sources, ...overlaySources(), [labelSource]: { type: 'geojson', data: { type: 'FeatureCollection', features: labelData() } } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': seaOf(theme) } },
      ...landLayers(theme),
      ...regencyLand(data, theme),
      ...(online ? [{ id: 'online', type: 'raster', source: 'online' } as LayerSpecification] : []),
      ...data.filter((l) => l.type !== 'symbol'),
      ...overlayLayers(theme).filter((l) => l.type !== 'symbol'),
      ...data.filter((l) => l.type === 'symbol'),
      ...overlayLayers(theme).filter((l) => l.type === 'symbol'),
    ],
  }
}

// place puts a layer of the server's style on the source that holds its collection now.
function place(layer: LayerSpecification, on: string[], from: Map<string, string>): LayerSpecification[] {
  if (!('source-layer' in layer) || !layer['source-layer']) return []
  const collection = collectionOf(layer['source-layer'])
  const source = from.get(collection)
  if (!source || !on.includes(collection)) return []
  // Tiles remember the layers that they were made for: on another source it is another layer.
  const id = source === shared ? layer.id : `${layer.id}-own`
  const placed = { ...layer, id, source, layout: { ...layer.layout, visibility: 'visible' } } as LayerSpecification & { 'source-layer': string }
  if (placed.type === 'line' && collection === 'regencies') placed.paint = { ...placed.paint, 'line-opacity': 0.45 } // they are the ground of the map
  return labelLayers(placed)
}

// regencyLand fills the regencies as land: their outlines are finer than the base map's.
function regencyLand(data: LayerSpecification[], theme: Theme): LayerSpecification[] {
  const area = data.find((l) => /^regencies-area(-own)?$/.test(l.id))
  return area ? [{ ...area, id: 'base-regencies', paint: { 'fill-color': landOf(theme), 'fill-antialias': false } } as LayerSpecification] : []
}
