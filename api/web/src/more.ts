// Measuring, printing, sharing, and on whose work the map rests.
import type { Application } from './application.ts'
import { copyButton, h } from './dom.ts'
import { measure } from './measure.ts'
import { draw, empty } from './overlays.ts'
import { print } from './print.ts'
import { settings } from './settings.ts'
import { get, listen, permalink } from './store.ts'
import { t } from './words.ts'

export function buildMore(room: HTMLElement, app: Application): void {
  const result = h('output', { class: 'measured' })
  const tell = (text: string): void => { result.textContent = text }
  room.append(
    h('section', { class: 'part' }, h('h2', {}, t('measure')), h('div', { class: 'buttons' },
      h('button', { type: 'button', id: 'measure-line', onclick: () => void measure(app, false, tell) }, t('measureLine')),
      h('button', { type: 'button', id: 'measure-area', onclick: () => void measure(app, true, tell) }, t('measureArea')),
      h('button', { type: 'button', class: 'plain', onclick: () => { draw(app.map, 'measure', empty); tell('') } }, t('clear'))), result),
    h('section', { class: 'part' }, h('h2', {}, t('print')), h('p', { class: 'note' }, t('printNote')), h('button', { type: 'button', onclick: () => void print(app) }, t('printA4'))),
    share(),
    h('section', { class: 'part' }, h('h2', {}, t('sources')),
      h('ul', { class: 'note' }, h('li', {}, t('landBy')), ...app.mapped.map((c) => h('li', {}, h('strong', {}, c.title), `: ${[c.attribution, c.license].filter(Boolean).join('. ')}`))),
      h('p', { class: 'note' }, `Kawasan ${settings.version} · `, h('a', { href: `${settings.base}/api.html?lang=${settings.lang}` }, 'API'))))
}

function share(): HTMLElement {
  const snippets: [string, () => string][] = [
    [t('link'), () => permalink()],
    [t('embedCode'), () => `<iframe src="${permalink('/map/embed').replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="720" height="480" style="border:0" title="Kawasan"></iframe>`],
    [t('forMapLibre'), () => `new maplibregl.Map({ container: 'map', style: '${settings.base}/styles/light?lang=${settings.lang}' })`],
    [t('forLeaflet'), () => `fetch('${settings.base}/collections/zones/items').then(r => r.json()).then(data => L.geoJSON(data, { onEachFeature: (f, l) => l.bindPopup(f.properties.name), attribution: 'Kawasan' }).addTo(map))`],
  ]
  const rows = snippets.map(([label, text], i) => {
    const input = h('input', { class: 'code', readonly: true, id: `snippet-${i}`, onfocus: () => { input.value = text(); input.select() } })
    input.value = text()
    return { input, text, row: h('div', { class: 'snippet' }, h('label', { for: input.id }, label), input, copyButton(text, t('copy'), t('copied'))) }
  })
  listen(() => { if (get().panel === 'more') for (const r of rows) r.input.value = r.text() })
  return h('section', { class: 'part' }, h('h2', {}, t('share')), ...rows.map((r) => r.row))
}
