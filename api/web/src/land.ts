// The base map that needs no other host: Natural Earth's land, with the coast as a layer of lines.
import type { FeatureCollection, Geometry, MultiLineString } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map, SourceSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { Problem } from './api.ts'
import { settings } from './settings.ts'
import type { Theme } from './state.ts'
import { t } from './words.ts'

const colours: Record<Theme, { sea: string; land: string; coast: string }> = {
  light: { sea: '#dbe7ec', land: '#f8f6f0', coast: '#9fb4bd' },
  dark: { sea: '#0e161b', land: '#1c2427', coast: '#3f525a' },
  print: { sea: '#eef3f5', land: '#ffffff', coast: '#7d8a90' },
}

export const seaOf = (theme: Theme): string => colours[theme].sea
export const landOf = (theme: Theme): string => colours[theme].land

export interface LandData { areas: FeatureCollection; coast: FeatureCollection }

// loadLand unpacks topologies: areas to fill, and their arcs, each once.
async function load(address: string): Promise<LandData> {
  const areas: FeatureCollection = { type: 'FeatureCollection', features: [] }
  const coast: FeatureCollection = { type: 'FeatureCollection', features: [] }
  const answer = await fetch(address).then((r) => (r.ok ? r.json() as Promise<Topology[]> : null), () => null)
  if (!answer) throw new Problem(t('offline'))
  for (const topology of answer) {
    const object = topology.objects['land']!
    areas.features.push({ type: 'Feature', properties: {}, geometry: (feature(topology, object) as { geometry: Geometry }).geometry })
    const lines: MultiLineString = mesh(topology)
    // The edge of the map of the world is no coast.
    lines.coordinates = lines.coordinates.filter((line) => !line.every(([x, y]) => Math.abs(x!) > 179.9 || y! < -84))
    coast.features.push({ type: 'Feature', properties: {}, geometry: lines })
  }
  return { areas, coast }
}

export const loadLand = (): Promise<LandData> => load(settings.land)

// followLand brings the rest of the world once it comes into view; data grows with it.
export function followLand(map: Map, data: LandData): void {
  const look = async (): Promise<void> => {
    const b = map.getBounds()
    if (b.getWest() > 108 && b.getEast() < 125 && b.getSouth() > -8 && b.getNorth() < 10) return
    map.off('moveend', look)
    const far = await load(settings.farLand).catch(() => null)
    if (!far) return void map.on('moveend', look) // perhaps the next time
    data.areas.features.push(...far.areas.features)
    data.coast.features.push(...far.coast.features)
    map.getSource<GeoJSONSource>('land')?.setData(data.areas)
    map.getSource<GeoJSONSource>('coast')?.setData(data.coast)
  }
  map.on('moveend', look)
  map.once('idle', () => void look())
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
