// Answers to a question of distance: as lists, sums and sentences in the panel, as lines on the map.
import type { Feature, FeatureCollection } from 'geojson'
import type { Application } from './application.ts'
import { address, ask, hrefOf, queryablesOf, schemaOf, type Items, type Link, type Schema } from './api.ts'
import { copyButton, h, say } from './dom.ts'
import { textOf, withLang } from './feature.ts'
import { boxOf } from './geometry.ts'
import { rounded, type Interval } from './interval.ts'
import { saidName } from './names.ts'
import { draw, empty, shown } from './overlays.ts'
import { bufferOf, callOf, type Call, type Question, type Target } from './question.ts'
import { metres, number, t } from './words.ts'

interface ByArea { rounded: number; min: number; max: number | null }
interface Sum { property: string; unit?: string; sum: number; missing: number; by_area?: ByArea }
interface Summary { distance_m: number; count: number; count_min: number; count_max: number; sums?: Sum[] }

interface AnswerDocument extends FeatureCollection {
  features: Items['features']
  summaries?: Summary[]
  sentences?: string[]
  notes?: string[]
  unlocated?: { ref: string; name: string }[]
  unlocated_more?: number // besides those named
  named?: Record<string, string> // those that others can't be told apart from, and that are not listed
  sources?: { collection: string; title: string; attribution?: string }[]
  method?: string
  links: Link[]
  numberMatched?: number
}

export interface Answer { target: Target; call: Call; document: AnswerDocument; first: number; schema: Schema | null } // the schema words what is summed
export interface Answers { list: Answer[]; rings: FeatureCollection; published: Schema | null }

const publishedDistances = 'published_distances' // the collection
const mostRows = 200 // in the list; counts and sums are of all

// answersOf asks for each target, and for the rings.
export async function answersOf(app: Application, q: Question, start: { from?: string; body?: unknown }, signal: AbortSignal): Promise<Answers> {
  const send = <T>(call: Call, more: Record<string, string> = {}): Promise<T> =>
    ask<T>(call.path, { ...call.parameters, ...more }, { signal, ...(call.body ? { body: call.body } : {}) })
  const buffer = bufferOf(q, start)
  const [rings, ...documents] = await Promise.all([
    buffer ? send<FeatureCollection>(buffer) : Promise.resolve(empty),
    ...q.targets.map((target) => send<AnswerDocument>(callOf(q, target, start), { as: 'lines', limit: String(mostRows) })),
  ])
  const about = async (id: string, needed: boolean): Promise<Schema | null> => {
    const c = app.collection(id)
    return c && needed ? (id === publishedDistances ? schemaOf(c) : queryablesOf(c)) : null
  }
  const schemas = await Promise.all(q.targets.map((target) => about(target.collection, !!target.sum)))
  const published = await about(publishedDistances, documents.some((d) => d.features.some((f) => Array.isArray(f.properties['published_distances']) && f.properties['published_distances'].length > 0)))
  let first = 1
  const list = documents.map((document, i) => {
    const answer = { target: q.targets[i]!, call: callOf(q, q.targets[i]!, start), document, first, schema: schemas[i] ?? null }
    first += document.features.length
    return answer
  })
  return { list, rings: rings!, published }
}

export function showAnswers(room: HTMLElement, app: Application, q: Question, answers: Answers, move: boolean): void {
  drawAnswers(app, answers)
  const names = new Map(answers.list.flatMap((a) => [...a.document.features.map((f): [string, string] => [String(f.properties['to']), foundName(f)]), ...Object.entries(a.document.named ?? {})]))
  room.replaceChildren(...answers.list.map((a) => section(app, a, names, answers.published)))
  if (innerWidth <= 700) room.scrollIntoView({ block: 'start' }) // the form above fills a small screen
  const found = answers.list.reduce((sum, a) => sum + a.document.features.length, 0)
  say(t('answered', { n: found, sentence: answers.list[0]?.document.sentences?.[0] ?? '' }))
  const box = boxOf(...[...shown('lines').features, ...shown('rings').features, ...shown('chosen').features, ...shown('shape').features].map((f) => f.geometry))
  if (move && box && q.targets.length > 0) app.goTo(box)
}

