// All tests in one process, so that they share one browser and what it keeps.
import fs from 'node:fs'
import { after, before } from 'node:test'
import { launch, quit } from './browser.mjs'

before(launch)
after(quit)

for (const name of fs.readdirSync(new URL('.', import.meta.url)).filter((f) => f.endsWith('.test.mjs')).sort()) await import(`./${name}`)
