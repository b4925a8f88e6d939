// The base map that needs no other host: Natural Earth's land from world-atlas, finest
// where Kawasan's data are. Islands come whole from one scale, so that nothing is cut.
import fs from 'node:fs'
import { feature } from 'topojson-client'

const read = (scale) => JSON.parse(fs.readFileSync(new URL(`node_modules/world-atlas/land-${scale}.json`, import.meta.url)))

// Boxes as west, south, east, north: Borneo with its islands, and its neighbours.
const near = [108, -5, 119.8, 8]
const around = [104, -11, 131, 12]

// land gives what the first view shows, and the rest of the world.
export function land() {
  return {
    near: [pick(read('10m'), (box) => within(box, near)), pick(read('50m'), (box) => within(box, around) && !within(box, near))],
    far: [pick(read('110m'), (box) => !within(box, around))],
  }
}

function within(box, frame) {
  return box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3]
}

// pick keeps the polygons of a topology whose bounding box is wanted, and the arcs that they use.
function pick(topology, wanted) {
  const polygons = topology.objects.land.geometries.flatMap((g) => g.type === 'MultiPolygon' ? g.arcs : [g.arcs])
  const kept = polygons.filter((arcs) => wanted(boxOf(feature(topology, { type: 'Polygon', arcs }))))
  const numbers = new Map()
  const arcs = []
  const renumber = (n) => {
    const index = n < 0 ? ~n : n
    if (!numbers.has(index)) {
      numbers.set(index, arcs.length)
      arcs.push(topology.arcs[index])
    }
    return n < 0 ? ~numbers.get(index) : numbers.get(index)
  }
  const renumbered = kept.map((polygon) => polygon.map((ring) => ring.map(renumber)))
  return { type: 'Topology', transform: topology.transform, arcs, objects: { land: { type: 'MultiPolygon', arcs: renumbered } } }
}

function boxOf(polygon) {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of polygon.geometry.coordinates[0]) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}