// drawAnswers puts lines with their lengths, and a number at each feature found, on the map.
function drawAnswers(app: Application, answers: Answers): void {
  const lines: Feature[] = []
  const found: Feature[] = []
  for (const a of answers.list) {
    a.document.features.forEach((f, i) => {
      // A line over the 180th meridian comes in two parts.
      const line = f.geometry.type === 'LineString' ? f.geometry.coordinates : f.geometry.type === 'MultiLineString' ? f.geometry.coordinates.flat() : []
      const end = line.at(-1)
      if (!end) return
      const [x1, y1] = line[0]! as [number, number]
      const [x2, y2] = end as [number, number]
      lines.push({ type: 'Feature', properties: {}, geometry: f.geometry },
        // Where both meet there is no line, and the number of the place stands there.
        ...(x1 === x2 && y1 === y2 ? [] : [{ type: 'Feature', properties: { label: length(far(f.properties)) }, geometry: { type: 'Point', coordinates: [(x1 + x2) / 2, (y1 + y2) / 2] } } as Feature]))
      found.push({ type: 'Feature', properties: { label: String(a.first + i), name: foundName(f), far: length(far(f.properties)) }, geometry: { type: 'Point', coordinates: end } })
    })
  }
  draw(app.map, 'lines', { type: 'FeatureCollection', features: lines })
  draw(app.map, 'found', { type: 'FeatureCollection', features: found.reverse() }) // the first lies on top
  draw(app.map, 'rings', {
    type: 'FeatureCollection',
    features: answers.rings.features.map((f) => ({ ...f, properties: { label: metres(Number(f.properties?.['radius_m'] ?? 0)) } })),
  })
}

function section(app: Application, a: Answer, names: Map<string, string>, published: Schema | null): HTMLElement {
  const d = a.document
  const title = app.collection(a.target.collection)?.title ?? a.target.collection
  const sentences = (d.sentences ?? []).join('\n')
  return h('section', { class: 'answer', 'data-to': a.target.collection },
    h('h2', {}, title, ' ', a.target.filter && h('code', {}, a.target.filter)),
    ...(d.summaries ?? []).map((s) => summary(s, a.schema)),
    d.features.length > 0 ? h('ol', { class: 'found', start: a.first }, ...d.features.map((f, i) => row(app, f, a.first + i, names, published))) : (d.summaries ? null : h('p', {}, t('noneFound'))),
    (d.numberMatched ?? 0) > d.features.length && h('p', { class: 'note' }, t('firstOf', { n: number(d.features.length), all: number(d.numberMatched!) })),
    (d.unlocated ?? []).length > 0 && h('p', { class: 'note' }, `${t('notMeasured')}: ${[...d.unlocated!.map((u) => u.name), ...(d.unlocated_more ? [t('andMore', { n: number(d.unlocated_more) })] : [])].join('; ')}.`),
    sentences && h('figure', { class: 'memo' }, h('figcaption', {}, t('forMemo')), h('blockquote', {}, sentences), copyButton(() => sentences, t('copy'), t('copied'))),
    basis(d),
    downloads(a))
}

// far is how far a feature that was found is.
function far(v: Record<string, unknown>): Interval {
  const end = (name: string): number | null => typeof v[name] === 'number' ? v[name] : null
  return { value: Number(v['distance_m']), least: end('distance_min_m'), most: end('distance_max_m') }
}

// length writes a length, rounded to what is known of it.
function length(q: Interval): string { return metres(rounded(q).value) }

// range writes what a length can be; empty where it can be nothing else.
function range(q: Interval): string {
  const { least, most } = rounded(q)
  if (least === null && most === null) return t('unknownRange')
  if (most === null) return t('fromOnly', { a: metres(least!) })
  if (least === null) return t('toOnly', { b: metres(most) })
  const [a, b] = [metres(least), metres(most)]
  return a === b ? '' : t('between', { a, b })
}

// foundName is what a feature that was found is called.
function foundName(f: Items['features'][number]): string {
  return saidName(String(f.properties['to']), String(f.properties['to_name'] ?? f.properties['to']))
}

function row(app: Application, f: Items['features'][number], label: number, names: Map<string, string>, about: Schema | null): HTMLElement {
  const v = f.properties
  const apart = (v['not_told_apart_from'] as string[] | null) ?? []
  const water = Number(v['water_share'] ?? 0)
  const published = (v['published_distances'] as Published[] | null) ?? []
  const notes = [
    range(far(v)),
    water >= 0.005 && t('overWater', { n: number(water * 100) }),
    apart.length > 0 && t('notToldApart', { what: apart.map((ref) => names.get(ref) ?? ref).join(', ') }),
    published.length > 0 && t('published', { what: published.map((p) => publishedText(p, about)).join('; ') }),
  ].filter(Boolean).join(' · ')
  return h('li', { 'data-to': String(v['to']), 'data-metres': String(v['distance_m']) },
    h('span', { class: 'number', 'aria-hidden': 'true' }, label),
    h('div', {}, h('button', { type: 'button', class: 'linklike', onclick: () => app.choose(String(v['to'])) }, foundName(f)), h('p', { class: 'note' }, notes)),
    h('strong', {}, length(far(v))))
}

