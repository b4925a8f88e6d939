// The zones, which most questions begin with.
import type { Application } from './application.ts'
import { hrefOf, once, type Item, type Items } from './api.ts'

export async function zonesOf(app: Application): Promise<Item[]> {
  const zones = app.collection('zones')
  return zones ? (await once<Items>(hrefOf(zones.links, 'items', 'application/geo+json'), { properties: 'name', limit: 100 })).features as Item[] : []
}
