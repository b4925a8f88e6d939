// The ranking panel: sliders for the weights, and the order that follows them at once.
import type { Application } from './application.ts'
import { address, ask, isAbort } from './api.ts'
import { usualCriteria, unitOf, type Criterion } from './criteria.ts'
import { debounce, h, say } from './dom.ts'
import { flips, rank, rivals, smallest, type Candidate, type Part } from './score.ts'
import { settings } from './settings.ts'
import { change, get, listen } from './store.ts'
import { metres, number, t } from './words.ts'
import { zonesOf } from './zones.ts'

interface Ranking { ranked: Candidate[]; excluded: { name: string; reason: string }[]; notes?: string[] }

const most = 10 // of a slider

export function buildRank(room: HTMLElement, app: Application): void {
  let criteria = read(get().rank) ?? usualCriteria(app.collections)
  let ranking: Ranking | null = null
  let asking = new AbortController()
  const sliders = h('div', { class: 'sliders' })
  const order = h('ol', { class: 'order', 'aria-label': t('whichSuits') })
  const verdict = h('div', { class: 'verdict' })
  const json = h('textarea', { rows: 8, spellcheck: 'false', class: 'code', 'aria-label': t('addCriterion') })
  const links = h('div', { class: 'buttons' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  room.append(h('h2', {}, t('whichSuits')), h('p', { class: 'note' }, t('rankNote')), order, verdict, sliders, problem, links,
    h('details', {}, h('summary', {}, t('addCriterion')), json, h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'primary', onclick: () => edit(json.value) }, t('apply')),
      h('button', { type: 'button', onclick: () => edit('') }, t('reset')))))

  // ask asks the server for the values on their scales: they do not depend on the weights.
  async function fetchValues(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    problem.textContent = ''
    try {
      ranking = await ask<Ranking>('/zones/rank', { criteria: JSON.stringify(criteria.map((c) => ({ ...c, weight: c.weight || 1 }))) }, { signal: asking.signal })
    } catch (error) {
      if (!isAbort(error)) problem.textContent = String(error)
      return
    }
    buildSliders()
    show()
  }
  const edit = (text: string): void => {
    const changed = text ? read(text) : usualCriteria(app.collections)
    if (!changed) {
      problem.textContent = 'JSON?'
      return
    }
    criteria = changed
    change({ rank: text ? JSON.stringify(criteria) : '' })
    void fetchValues()
  }
  const announce = debounce(600, (text: string) => say(text))
  const weights = (): number[] => criteria.map((c) => c.weight)

  function buildSliders(): void {
    sliders.replaceChildren(...criteria.map((c, i) => {
      const value = h('output', { for: `weight-${i}` }, number(c.weight, 1))
      const slider = h('input', { type: 'range', id: `weight-${i}`, min: 0, max: most, step: 0.5, value: c.weight, oninput: () => {
        c.weight = Number(slider.value)
        value.textContent = number(c.weight, 1)
        show()
        change({ rank: JSON.stringify(criteria) })
      } })
      return h('div', { class: 'slider' }, h('label', { for: slider.id }, c.name), value, slider, h('p', { class: 'note flip', id: `flip-${i}` }))
    }))
  }

  function show(): void {
    json.value = JSON.stringify(criteria, null, 1)
    links.replaceChildren(h('a', { class: 'button', href: address('/zones/rank', { criteria: JSON.stringify(criteria), f: 'html', lang: settings.lang }) }, t('asPage')))
    void zonesOf(app).then((zones) => links.append(h('a', { class: 'button', href: address('/zones/compare', { ids: zones.map((z) => String(z.id)).join(','), f: 'html', lang: settings.lang }) }, t('compareZones'))))
    if (!ranking || weights().every((w) => w === 0)) {
      order.replaceChildren()
      return
    }
    const ranked = rank(ranking.ranked, weights())
    const all = flips(ranked, weights())
    order.replaceChildren(...ranked.map((s, i) => h('li', { 'data-ref': s.candidate.ref, 'data-score': s.score.toFixed(6) },
      h('div', { class: 'row' }, h('span', { class: 'place', 'aria-hidden': 'true' }, i + 1), h('button', { type: 'button', class: 'linklike', onclick: () => app.choose(s.candidate.ref, true) }, s.candidate.name), h('strong', {}, number(s.score * 100))),
      bar(s.score, s.min, s.max),
      h('details', {}, h('summary', {}, t('basis')), h('ul', { class: 'note' }, ...s.candidate.criteria.map((p, at) => h('li', {}, `${p.criterion}: ${raw(p, criteria[at]!)}`)), ...(s.candidate.doubts ?? []).map((d) => h('li', {}, d)))))))
    all.forEach((f, i) => {
      const note = document.getElementById(`flip-${i}`)
      if (note) note.textContent = f && f.to <= most ? t('flipAt', { w: number(f.to, 1), who: f.first.name }) : ''
    })
    const f = smallest(all)
    const may = rivals(ranked, weights())
    verdict.replaceChildren(
      h('p', {}, may.length === 0 ? t('survives') : t('notSurvives', { who: may.map((c) => c.name).join(', ') })),
      h('p', { class: 'smallest', 'data-to': f ? f.to : '' }, f ? t('smallestFlip', { what: criteria[f.index]!.name, a: number(f.from, 1), b: number(f.to, 2), who: f.first.name }) : t('noFlip')),
      ...(ranking.excluded.length > 0 ? [h('h3', {}, t('excluded')), h('ul', {}, ...ranking.excluded.map((e) => h('li', {}, `${e.name}: ${e.reason}`)))] : []))
    announce(t('firstNow', { who: ranked[0]?.candidate.name ?? '' }))
  }

  const begin = (): void => { if (!ranking && get().panel === 'rank') void fetchValues() }
  listen((now, before) => { if (now.panel !== before.panel) begin() })
  begin()
}