interface Published { distance_km: number; mode?: string; approximate?: boolean; minutes?: number; year?: string; source?: string }

// publishedText is a distance by road, ferry or the like, as somebody published it.
function publishedText(p: Published, about: Schema | null): string {
  const parts = [`${p.approximate ? '±' : ''}${number(p.distance_km, 1)} km`, p.mode && textOf(p.mode, about?.properties['mode']).replaceAll('_', ' '), p.minutes ? `${number(p.minutes)} min` : '', [p.source, p.year].filter(Boolean).join(' ')]
  return parts.filter(Boolean).join(', ')
}

function summary(s: Summary, schema: Schema | null): HTMLElement {
  return h('div', { class: 'summary', 'data-distance': s.distance_m, 'data-count': s.count },
    h('strong', {}, `≤ ${metres(s.distance_m)}`), ' ', s.count === 1 ? t('countOne') : t('count', { n: number(s.count) }),
    s.count_min !== s.count_max && h('small', {}, ` (${t('countBetween', { a: number(s.count_min), b: number(s.count_max) })})`),
    ...(s.sums ?? []).map((sum) => h('p', { 'data-sum': sum.by_area ? sum.by_area.rounded : sum.sum },
      schema?.properties[sum.property]?.title ?? sum.property.replaceAll('_', ' '), ': ',
      h('strong', {}, sum.by_area ? t('someSum', { n: number(sum.by_area.rounded), unit: sum.unit ?? '' }) : `${number(sum.sum)} ${sum.unit ?? ''}`),
      sum.by_area && h('small', {}, ` (${t('between', { a: number(sum.by_area.min), b: sum.by_area.max == null ? '…' : number(sum.by_area.max) })})`),
      sum.missing > 0 && h('small', {}, ` · ${t('sumMissing', { n: sum.missing })}`))))
}

function basis(d: AnswerDocument): HTMLElement {
  return h('details', {}, h('summary', {}, t('basis')), h('ul', { class: 'note' },
    d.method && h('li', {}, d.method), ...(d.notes ?? []).map((n) => h('li', {}, n)),
    ...(d.sources ?? []).map((s) => h('li', {}, `${s.title}${s.attribution ? `: ${s.attribution}` : ''}`))))
}

// downloads offers the answer as files, and the request itself to copy.
function downloads(a: Answer): HTMLElement {
  const plain = address(a.call.path, a.call.parameters)
  const text = a.call.body ? `curl -H 'Content-Type: application/geo+json' -d '${JSON.stringify(a.call.body)}' '${plain}'` : plain
  const file = (type: string, name: string): HTMLElement | null => {
    if (a.call.body) return h('button', { type: 'button', class: 'small', onclick: () => void save(a.call, name.toLowerCase()) }, name)
    const href = hrefOf(a.document.links, 'alternate', type)
    if (!href) return null
    const u = new URL(withLang(href))
    u.searchParams.delete('as')
    u.searchParams.delete('limit')
    return h('a', { class: 'button small', href: u.href, download: '' }, name)
  }
  const call = h('input', { class: 'code', readonly: true, value: text, 'aria-label': t('apiCall'), onfocus: () => call.select() })
  return h('div', { class: 'downloads' },
    h('div', { class: 'buttons' }, file('text/csv', 'CSV'), file('application/vnd.openxml', 'XLSX'), file('application/geopackage', 'GPKG')),
    h('label', { class: 'note' }, t('apiCall'), call), copyButton(() => text, t('copy'), t('copied')))
}

// save asks for a file with a drawn shape, which no link can carry.
async function save(call: Call, form: string): Promise<void> {
  const response = await fetch(address(call.path, { ...call.parameters, f: form }), { method: 'POST', body: JSON.stringify(call.body), headers: { 'Content-Type': 'application/geo+json' } })
  if (!response.ok) return say(String(response.status))
  const file = URL.createObjectURL(await response.blob())
  h('a', { href: file, download: `kawasan.${form}` }).click()
  setTimeout(() => URL.revokeObjectURL(file), 60_000)
}
