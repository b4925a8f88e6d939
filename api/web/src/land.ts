// The base map that needs no other host: Natural Earth's land, with the coast as a layer of lines.
import type { FeatureCollection, Geometry, MultiLineString } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { settings } from './settings.ts'
import type { Theme } from './state.ts'

type Land = Record<'near' | 'around' | 'far', Topology>

const colours: Record<Theme, { sea: string; land: string; coast: string }> = {
  light: { sea: '#dbe7ec', land: '#f8f6f0', coast: '#9fb4bd' },
  dark: { sea: '#0e161b', land: '#1c2427', coast: '#3f525a' },
  print: { sea: '#eef3f5', land: '#ffffff', coast: '#7d8a90' },
}

export const seaOf = (theme: Theme): string => colours[theme].sea
export const landOf = (theme: Theme): string => colours[theme].land

export interface LandData { areas: FeatureCollection; coast: FeatureCollection }

// loadLand unpacks the topologies: areas to fill, and their arcs, each once.
export async function loadLand(): Promise<LandData> {
  const land = await (await fetch(settings.land)).json() as Land
  const areas: FeatureCollection = { type: 'FeatureCollection', features: [] }
  const coast: FeatureCollection = { type: 'FeatureCollection', features: [] }
  for (const topology of [land.far, land.around, land.near]) {
    const object = topology.objects['land']!
    areas.features.push({ type: 'Feature', properties: {}, geometry: (feature(topology, object) as { geometry: Geometry }).geometry })
    const lines: MultiLineString = mesh(topology)
    // The edge of the map of the world is no coast.
    lines.coordinates = lines.coordinates.filter((line) => !line.every(([x, y]) => Math.abs(x!) > 179.9 || y! < -84))
    coast.features.push({ type: 'Feature', properties: {}, geometry: lines })
  }
  return { areas, coast }
}

export function landSources(data: LandData): Record<string, SourceSpecification> {
  return {
    land: { type: 'geojson', data: data.areas, tolerance: 0.2, maxzoom: 12, attribution: 'Natural Earth' },
    coast: { type: 'geojson', data: data.coast, tolerance: 0.2, maxzoom: 12 },
  }
}

export function landLayers(theme: Theme): LayerSpecification[] {
  const c = colours[theme]
  return [
    { id: 'base-land', type: 'fill', source: 'land', paint: { 'fill-color': c.land, 'fill-antialias': false } },
    { id: 'base-coast', type: 'line', source: 'coast', layout: { 'line-join': 'round' }, paint: { 'line-color': c.coast, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.6, 10, 1.2] } },
  ]
}
