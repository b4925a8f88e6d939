// What features are called in the language of the page: a stored name that is of one
// language only has other words in the schema of its collection.
import type { Values } from './api.ts'

const worded = new Map<string, Record<string, string>>()

// learnNames takes the words for the names of a collection.
export function learnNames(collection: string, words: Record<string, string> | undefined): void {
  if (words) worded.set(collection, words)
}

export function nameOf(collection: string, v: Values, id: unknown = v['id']): string {
  return saidName(collection, String(v['name'] ?? id ?? ''))
}

// saidName words a name that is stored; the reference of a feature names its collection too.
export function saidName(collection: string, name: string): string {
  return worded.get(collection.split('/')[0]!)?.[name] ?? name
}

// storedNames are the names whose words contain a text.
export function storedNames(collection: string, text: string): string[] {
  const wanted = text.toLocaleLowerCase()
  return Object.entries(worded.get(collection) ?? {}).filter(([, words]) => words.toLocaleLowerCase().includes(wanted)).map(([name]) => name)
}
