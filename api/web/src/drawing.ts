// Drawing with Terra Draw. A module of its own: most people never draw.
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import type { Application } from './application.ts'
import { isShape, type Shape } from './shape.ts'
import { hint } from './hint.ts'
import { t } from './words.ts'

export function drawing(app: Application, mode: 'linestring' | 'polygon'): Promise<Shape | null> {
  return new Promise((resolve) => {
    const draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: app.map as never, coordinatePrecision: 7 }),
      modes: [new TerraDrawLineStringMode(), new TerraDrawPolygonMode()],
    })
    let done = false
    const finish = (shape: Shape | null): void => {
      if (done) return
      done = true
      bar.remove()
      app.release()
      // Not within Terra Draw's own event: it still uses what stop takes away.
      setTimeout(() => {
        draw.stop()
        resolve(shape)
      })
    }
    app.take(() => finish(null))
    const bar = hint(app, t('drawHint'), () => finish(null))
    draw.on('finish', (id) => {
      const geometry = draw.getSnapshotFeature(id)?.geometry
      finish(geometry && isShape(geometry) ? geometry : null)
    })
    draw.start()
    draw.setMode(mode)
    app.map.getCanvas().focus()
  })
}
