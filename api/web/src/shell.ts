// The frame of the page: bar, map, panel with tabs, room for the table, and what is said aloud.
import { h, icon, signs } from './dom.ts'
import { settings } from './settings.ts'
import type { Panel } from './state.ts'
import { change, get, listen, permalink } from './store.ts'
import { t } from './words.ts'

export interface Shell {
  map: HTMLElement
  bar: HTMLElement // room for the search
  table: HTMLElement
  panels: Record<Panel, HTMLElement>
}

const tabs: Panel[] = ['layers', 'feature', 'near', 'rank', 'more']
const names: Record<Panel, string> = { layers: t('layers'), feature: t('selected'), near: t('near'), rank: t('rank'), more: t('more') }

export function buildShell(root: HTMLElement): Shell {
  const map = h('div', { class: 'map', id: 'map' })
  const bar = h('div', { class: 'search' })
  const table = h('section', { class: 'table', id: 'table', 'aria-label': t('table'), hidden: true })
  const panels = {} as Record<Panel, HTMLElement>
  for (const name of tabs) {
    panels[name] = h('div', { class: 'tabpanel', id: `panel-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}`, tabindex: 0 })
  }
  root.classList.toggle('embed', settings.embed)
  root.replaceChildren(
    h('a', { class: 'skip', href: '#panel', onclick: skip }, t('panels')),
    h('main', { class: 'stage', 'aria-label': t('map') }, map, table),
    h('aside', { class: 'panel', id: 'panel', 'aria-label': t('panels'), tabindex: -1 }, heading(bar), tabList(), h('div', { class: 'body' }, ...tabs.map((name) => panels[name]))),
    h('div', { id: 'live', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
  )
  listen((now, before) => { if (now.panel !== before.panel) showTab(now.panel) })
  showTab(get().panel)
  return { map, bar, table, panels }
}

function heading(bar: HTMLElement): HTMLElement {
  const other = settings.lang === 'id' ? 'en' : 'id'
  const language = h('a', { class: 'language', href: `?lang=${other}`, hreflang: other, lang: other, onclick: keepView }, t('otherLanguage'))
  function keepView(): void {
    const here = new URL(permalink())
    here.searchParams.set('lang', other)
    language.href = here.href
  }
  return h('header', { class: 'heading' },
    h('div', { class: 'title' },
      h('h1', {}, h('a', { href: `${settings.base}/?f=html&lang=${settings.lang}`, title: t('pages') }, 'Kawasan')),
      language, sheetButtons()),
    bar)
}

// tabList follows the pattern of tabs: arrow keys move, the chosen one is in the order of Tab.
function tabList(): HTMLElement {
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('panels') }, ...tabs.map((name) =>
    h('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, onclick: () => open(name) }, names[name])))
  list.addEventListener('keydown', (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 }[e.key]
    if (!step) return
    e.preventDefault()
    const at = tabs.indexOf(get().panel)
    const next = Math.abs(step) > 1 ? (step < 0 ? 0 : tabs.length - 1) : (at + step + tabs.length) % tabs.length
    open(tabs[next]!)
    document.getElementById(`tab-${tabs[next]!}`)?.focus()
  })
  return list
}

export function open(panel: Panel): void {
  change({ panel })
  const app = document.getElementById('app')!
  if (app.dataset['sheet'] === 'low') app.dataset['sheet'] = 'half'
}

// lower leaves of a panel that is a sheet only its head.
export function lower(): void { document.getElementById('app')!.dataset['sheet'] = 'low' }

function showTab(panel: Panel): void {
  for (const name of tabs) {
    const tab = document.getElementById(`tab-${name}`)
    tab?.setAttribute('aria-selected', String(name === panel))
    tab?.setAttribute('tabindex', name === panel ? '0' : '-1')
    const body = document.getElementById(`panel-${name}`)
    if (body) body.hidden = name !== panel
  }
  document.querySelector('.panel .body')?.scrollTo(0, 0)
}

// sheetButtons set the height of the panel where it is a sheet at the bottom of a small screen.
function sheetButtons(): HTMLElement {
  const heights = ['low', 'half', 'high']
  const app = document.getElementById('app')!
  app.dataset['sheet'] = 'half'
  const move = (by: number): void => {
    const at = heights.indexOf(app.dataset['sheet'] ?? 'half') + by
    app.dataset['sheet'] = heights[Math.max(0, Math.min(heights.length - 1, at))]!
  }
  return h('div', { class: 'sheet' },
    h('button', { type: 'button', class: 'plain down', 'aria-label': t('sheetDown'), onclick: () => move(-1) }, icon(signs.sheet)),
    h('button', { type: 'button', class: 'plain', 'aria-label': t('sheetUp'), onclick: () => move(1) }, icon(signs.sheet)))
}

function skip(e: Event): void {
  e.preventDefault()
  document.getElementById(`tab-${get().panel}`)?.focus()
}
