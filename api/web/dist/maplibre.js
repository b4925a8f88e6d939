export * from './maplibre-MNBWRL7A.js'
import { setWorkerUrl } from './maplibre-MNBWRL7A.js'
setWorkerUrl(new URL('./maplibre-worker-5TY7IJP6.js', import.meta.url).href)
