// The feature chosen: all its attributes, where they come from, and how sure they are.
import type { Application } from './application.ts'
import { hrefOf, ordered, schemaOf, type Collection, type Item, type Property, type Values } from './api.ts'
import { h, icon, signs } from './dom.ts'
import { findings, saidOfFindings, showFinding, titleOf } from './finding.ts'
import { boxOf } from './geometry.ts'
import { nameOf } from './names.ts'
import { settings } from './settings.ts'
import { change, get } from './store.ts'
import { has, metres, number, t } from './words.ts'

const sketches = ['indicative', 'estimated']

// isFirm tells whether a boundary may be drawn as a solid line: of a kind that is legal, official or surveyed, or of none.
export function isFirm(v: Values): boolean {
  return !('boundary_kind' in v) || ['legal', 'official_extract', 'surveyed'].includes(String(v['boundary_kind']))
}

// showFeature fills the panel. Others are features at the same place.
export async function showFeature(room: HTMLElement, app: Application, c: Collection, item: Item, others: { ref: string; name: string }[]): Promise<void> {
  const properties = ordered(await schemaOf(c))
  const v = item.properties
  const finding = c.id === findings
  const name = finding ? titleOf(v) : textOf(v['name'] ?? item.id, new Map(properties).get('name'))
  room.replaceChildren(
    h('p', { class: 'kicker' }, c.title),
    h('h2', { class: 'name' }, name),
    sketches.includes(String(v['boundary_kind'])) && item.geometry && item.geometry.type !== 'Point' && h('p', { class: 'sketch' }, t('sketch')) || '',
    actions(app, c, item),
    'boundary_kind' in v || 'source' in v ? certainty(v, item, new Map(properties)) : '',
    finding ? showFinding(app, v) : '',
    others.length > 0 ? h('div', { class: 'others' }, h('h3', {}, t('alsoHere')), h('ul', {}, ...others.map((o) => h('li', {}, h('button', { type: 'button', class: 'linklike', onclick: () => app.choose(o.ref) }, o.name))))) : '',
    attributes(properties.filter(([property]) => !finding || !saidOfFindings.includes(property)), v),
  )
}

function actions(app: Application, c: Collection, item: Item): HTMLElement {
  const box = boxOf(item.geometry)
  const page = hrefOf(item.links, 'alternate', 'text/html')
  const profile = c.id === 'zones' ? `${settings.base}/zones/${encodeURIComponent(String(item.id))}/profile?f=html&lang=${settings.lang}` : ''
  const sheet = hrefOf(item.links, 'map', 'application/pdf')
  return h('div', { class: 'buttons' },
    item.geometry && h('button', { type: 'button', class: 'primary', onclick: () => change({ panel: 'near', near: '', shape: '' }) }, t('whatIsNear')),
    profile && h('a', { class: 'button', href: profile }, t('profile')),
    box && h('button', { type: 'button', 'aria-label': t('zoomTo'), title: t('zoomTo'), onclick: () => app.goTo(box) }, icon(signs.target)),
    page && h('a', { class: 'button', href: withLang(page) }, t('page')),
    sheet && h('a', { class: 'button', href: withLang(sheet) }, t('sheet')))
}

export function withLang(href: string): string {
  const u = new URL(href)
  u.searchParams.set('lang', settings.lang)
  return u.href
}

// certainty says in words how far the position can be trusted, and on whose word.
function certainty(v: Values, item: Item, properties: Map<string, Property>): HTMLElement {
  const said = (name: string): string => textOf(v[name], properties.get(name))
  const kind = said('boundary_kind')
  const uncertainty = v['position_uncertainty_m']
  const far = !item.geometry ? t('noPosition') : typeof uncertainty === 'number' ? t('within_m', { d: metres(uncertainty) }) : t('within_unknown')
  const source = v['source'] ? `${said('source')} (${said('source_date') || t('sourceUndated')})` : ''
  const line = (label: string, text: string): HTMLElement | null => (text ? h('div', {}, h('dt', {}, label), h('dd', {}, text)) : null)
  return h('section', { class: 'certainty' },
    h('h3', {}, t('howSure')),
    kind && h('p', { class: 'kind' }, kind),
    h('p', {}, far),
    h('dl', {}, line(t('source'), source), line(t('instrument'), said('instrument')), line(t('licence'), said('licence'))))
}

const saidAlready = ['name', 'boundary_kind', 'position_uncertainty_m', 'source', 'source_date', 'licence', 'instrument']

function attributes(properties: [string, Property][], v: Values): HTMLElement {
  const rows: HTMLElement[] = []
  let unknown = 0
  for (const [name, p] of properties) {
    if (saidAlready.includes(name) || p['x-ogc-role'] === 'primary-geometry' || p['x-ogc-role'] === 'id') continue
    const value = v[name]
    if (value === null || value === undefined) {
      unknown++
      continue
    }
    rows.push(h('div', {}, h('dt', { title: p.description ?? name }, p.title ?? name), h('dd', {}, show(value, p))))
  }
  return h('section', {}, h('h3', {}, t('allAttributes')), h('dl', { class: 'attributes' }, ...rows), unknown > 0 && h('p', { class: 'note' }, t('unknownCount', { n: unknown })))
}

// show writes a value: lists as lists, objects by their members, numbers with their unit.
function show(value: unknown, p: Property): Node {
  if (Array.isArray(value)) {
    if (value.length === 1) return show(value[0], p)
    return h('ul', {}, ...value.map((one) => h('li', {}, show(one, p['x-kawasan-words'] ? { 'x-kawasan-words': p['x-kawasan-words'] } : {}))))
  }
  if (typeof value === 'object' && value !== null) {
    return document.createTextNode(Object.entries(value).filter(([, v]) => v !== null).map(([name, v]) => `${memberName(name)}: ${textOf(v, p)}`).join('; '))
  }
  const unit = p['x-ogc-unit'] ? ` ${p['x-ogc-unit']}` : ''
  return document.createTextNode(textOf(value, p) + unit)
}

// memberName words the members of objects within attributes.
function memberName(name: string): string {
  const key = `member_${name}`
  return has(key) ? t(key) : name.replaceAll('_', ' ')
}

// textOf writes a value in the language of the page; p says what codes mean.
export function textOf(value: unknown, p: Property = {}): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return number(value, 4)
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (Array.isArray(value)) return value.map((one) => textOf(one, p)).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : p['x-kawasan-words']?.[String(value)] ?? String(value)
}

// showNothing offers a way to begin when no feature is chosen.
export function showNothing(room: HTMLElement, app: Application, zones: Item[]): void {
  room.replaceChildren(h('p', {}, t('nothingSelected')),
    h('ul', { class: 'choices' }, ...zones.map((z) => h('li', {}, h('button', { type: 'button', onclick: () => app.choose(`zones/${z.id}`, true) }, nameOf('zones', z.properties, z.id))))))
  if (get().sel) room.replaceChildren(h('p', {}, t('loading')))
}
