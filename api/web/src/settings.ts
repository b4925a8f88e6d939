// What the server's page tells the application.

export type Lang = 'en' | 'id'

export interface OnlineBase {
  tiles: string
  attribution: string
}

export interface Settings {
  base: string // address of the API, without a slash at the end
  lang: Lang
  version: string
  land: string // address of the base map around the data
  farLand: string // and of the rest of the world
  embed: boolean // shown alone, in a frame on another site
  online?: OnlineBase
  snippets?: { mapLibre: string; leaflet: string } // pages for other sites
}

const meta = document.querySelector<HTMLMetaElement>('meta[name=kawasan]')
export const settings = JSON.parse(meta?.content ?? '{}') as Settings
