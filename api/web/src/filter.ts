// A filter by attribute, built by choosing or written as CQL2; it applies to map and table.
import { ask, hrefOf, once, ordered, queryablesOf, type Collection, type Items, type Property } from './api.ts'
import { h, say } from './dom.ts'
import { condition, operatorsFor } from './cql.ts'
import { change, get, listen } from './store.ts'
import { number, t } from './words.ts'

// choosable leaves out what nobody filters by in a form: geometry and counters.
export function choosable([name, p]: [string, Property]): boolean {
  return p['x-ogc-role'] !== 'primary-geometry' && name !== 'revision' && (p.type !== 'object')
}

export async function buildFilter(room: HTMLElement, c: Collection): Promise<void> {
  const properties = ordered(await queryablesOf(c)).filter(choosable)
  const text = h('textarea', { rows: 2, spellcheck: 'false', maxlength: 8000, id: `cql-${c.id}` })
  const problem = h('p', { class: 'problem', role: 'alert' })
  text.value = get().filters[c.id] ?? ''
  const builder = conditionForm(c.id, properties, (made) => {
    text.value = text.value.trim() ? `${text.value.trim()} AND ${made}` : made
    void apply()
  })
  async function apply(): Promise<void> {
    const filter = text.value.trim()
    problem.textContent = ''
    try {
      // The server says what is wrong with a filter before the map would only stay empty.
      if (filter) say(await countOf(c, filter, get().date, true))
    } catch (error) {
      problem.textContent = String(error)
      return
    }
    const filters = { ...get().filters }
    if (filter) filters[c.id] = filter
    else delete filters[c.id]
    change({ filters })
  }
  room.append(builder,
    h('label', { for: text.id }, t('cqlText')), text, problem,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'primary', onclick: () => void apply() }, t('apply')),
      h('button', { type: 'button', onclick: () => { text.value = ''; void apply() } }, t('clear'))))
  listen((now, before) => { if (now.filters !== before.filters) text.value = now.filters[c.id] ?? '' })
}

// conditionForm lets people choose attribute, comparison and value.
export function conditionForm(id: string, properties: [string, Property][], add: (made: string) => void): HTMLElement {
  const attribute = h('select', { 'aria-label': t('attribute') }, ...properties.map(([name, p]) => h('option', { value: name }, p.title ?? name)))
  const operator = h('select', { 'aria-label': t('comparison') })
  const value = h('input', { 'aria-label': t('value'), list: `values-${id}`, autocomplete: 'off' })
  const known = h('datalist', { id: `values-${id}` })
  const fit = (): void => {
    const p = properties.find(([name]) => name === attribute.value)?.[1] ?? {}
    operator.replaceChildren(...operatorsFor(p).map((o) => h('option', { value: o }, o === 'contains' ? t('contains') : o === 'known' ? t('isKnown') : o === 'unknown' ? t('isUnknown') : o)))
    known.replaceChildren(...(p.enum ?? []).map((v) => h('option', { value: v, label: p['x-kawasan-words']?.[v] ?? v })))
    value.type = p.type === 'number' || p.type === 'integer' ? 'number' : p.format === 'date' ? 'date' : 'text'
    value.step = 'any'
    ask1()
  }
  const ask1 = (): void => { value.hidden = operator.value === 'known' || operator.value === 'unknown' }
  attribute.addEventListener('change', fit)
  operator.addEventListener('change', ask1)
  fit()
  const submit = (): void => {
    const p = properties.find(([name]) => name === attribute.value)?.[1] ?? {}
    const made = condition(attribute.value, p, operator.value, value.value)
    if (made) add(made)
  }
  value.addEventListener('keydown', (e) => { if (e.key === 'Enter') submit() })
  return h('div', { class: 'condition' }, attribute, operator, value, known, h('button', { type: 'button', onclick: submit }, t('add')))
}

// countOf says how many features there are, and how many fit a filter. A wrong filter fails only if asked to.
export async function countOf(c: Collection, filter: string, date: string, strict = false): Promise<string> {
  if (!filter && !date) return c.itemCount === undefined ? '' : number(c.itemCount)
  try {
    const parameters = { filter, datetime: date, resultType: 'hits' }
    const items = hrefOf(c.links, 'items', 'application/geo+json')
    const hits = strict ? await ask<Items>(items, parameters) : await once<Items>(items, parameters)
    return t('filtered', { n: number(hits.numberMatched ?? 0), all: number(c.itemCount ?? 0) })
  } catch (error) {
    if (strict) throw error
    return ''
  }
}
