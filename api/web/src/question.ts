// A question of distance: what the proximity panel asks, in the address and of the server.
import type { Parameters } from './api.ts'
import { readShape, type Shape } from './shape.ts'

export type Kind = 'nearest' | 'within' | 'rings'

export interface Target { collection: string; filter: string; sum: string; byArea: boolean }

export interface Question {
  kind: Kind
  from: string // collection/id, "lon,lat", or "shape" for the drawn one
  k: number
  distance: string // of within
  rings: string
  targets: Target[]
}

// What planners ask first; each is shown and can be changed.
const usualTargets: Target[] = [
  { collection: 'ports', filter: "access = 'public'", sum: '', byArea: false },
  { collection: 'infrastructure', filter: "kind = 'airport' AND air_service = 'scheduled'", sum: '', byArea: false },
]

// firstQuestion asks for what is usual, of the collections that there are.
export function firstQuestion(from: string, collections: string[]): Question {
  const targets = usualTargets.filter((t) => collections.includes(t.collection))
  const any = collections[0]
  return { kind: 'nearest', from, k: 3, distance: '25 km', rings: '10 km, 25 km, 50 km', targets: targets.length > 0 || !any ? targets : [{ collection: any, filter: '', sum: '', byArea: false }] }
}

export function writeQuestion(q: Question): string {
  const p = new URLSearchParams({ ask: q.kind, from: q.from })
  if (q.kind === 'nearest') p.set('k', String(q.k))
  if (q.kind === 'within') p.set('distance', q.distance)
  if (q.kind === 'rings') p.set('distance', q.rings)
  for (const t of q.targets) {
    p.append('to', t.collection)
    p.append('filter', t.filter)
    p.append('sum', t.sum)
    p.append('by_area', t.byArea ? 'true' : '')
  }
  return p.toString()
}

// readQuestion gives null where the text is no question.
export function readQuestion(text: string, collections: string[]): Question | null {
  const p = new URLSearchParams(text)
  const kind = p.get('ask')
  const from = p.get('from')
  if ((kind !== 'nearest' && kind !== 'within' && kind !== 'rings') || from === null) return null
  const q = firstQuestion(from, collections)
  q.kind = kind
  q.k = Math.min(50, Math.max(1, Math.round(Number(p.get('k')) || q.k)))
  const distance = p.get('distance')
  if (distance && kind === 'within') q.distance = distance
  if (distance && kind === 'rings') q.rings = distance
  const filters = p.getAll('filter')
  const sums = p.getAll('sum')
  const byArea = p.getAll('by_area')
  const to = p.getAll('to')
  if (to.length > 0) q.targets = to.map((collection, i) => ({ collection, filter: filters[i] ?? '', sum: sums[i] ?? '', byArea: byArea[i] === 'true' })).filter((t) => collections.includes(t.collection))
  return q
}

// Call is one request to the API.
export interface Call { path: string; parameters: Parameters; body?: unknown }

// startOf tells where a question measures from: a parameter, or a body for a drawn shape; null when it lacks.
export function startOf(q: Question, shape: string, name: string): { from?: string; body?: unknown } | null {
  if (q.from !== 'shape') return q.from ? { from: q.from } : null
  const drawn = readShape(shape)
  if (!drawn) return null
  return drawn.type === 'Point' ? { from: shape } : { body: { type: 'Feature', id: name, properties: {}, geometry: drawn satisfies Shape } }
}

const compact = (distances: string): string => distances.split(/[,;]/).map((d) => d.replace(/\s+/g, '')).filter(Boolean).join(',')

// callOf is the request for one target.
export function callOf(q: Question, target: Target, start: { from?: string; body?: unknown }): Call {
  const parameters: Parameters = { from: start.from, to: target.collection }
  if (q.kind === 'nearest') parameters['k'] = q.k
  else parameters['distance'] = compact(q.kind === 'within' ? q.distance : q.rings)
  parameters['filter'] = target.filter
  if (q.kind !== 'nearest' && target.sum) {
    parameters['sum'] = target.sum
    if (target.byArea) parameters['by_area'] = 'true'
  }
  return { path: q.kind === 'nearest' ? '/proximity/nearest' : '/proximity/within', parameters, ...(start.body ? { body: start.body } : {}) }
}

// bufferOf is the request for the lines around the place; null where none is drawn.
export function bufferOf(q: Question, start: { from?: string; body?: unknown }): Call | null {
  if (q.kind === 'nearest') return null
  return { path: '/proximity/buffer', parameters: { from: start.from, distance: compact(q.kind === 'within' ? q.distance : q.rings) }, ...(start.body ? { body: start.body } : {}) }
}
