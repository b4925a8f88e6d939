// Measuring, printing, sharing, and on whose work the map rests.
import type { Application } from './application.ts'
import { copyButton, h } from './dom.ts'
import { themeOf, visible } from './look.ts'
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
    share(app),
    h('section', { class: 'part' }, h('h2', {}, t('sources')),
      h('ul', { class: 'note' }, h('li', {}, t('landBy')), ...app.mapped.filter((c) => c.attribution || c.license).map((c) => h('li', {}, h('strong', {}, c.title), `: ${[c.attribution, c.license].filter(Boolean).join('. ')}`))),
      h('p', { class: 'note' }, `Kawasan ${settings.version} · `, h('a', { href: `${settings.base}/api.html?lang=${settings.lang}` }, 'API'))))
}

function share(app: Application): HTMLElement {
  const snippets: [string, () => string][] = [
    [t('link'), () => permalink()],
    [t('embedCode'), () => `<iframe src="${permalink('/map/embed').replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="720" height="480" style="border:0" title="Kawasan"></iframe>`],
    [t('forMapLibre'), () => pageFor(settings.snippets?.mapLibre ?? '', app)],
    [t('forLeaflet'), () => settings.snippets?.leaflet ?? ''],
  ]
  const rows = snippets.map(([label, text], i) => {
    const select = (): void => { field.value = text(); field.select() }
    const field = i < 2 ? h('input', { class: 'code', readonly: true, id: `snippet-${i}`, onfocus: select }) : h('textarea', { class: 'code', readonly: true, rows: 4, id: `snippet-${i}`, spellcheck: 'false', onfocus: select })
    field.value = text()
    return { field, text, row: h('div', { class: 'snippet' }, h('label', { for: field.id }, label), field, copyButton(text, t('copy'), t('copied'))) }
  })
  listen(() => { if (get().panel === 'more') for (const r of rows) r.field.value = r.text() })
  return h('section', { class: 'part' }, h('h2', {}, t('share')), ...rows.map((r) => r.row))
}

// pageFor fills in the look and the collections that the map has now.
function pageFor(snippet: string, app: Application): string {
  const chosen = get().layers ? `&collections=${visible(get(), app.mapped).map(encodeURIComponent).join(',')}` : ''
  return snippet.replace('{style}', themeOf(get())).replace('{collections}', chosen)
}
