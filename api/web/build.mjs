// Builds the map application: node build.mjs [folder]; the folder is dist if none is given.
// The same sources and packages give the same bytes.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { land } from './land.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const out = path.resolve(process.argv[2] ?? path.join(here, 'dist'))
const packageOf = (name) => JSON.parse(fs.readFileSync(path.join(here, 'node_modules', name, 'package.json'), 'utf8'))

fs.rmSync(out, { recursive: true, force: true })
fs.mkdirSync(out, { recursive: true })

const outputs = (result) => Object.entries(result.metafile.outputs)
const outputOf = (result, entry) => {
  for (const [name, o] of outputs(result)) if (o.entryPoint === entry) return [path.basename(name), o]
  throw new Error(`esbuild gave nothing for ${entry}`)
}

// MapLibre is built from its sources, so that its worker shares most of its code with the
// map instead of bringing it again. It changes seldom: its files stand beside ours, so that
// browsers keep them when only the application changes.
const maplibre = 'node_modules/maplibre-gl/src'
const wanted = "export { AttributionControl, Map, Marker, NavigationControl, Popup, ScaleControl, setWorkerUrl } from './index.ts'"
const engineBuild = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { maplibre: 'engine', 'maplibre-worker': `${maplibre}/source/worker.ts` },
  bundle: true, splitting: true, minify: true, metafile: true,
  format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none',
  entryNames: '[name]-[hash]', chunkNames: 'maplibre-shared-[hash]', outdir: out,
  // As MapLibre's own build has it: fields that are only declared leave alone what super() has set.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  plugins: [{
    name: 'engine',
    setup(build) {
      build.onResolve({ filter: /^engine$/ }, () => ({ path: 'engine', namespace: 'engine' }))
      build.onLoad({ filter: /.*/, namespace: 'engine' }, () => ({ contents: wanted, loader: 'ts', resolveDir: path.join(here, maplibre) }))
    },
  }],
  logLevel: 'warning',
})
const [engine, engineOutput] = outputOf(engineBuild, 'engine:engine')
const [worker] = outputOf(engineBuild, `${maplibre}/source/worker.ts`)
for (const [name, o] of outputs(engineBuild)) {
  if (o.bytes < 100_000) continue
  // The best compression takes seconds: too long for a server that starts.
  const bytes = fs.readFileSync(path.join(here, name))
  fs.writeFileSync(path.join(out, `${path.basename(name)}.br`), zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }))
}

// For pages of other sites, under names that stay: MapLibre, told where its worker is.
fs.writeFileSync(path.join(out, 'maplibre.js'), `export * from './${engine}'
import { setWorkerUrl } from './${engine}'
setWorkerUrl(new URL('./${worker}', import.meta.url).href)
`)
await esbuild.build({
  absWorkingDir: here, entryPoints: { maplibre: 'node_modules/maplibre-gl/dist/maplibre-gl.css' },
  minify: true, outdir: out, legalComments: 'none', logLevel: 'warning',
})

const beside = {
  name: 'beside',
  setup(build) {
    build.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: `./${engine}`, external: true }))
  },
}

// Three quarters of MapLibre's style sheet are pictures of buttons that the map does not have.
const unused = /-(compass|fullscreen|geolocate|globe|logo|shrink|terrain|user-location)/
const slim = {
  name: 'slim',
  setup(build) {
    build.onLoad({ filter: /maplibre-gl\.css$/ }, ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8').replace(/([^{}]*)\{[^{}]*\}/g, (rule, selectors) => (selectors.split(',').every((s) => unused.test(s)) ? '' : rule)),
      loader: 'css',
    }))
  },
}

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: 'src/main.ts', style: 'src/style.css' },
  bundle: true, splitting: true, minify: true, metafile: true,
  format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none',
  loader: { '.svg': 'dataurl' },
  entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', outdir: out,
  define: { WORKER: JSON.stringify(`./${worker}`) },
  plugins: [beside, slim], logLevel: 'warning',
})

const [script, scriptOutput] = outputOf(result, 'src/main.ts')
const [style] = outputOf(result, 'src/style.css')
const needed = [scriptOutput, engineOutput].flatMap((o) => o.imports).filter((i) => i.kind === 'import-statement').map((i) => path.basename(i.path))

const lands = Object.fromEntries(Object.entries(land()).map(([part, topologies]) => {
  const text = JSON.stringify(topologies)
  const name = `land-${part}-${crypto.createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`
  fs.writeFileSync(path.join(out, name), text)
  return [part, name]
}))

const manifest = { script, style, preload: [...new Set([engine, ...needed])], land: lands.near, farLand: lands.far }
fs.writeFileSync(path.join(out, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')
fs.writeFileSync(path.join(out, 'LEGAL.txt'), legal())

// legal gives the licences of all packages that went into the files.
function legal() {
  const names = new Set(['maplibre-gl', 'world-atlas'])
  for (const input of [result, engineBuild].flatMap((r) => Object.keys(r.metafile.inputs))) {
    const m = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)
    if (m) names.add(m[1])
  }
  const parts = ['The map application contains the packages below. Natural Earth is in the public domain.\n']
  for (const name of [...names].sort()) {
    const p = packageOf(name)
    const folder = path.join(here, 'node_modules', name)
    const file = fs.readdirSync(folder).sort().find((f) => /^licen[cs]e(\.\w+)?$/i.test(f))
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').replace(/\r/g, '').trim() : ''
    parts.push(`${'-'.repeat(78)}\n${name} ${p.version} (${typeof p.license === 'string' ? p.license : 'see below'})\n\n${text}\n`)
  }
  return parts.join('\n')
}
