// Lengths and areas on the WGS84 ellipsoid, after C. F. F. Karney, Algorithms for geodesics,
// J. Geodesy 87 (2013). Positions are lon, lat in degrees.
import geodesic from 'geographiclib-geodesic'

const earth = geodesic.Geodesic.WGS84

export function lengthOf(line: [number, number][]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) sum += earth.Inverse(line[i - 1]![1], line[i - 1]![0], line[i]![1], line[i]![0]).s12
  return sum
}

// areaOf is the area within a ring whose edges are straight in longitude and latitude, as they
// are everywhere in Kawasan: long edges are divided, since those of the method are geodesics.
export function areaOf(ring: [number, number][]): number {
  const polygon = earth.Polygon(false)
  const step = 0.01 // degrees, some 1.1 km: the bow of a geodesic over it is below a centimetre here
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    const parts = Math.min(2000, Math.max(1, Math.ceil(Math.max(Math.abs(nextX - x), Math.abs(nextY - y)) / step)))
    for (let k = 0; k < parts; k++) polygon.AddPoint(y + ((nextY - y) * k) / parts, x + ((nextX - x) * k) / parts)
  })
  return Math.abs(polygon.Compute(false, true).area)
}
