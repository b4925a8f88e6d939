// What the tests of the map share: a browser, pages that complain, and questions to the API.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

export const base = process.env.KAWASAN_URL // address of the server under test
const patience = Number(process.env.PATIENCE ?? 60_000) // milliseconds: the machine may be busy with other tests

let browser

export async function launch() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--lang=en-GB', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  })
}

export async function quit() { await browser?.close() }

// visit opens an address of the server in a page of its own, gives it to the test, and holds
// it to what is true of every page: no error on the console, no request to another host.
export async function visit(path, { at = base, expected = /^$/, ...options }, test) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'], ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning' && !/GPU stall|WebGL/.test(m.text())) faults.push(`console: ${m.text()} ${m.location().url}`) })
  page.on('pageerror', (e) => faults.push(`page: ${e.stack ?? e.message}`))
  page.on('request', (r) => { if (!r.url().startsWith(at + '/') && !/^(data|blob):/.test(r.url())) faults.push(`another host: ${r.url()}`) })
  await page.goto(at + path)
  try {
    await test(page)
  } catch (error) {
    if (faults.length > 0) console.error(faults.join('\n'))
    throw error
  } finally {
    await context.close()
  }
  assert.deepEqual(faults.filter((f) => !expected.test(f)), [])
}

// drawn waits until the map shows all that it was told to.
export async function drawn(page) {
  await page.waitForFunction(() => window.kawasan?.map?.loaded() && window.kawasan.map.areTilesLoaded() && !window.kawasan.map.isMoving())
}

export async function openMap(fragment, test, { query = '', ...options } = {}) {
  await visit(`/map${query}#${fragment}`, options, async (page) => {
    await drawn(page)
    await test(page)
  })
}

export async function ask(path, parameters = {}) {
  const response = await fetch(`${base}${path}?${new URLSearchParams(parameters)}`, { headers: { Accept: 'application/json' } })
  assert.equal(response.status, 200, `${path} ${JSON.stringify(parameters)}`)
  return response.json()
}

// rendered gives the ids of a collection's features that are drawn.
export function rendered(page, collection) {
  return page.evaluate((id) => [...new Set(window.kawasan.map.queryRenderedFeatures().filter((f) => f.sourceLayer === id).map((f) => String(f.properties.id)))].sort(), collection)
}

// eventually waits until what is asked for equals what is wanted.
export async function eventually(get, want) {
  const until = Date.now() + patience
  let got
  do {
    got = await get()
    if (JSON.stringify(got) === JSON.stringify(want)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  } while (Date.now() < until)
  assert.deepEqual(got, want)
}

export const near = (ask) => `near=${encodeURIComponent(new URLSearchParams(ask))}&p=near`
