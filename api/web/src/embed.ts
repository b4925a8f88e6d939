// The map alone, in a frame on another site: names on click, and the way to the whole.
import { Popup } from 'maplibre-gl'
import type { Application } from './application.ts'
import { h } from './dom.ts'
import { permalink } from './store.ts'
import { kindOf, t } from './words.ts'

export function buildEmbed(app: Application): void {
  const link = h('a', { class: 'openfull', href: permalink(), target: '_blank', rel: 'noopener', onclick: () => { link.href = permalink('/map') } }, t('openFull'))
  app.map.getContainer().append(link)
  app.map.on('click', (e) => {
    const f = app.map.queryRenderedFeatures(e.point).find((one) => one.sourceLayer && app.collection(one.sourceLayer))
    if (!f) return
    const kind = f.properties['boundary_kind'] as string | undefined
    new Popup({ maxWidth: '18rem' }).setLngLat(e.lngLat)
      .setDOMContent(h('div', {}, h('strong', {}, String(f.properties['name'] ?? f.properties['id'])), kind ? h('p', {}, kindOf(kind)) : ''))
      .addTo(app.map)
  })
}
