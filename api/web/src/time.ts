// The slider of legal time: shown where features say from when and until when they are in force.
import type { Application } from './application.ts'
import { hrefOf, once, schemaOf, type Collection, type Items } from './api.ts'
import { identifier } from './cql.ts'
import { h, say } from './dom.ts'
import { change, get } from './store.ts'
import { t } from './words.ts'

export function buildTime(app: Application): HTMLElement {
  const part = h('section', { class: 'part', hidden: true })
  void datesOf(app.mapped).then((dates) => {
    if (dates.length > 0) fill(part, dates)
  }).catch((error: unknown) => say(String(error)))
  return part
}

// datesOf lists the days on which something comes into force or ends, in order.
async function datesOf(collections: Collection[]): Promise<string[]> {
  const days = new Set<string>()
  const dated = collections.filter((c) => c.extent?.temporal?.interval.some((i) => i.some((end) => end)))
  for (const c of dated) {
    const ends = Object.entries((await schemaOf(c)).properties).filter(([, p]) => p['x-ogc-role']?.startsWith('primary-in')).map(([name]) => name)
    if (ends.length === 0) continue
    const items = await once<Items>(hrefOf(c.links, 'items', 'application/geo+json'), {
      filter: ends.map((name) => `${identifier(name)} IS NOT NULL`).join(' OR '), properties: ends.join(','), limit: 1000,
    })
    for (const f of items.features) {
      for (const name of ends) {
        const day = f.properties[name]
        if (typeof day === 'string') days.add(day.slice(0, 10))
      }
    }
  }
  return [...days].sort()
}

function fill(part: HTMLElement, dates: string[]): void {
  const text = h('output', { for: 'time' })
  const slider = h('input', { type: 'range', id: 'time', min: 0, max: dates.length, step: 1, 'aria-label': t('legalTime') })
  // The last stop is what is stored, whatever its date.
  const at = dates.indexOf(get().date)
  slider.value = String(at < 0 ? dates.length : at)
  const show = (): string => {
    const date = dates[Number(slider.value)]
    text.textContent = date ? t('inForce', { date }) : t('allTimes')
    slider.setAttribute('aria-valuetext', text.textContent)
    return date ?? ''
  }
  show()
  slider.addEventListener('input', show)
  slider.addEventListener('change', () => {
    change({ date: show() })
    say(text.textContent ?? '')
  })
  part.append(h('h2', {}, t('legalTime')), slider, text)
  part.hidden = false
}
