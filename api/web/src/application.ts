// What the parts of the application share.
import type { Map } from 'maplibre-gl'
import type { Collection, Item } from './api.ts'
import type { Box } from './geometry.ts'

export interface Application {
  map: Map
  collections: Collection[] // all
  mapped: Collection[] // those with a geometry
  collection(id: string): Collection | undefined
  // choose selects a feature; its place on the map is shown when move is true.
  choose(ref: string, move?: boolean): void
  // chosen is the selected feature once it has come; null if none is.
  chosen(): Item | null
  goTo(box: Box): void
  // take lets one tool have the clicks on the map; stop is called when another takes them.
  take(stop: () => void): void
  release(): void
  taken(): boolean
}