function read(text: string): Criterion[] | null {
  try {
    const list = JSON.parse(text) as unknown
    return Array.isArray(list) && list.length > 0 && list.every((c) => typeof c === 'object' && c !== null && typeof (c as Criterion).weight === 'number')
      ? (list as Criterion[]).map((c, i) => ({ ...c, name: c.name || `criterion-${i + 1}` })) : null
  } catch {
    return null
  }
}

// bar draws the score, and the interval that it may lie in, cut to the scale.
function bar(score: number, min: number, max: number): SVGElement {
  const ns = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(ns, 'svg')
  svg.setAttribute('viewBox', '0 0 100 8')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('class', 'bar')
  svg.setAttribute('aria-hidden', 'true')
  const rect = (kind: string, from: number, to: number, y: number, height: number): void => {
    const r = document.createElementNS(ns, 'rect')
    const cut = (v: number): number => Math.max(0, Math.min(100, v * 100))
    r.setAttribute('class', kind)
    r.setAttribute('x', String(cut(from)))
    r.setAttribute('width', String(Math.max(0, cut(to) - cut(from))))
    r.setAttribute('y', String(y))
    r.setAttribute('height', String(height))
    svg.append(r)
  }
  rect('ground', 0, 1, 0, 8)
  rect('score', 0, score, 0, 8)
  rect('range', min, max, 3, 2)
  return svg
}

function raw(p: Part, c: Criterion): string {
  const write = (v: number): string => ({ metres, hectares: (n: number) => `${number(n)} ha`, number: (n: number) => number(n, 1) })[unitOf(c)](v)
  if (p.raw === null) return t('unknownValue')
  const range = p.raw_min !== null && p.raw_max !== null && p.raw_min !== p.raw_max ? ` (${t('between', { a: write(p.raw_min), b: write(p.raw_max) })})` : ''
  return write(p.raw) + range
}
