import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, encode, start, type State } from './state.ts'

test('what is encoded is decoded again', () => {
  const s: State = {
    view: { zoom: 8.5, lat: -1.25, lon: 116.75 }, theme: 'dark', layers: ['zones', 'ports'], sel: 'ports/kkt', panel: 'near', near: 'ask=nearest&from=zones%2Fkik&to=ports&filter=a%20%3D%20%27b+c%27',
    shape: '116.8,-1.2 116.9,-1.1', filters: { ports: "name = 'a & b' AND x > 1", mills: 'y IS NULL' }, table: 'ports', sort: '-name', date: '2010-01-01', rank: '[{"weight":1}]', online: true,
  }
  assert.deepEqual(decode(`#${encode(s)}`), s)
  assert.equal(encode(start), '')
  assert.deepEqual(decode(''), start)
})

test('no layers at all is not the usual ones', () => {
  assert.deepEqual(decode(encode({ ...start, layers: [] })).layers, [])
})

test('what cannot be read stays at the start', () => {
  for (const text of ['v=x/y/z', 'v=5/91/0', 'v=5', 'style=pink', 'sel=zones', 'sel=a/b/c', 'p=nothing', 'date=2010', '%', 'v=1/2/3/4%ZZ&l']) {
    const s = decode(text)
    assert.equal(s.theme, null)
    assert.equal(s.sel, '')
    assert.equal(s.date, '')
  }
})
