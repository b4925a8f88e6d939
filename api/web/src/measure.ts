// The measuring tool: point after point, with the length or the area so far.
import type { Feature } from 'geojson'
import type { MapMouseEvent } from 'maplibre-gl'
import type { Application } from './application.ts'
import { draw } from './overlays.ts'
import { hint } from './hint.ts'
import { metres, squareMetres, t } from './words.ts'

export async function measure(app: Application, area: boolean, tell: (text: string) => void): Promise<void> {
  const { areaOf, lengthOf } = await import('./ellipsoid.ts')
  const points: [number, number][] = []
  const result = (): string => {
    if (area && points.length > 2) return `${t('area')}: ${squareMetres(areaOf(points))} · ${t('perimeter')}: ${metres(lengthOf([...points, points[0]!]))}`
    return points.length > 1 ? `${t('length')}: ${metres(lengthOf(points))}` : ''
  }
  const show = (): void => {
    const features: Feature[] = points.map((p) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: p } }))
    if (points.length > 1) features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: area && points.length > 2 ? [...points, points[0]!] : points } })
    draw(app.map, 'measure', { type: 'FeatureCollection', features })
    if (result()) bar.set(result())
    tell(result())
  }
  const finish = (): void => {
    app.map.off('click', click)
    app.map.getCanvas().removeEventListener('keydown', key)
    app.map.doubleClickZoom.enable()
    bar.remove()
    app.release()
  }
  const add = (lon: number, lat: number): void => {
    const last = points.at(-1)
    if (last && near(app, last, [lon, lat])) return finish()
    points.push([lon, lat])
    show()
  }
  const click = (e: MapMouseEvent): void => add(e.lngLat.lng, e.lngLat.lat)
  const key = (e: KeyboardEvent): void => {
    const c = app.map.getCenter()
    if (e.key === 'Enter') add(c.lng, c.lat)
  }
  app.take(finish)
  const bar = hint(app, t('measureHint'), finish)
  app.map.doubleClickZoom.disable()
  app.map.on('click', click)
  app.map.getCanvas().addEventListener('keydown', key)
  show()
  app.map.getCanvas().focus()
}

function near(app: Application, a: [number, number], b: [number, number]): boolean {
  const p = app.map.project(a)
  const q = app.map.project(b)
  return Math.hypot(p.x - q.x, p.y - q.y) < 8
}
