// A good place for a name within a ring, or on a line. Positions are lon, lat; small areas are taken as flat.
import type { Position } from 'geojson'

// areaOfRing is signed, in square degrees.
export function areaOfRing(ring: Position[]): number {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j]![0]! * ring[i]![1]! - ring[i]![0]! * ring[j]![1]!
  return sum / 2
}

// centreOf is the middle of the widest stretch inside the ring at the height of its centroid.
export function centreOf(ring: Position[]): [number, number] {
  const area = areaOfRing(ring)
  let y = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    y += (ring[j]![1]! + ring[i]![1]!) * (ring[j]![0]! * ring[i]![1]! - ring[i]![0]! * ring[j]![1]!)
  }
  y = area ? y / (6 * area) : ring[0]![1]!
  const crossings: number[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[j]! as [number, number]
    const [x2, y2] = ring[i]! as [number, number]
    if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
  }
  crossings.sort((a, b) => a - b)
  let best: [number, number] = [ring[0]![0]!, ring[0]![0]!]
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1]! - crossings[i]! > best[1] - best[0]) best = [crossings[i]!, crossings[i + 1]!]
  }
  return [(best[0] + best[1]) / 2, y]
}

const step = (a: Position, b: Position): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)

// lengthOf is in degrees.
export function lengthOf(line: Position[]): number {
  return line.reduce((sum, at, i) => sum + (i > 0 ? step(line[i - 1]!, at) : 0), 0)
}

// halfWay is the point in the middle of a line.
export function halfWay(line: Position[]): [number, number] {
  let way = lengthOf(line) / 2
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const length = step(a, b)
    if (length > 0 && length >= way) return [a[0]! + (b[0]! - a[0]!) * (way / length), a[1]! + (b[1]! - a[1]!) * (way / length)]
    way -= length
  }
  return [line[0]![0]!, line[0]![1]!]
}
