// Elements in one expression, without a framework.
import { t } from './words.ts'

type Child = Node | string | number | null | undefined | false
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>

// h makes an element. Attributes that are functions become listeners (onclick: …);
// true is an attribute without a value; false, null and undefined leave it out.
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  assign(element, attributes)
  element.append(...children.filter((c): c is Node | string | number => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))))
  return element
}

function assign(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value as EventListener)
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : String(value))
  }
}

// icon draws one of the few signs of the buttons; it is hidden from screen readers, as the button has a name.
export function icon(path: string): SVGElement {
  const ns = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(ns, 'svg')
  assign(svg, { viewBox: '0 0 20 20', width: 18, height: 18, 'aria-hidden': 'true', class: 'icon' })
  const p = document.createElementNS(ns, 'path')
  p.setAttribute('d', path)
  svg.append(p)
  return svg
}

export const signs = {
  filter: 'M3 4h14l-5.5 6.5V16l-3 1.5v-7z',
  table: 'M3 4h14v12H3zM3 8h14M8 8v8',
  close: 'M5 5l10 10M15 5L5 15',
  target: 'M10 3v3M10 14v3M3 10h3M14 10h3M10 6a4 4 0 1 0 0 8a4 4 0 1 0 0-8',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  sheet: 'M4 13l6-6 6 6',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M12.5 12.5L17 17',
}

// again begins anew; the address holds what was seen.
export function again(): HTMLButtonElement {
  return h('button', { type: 'button', class: 'small', onclick: () => location.reload() }, t('tryAgain'))
}

// say tells those who listen instead of looking; screen readers speak it when they are free.
export function say(text: string): void {
  const live = document.getElementById('live')
  if (live) live.textContent = text
}

// debounce calls once the calls have stopped for some milliseconds.
export function debounce<A extends unknown[]>(wait: number, f: (...args: A) => void): (...args: A) => void {
  let timer = 0
  return (...args) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => f(...args), wait)
  }
}

// copyButton copies a text and says so.
export function copyButton(text: () => string, label: string, done: string): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'plain', onclick: () => void copy() }, icon(signs.copy), ' ', label)
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text())
    button.lastChild!.textContent = done
    say(done)
    setTimeout(() => { button.lastChild!.textContent = label }, 2500)
  }
  return button
}
