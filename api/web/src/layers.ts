// The legend: what can be shown, how much there is of it, and how sure its boundaries are.
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Application } from './application.ts'
import { once, type Collection } from './api.ts'
import { h, icon, signs } from './dom.ts'
import { buildFilter, countOf } from './filter.ts'
import { findings, severities } from './finding.ts'
import { themeOf, visible } from './look.ts'
import { settings } from './settings.ts'
import type { Theme } from './state.ts'
import { change, get, listen } from './store.ts'
import { buildTime } from './time.ts'
import { number, t } from './words.ts'

const order = ['zones', 'ikn', 'ports', 'infrastructure', 'mills', 'plantations', 'towns', 'regencies']

export function buildLayers(room: HTMLElement, app: Application): void {
  const sorted = [...app.mapped].sort((a, b) => place(a.id) - place(b.id))
  room.append(
    h('ul', { class: 'legend' }, ...sorted.map((c) => row(app, c))),
    boundaries(),
    buildTime(app),
    styles(),
  )
}

function place(id: string): number { return order.includes(id) ? order.indexOf(id) : order.length }

// row is one collection: on or off, its colour, its number, filter and table.
function row(app: Application, c: Collection): HTMLElement {
  const box = h('input', { type: 'checkbox', id: `on-${c.id}`, onchange: () => toggle(app, c.id, box.checked) })
  const sign = h('span', { class: 'swatch', 'aria-hidden': 'true' })
  const count = h('small', { class: 'count' }, c.itemCount === undefined ? '' : number(c.itemCount))
  const room = h('div', { class: 'filter', id: `filter-${c.id}`, hidden: true })
  const filter = h('button', { type: 'button', class: 'plain', 'aria-expanded': 'false', 'aria-controls': `filter-${c.id}`, 'aria-label': t('filterOf', { what: c.title }), title: t('filter'), onclick: openFilter }, icon(signs.filter))
  const table = h('button', { type: 'button', class: 'plain', 'aria-label': t('tableOf', { what: c.title }), title: t('table'), onclick: () => change({ table: get().table === c.id ? '' : c.id, sort: '' }) }, icon(signs.table))
  function openFilter(): void {
    room.hidden = !room.hidden
    filter.setAttribute('aria-expanded', String(!room.hidden))
    if (!room.hidden && room.childElementCount === 0) void buildFilter(room, c)
  }
  const key = c.id === findings ? severities() : null
  const follow = (): void => {
    const s = get()
    box.checked = visible(s, app.mapped).includes(c.id)
    table.setAttribute('aria-pressed', String(s.table === c.id))
    filter.classList.toggle('set', !!s.filters[c.id])
    void paint(sign, c.id, themeOf(s))
    if (key) key.hidden = !box.checked
    void countOf(c, s.filters[c.id] ?? '', s.date).then((text) => { count.textContent = text })
  }
  follow()
  listen(follow)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow)
  return h('li', {}, h('div', { class: 'row' }, h('label', { for: box.id, title: c.description }, box, sign, h('span', {}, c.title), ' ', count), filter, table), key, room)
}

function toggle(app: Application, id: string, on: boolean): void {
  const now = visible(get(), app.mapped).filter((c) => c !== id)
  change({ layers: on ? [...now, id] : now })
}

// paint gives a swatch the colour and form that the server's style gives to the layer.
async function paint(sign: HTMLElement, collection: string, theme: Theme): Promise<void> {
  const style = await once<StyleSpecification>(`/styles/${theme}`, { lang: settings.lang })
  const layers = style.layers.filter((l): l is LayerSpecification & { 'source-layer': string } => 'source-layer' in l && l['source-layer'] === collection)
  const colour = (type: string, property: string): string => {
    const paint = layers.find((l) => l.type === type)?.paint as Record<string, unknown> | undefined
    return typeof paint?.[property] === 'string' ? paint[property] : ''
  }
  sign.style.setProperty('--colour', colour('line', 'line-color') || colour('circle', 'circle-color') || colour('fill', 'fill-color'))
  const tileset = await once<{ layers: { id: string; geometryDimension?: number }[] }>('/tiles/WebMercatorQuad')
  sign.dataset['form'] = ['point', 'line', 'area'][tileset.layers.find((l) => l.id === collection)?.geometryDimension ?? 0]
}

function boundaries(): HTMLElement {
  const line = (kind: string, text: string): HTMLElement => h('li', {}, h('span', { class: `boundary ${kind}`, 'aria-hidden': 'true' }), h('span', {}, text))
  return h('section', { class: 'part' }, h('h2', {}, t('boundaryKinds')), h('ul', { class: 'boundaries' }, line('firm', t('firmLine')), line('dashed', t('dashedLine')), line('disc', t('disc'))))
}

function styles(): HTMLElement {
  const options: [string, string][] = [['', t('auto')], ['light', t('light')], ['dark', t('dark')], ['print', t('print')]]
  const group = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': t('style') }, ...options.map(([value, name]) =>
    h('label', {}, h('input', { type: 'radio', name: 'theme', value, checked: (get().theme ?? '') === value, onchange: () => change({ theme: (value || null) as Theme | null }) }), h('span', {}, name))))
  const online = settings.online && h('label', { class: 'check' },
    h('input', { type: 'checkbox', checked: get().online, onchange: (e: Event) => change({ online: (e.target as HTMLInputElement).checked }) }), ' ', t('onlineBase'), ' ', h('small', {}, t('onlineNote')))
  return h('section', { class: 'part' }, h('h2', {}, t('style')), group, online)
}
