// A click on the map picks what is drawn there; the nearer to the eye, the earlier.
import type { MapMouseEvent } from 'maplibre-gl'
import type { Application } from './application.ts'
import { nameOf } from './names.ts'
import { shared } from './tiles.ts'

export interface Picked { ref: string; name: string; lon: number; lat: number }

export function buildPicking(app: Application, pick: (found: Picked[]) => void): void {
  const { map } = app
  const reach = matchMedia('(pointer: coarse)').matches ? 10 : 5 // pixels around the finger or pointer
  const at = (e: MapMouseEvent): Picked[] => {
    const { x, y } = e.point
    const found = new Map<string, Picked>()
    const exact = map.queryRenderedFeatures([x, y])
    const around = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]])
    // Points may be missed by a little; areas must be hit.
    for (const f of [...around.filter((f) => f.geometry.type === 'Point' || f.geometry.type === 'MultiPoint'), ...exact, ...around.filter((f) => f.layer.type === 'line')]) {
      if (!f.source.startsWith(shared) || !f.sourceLayer || !app.collection(f.sourceLayer)) continue
      const ref = `${f.sourceLayer}/${String(f.properties['id'])}`
      if (!found.has(ref)) found.set(ref, { ref, name: nameOf(f.sourceLayer, f.properties), lon: e.lngLat.lng, lat: e.lngLat.lat })
    }
    return [...found.values()]
  }
  map.on('click', (e) => { if (!app.taken()) pick(at(e)) })
  map.on('mousemove', (e) => { if (!app.taken()) map.getCanvas().style.cursor = at(e).length > 0 ? 'pointer' : '' })
}
