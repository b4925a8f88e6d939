// Everything seen, as the part of the address after #, so that a link shows the same.

export type Theme = 'light' | 'dark' | 'print'
export type Panel = 'layers' | 'feature' | 'near' | 'rank' | 'more'

export interface View { zoom: number; lat: number; lon: number }

export interface State {
  view: View | null
  theme: Theme | null // null follows the system
  layers: string[] | null // collections shown; null: the usual ones
  sel: string // feature chosen, as collection/id
  panel: Panel
  near: string // the question of the proximity panel, as a query
  shape: string // drawn shape, see shape.ts
  filters: Record<string, string> // CQL2 by collection
  table: string // collection of the table; '' hides it
  sort: string
  date: string // legal date, YYYY-MM-DD; '' is all that is stored
  rank: string // weights, see rank.ts
  online: boolean // the operator's online base is on
}

const panels: Panel[] = ['layers', 'feature', 'near', 'rank', 'more']
const themes: Theme[] = ['light', 'dark', 'print']

export const start: State = {
  view: null, theme: null, layers: null, sel: '', panel: 'layers', near: '', shape: '', filters: {}, table: '', sort: '', date: '', rank: '', online: false,
}

// encode writes what differs from the start.
export function encode(s: State): string {
  const p: [string, string][] = []
  const add = (name: string, value: string): void => { if (value) p.push([name, value]) }
  if (s.view) add('v', [s.view.zoom.toFixed(2), s.view.lat.toFixed(5), s.view.lon.toFixed(5)].join('/'))
  add('style', s.theme ?? '')
  if (s.layers) p.push(['l', s.layers.join(',')])
  add('sel', s.sel)
  if (s.panel !== start.panel) add('p', s.panel)
  add('near', s.near)
  add('shape', s.shape)
  for (const [collection, filter] of Object.entries(s.filters)) add(`f.${collection}`, filter)
  add('table', s.table)
  add('sort', s.sort)
  add('date', s.date)
  add('rank', s.rank)
  if (s.online) add('online', '1')
  return p.map(([name, value]) => `${name}=${encode1(value)}`).join('&')
}

// encode1 leaves readable what may stand in a fragment.
function encode1(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|2C|3A|40|3B|24)/g, (c) => decodeURIComponent(c))
}

// decode reads what encode wrote; what it cannot read it leaves at the start.
export function decode(fragment: string): State {
  const s: State = { ...start, filters: {} }
  const p = new URLSearchParams(fragment.replace(/^#/, '').replace(/\+/g, '%2B'))
  s.view = decodeView(p.get('v') ?? '')
  s.theme = themes.find((t) => t === p.get('style')) ?? null
  if (p.has('l')) s.layers = (p.get('l') ?? '').split(',').filter(Boolean)
  s.sel = /^[^/]+\/[^/]+$/.test(p.get('sel') ?? '') ? p.get('sel')! : ''
  s.panel = panels.find((n) => n === p.get('p')) ?? (s.sel ? 'feature' : start.panel)
  s.near = p.get('near') ?? ''
  s.shape = p.get('shape') ?? ''
  for (const [name, value] of p) if (name.startsWith('f.') && value) s.filters[name.slice(2)] = value
  s.table = p.get('table') ?? ''
  s.sort = p.get('sort') ?? ''
  s.date = isDate(p.get('date') ?? '') ? p.get('date')! : ''
  s.rank = p.get('rank') ?? ''
  s.online = p.get('online') === '1'
  return s
}

function isDate(text: string): boolean {
  const day = new Date(text)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function decodeView(text: string): View | null {
  const [zoom, lat, lon] = text.split('/').map(Number)
  if (zoom === undefined || lat === undefined || lon === undefined || ![zoom, lat, lon].every(Number.isFinite)) return null
  if (zoom < 0 || zoom > 24 || Math.abs(lat) > 86 || Math.abs(lon) > 180) return null
  return { zoom, lat, lon }
}
