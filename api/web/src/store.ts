// The one state of the application; who shows a part of it listens.
import { debounce } from './dom.ts'
import { decode, encode, type State } from './state.ts'

type Listener = (now: State, before: State) => void

let state = decode(location.hash)

// begun is what the address asked for when the page was opened.
export const begun: State = state

const listeners: Listener[] = []

export const get = (): State => state

export function listen(f: Listener): void { listeners.push(f) }

// change sets parts of the state, tells the listeners, and writes the address. Another feature
// chosen is another entry of the history, to which one can go back.
export function change(part: Partial<State>): void {
  const before = state
  set(part)
  if (state.sel !== before.sel) {
    history.replaceState(null, '', `#${encode(before)}`)
    history.pushState(null, '', `#${encode(state)}`)
  }
  writeAddress()
}

function set(part: Partial<State>): void {
  const before = state
  state = { ...state, ...part }
  for (const f of listeners) f(state, before)
}

const writeAddress = debounce(150, () => history.replaceState(null, '', `#${encode(state)}`))

// permalink is the address of what is seen now.
export function permalink(path = '/map'): string {
  const here = new URL(location.href)
  here.pathname = here.pathname.replace(/\/map(\/embed)?$/, path)
  here.hash = encode(state)
  return here.href
}

let show: ((s: State) => void) | null = null

// whenReturned says how to show a state that one comes back to, which differs by what is chosen and in view alone.
export function whenReturned(f: (s: State) => void): void { show = f }

// A link to any other state, opened in the same tab, is read like a new page.
addEventListener('hashchange', (e) => {
  const then = decode(new URL(e.newURL).hash) // the address may have been written meanwhile
  const rest = (s: State): string => encode({ ...s, view: null, sel: '', panel: 'layers' })
  if (!show || rest(then) !== rest(state)) return location.reload()
  set({ sel: then.sel, panel: then.panel })
  show(then)
  writeAddress()
})
