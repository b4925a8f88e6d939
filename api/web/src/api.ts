// Questions to the server, and its answers.
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { settings } from './settings.ts'
import { t } from './words.ts'

export interface Link { href: string; rel: string; type: string; title?: string }

export interface Collection {
  id: string
  title: string
  description: string
  attribution?: string
  license?: string
  itemCount?: number
  storageCrs?: string
  extent?: { spatial?: { bbox: number[][] }; temporal?: { interval: (string | null)[][] } }
  links: Link[]
}

export interface Property {
  title?: string
  description?: string
  type?: string
  format?: string
  enum?: string[]
  items?: { type?: string }
  'x-ogc-unit'?: string
  'x-kawasan-words'?: Record<string, string> // what values mean, in the language of the page
  'x-ogc-propertySeq'?: number
  'x-ogc-role'?: string
}

export interface Schema { properties: Record<string, Property> }

export type Values = Record<string, unknown>
export type Item = Feature<Geometry | null, Values> & { links?: Link[] }
export type Items = FeatureCollection<Geometry, Values> & { links: Link[]; numberMatched?: number; numberReturned?: number }

// Problem is an error that the server explains: what was wrong, and what would be right.
export class Problem extends Error {
  fix: string
  constructor(message: string, fix = '') {
    super(message)
    this.fix = fix
  }
  override toString(): string { return this.fix ? `${this.message}. ${this.fix}` : this.message }
}

export type Parameters = Record<string, string | number | null | undefined>

// address makes the address of a resource; empty parameters are left out.
export function address(path: string, parameters: Parameters = {}): string {
  const query = Object.entries(parameters).filter(([, v]) => v !== null && v !== undefined && v !== '')
    .map(([name, v]) => `${name}=${encode(String(v))}`).join('&')
  const start = path.startsWith('http') ? path : settings.base + path
  return query ? start + (start.includes('?') ? '&' : '?') + query : start
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|2C|3A|20|28|29|27)/g, (c) => (c === '%20' ? '+' : decodeURIComponent(c)))
}

// ask gets an answer in JSON, worded in the language of the page. With a body it is posted.
export async function ask<T>(path: string, parameters: Parameters = {}, options: { signal?: AbortSignal; body?: unknown } = {}): Promise<T> {
  let response: Response
  try {
    const init: RequestInit = { headers: { Accept: 'application/json, application/geo+json, application/schema+json' } }
    if (options.signal) init.signal = options.signal
    if (options.body !== undefined) {
      init.method = 'POST'
      init.body = JSON.stringify(options.body)
      init.headers = { ...init.headers, 'Content-Type': 'application/geo+json' }
    }
    response = await fetch(address(path, { ...parameters, lang: settings.lang }), init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(t('offline'))
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const p = (body ?? {}) as { detail?: string; title?: string; fix?: string }
    throw new Problem(p.detail ?? p.title ?? String(response.status), p.fix)
  }
  return body as T
}

const kept = new Map<string, Promise<unknown>>()

// once keeps an answer that does not change while the page is open.
export function once<T>(path: string, parameters: Parameters = {}): Promise<T> {
  const key = address(path, parameters)
  let answer = kept.get(key) as Promise<T> | undefined
  if (!answer) {
    answer = ask<T>(path, parameters)
    answer.catch(() => kept.delete(key))
    kept.set(key, answer)
  }
  return answer
}

// hrefOf finds the address of a relation, in a form if one is asked for.
export function hrefOf(links: Link[] | undefined, rel: string, type = ''): string {
  return links?.find((l) => (l.rel === rel || l.rel.endsWith('/' + rel)) && (!type || l.type.startsWith(type)))?.href ?? ''
}

export const schemaOf = (c: Collection): Promise<Schema> => once<Schema>(hrefOf(c.links, 'schema'))
export const queryablesOf = (c: Collection): Promise<Schema> => once<Schema>(hrefOf(c.links, 'queryables'))
export const sortablesOf = (c: Collection): Promise<Schema> => once<Schema>(hrefOf(c.links, 'sortables'))

// ordered lists properties in the order of the schema. Of a text that is there in both
// languages (title and title_id) it has the one of the page.
export function ordered(s: Schema): [string, Property][] {
  const here = s.properties
  const twin = (name: string): boolean => here[name]?.type === 'string' && here[`${name}_id`]?.type === 'string'
  const other = (name: string): boolean => (settings.lang === 'id' ? twin(name) : name.endsWith('_id') && twin(name.slice(0, -3)))
  return Object.entries(here).filter(([name]) => !other(name)).sort(([, a], [, b]) => (a['x-ogc-propertySeq'] ?? 0) - (b['x-ogc-propertySeq'] ?? 0))
}

export function isAbort(error: unknown): boolean { return error instanceof DOMException && error.name === 'AbortError' }
