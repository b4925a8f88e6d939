// Where the tiles come from: one source for the usual collections together, and one of
// its own for each that is filtered or was switched on later.
import type { SourceSpecification } from 'maplibre-gl'
import { address, hrefOf, once, type Collection } from './api.ts'

interface TileJSON { tiles: string[]; bounds?: [number, number, number, number]; minzoom?: number; maxzoom?: number; attribution?: string }

export const shared = 'kawasan'
// collectionOf names the collection that a layer of the tiles is of: its features, or how
// far their boundaries may be off.
export const collectionOf = (layer: string): string => layer.replace(/_uncertainty$/, '')

export const sourceOf = (collection: string): string => `${shared}-${collection}`

// sharedTiles describes the tiles of several collections in one.
export async function sharedTiles(collections: string[], date: string): Promise<SourceSpecification> {
  const description = await once<TileJSON>('/tiles/WebMercatorQuad', { f: 'tilejson', collections: collections.join(','), uncertainty: 'true' })
  return source(description, { datetime: date })
}

// ownTiles describes the tiles of one collection, filtered.
export async function ownTiles(collection: Collection, filter: string, date: string): Promise<SourceSpecification> {
  const list = hrefOf(collection.links, 'tilesets-vector')
  const description = await once<TileJSON>(`${list}/WebMercatorQuad`, { f: 'tilejson', uncertainty: 'true' })
  return source(description, { filter, datetime: date })
}

function source(d: TileJSON, parameters: Record<string, string>): SourceSpecification {
  const s: SourceSpecification = { type: 'vector', tiles: d.tiles.map((tile) => address(tile, parameters)) }
  if (d.bounds) s.bounds = d.bounds
  if (d.minzoom !== undefined) s.minzoom = d.minzoom
  if (d.maxzoom !== undefined) s.maxzoom = d.maxzoom
  if (d.attribution) s.attribution = escape(d.attribution)
  return s
}

// escape keeps an attribution text: MapLibre would show it as HTML.
function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)
}
