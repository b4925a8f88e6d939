// Tools that take the clicks on the map for a while: pick a point, draw a shape.
import type { MapMouseEvent } from 'maplibre-gl'
import type { Application } from './application.ts'
import { hint } from './hint.ts'
import type { Shape } from './shape.ts'
import { t } from './words.ts'

// pickPoint waits for a click; null if it is given up. With the keyboard: move the map with
// the arrow keys and press Enter, which takes its middle.
export function pickPoint(app: Application): Promise<Shape | null> {
  return new Promise((resolve) => {
    const finish = (shape: Shape | null): void => {
      app.map.off('click', click)
      app.map.getCanvas().removeEventListener('keydown', key)
      bar.remove()
      app.release()
      resolve(shape)
    }
    const click = (e: MapMouseEvent): void => finish({ type: 'Point', coordinates: [e.lngLat.lng, e.lngLat.lat] })
    const key = (e: KeyboardEvent): void => {
      if (e.key !== 'Enter') return
      const c = app.map.getCenter()
      finish({ type: 'Point', coordinates: [c.lng, c.lat] })
    }
    app.take(() => finish(null))
    const bar = hint(app, t('pickPoint'), () => finish(null))
    app.map.on('click', click)
    app.map.getCanvas().addEventListener('keydown', key)
    app.map.getCanvas().focus()
  })
}

// drawShape lets a line or an area be drawn; its program is fetched when first wanted.
export async function drawShape(app: Application, mode: 'linestring' | 'polygon'): Promise<Shape | null> {
  const { drawing } = await import('./drawing.ts')
  return drawing(app, mode)
}
