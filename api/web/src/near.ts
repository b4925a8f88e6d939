// The proximity panel: from where, what is asked, of what; its answers stand below and on the map.
import { answersOf, showAnswers } from './answer.ts'
import type { Application } from './application.ts'
import { isAbort, ordered, queryablesOf, type Item } from './api.ts'
import { h, icon, say, signs } from './dom.ts'
import { nameOf } from './names.ts'
import { draw, empty } from './overlays.ts'
import { firstQuestion, readQuestion, startOf, writeQuestion, type Kind, type Question, type Target } from './question.ts'
import { readShape, writeShape } from './shape.ts'
import { begun, change, get, listen } from './store.ts'
import { pickPoint, drawShape } from './tools.ts'
import { position, t } from './words.ts'
import { zonesOf } from './zones.ts'

export function buildNear(room: HTMLElement, app: Application): void {
  const ids = app.mapped.map((c) => c.id)
  const form = h('form', { class: 'question', onsubmit: (e: Event) => { e.preventDefault(); void answer() } })
  const result = h('div', { class: 'answers' })
  room.append(form, result)
  let zones: Item[] = []
  let asking = new AbortController()
  let q: Question = readQuestion(get().near, ids) ?? firstQuestion(get().sel, ids)

  const zoneRef = (): string => (zones[0] ? `zones/${zones[0].id}` : '')
  // set changes the question, shows it, and asks it.
  const set = (part: Partial<Question>): void => {
    q = { ...q, ...part }
    change({ near: writeQuestion(q) })
    render()
    void answer()
  }
  const render = (): void => {
    const focused = document.activeElement?.id
    form.replaceChildren(...questionForm(app, q, zones, set))
    if (focused) document.getElementById(focused)?.focus()
  }
  async function answer(move = true): Promise<void> {
    asking.abort()
    asking = new AbortController()
    showStart(app, q)
    const start = startOf(q, get().shape, t('drawnShape'))
    if (!start) {
      clear()
      result.replaceChildren(h('p', { class: 'note' }, t('chooseStart')))
      return
    }
    result.setAttribute('aria-busy', 'true')
    say(t('asking'))
    try {
      showAnswers(result, app, q, await answersOf(app, q, start, asking.signal), move)
    } catch (error) {
      if (isAbort(error)) return
      clear()
      result.replaceChildren(h('p', { class: 'problem', role: 'alert' }, String(error)))
    }
    result.removeAttribute('aria-busy')
  }
  const clear = (): void => { for (const o of ['rings', 'lines', 'found'] as const) draw(app.map, o, empty) }

  listen((now, before) => {
    if (now.panel === 'near' && now.near === '' && (before.panel !== 'near' || now.sel !== before.sel)) set(firstQuestion(now.sel || zoneRef(), ids))
    else if (now.sel !== before.sel) render()
    if (now.shape !== before.shape && now.shape) set({ from: 'shape' })
  })
  void zonesOf(app).then((list) => {
    zones = list
    if (!q.from) q = { ...q, from: zoneRef() }
    render()
    if (get().near || get().panel === 'near') void answer(!begun.view) // a link with a view shows that
  })
}

// showStart marks on the map where is measured from, if it is no feature.
function showStart(app: Application, q: Question): void {
  const shape = q.from === 'shape' ? readShape(get().shape) : null
  draw(app.map, 'shape', shape ? { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: shape }] } : empty)
}

function questionForm(app: Application, q: Question, zones: Item[], set: (part: Partial<Question>) => void): HTMLElement[] {
  const kinds: [Kind, string][] = [['nearest', t('nearest')], ['within', t('within')], ['rings', t('rings')]]
  return [
    fromField(app, q, zones, set),
    h('div', { class: 'asked' }, h('div', { class: 'segments', role: 'radiogroup', 'aria-label': t('ask') }, ...kinds.map(([kind, name]) =>
      h('label', {}, h('input', { type: 'radio', name: 'kind', id: `kind-${kind}`, value: kind, checked: q.kind === kind, onchange: () => set({ kind }) }), h('span', {}, name)))), measureField(q, set)),
    h('h2', {}, t('lookFor')),
    ...q.targets.map((target, i) => targetField(app, q, target, i, set)),
    h('div', { class: 'buttons' },
      h('button', { type: 'submit', class: 'primary' }, t('askButton')),
      h('button', { type: 'button', class: 'plain', id: 'add-target', onclick: () => set({ targets: [...q.targets, { collection: app.mapped.some((c) => c.id === 'mills') ? 'mills' : app.mapped[0]!.id, filter: '', sum: '', byArea: false }] }) }, `+ ${t('addTarget')}`)),
  ]
}

