// Words, numbers and measures in the language of the page.
import { phrases, type Phrase } from './phrases.ts'
import { settings } from './settings.ts'

const index = settings.lang === 'id' ? 1 : 0
const locale = settings.lang === 'id' ? 'id-ID' : 'en-GB'

// t gives a phrase, with {names} replaced.
export function t(key: Phrase, values: Record<string, string | number> = {}): string {
  return phrases[key][index].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

// has tells whether there is such a phrase.
export function has(key: string): key is Phrase { return key in phrases }

export function number(v: number, digits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(v)
}

// metres writes a length with as many digits as it can bear.
export function metres(v: number): string {
  if (Math.abs(v) < 1000) return `${number(v)} m`
  return `${number(v / 1000, Math.abs(v) < 100_000 ? 1 : 0)} km`
}

// squareMetres writes an area in hectares, or in square kilometres if it is large.
export function squareMetres(v: number): string {
  if (v < 10_000) return `${number(v)} m²`
  if (v < 1e9) return `${number(v / 10_000, v < 1e6 ? 2 : 1)} ha`
  return `${number(v / 1e6)} km²`
}

export function position(lon: number, lat: number): string {
  return `${number(Math.abs(lat), 4)}° ${lat < 0 ? (index ? 'LS' : 'S') : (index ? 'LU' : 'N')}, ${number(Math.abs(lon), 4)}° ${lon < 0 ? (index ? 'BB' : 'W') : (index ? 'BT' : 'E')}`
}
