// The disc in which a point with an uncertain position truly lies, to scale. Of the chosen one
// only: those of all together would cover the map.
import type { FeatureCollection, Position } from 'geojson'
import type { Item } from './api.ts'
import { empty } from './overlays.ts'

export function discOf(item: Item): FeatureCollection {
  const metres = item.properties['position_uncertainty_m']
  const g = item.geometry
  if (typeof metres !== 'number' || !(metres > 0) || (g?.type !== 'Point' && g?.type !== 'MultiPoint')) return empty
  const points = g.type === 'Point' ? [g.coordinates] : g.coordinates
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: points.map((p) => [circle(p, metres)]) } }] }
}

// circle is that around a place, by the radii of curvature of the WGS84 ellipsoid there: right
// within a thousandth over some kilometres.
export function circle([lon, lat]: Position, metres: number): Position[] {
  const degree = Math.PI / 180
  const w2 = 1 - 0.00669437999014 * Math.sin(lat! * degree) ** 2
  const east = (6378137 / Math.sqrt(w2)) * Math.cos(lat! * degree) * degree // metres a degree
  const north = ((6378137 * (1 - 0.00669437999014)) / w2 ** 1.5) * degree
  const corners = 90
  return Array.from({ length: corners + 1 }, (_, i) => {
    const a = ((i % corners) / corners) * 2 * Math.PI
    return [lon! + (metres * Math.cos(a)) / east, lat! + (metres * Math.sin(a)) / north]
  })
}
