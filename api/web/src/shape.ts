// A drawn shape as short text for the address: "lon,lat lon,lat …". One position is a
// point, a list that ends where it began an area, any other a line.
import type { Geometry, LineString, Point, Polygon, Position } from 'geojson'

export type Shape = Point | LineString | Polygon

const digits = (v: number): number => Math.round(v * 1e6) / 1e6

export function writeShape(g: Shape): string {
  const list = g.type === 'Point' ? [g.coordinates] : g.type === 'LineString' ? g.coordinates : g.coordinates[0]!
  return list.map(([x, y]) => `${digits(x!)},${digits(y!)}`).join(' ')
}

// readShape gives null for what is no shape.
export function readShape(text: string): Shape | null {
  const list: Position[] = []
  for (const part of text.trim().split(/\s+/)) {
    const numbers = part.split(',').map(Number)
    const [x, y] = numbers
    if (numbers.length !== 2 || x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y) || Math.abs(x) > 180 || Math.abs(y) > 90) return null
    list.push([x, y])
  }
  const first = list[0]!
  const last = list[list.length - 1]!
  if (list.length === 1) return { type: 'Point', coordinates: first }
  const closed = first[0] === last[0] && first[1] === last[1]
  if (closed && list.length >= 4) return { type: 'Polygon', coordinates: [list] }
  return closed && list.length < 3 ? null : { type: 'LineString', coordinates: list }
}

export function isShape(g: Geometry): g is Shape { return g.type === 'Point' || g.type === 'LineString' || g.type === 'Polygon' }
