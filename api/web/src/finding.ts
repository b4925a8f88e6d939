// A finding of quality: what is wrong with a feature, and what to do about it.
import type { Application } from './application.ts'
import type { Values } from './api.ts'
import { h } from './dom.ts'
import { settings } from './settings.ts'
import { has, t } from './words.ts'

export const findings = 'quality_issues' // the collection

// saidOfFindings are the attributes that the panel says in its own way.
export const saidOfFindings = ['title', 'title_id', 'severity', 'message', 'message_id', 'remedy', 'remedy_id', 'collection', 'feature', 'other']

const inLanguage = (v: Values, name: string): string => String(v[settings.lang === 'id' ? `${name}_id` : name] ?? v[name] ?? '')

export const titleOf = (v: Values): string => inLanguage(v, 'title')

export function severityOf(severity: string): string {
  const key = `severity_${severity}`
  return has(key) ? t(key) : severity
}

// showFinding says what was found and what would mend it, and leads to the features.
export function showFinding(app: Application, v: Values): HTMLElement {
  const severity = String(v['severity'] ?? '')
  const refs = [v['feature'] ? `${String(v['collection'])}/${String(v['feature'])}` : '', String(v['other'] ?? '')].filter(Boolean)
  return h('section', { class: 'finding', 'data-severity': severity },
    h('p', { class: 'severity' }, severityOf(severity)),
    h('p', {}, inLanguage(v, 'message')),
    h('h3', {}, t('remedy')), h('p', { class: 'remedy' }, inLanguage(v, 'remedy')),
    h('div', { class: 'buttons' }, ...refs.map((ref, i) => toFeature(app, ref, i === 0 && v['name'] ? String(v['name']) : ''))))
}

function toFeature(app: Application, ref: string, name: string): HTMLElement | string {
  const [id, ...rest] = ref.split('/')
  const collection = app.collection(id ?? '')
  if (!collection) return ''
  return h('button', { type: 'button', onclick: () => app.choose(ref, true) }, `${collection.title}: ${name || rest.join('/')}`)
}

// severities is the legend of the findings' colours.
export function severities(): HTMLElement {
  return h('ul', { class: 'severities' }, ...['error', 'warning', 'note'].map((s) => h('li', { 'data-severity': s }, severityOf(s))))
}
