// Print on A4: the map as a picture with legend, scale, sources and the address of this view.
import type { Application } from './application.ts'
import { schemaOf, type Collection, type Item } from './api.ts'
import { h } from './dom.ts'
import { textOf } from './feature.ts'
import { visible } from './look.ts'
import { nameOf } from './names.ts'
import { shown } from './overlays.ts'
import { change, get, permalink } from './store.ts'
import { t } from './words.ts'

const mostAnswers = 16 // that have room beside the map

export async function print(app: Application): Promise<void> {
  const before = get().theme
  change({ theme: 'print' })
  await idle(app)
  await chosenKind
  const sheet = lay(app)
  addEventListener('afterprint', () => { sheet.remove(); change({ theme: before }) }, { once: true })
  window.print()
}

// preparePrint has the browser's own command to print, which does not wait, print a sheet as well.
export function preparePrint(app: Application): void {
  addEventListener('beforeprint', () => {
    if (document.querySelector('.printsheet')) return
    const sheet = lay(app)
    addEventListener('afterprint', () => sheet.remove(), { once: true })
  })
}

// lay puts the sheet on the page: only it is printed.
function lay(app: Application): HTMLElement {
  const sheet = h('div', { class: 'printsheet' },
    h('h1', {}, 'Kawasan'),
    h('div', { class: 'printmap' }, picture(app), scaleBar(app)),
    h('div', { class: 'printfoot' },
      legend(app),
      h('div', {}, chosen(app), answers(), h('p', {}, `${t('sources')}: ${sources(app)}`), h('p', {}, `${t('dashedLine')}.`), h('p', { class: 'address' }, permalink()))))
  document.body.append(sheet)
  return sheet
}

function idle(app: Application): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      if (app.map.loaded()) resolve()
      else void app.map.once('idle', () => resolve())
    }, 60)
  })
}

// picture copies the map while it is drawn: afterwards the browser may have thrown it away.
function picture(app: Application): HTMLElement {
  const from = app.map.getCanvas()
  const copy = h('canvas', { width: from.width, height: from.height, role: 'img', 'aria-label': t('map') })
  void app.map.once('render', () => copy.getContext('2d')!.drawImage(from, 0, 0))
  app.map.redraw() // at once
  return copy
}

function scaleBar(app: Application): HTMLElement {
  const bar = app.map.getContainer().querySelector<HTMLElement>('.maplibregl-ctrl-scale')
  // Its length is a share of the picture's, whatever size the picture is printed in.
  const share = (bar?.offsetWidth ?? 0) / app.map.getCanvas().clientWidth
  const scale = h('div', { class: 'printscale' }, bar?.textContent ?? '')
  scale.style.width = `${(share * 100).toFixed(2)}%`
  return scale
}

function legend(app: Application): HTMLElement {
  const on = visible(get(), app.mapped)
  const items = app.mapped.filter((c) => on.includes(c.id)).map((c) => {
    const swatch = document.querySelector(`label[for="on-${c.id}"] .swatch`)?.cloneNode(true)
    return h('li', {}, swatch ?? '', ' ', c.title, get().filters[c.id] ? h('code', {}, ` ${get().filters[c.id]!}`) : '')
  })
  return h('ul', { class: 'legend' }, ...items)
}

// kind is what the boundary of the chosen feature is, once it is known; chosenKind waits for that.
let kind = ''
let chosenKind: Promise<void> = Promise.resolve()
let latest: Item | null = null

// learnKind has the sheet say what the boundary of the feature is that was chosen.
export function learnKind(c: Collection, item: Item): void {
  kind = ''
  latest = item
  chosenKind = schemaOf(c).then((schema) => {
    if (latest === item) kind = textOf(item.properties['boundary_kind'], schema.properties['boundary_kind'])
  }, () => {})
}

function chosen(app: Application): HTMLElement | string {
  const item = app.chosen()
  const c = app.collection(get().sel.split('/')[0]!)
  if (!item || !c) return ''
  return h('p', {}, h('strong', {}, nameOf(c.id, item.properties, item.id)), kind ? ` (${kind})` : '')
}

// answers name the numbers on the map.
function answers(): HTMLElement | null {
  const found = [...shown('found').features].reverse().slice(0, mostAnswers)
  return found.length === 0 ? null : h('ol', { class: 'answers' }, ...found.map((f) => h('li', { value: Number(f.properties?.['label']) }, `${String(f.properties?.['name'])}: ${String(f.properties?.['far'])}`)))
}

function sources(app: Application): string {
  const on = visible(get(), app.mapped)
  return [...new Set(['Natural Earth', ...app.mapped.filter((c) => on.includes(c.id)).map((c) => c.attribution ?? '')])].filter(Boolean).join('; ')
}
