// Boxes and positions of geometries.
import type { Geometry, Position } from 'geojson'

export type Box = [west: number, south: number, east: number, north: number]

export function eachPosition(g: Geometry, f: (p: Position) => void): void {
  if (g.type === 'GeometryCollection') {
    for (const part of g.geometries) eachPosition(part, f)
    return
  }
  const walk = (c: unknown): void => {
    if (Array.isArray(c) && typeof c[0] === 'number') f(c as Position)
    else if (Array.isArray(c)) c.forEach(walk)
  }
  walk(g.coordinates)
}

// boxOf is the bounding box; null for a geometry without positions.
export function boxOf(...geometries: (Geometry | null | undefined)[]): Box | null {
  const b: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const g of geometries) {
    if (!g) continue
    eachPosition(g, ([x, y]) => {
      b[0] = Math.min(b[0], x!)
      b[1] = Math.min(b[1], y!)
      b[2] = Math.max(b[2], x!)
      b[3] = Math.max(b[3], y!)
    })
  }
  return b[0] <= b[2] ? b : null
}
