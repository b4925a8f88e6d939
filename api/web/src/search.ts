// Search by name over all collections, as a combobox; a position may be typed as well.
import type { Application } from './application.ts'
import { ask, hrefOf, isAbort, queryablesOf, type Item, type Items } from './api.ts'
import { debounce, h, say } from './dom.ts'
import { position, t } from './words.ts'

interface Hit { name: string; note: string; pick: () => void }

export function buildSearch(room: HTMLElement, app: Application): void {
  const list = h('ul', { id: 'hits', role: 'listbox', 'aria-label': t('search'), hidden: true })
  const input = h('input', {
    type: 'search', role: 'combobox', placeholder: t('search'), 'aria-label': t('search'), autocomplete: 'off', spellcheck: 'false',
    'aria-expanded': 'false', 'aria-controls': 'hits', 'aria-autocomplete': 'list',
  })
  room.append(input, list)
  let hits: Hit[] = []
  let active = -1
  let asking = new AbortController()

  const close = (): void => {
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
    active = -1
  }
  const show = (): void => {
    list.replaceChildren(...hits.map((hit, i) => h('li', { id: `hit-${i}`, role: 'option', 'aria-selected': i === active ? 'true' : 'false', onmousedown: (e: Event) => { e.preventDefault(); pick(i) } },
      h('span', {}, hit.name), ' ', h('small', {}, hit.note))))
    if (hits.length === 0) list.replaceChildren(h('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, t('noResults')))
    list.hidden = false
    input.setAttribute('aria-expanded', 'true')
    if (active >= 0) input.setAttribute('aria-activedescendant', `hit-${active}`)
    document.getElementById(`hit-${active}`)?.scrollIntoView({ block: 'nearest' })
  }
  const pick = (i: number): void => {
    const hit = hits[i]
    if (!hit) return
    input.value = hit.name
    close()
    hit.pick()
  }
  const look = debounce(220, async () => {
    asking.abort()
    asking = new AbortController()
    const words = input.value.trim()
    if (words.length < 2) return close()
    const place = positionIn(words)
    if (place) {
      const [lon, lat] = place
      hits = [{ name: position(lon, lat), note: t('aPoint'), pick: () => app.map.jumpTo({ center: [lon, lat], zoom: Math.max(app.map.getZoom(), 12) }) }]
    } else {
      try {
        hits = await find(app, words, asking.signal)
      } catch (error) {
        if (!isAbort(error)) say(String(error))
        return
      }
    }
    active = hits.length > 0 ? 0 : -1
    show()
    say(hits.length > 0 ? t('results', { n: hits.length }) : t('noResults'))
  })
  input.addEventListener('input', look)
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') close()
    else if (e.key === 'Enter' && !list.hidden) pick(active)
    else if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && hits.length > 0) {
      e.preventDefault()
      active = (active + (e.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length
      show()
    }
  })
}

// find asks every collection; those in whose names the words occur come first.
async function find(app: Application, words: string, signal: AbortSignal): Promise<Hit[]> {
  const answers = await Promise.all(app.collections.map(async (c) => {
    const known = (await queryablesOf(c)).properties
    const names = ['name', 'aliases'].filter((name) => name in known)
    if (names.length === 0) return []
    const items = await ask<Items>(hrefOf(c.links, 'items', 'application/geo+json'), { q: words, limit: 8, properties: names.join(',') }, { signal }).catch((error: unknown) => {
      if (isAbort(error)) throw error
      return { features: [] } as unknown as Items
    })
    return items.features.map((f) => ({ c, f: f as Item }))
  }))
  const key = words.toLocaleLowerCase()
  const score = (f: Item): number => {
    const texts = [f.properties['name'], f.id, ...((f.properties['aliases'] as string[] | null) ?? [])].map((v) => String(v ?? '').toLocaleLowerCase())
    return texts.some((v) => v === key) ? 0 : texts.some((v) => v.startsWith(key)) ? 1 : texts.some((v) => v.includes(key)) ? 2 : 3
  }
  const rank = ['zones', 'ikn', 'ports']
  const place = (id: string): number => (rank.includes(id) ? rank.indexOf(id) : rank.length)
  return answers.flat().sort((a, b) => score(a.f) - score(b.f) || place(a.c.id) - place(b.c.id)).slice(0, 12)
    .map(({ c, f }) => ({ name: String(f.properties['name'] ?? f.id), note: c.title, pick: () => app.choose(`${c.id}/${f.id}`, true) }))
}

// positionIn reads "lat, lon" in degrees; null for anything else.
function positionIn(text: string): [number, number] | null {
  const m = text.match(/^(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)$/)
  if (!m) return null
  const lat = Number(m[1])
  const lon = Number(m[2])
  // Here latitudes are small: numbers the other way round are understood.
  if (Math.abs(lat) > 90 && Math.abs(lon) <= 90) return [lat, lon]
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null
}

