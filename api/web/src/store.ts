// The one state of the application; who shows a part of it listens.
import { debounce } from './dom.ts'
import { decode, encode, type State } from './state.ts'

type Listener = (now: State, before: State) => void

let state = decode(location.hash)
const listeners: Listener[] = []

export const get = (): State => state

export function listen(f: Listener): void { listeners.push(f) }

// change sets parts of the state, tells the listeners, and writes the address.
export function change(part: Partial<State>): void {
  const before = state
  state = { ...state, ...part }
  for (const f of listeners) f(state, before)
  writeAddress()
}

const writeAddress = debounce(150, () => history.replaceState(null, '', `#${encode(state)}`))

// permalink is the address of what is seen now.
export function permalink(path = '/map'): string {
  const here = new URL(location.href)
  here.pathname = here.pathname.replace(/\/map(\/embed)?$/, path)
  here.hash = encode(state)
  return here.href
}

// A link to another state, opened in the same tab, is read like a new page.
addEventListener('hashchange', () => location.reload())
