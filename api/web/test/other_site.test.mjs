// What pages of other sites are given to copy works on a page of another origin, as it is.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import { test } from 'node:test'
import { ask, base, eventually, openMap, visit } from './browser.mjs'

// onAnotherSite serves a page from another port and opens it there.
async function onAnotherSite(html, look) {
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', request.url === '/' ? 'text/html' : 'image/x-icon')
    response.end(request.url === '/' ? html : '')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = `http://127.0.0.1:${server.address().port}`
  const leaflet = (name) => fs.readFileSync(new URL(`../node_modules/leaflet/dist/${name}`, import.meta.url), 'utf8')
  try {
    // The page is empty first: Leaflet, which it takes from unpkg.com, is given from here.
    await visit('/favicon.ico', { at, hosts: [at, base, 'https://unpkg.com'] }, async (page) => {
      await page.route('https://unpkg.com/leaflet@1.9.4/dist/*', (route) => {
        const name = new URL(route.request().url()).pathname.split('/').pop()
        return route.fulfill({ contentType: name.endsWith('.js') ? 'text/javascript' : 'text/css', body: leaflet(name) })
      })
      await page.goto(at)
      await look(page)
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const snippet = (fragment, number) => new Promise((resolve, reject) => {
  openMap(fragment, async (page) => resolve(await page.locator(`#snippet-${number}`).inputValue())).catch(reject)
})

// seen counts the pixels of the page's canvas that have a colour, within a little.
const seen = async (page, [r, g, b]) => {
  const picture = (await page.screenshot()).toString('base64')
  return page.evaluate(async ([data, rgb]) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d')
    canvas.drawImage(image, 0, 0)
    const { data: dots } = canvas.getImageData(0, 0, image.width, image.height)
    let n = 0
    for (let i = 0; i < dots.length; i += 4) if (rgb.every((v, k) => Math.abs(dots[i + k] - v) < 12)) n++
    return n
  }, [picture, [r, g, b]])
}

test('the page with MapLibre shows the features on another site', async () => {
  await onAnotherSite(await snippet('p=more&l=ports,zones', 2), async (page) => {
    // The blue of the ports, and the name of a click.
    await eventually(async () => (await seen(page, [0, 114, 178])) > 100, true)
    assert.equal(await page.locator('.maplibregl-ctrl-attrib').count(), 1)
  })
})

test('the page with Leaflet shows the features on another site', async () => {
  const { numberMatched } = await ask('/collections/zones/items', { limit: 1 })
  await onAnotherSite(await snippet('p=more', 3), async (page) => {
    await eventually(() => page.locator('path.leaflet-interactive').count(), numberMatched)
    await page.locator('path.leaflet-interactive').first().click({ force: true })
    await page.locator('.leaflet-popup-content b').waitFor()
    assert.match(await page.locator('.leaflet-control-attribution').innerText(), /Kawasan/)
  })
})

test('the page of a collection has a page with MapLibre that shows it', async () => {
  let html = ''
  await visit('/collections/ports?f=html', {}, async (page) => {
    html = await page.locator('.snippets pre').evaluate((e) => e.textContent)
  })
  assert.match(html, /collections=ports/)
  await onAnotherSite(html, async (page) => eventually(async () => (await seen(page, [0, 114, 178])) > 100, true))
})
