// What zones are judged by at first; people change weights and criteria.
import type { Collection } from './api.ts'
import { settings } from './settings.ts'

export interface Criterion {
  name: string
  property?: string
  area?: boolean
  nearest?: { collection: string; filter?: string }
  within?: { collection: string; filter?: string; distance_m: number; sum?: string }
  direction: 'more' | 'less'
  weight: number
  at_least?: number
  at_most?: number
}

const usual: [string, string, Omit<Criterion, 'name'>][] = [
  ['Near a container port', 'Dekat pelabuhan peti kemas', { nearest: { collection: 'ports', filter: "a_contains(cargo,('container'))" }, direction: 'less', weight: 3 }],
  ['Near a scheduled airport', 'Dekat bandara berjadwal', { nearest: { collection: 'infrastructure', filter: "kind = 'airport' AND air_service = 'scheduled'" }, direction: 'less', weight: 2 }],
  ['Near the capital\'s core', 'Dekat inti ibu kota', { nearest: { collection: 'ikn', filter: "id = 'ikn-kipp'" }, direction: 'less', weight: 2 }],
  ['Near a substation', 'Dekat gardu induk', { nearest: { collection: 'infrastructure', filter: "kind = 'substation'" }, direction: 'less', weight: 1 }],
  ['Palm oil mills within 50 km', 'Pabrik kelapa sawit dalam 50 km', { within: { collection: 'mills', distance_m: 50_000 }, direction: 'more', weight: 1 }],
  ['Area', 'Luas', { area: true, direction: 'more', weight: 1 }],
]

export function usualCriteria(collections: Collection[]): Criterion[] {
  const there = (c: Omit<Criterion, 'name'>): boolean => {
    const needed = c.nearest?.collection ?? c.within?.collection
    return !needed || collections.some((one) => one.id === needed)
  }
  return usual.filter(([, , c]) => there(c)).map(([en, id, c]) => ({ name: settings.lang === 'id' ? id : en, ...c }))
}

// unitOf tells how a raw value is to be written: a length, hectares, or a bare number.
export function unitOf(c: Criterion): 'metres' | 'hectares' | 'number' {
  return c.nearest ? 'metres' : c.area ? 'hectares' : 'number'
}
