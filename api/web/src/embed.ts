// The map alone, in a frame on another site: names on click, and the way to the whole.
import { Popup } from 'maplibre-gl'
import { schemaOf } from './api.ts'
import type { Application } from './application.ts'
import { h } from './dom.ts'
import { textOf } from './feature.ts'
import { nameOf } from './names.ts'
import { permalink } from './store.ts'
import { t } from './words.ts'

export function buildEmbed(app: Application): void {
  const link = h('a', { class: 'openfull', href: permalink(), target: '_blank', rel: 'noopener', onclick: () => { link.href = permalink('/map') } }, t('openFull'))
  app.map.getContainer().append(link)
  app.map.on('click', (e) => {
    const f = app.map.queryRenderedFeatures(e.point).find((one) => one.sourceLayer && app.collection(one.sourceLayer))
    if (!f) return
    const c = app.collection(f.sourceLayer!)!
    const kind = h('p', {})
    const popup = new Popup({ maxWidth: '18rem' }).setLngLat(e.lngLat).setDOMContent(h('div', {}, h('strong', {}, nameOf(c.id, f.properties)), kind)).addTo(app.map)
    if (f.properties['boundary_kind']) {
      void schemaOf(c).then((schema) => {
        kind.textContent = textOf(f.properties['boundary_kind'], schema.properties['boundary_kind'])
        popup.setMaxWidth('18rem') // it is placed anew, now that it is higher
      })
    }
  })
}
