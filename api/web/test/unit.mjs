// Bundles src/*.test.ts into one file that node --test runs: node test/unit.mjs OUT
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const source = fileURLToPath(new URL('../src', import.meta.url))
const tests = fs.readdirSync(source).filter((f) => f.endsWith('.test.ts')).sort()
await esbuild.build({
  stdin: { contents: tests.map((f) => `import './${f}'`).join('\n'), resolveDir: source },
  bundle: true, platform: 'node', format: 'esm', outfile: path.resolve(process.argv[2]), logLevel: 'warning',
})
