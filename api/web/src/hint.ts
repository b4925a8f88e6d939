// What to do now, over the map.
import type { Application } from './application.ts'
import { h, say } from './dom.ts'
import { t } from './words.ts'

// hint shows what to do over the map, with a way out; remove takes it away.
export function hint(app: Application, text: string, cancel: () => void): { remove: () => void; set: (text: string) => void } {
  const words = h('span', {}, text)
  const bar = h('div', { class: 'hint' }, words, h('button', { type: 'button', onclick: cancel }, t('cancel')))
  const key = (e: KeyboardEvent): void => { if (e.key === 'Escape') cancel() }
  document.addEventListener('keydown', key)
  app.map.getContainer().append(bar)
  app.map.getCanvas().style.cursor = 'crosshair'
  say(text)
  return {
    set: (now) => { words.textContent = now },
    remove: () => {
      document.removeEventListener('keydown', key)
      bar.remove()
      app.map.getCanvas().style.cursor = ''
    },
  }
}
