// What the tests of the map share: a browser, pages that complain, and questions to the API.
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

export const base = process.env.KAWASAN_URL // address of the server under test
const patience = Number(process.env.PATIENCE ?? 60_000) // milliseconds: the machine may be busy with other tests

let browser
// Contexts by their options: pages of one share what the browser keeps of the application.
const contexts = new Map()

export async function launch() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--lang=en-GB', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  })
}

export async function quit() {
  await browser?.close()
  browser = undefined
}

function contextOf(options) {
  const key = JSON.stringify(options)
  if (!contexts.has(key)) {
    // Nothing fades or glides: what is waited for comes at once.
    contexts.set(key, browser.newContext({ viewport: { width: 1080, height: 680 }, locale: 'en-GB', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...options }))
  }
  return contexts.get(key)
}

// visit opens an address of the server in a page of its own, gives it to the test, and holds
// it to what is true of every page: no error on the console, no request to another host.
// Fresh is true for a browser that has nothing of the application yet.
export async function visit(path, { at = base, hosts = [at], expected = /^$/, fresh = false, ...options }, test) {
  const context = await (fresh ? browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options }) : contextOf(options))
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning' && !/GPU stall|WebGL/.test(m.text())) faults.push(`console: ${m.text()} ${m.location().url}`) })
  page.on('pageerror', (e) => faults.push(`page: ${e.stack ?? e.message}`))
  page.on('request', (r) => { if (!hosts.some((host) => r.url().startsWith(host + '/')) && !/^(data|blob):/.test(r.url())) faults.push(`another host: ${r.url()}`) })
  try {
    await page.goto(at + path)
    await test(page)
  } catch (error) {
    if (faults.length > 0) console.error(faults.join('\n'))
    throw error
  } finally {
    await (fresh ? context.close() : page.close())
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

// pixels gives the colours of the map at places, each as red, green, blue.
export function pixels(page, places) {
  return page.evaluate(async (all) => {
    const { map } = window.kawasan
    const canvas = map.getCanvas()
    const image = new Image()
    await new Promise((resolve) => {
      map.once('render', () => { image.src = canvas.toDataURL(); resolve() })
      map.triggerRepaint()
    })
    await image.decode()
    const picture = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true })
    picture.drawImage(image, 0, 0)
    return all.map((place) => {
      const at = map.project(place)
      return [...picture.getImageData(at.x, at.y, 1, 1).data].slice(0, 3)
    })
  }, places)
}
