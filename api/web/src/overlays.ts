// What the application itself draws over the collections: the feature chosen, the answer
// to a question, a drawn shape, a measurement.
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map, SourceSpecification } from 'maplibre-gl'
import type { Theme } from './state.ts'

export const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }

export type Overlay = 'chosen' | 'disc' | 'rings' | 'lines' | 'found' | 'shape' | 'measure'
const data: Record<Overlay, FeatureCollection> = { chosen: empty, disc: empty, rings: empty, lines: empty, found: empty, shape: empty, measure: empty }

// draw replaces what an overlay shows.
export function draw(map: Map, overlay: Overlay, features: FeatureCollection): void {
  data[overlay] = features
  map.getSource<GeoJSONSource>(overlay)?.setData(features)
}

export function shown(overlay: Overlay): FeatureCollection { return data[overlay] }

export function overlaySources(): Record<string, SourceSpecification> {
  return Object.fromEntries(Object.entries(data).map(([name, features]) => [name, { type: 'geojson', data: features, ...(name === 'chosen' ? { tolerance: 0.1 } : {}) }]))
}

export function overlayLayers(theme: Theme): LayerSpecification[] {
  const strong = theme === 'dark' ? '#ffffff' : '#12211d'
  const halo = theme === 'dark' ? '#0e161b' : '#ffffff'
  const accent = theme === 'dark' ? '#63c9a2' : '#0b6e4f'
  const text = { 'text-color': strong, 'text-halo-color': halo, 'text-halo-width': 1.6 }
  const line = (id: string, source: Overlay, colour: string, width: number, more: Record<string, unknown> = {}): LayerSpecification =>
    ({ id, type: 'line', source, layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': colour, 'line-width': width, ...more } }) as LayerSpecification
  const point = (id: string, source: Overlay, radius: number, fill: string, opacity = 1): LayerSpecification =>
    ({ id, type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': radius, 'circle-color': fill, 'circle-opacity': opacity, 'circle-stroke-color': strong, 'circle-stroke-width': 2 } })
  return [
    { id: 'rings-area', type: 'fill', source: 'rings', paint: { 'fill-color': accent, 'fill-opacity': 0.05 } },
    line('rings-line', 'rings', accent, 1.5, { 'line-dasharray': [2, 2] }),
    { id: 'disc-area', type: 'fill', source: 'disc', paint: { 'fill-color': strong, 'fill-opacity': 0.09, 'fill-antialias': false } },
    { id: 'chosen-area', type: 'fill', source: 'chosen', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': strong, 'fill-opacity': 0.06 } },
    line('chosen-halo', 'chosen', halo, 5, { 'line-opacity': 0.8 }),
    { ...line('chosen-line', 'chosen', strong, 2.2), filter: ['!=', ['get', 'firm'], false] } as LayerSpecification,
    { ...line('chosen-dashed', 'chosen', strong, 2.2, { 'line-dasharray': [3, 2] }), layout: { 'line-join': 'round' }, filter: ['==', ['get', 'firm'], false] } as LayerSpecification,
    point('chosen-point', 'chosen', 9, strong, 0),
    { id: 'shape-area', type: 'fill', source: 'shape', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': accent, 'fill-opacity': 0.15 } },
    line('shape-line', 'shape', accent, 2.5),
    point('shape-point', 'shape', 6, accent),
    line('lines-halo', 'lines', halo, 5, { 'line-opacity': 0.85 }),
    line('lines-line', 'lines', accent, 2.2),
    { id: 'found-point', type: 'circle', source: 'found', paint: { 'circle-radius': 10, 'circle-color': accent, 'circle-stroke-color': halo, 'circle-stroke-width': 2 } },
    { id: 'found-number', type: 'symbol', source: 'found', layout: { 'text-field': ['get', 'label'], 'text-size': 11, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': halo } },
    { id: 'lines-text', type: 'symbol', source: 'lines', filter: ['==', ['geometry-type'], 'Point'], layout: { 'text-field': ['get', 'label'], 'text-size': 13, 'text-font': ['Sans Bold'] }, paint: { ...text, 'text-halo-width': 2.5 } },
    { id: 'rings-text', type: 'symbol', source: 'rings', layout: { 'symbol-placement': 'line', 'text-field': ['get', 'label'], 'text-size': 11, 'symbol-spacing': 400 }, paint: text },
    line('measure-line', 'measure', strong, 2, { 'line-dasharray': [1, 1.6] }),
    point('measure-point', 'measure', 4, halo),
  ]
}
