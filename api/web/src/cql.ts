// Conditions in CQL2 text.
import type { Property } from './api.ts'

const isNumber = (p: Property): boolean => p.type === 'number' || p.type === 'integer'

// operatorsFor lists the comparisons that suit a type; known and unknown suit all.
export function operatorsFor(p: Property): string[] {
  if (p.type === 'boolean') return ['=', 'known', 'unknown']
  if (p.type === 'array') return ['contains', 'known', 'unknown']
  if (isNumber(p) || p.format === 'date' || p.format === 'date-time') return ['=', '>=', '<=', '<>', 'known', 'unknown']
  return p.enum ? ['=', '<>', 'known', 'unknown'] : ['contains', '=', '<>', 'known', 'unknown']
}

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

// identifier quotes a name where CQL2 would not read it bare.
export function identifier(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name.toUpperCase()) ? name : `"${name.replaceAll('"', '""')}"`
}

const reserved = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'BETWEEN', 'IS', 'NULL', 'TRUE', 'FALSE', 'DATE', 'TIMESTAMP', 'INTERVAL', 'DIV', 'CASEI', 'ACCENTI', 'POINT', 'BBOX'])

// condition writes a comparison; '' if the value is missing or no number where one is needed.
export function condition(name: string, p: Property, operator: string, value: string): string {
  const id = identifier(name)
  if (operator === 'known') return `${id} IS NOT NULL`
  if (operator === 'unknown') return `${id} IS NULL`
  const text = value.trim()
  if (!text) return ''
  if (isNumber(p)) return Number.isFinite(Number(text)) ? `${id} ${operator} ${Number(text)}` : ''
  if (p.type === 'boolean') return `${id} = ${/^(true|1|yes|ya)$/i.test(text) ? 'true' : 'false'}`
  if (p.format === 'date') return `${id} ${operator} DATE(${quote(text)})`
  if (p.format === 'date-time') return `${id} ${operator} TIMESTAMP(${quote(text)})`
  if (p.type === 'array') return `a_contains(${id},(${quote(text)}))`
  if (operator === 'contains') return `CASEI(${id}) LIKE CASEI(${quote(`%${text.replace(/[\\%_]/g, '\\$&')}%`)})`
  return `${id} ${operator} ${quote(text)}`
}
