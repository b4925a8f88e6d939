// Name of MapLibre's worker beside the application; build.mjs puts it in.
declare const WORKER: string
