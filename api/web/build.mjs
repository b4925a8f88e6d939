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

// MapLibre is minified already and changes seldom: its files stand beside ours, under the
// name of their version, so that browsers keep them when only the application changes.
const version = packageOf('maplibre-gl').version
const engine = `maplibre-gl-${version}.mjs`
const worker = `maplibre-gl-worker-${version}.mjs`
const dist = path.join(here, 'node_modules/maplibre-gl/dist')
for (const [from, to] of [['maplibre-gl.mjs', engine], ['maplibre-gl-worker.mjs', worker]]) {
  const text = fs.readFileSync(path.join(dist, from), 'utf8')
  const bytes = Buffer.from(text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
  fs.writeFileSync(path.join(out, to), bytes)
  // The best compression takes seconds: too long for a server that starts.
  fs.writeFileSync(path.join(out, `${to}.br`), zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 22, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }))
}

const beside = {
  name: 'beside',
  setup(build) {
    build.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: `./${engine}`, external: true }))
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
  plugins: [beside], logLevel: 'warning',
})

const outputOf = (entry) => {
  for (const [name, o] of Object.entries(result.metafile.outputs)) {
    if (o.entryPoint === entry) return [path.basename(name), o]
  }
  throw new Error(`esbuild gave nothing for ${entry}`)
}
const [script, scriptOutput] = outputOf('src/main.ts')
const [style] = outputOf('src/style.css')
const needed = scriptOutput.imports.filter((i) => i.kind === 'import-statement').map((i) => path.basename(i.path))

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
  for (const input of Object.keys(result.metafile.inputs)) {
    const m = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)
    if (m) names.add(m[1])
  }
  // What is bundled within MapLibre's own file.
  for (const name of Object.keys(packageOf('maplibre-gl').dependencies ?? {})) {
    if (fs.existsSync(path.join(here, 'node_modules', name)) && !name.startsWith('@types/')) names.add(name)
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
