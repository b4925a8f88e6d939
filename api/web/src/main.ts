// The map application begins here.
import type { Application } from './application.ts'
import { ask, hrefOf, once, Problem, type Collection, type Item } from './api.ts'
import { buildEmbed } from './embed.ts'
import { discOf } from './disc.ts'
import { again, h, say } from './dom.ts'
import { isFirm, showFeature, showNothing } from './feature.ts'
import { boxOf } from './geometry.ts'
import { buildLayers } from './layers.ts'
import { goTo, openMap, showTheme } from './mapview.ts'
import { buildMore } from './more.ts'
import { nameOf } from './names.ts'
import { buildNear } from './near.ts'
import { draw, empty } from './overlays.ts'
import { buildPicking, type Picked } from './picking.ts'
import { buildRank } from './rank.ts'
import { buildSearch } from './search.ts'
import { settings } from './settings.ts'
import type { Panel } from './state.ts'
import { learnKind, preparePrint } from './print.ts'
import { buildShell, open, type Shell } from './shell.ts'
import { change, get, listen, whenReturned } from './store.ts'
import { buildTable } from './table.ts'
import { t } from './words.ts'
import { zonesOf } from './zones.ts'

async function begin(): Promise<void> {
  const root = document.getElementById('app')!
  showTheme()
  const shell = buildShell(root)
  let collections: Collection[]
  try {
    collections = (await once<{ collections: Collection[] }>('/collections', { lang: settings.lang })).collections
  } catch (error) {
    shell.panels.layers.append(h('p', { class: 'problem', role: 'alert' }, String(error)), again())
    return
  }
  const mapped = collections.filter((c) => c.storageCrs)
  let application: Application
  try {
    const map = await openMap(shell.map, mapped)
    let stopTool: (() => void) | null = null
    let chosen: Item | null = null
    application = {
      map, collections, mapped,
      collection: (id) => collections.find((c) => c.id === id),
      choose: (ref, move = false) => void choose(ref, move),
      chosen: () => chosen,
      goTo: (box) => goTo(map, box),
      take: (stop) => { stopTool?.(); stopTool = stop },
      release: () => { stopTool = null },
      taken: () => stopTool !== null,
    }
    const choose = chooser(application, shell, (item) => { chosen = item })
    const begin = get()
    // For tests and for the console: what is drawn can be asked.
    Object.assign(window, { kawasan: { map } })
    if (settings.embed) buildEmbed(application)
    else buildPanels(application, shell)
    buildPicking(application, (found) => { picked = found; if (found[0]) application.choose(found[0].ref) })
    if (begin.sel) await choose(begin.sel, !begin.view, begin.panel)
    whenReturned((then) => {
      if (then.sel) void choose(then.sel, false, then.panel)
      if (then.view) map.jumpTo({ center: [then.view.lon, then.view.lat], zoom: then.view.zoom })
    })
  } catch (error) {
    console.error(error)
    const why = error instanceof Problem ? `${String(error)} ` : t('noWebGL')
    shell.map.append(h('p', { class: 'nomap', role: 'alert' }, why, error instanceof Problem && again(), ' ', h('a', { href: `${settings.base}/collections?f=html&lang=${settings.lang}` }, t('pages'))))
  }
}

function buildPanels(app: Application, shell: Shell): void {
  buildSearch(shell.bar, app)
  buildLayers(shell.panels.layers, app)
  buildNear(shell.panels.near, app)
  buildRank(shell.panels.rank, app)
  buildMore(shell.panels.more, app)
  buildTable(shell.table, app)
  preparePrint(app)
  const nothing = (): void => void zonesOf(app).then((zones) => { if (!get().sel) showNothing(shell.panels.feature, app, zones) })
  nothing()
  listen((now, before) => { if (!now.sel && before.sel) nothing() })
}

// picked are the features under the last click.
let picked: Picked[] = []

// chooser selects a feature: it is outlined, and its attributes are shown.
function chooser(app: Application, shell: Shell, keep: (item: Item | null) => void): (ref: string, move: boolean, panel?: Panel) => Promise<void> {
  let latest = ''
  listen((now, before) => {
    if (now.sel !== before.sel && !now.sel) {
      latest = ''
      keep(null)
      draw(app.map, 'chosen', empty)
      draw(app.map, 'disc', empty)
    }
  })
  return async (ref, move, panel) => {
    latest = ref
    const [id, ...rest] = ref.split('/')
    const c = app.collection(id ?? '')
    if (!c) return
    try {
      const item = await ask<Item>(`${hrefOf(c.links, 'items', 'application/geo+json')}/${encodeURIComponent(rest.join('/'))}`)
      if (latest !== ref) return // another was chosen meanwhile
      keep(item)
      change({ sel: ref })
      learnKind(c, item)
      draw(app.map, 'chosen', item.geometry ? { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { firm: isFirm(item.properties) }, geometry: item.geometry }] } : empty)
      draw(app.map, 'disc', discOf(item))
      const box = boxOf(item.geometry)
      if (move && box) app.goTo(box)
      if (settings.embed) return
      await showFeature(shell.panels.feature, app, c, item, picked.filter((p) => p.ref !== ref && picked.some((o) => o.ref === ref)))
      if (panel) open(panel)
      else if (get().panel !== 'near' || move) open('feature')
      say(`${t('selected')}: ${nameOf(c.id, item.properties, item.id)}`)
    } catch (error) {
      say(String(error))
      shell.panels.feature.replaceChildren(h('p', { class: 'problem', role: 'alert' }, String(error)))
    }
  }
}

void begin()
