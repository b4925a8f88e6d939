// The map itself: made once, restyled when the state asks for another look.
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type LngLatBoundsLike } from 'maplibre-gl'
import type { Collection } from './api.ts'
import { again, h } from './dom.ts'
import { compose, themeOf, usual, visible, type Parts } from './look.ts'
import { followLabels } from './labels.ts'
import { followLand, loadLand } from './land.ts'
import { settings } from './settings.ts'
import { change, get, listen } from './store.ts'
import { t } from './words.ts'

setWorkerUrl(new URL(WORKER, import.meta.url).href)

export const still = matchMedia('(prefers-reduced-motion: reduce)').matches

// openMap makes the map in a container, over the collections that have a geometry.
export async function openMap(container: HTMLElement, collections: Collection[]): Promise<MapLibre> {
  const begin = get()
  const on = visible(begin, collections)
  const parts: Parts = {
    land: await loadLand(), collections,
    together: on.filter((id) => !begin.filters[id] && collections.some((c) => c.id === id)),
  }
  const v = begin.view
  const map = new MapLibre({
    container, style: await compose(begin, parts),
    ...(v ? { center: [v.lon, v.lat], zoom: v.zoom } : { bounds: extentOf(collections), fitBoundsOptions: { padding: padding(24) } }),
    minZoom: 3, maxZoom: 19, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    refreshExpiredTiles: false, fadeDuration: still ? 0 : 150, maxTileCacheZoomLevels: 4,
    cooperativeGestures: settings.embed, // the page around it is to be scrolled
    locale: {
      'CooperativeGesturesHandler.WindowsHelpText': t('zoomWithKey', { key: 'Ctrl' }), 'CooperativeGesturesHandler.MacHelpText': t('zoomWithKey', { key: '⌘' }),
      'CooperativeGesturesHandler.MobileHelpText': t('twoFingers'),
      'NavigationControl.ZoomIn': t('zoomIn'), 'NavigationControl.ZoomOut': t('zoomOut'), 'Map.Title': t('map'),
      'AttributionControl.ToggleAttribution': t('attribution'),
    },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left')
  const sources = new AttributionControl({ compact: true })
  map.addControl(sources, 'bottom-right')
  // The list is long: it opens on a click, and stands whole under More. MapLibre opens it when
  // the first source says whose it is.
  const close = (): void => container.querySelector('.maplibregl-ctrl-attrib')?.classList.remove('maplibregl-compact-show')
  map.on('sourcedata', close)
  map.once('load', () => { close(); map.off('sourcedata', close) })
  tellOfFaults(map, container)
  map.on('moveend', () => {
    const c = map.getCenter()
    change({ view: { zoom: map.getZoom(), lat: c.lat, lon: c.lng } })
  })
  followLabels(map, collections)
  followLand(map, parts.land)
  const restyle = (): void => void compose(get(), parts).then((style) => map.setStyle(style, { diff: true }))
  listen((now, before) => {
    if (now.layers !== before.layers || now.theme !== before.theme || now.filters !== before.filters || now.date !== before.date || now.online !== before.online) restyle()
    if (now.theme !== before.theme) showTheme()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!get().theme) { showTheme(); restyle() } })
  return map
}

// tellOfFaults says when a part of the map can't be had, and offers to try again: all that is
// seen stands in the address.
function tellOfFaults(map: MapLibre, container: HTMLElement): void {
  let bar: HTMLElement | null = null
  const tell = (what: string): void => {
    if (bar) return
    bar = h('div', { class: 'hint', role: 'alert' }, h('span', {}, what), again())
    container.append(bar)
  }
  map.on('error', (e) => {
    console.error(e.error.message)
    void refusal(e.error as { status?: number; body?: Blob }).then((why) => tell(`${t('partMissing')} ${why}`.trim()))
  })
  const gone = (): void => { bar?.remove(); bar = null }
  map.on('movestart', gone) // what comes into view may be had
  // The browser may take the graphics card away, from many maps or while the machine sleeps, and give it back.
  map.on('webglcontextlost', () => tell(t('graphicsLost')))
  map.on('webglcontextrestored', gone)
}

// refusal gives the server's reason for what it will refuse again, such as a filter that a link has wrong; else ''.
async function refusal(error: { status?: number; body?: Blob }): Promise<string> {
  if (error.status !== 400 || !error.body) return ''
  const p = await error.body.text().then(JSON.parse).catch(() => ({})) as { detail?: string; fix?: string }
  return [p.detail, p.fix].filter(Boolean).join('. ')
}

// showTheme tells the style sheet which theme the map has, so that the panels go with it.
export function showTheme(): void { document.documentElement.dataset['theme'] = themeOf(get()) === 'dark' ? 'dark' : 'light' }

// extentOf is the box of the usual collections.
function extentOf(collections: Collection[]): LngLatBoundsLike {
  const ids = usual(collections)
  const boxes = collections.filter((c) => ids.includes(c.id)).flatMap((c) => c.extent?.spatial?.bbox.slice(0, 1) ?? []).filter((b) => b.length === 4)
  if (boxes.length === 0) return [113.8, -2.5, 119, 2.6]
  return [
    Math.min(...boxes.map((b) => b[0]!)), Math.min(...boxes.map((b) => b[1]!)),
    Math.max(...boxes.map((b) => b[2]!)), Math.max(...boxes.map((b) => b[3]!)),
  ]
}

export function goTo(map: MapLibre, box: [number, number, number, number]): void {
  map.fitBounds(box, { padding: padding(50), maxZoom: 13, animate: !still, duration: 700 })
}

// padding keeps what is shown clear of the edges, and of the sheet that covers part of a small screen.
function padding(room: number): { top: number; bottom: number; left: number; right: number } {
  const sheet = document.querySelector('.panel')?.getBoundingClientRect()
  const covered = innerWidth <= 700 && sheet?.height ? Math.min(innerHeight - sheet.top, innerHeight * 0.55) : 0
  return { top: room, bottom: room + covered, left: room, right: room }
}