function fromField(app: Application, q: Question, zones: Item[], set: (part: Partial<Question>) => void): HTMLElement {
  const options = zones.map((z) => h('option', { value: `zones/${z.id}` }, nameOf('zones', z.properties, z.id)))
  const chosen = app.chosen()
  const others = [...new Set([get().sel, q.from])].filter((ref) => ref && ref !== 'shape' && !ref.startsWith('zones/'))
  for (const ref of others) options.push(h('option', { value: ref }, ref === get().sel && chosen ? nameOf(ref, chosen.properties, ref) : ref))
  const shape = readShape(get().shape)
  if (shape) options.push(h('option', { value: 'shape' }, shape.type === 'Point' ? t('pointAt', { at: position(shape.coordinates[0]!, shape.coordinates[1]!) }) : t('drawnShape')))
  const select = h('select', { id: 'from', onchange: () => set({ from: select.value }) }, ...options)
  select.value = q.from
  const typed = h('input', { id: 'typed-shape', 'aria-label': t('typeShape'), placeholder: '116.8,-1.2 116.9,-1.1', value: get().shape, onchange: () => { if (readShape(typed.value)) change({ shape: typed.value.trim() }) } })
  const take = (shape: ReturnType<typeof readShape>): void => { if (shape) change({ shape: writeShape(shape) }) }
  return h('div', { class: 'from' },
    h('label', { for: 'from' }, t('measureFrom')), select,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', id: 'pick', onclick: () => void pickPoint(app).then(take) }, t('aPoint')),
      h('button', { type: 'button', id: 'draw-line', onclick: () => void drawShape(app, 'linestring').then(take) }, t('drawLine')),
      h('button', { type: 'button', id: 'draw-area', onclick: () => void drawShape(app, 'polygon').then(take) }, t('drawArea'))),
    h('details', {}, h('summary', {}, t('typeShape')), typed, h('p', { class: 'note' }, t('typeShapeHint'))))
}

function measureField(q: Question, set: (part: Partial<Question>) => void): HTMLElement {
  if (q.kind === 'nearest') {
    const k = h('input', { id: 'k', type: 'number', title: t('howMany'), min: 1, max: 50, value: q.k, onchange: () => set({ k: Math.max(1, Math.min(50, Math.round(Number(k.value) || 1))) }) })
    return h('div', { class: 'field short' }, h('label', { for: 'k', class: 'unseen' }, t('howMany')), k)
  }
  const name = q.kind === 'within' ? 'distance' : 'rings'
  const distance = h('input', { id: 'distance', value: q[name], onchange: () => set({ [name]: distance.value }) })
  return h('div', { class: 'field' }, h('label', { for: 'distance' }, q.kind === 'within' ? t('distance') : t('distances')), distance)
}

// targetField chooses a collection and a condition, which is seen and can be changed.
function targetField(app: Application, q: Question, target: Target, i: number, set: (part: Partial<Question>) => void): HTMLElement {
  const replace = (part: Partial<Target>): void => set({ targets: q.targets.map((one, at) => (at === i ? { ...one, ...part } : one)) })
  const collection = h('select', { id: `to-${i}`, 'aria-label': t('lookFor'), onchange: () => replace({ collection: collection.value, filter: '', sum: '', byArea: false }) }, ...app.mapped.map((c) => h('option', { value: c.id }, c.title)))
  collection.value = target.collection
  const filter = h('input', { id: `filter-${i}`, class: 'code', value: target.filter, spellcheck: 'false', autocomplete: 'off', placeholder: t('condition'), 'aria-label': t('condition'), onchange: () => replace({ filter: filter.value.trim() }) })
  return h('div', { class: 'target' },
    h('div', { class: 'row' }, collection,
      q.targets.length > 1 && h('button', { type: 'button', class: 'plain', 'aria-label': t('remove'), title: t('remove'), onclick: () => set({ targets: q.targets.filter((_, at) => at !== i) }) }, icon(signs.close))),
    filter,
    q.kind !== 'nearest' && sumField(app, target, i, replace))
}

function sumField(app: Application, target: Target, i: number, replace: (part: Partial<Target>) => void): HTMLElement {
  const sum = h('select', { id: `sum-${i}`, onchange: () => replace({ sum: sum.value, byArea: !!sum.value && target.byArea }) }, h('option', { value: '' }, t('nothing')))
  const byArea = h('input', { type: 'checkbox', id: `byarea-${i}`, checked: target.byArea, onchange: () => replace({ byArea: byArea.checked }) })
  const room = h('div', { class: 'field' }, h('label', { for: sum.id }, t('sumOf')), sum, target.sum && h('label', { class: 'check' }, byArea, ' ', t('byArea')))
  const c = app.collection(target.collection)
  if (c) {
    void queryablesOf(c).then((schema) => {
      for (const [name, p] of ordered(schema)) {
        if ((p.type === 'number' || p.type === 'integer') && name !== 'revision' && name !== 'position_uncertainty_m') sum.append(h('option', { value: name }, p.title ?? name))
      }
      sum.value = target.sum
    })
  }
  return room
}
