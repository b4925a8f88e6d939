import assert from 'node:assert/strict'
import { test } from 'node:test'
import table from '../../../geo/wording/testdata/rounded.json' with { type: 'json' }
import { condition, identifier } from './cql.ts'
import { circle } from './disc.ts'
import { areaOf, lengthOf } from './ellipsoid.ts'
import { rounded, type Interval } from './interval.ts'
import { callOf, firstQuestion, readQuestion, startOf, writeQuestion } from './question.ts'
import { areaOfRing, centreOf } from './ring.ts'
import { flips, rank, rivals, smallest, type Candidate } from './score.ts'
import { readShape, writeShape } from './shape.ts'

test('conditions in CQL2', () => {
  assert.equal(condition('name', { type: 'string' }, '=', "O'Hara"), "name = 'O''Hara'")
  assert.equal(condition('name', { type: 'string' }, 'contains', '50%'), "CASEI(name) LIKE CASEI('%50\\%%')")
  assert.equal(condition('n', { type: 'number' }, '>=', '1.5'), 'n >= 1.5')
  assert.equal(condition('n', { type: 'number' }, '>=', 'many'), '')
  assert.equal(condition('d', { type: 'string', format: 'date' }, '<=', '2020-01-01'), "d <= DATE('2020-01-01')")
  assert.equal(condition('list', { type: 'array' }, 'contains', 'cpo'), "a_contains(list,('cpo'))")
  assert.equal(condition('list', { type: 'array' }, 'unknown', ''), 'list IS NULL')
  assert.equal(identifier('in'), '"in"')
  assert.equal(identifier('two words'), '"two words"')
})

test('a disc of uncertainty has its radius all around', () => {
  for (const at of [[116.8, -1.2], [10, 60]] as [number, number][]) {
    for (const p of circle(at, 3000)) assert.ok(Math.abs(lengthOf([at, p as [number, number]]) - 3000) < 6, `${at}: ${p}`)
  }
})

test('lengths and areas on WGS84', () => {
  // The equator is 2 π · 6,378,137 m; the quarter meridian 10,001,965.729 m.
  assert.ok(Math.abs(lengthOf([[0, 0], [1, 0]]) - 6378137 * Math.PI / 180) < 1e-6)
  assert.ok(Math.abs(lengthOf([[0, 0], [0, 90]]) - 10001965.729) < 1e-3)
  // A cell of one degree at the equator, as PostGIS gives it for edges that follow the parallel:
  // SELECT ST_Area(ST_Segmentize(ST_MakeEnvelope(0,0,1,1,4326), 0.01)::geography).
  const cell = areaOf([[0, 0], [1, 0], [1, 1], [0, 1]])
  assert.ok(Math.abs(cell / 12309e6 - 1) < 1e-4, String(cell))
  assert.equal(areaOf([[0, 0], [0, 1], [1, 1], [1, 0]]), cell)
})

test('lengths are rounded as pages round them', () => {
  assert.ok(table.length > 10)
  for (const row of table as { length: Interval; rounded: Interval }[]) assert.deepEqual(rounded(row.length), row.rounded, JSON.stringify(row.length))
})

test('shapes as text', () => {
  for (const text of ['116.8,-1.2', '116.8,-1.2 116.9,-1.1', '1,1 2,1 2,2 1,1']) assert.equal(writeShape(readShape(text)!), text)
  for (const text of ['', 'a,b', '200,1', '1,95', '1', '1,1 1,1', '1,,2']) assert.equal(readShape(text), null, text)
})

test('questions go into the address and back, and to the API', () => {
  const ids = ['ports', 'infrastructure', 'mills']
  const q = firstQuestion('zones/kik', ids)
  assert.deepEqual(readQuestion(writeQuestion(q), ids), q)
  assert.equal(readQuestion('ask=else&from=x', ids), null)
  assert.deepEqual(callOf({ ...q, kind: 'rings', rings: '10 km, 25 km' }, { collection: 'mills', filter: '', sum: '', byArea: false }, { from: 'zones/kik' }),
    { path: '/proximity/within', parameters: { from: 'zones/kik', to: 'mills', distance: '10km,25km', filter: '' } })
  assert.equal(startOf({ ...q, from: 'shape' }, '', 'Mine'), null)
  assert.deepEqual(startOf({ ...q, from: 'shape' }, '1,2', 'Mine'), { from: '1,2' })
  assert.deepEqual(startOf({ ...q, from: 'shape' }, '1,2 3,4', 'Mine'), { body: { type: 'Feature', id: 'Mine', properties: {}, geometry: { type: 'LineString', coordinates: [[1, 2], [3, 4]] } } })
})

test('names stand inside their area', () => {
  const horseshoe = [[0, 0], [10, 0], [10, 10], [8, 10], [8, 1], [1, 1], [1, 10], [0, 10], [0, 0]]
  assert.ok(areaOfRing(horseshoe) > 0)
  const [x, y] = centreOf(horseshoe)
  assert.ok((x > 8 && x < 10 && y > 0 && y < 10) || (x > 0 && x < 1) || (y > 0 && y < 1), `${x}, ${y}`)
})

// The same numbers as in geo/zone/rank_test.go.
test('scores, flips and rivals are those of the server', () => {
  const part = (criterion: string, n: number, lo = n, hi = n) => ({ criterion, raw: null, raw_min: null, raw_max: null, normalised: n, normalised_min: lo, normalised_max: hi })
  const candidates: Candidate[] = [
    { ref: 'estates/a', name: 'a', criteria: [part('a', 1), part('b', 0)] },
    { ref: 'estates/b', name: 'b', criteria: [part('a', 0), part('b', 1)] },
    { ref: 'estates/c', name: 'c', criteria: [part('a', 0.5, 0, 1), part('b', 0.4)] },
  ]
  const ranked = rank(candidates, [3, 1])
  assert.deepEqual(ranked.map((s) => [s.candidate.name, s.score, s.min, s.max].map((v) => (typeof v === 'number' ? Math.round(v * 1e9) / 1e9 : v))), [['a', 0.75, 0.75, 0.75], ['c', 0.475, 0.1, 0.85], ['b', 0.25, 0.25, 0.25]])
  const f = smallest(flips(ranked, [3, 1]))!
  assert.equal(Math.abs(f.to - f.from), 2)
  assert.equal(f.first.name, 'b')
  assert.deepEqual(rivals(ranked, [3, 1]).map((c) => c.name), ['c'])
})
