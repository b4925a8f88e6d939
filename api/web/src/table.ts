// The table under the map: what of a collection lies in view, sorted as wanted.
import type { Application } from './application.ts'
import { ask, hrefOf, isAbort, ordered, schemaOf, sortablesOf, type Collection, type Items, type Property } from './api.ts'
import { debounce, h, icon, signs } from './dom.ts'
import { textOf } from './feature.ts'
import { lower } from './shell.ts'
import { change, get, listen } from './store.ts'
import { number, t } from './words.ts'

const pageSize = 50

export function buildTable(room: HTMLElement, app: Application): void {
  let asking = new AbortController()
  const refresh = debounce(200, () => {
    asking.abort()
    asking = new AbortController()
    const c = app.collection(get().table)
    room.hidden = !c
    if (c) fill(room, app, c, asking.signal).catch((error: unknown) => { if (!isAbort(error)) room.replaceChildren(h('p', { class: 'problem', role: 'alert' }, String(error))) })
  })
  app.map.on('moveend', () => { if (get().table) refresh() })
  listen((now, before) => {
    if (now.table !== before.table) {
      if (now.table) lower() // or it would cover what is left of a small screen
      room.hidden = !now.table
      app.map.resize()
    }
    if (now.table !== before.table || now.sort !== before.sort || now.date !== before.date || (now.table && now.filters !== before.filters)) refresh()
    if (now.sel !== before.sel) mark(room)
  })
  if (get().table) {
    lower()
    refresh()
  }
}

async function fill(room: HTMLElement, app: Application, c: Collection, signal: AbortSignal): Promise<void> {
  const [schema, sortables] = await Promise.all([schemaOf(c), sortablesOf(c)])
  const columns = ordered(schema).filter(([, p]) => p['x-ogc-role'] !== 'primary-geometry' && p['x-ogc-role'] !== 'id' && p.type !== 'object' && !(p.type === 'array' && !p.items?.type)).slice(0, 60)
  const b = app.map.getBounds()
  const s = get()
  const page = await ask<Items>(hrefOf(c.links, 'items', 'application/geo+json'), {
    bbox: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((v) => v.toFixed(5)).join(','),
    filter: s.filters[c.id], datetime: s.date, sortby: s.sort, limit: pageSize,
    properties: columns.map(([name]) => name).join(','),
  }, { signal })
  const used = columns.filter(([name]) => page.features.some((f) => f.properties[name] !== null && f.properties[name] !== undefined))
  const body = h('tbody', {}, ...page.features.map((f) => row(app, c, f, used)))
  const more = h('button', { type: 'button', onclick: () => void next() }, t('moreRows'))
  let following = hrefOf(page.links, 'next')
  async function next(): Promise<void> {
    const answer = await ask<Items>(following)
    body.append(...answer.features.map((f) => row(app, c, f, used)))
    following = hrefOf(answer.links, 'next')
    more.hidden = !following
  }
  more.hidden = !following
  const choice = h('select', { 'aria-label': t('table'), onchange: () => change({ table: choice.value, sort: '' }) }, ...app.mapped.map((m) => h('option', { value: m.id, selected: m.id === c.id }, m.title)))
  room.replaceChildren(
    h('div', { class: 'tablebar' }, choice, h('span', { role: 'status' }, t('inView', { n: number(page.numberMatched ?? page.features.length) })),
      h('button', { type: 'button', class: 'plain', 'aria-label': t('close'), onclick: () => change({ table: '' }) }, icon(signs.close))),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('tableOf', { what: c.title }) },
      h('table', {}, h('thead', {}, h('tr', {}, ...used.map(([name, p]) => heading(name, p, name in sortables.properties)))), body), more))
  mark(room)
}

function heading(name: string, p: Property, sortable: boolean): HTMLElement {
  const sort = get().sort
  const now = sort === name || sort === `+${name}` ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'
  const text = [p.title ?? name, p['x-ogc-unit'] ? h('small', {}, ` ${p['x-ogc-unit']}`) : '']
  if (!sortable) return h('th', { scope: 'col' }, ...text)
  return h('th', { scope: 'col', 'aria-sort': now }, h('button', {
    type: 'button', class: 'sort', title: t('sortBy', { what: p.title ?? name }),
    onclick: () => change({ sort: now === 'ascending' ? `-${name}` : name }),
  }, ...text, h('span', { 'aria-hidden': 'true' }, now === 'ascending' ? ' ▲' : now === 'descending' ? ' ▼' : '')))
}

function row(app: Application, c: Collection, f: Items['features'][number], columns: [string, Property][]): HTMLElement {
  const ref = `${c.id}/${f.id}`
  return h('tr', { 'data-ref': ref }, ...columns.map(([name, p], i) => {
    const text = textOf(f.properties[name], p)
    return i === 0
      ? h('th', { scope: 'row' }, h('button', { type: 'button', class: 'linklike', onclick: () => app.choose(ref, true) }, text || String(f.id)))
      : h('td', { class: typeof f.properties[name] === 'number' ? 'number' : '', title: text.length > 60 ? text : null }, text)
  }))
}

function mark(room: HTMLElement): void {
  for (const tr of room.querySelectorAll<HTMLElement>('tr[data-ref]')) tr.classList.toggle('chosen', tr.dataset['ref'] === get().sel)
}
