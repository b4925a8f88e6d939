// Search by name over all collections, as a combobox; a position may be typed as well.
import type { Application } from './application.ts'
import { ask, hrefOf, isAbort, queryablesOf, type Collection, type Item, type Items, type Parameters } from './api.ts'
import { quote } from './cql.ts'
import { debounce, h, say } from './dom.ts'
import { textOf } from './feature.ts'
import { learnNames, nameOf, storedNames } from './names.ts'
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
    const shown = ['name', 'aliases', 'kind', 'regency'].filter((name) => name in known)
    if (!('name' in known)) return []
    learnNames(c.id, known['name']!['x-kawasan-words'])
    const look = (by: Parameters): Promise<Item[]> =>
      ask<Items>(hrefOf(c.links, 'items', 'application/geo+json'), { ...by, limit: 8, properties: shown.join(',') }, { signal }).then((found) => found.features as Item[], (error: unknown) => {
        if (isAbort(error)) throw error
        return []
      })
    // The server knows names as they are stored; others are found by their words here.
    const stored = storedNames(c.id, words).slice(0, 8)
    const found = await Promise.all([look({ q: words }), ...(stored.length > 0 ? [look({ filter: `name IN (${stored.map(quote).join(', ')})` })] : [])])
    const each = new Map(found.flat().map((f) => [f.id, f]))
    return [...each.values()].map((f) => ({ c, f, about: ['kind', 'regency'].map((name) => textOf(f.properties[name], known[name])) }))
  }))
  const key = words.toLocaleLowerCase()
  const score = (c: Collection, f: Item): number => {
    const texts = [nameOf(c.id, f.properties, f.id), f.properties['name'], f.id, ...((f.properties['aliases'] as string[] | null) ?? [])].map((v) => String(v ?? '').toLocaleLowerCase())
    return texts.some((v) => v === key) ? 0 : texts.some((v) => v.startsWith(key)) ? 1 : texts.some((v) => v.includes(key)) ? 2 : 3
  }
  const rank = ['zones', 'ikn', 'ports']
  const place = (id: string): number => (rank.includes(id) ? rank.indexOf(id) : rank.length)
  return answers.flat().sort((a, b) => score(a.c, a.f) - score(b.c, b.f) || place(a.c.id) - place(b.c.id)).slice(0, 12)
    .map(({ c, f, about }) => ({ name: nameOf(c.id, f.properties, f.id), note: [c.title, ...about].filter(Boolean).join(' · '), pick: () => app.choose(`${c.id}/${f.id}`, true) }))
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

