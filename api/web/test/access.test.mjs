// Accessible: what axe finds, and the keyboard.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { test } from 'node:test'
import { drawn, near, openMap, visit } from './browser.mjs'

const axe = fs.readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

// faults lists the serious findings of axe on the page, or in a part of it.
async function faults(page, part) {
  await page.evaluate(axe)
  const found = await page.evaluate((within) => window.axe.run(within ?? document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }), part)
  return found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).slice(0, 3).join(' | ')}`)
}

const question = near([['ask', 'rings'], ['from', 'zones/kik'], ['distance', '10 km'], ['to', 'plantations'], ['filter', ''], ['sum', 'planted_area_ha'], ['by_area', 'true']])
const panels = [['Near', '.summary'], ['Layers', '.legend .count'], ['Selected', '#panel-feature h2'], ['Rank', '.order li'], ['More', '#snippet-0']]

test('the map has no serious finding, light and dark', async () => {
  for (const style of ['light', 'dark']) {
    await openMap(`sel=zones/kek-mbtk&table=ports&style=${style}&${question}`, async (page) => {
      await page.locator('tbody tr').first().waitFor()
      for (const [i, [tab, there]] of panels.entries()) {
        await page.getByRole('tab', { name: tab }).click()
        await page.locator(there).first().waitFor()
        // What is around the panels is the same for all of them.
        assert.deepEqual(await faults(page, i === 0 ? null : '#panel'), [], `${tab}, ${style}`)
      }
    })
  }
})

const dark = ['/?f=html', '/collections/ports/items?f=html', '/zones/kik/profile?f=html', '/api.html'] // the style sheet is one

test('pages have no serious finding, light and dark', async () => {
  const criteria = encodeURIComponent(JSON.stringify([{ name: 'area', area: true, direction: 'more', weight: 1 }]))
  for (const path of ['/?f=html', '/collections?f=html', '/collections/zones?f=html', '/collections/ports/items?f=html', '/collections/zones/items/kik?f=html',
    '/zones/kik/profile?f=html', '/zones/compare?ids=kik,kib&f=html', `/zones/rank?f=html&criteria=${criteria}`, '/proximity/nearest?from=zones/kik&to=ports&f=html', '/api.html', '/conformance?f=html',
    '/zones/rank/form?f=html', '/proximity/overlap?from=zones/kib&to=regencies&f=html', '/collections/zones/tiles?f=html', '/collections/ports/queryables?f=html',
    '/tileMatrixSets/WebMercatorQuad?f=html', '/functions?f=html', '/collections/port?f=html', '/self-check?f=html']) {
    for (const colorScheme of dark.includes(path) ? ['light', 'dark'] : ['light']) {
      await visit(path, { colorScheme, bypassCSP: true, expected: /404/ }, async (page) => {
        assert.deepEqual(await faults(page), [], `${path}, ${colorScheme}`)
      })
    }
  }
})

test('pages fit a small screen, with text twice as large too, and paper', async () => {
  for (const path of ['/?f=html&lang=id', '/collections/zones?f=html&lang=id', '/collections/ports/items?f=html&lang=id', '/collections/zones/items/kib?f=html&lang=id', '/zones/kik/profile?f=html&lang=id',
    '/zones/compare?ids=kik,kib,kek-mbtk&f=html', '/zones/rank/form?collection=zones&f=html', '/proximity/nearest?from=zones/kik&to=ports&f=html&lang=id', '/api.html?lang=id', '/functions?f=html']) {
    await visit(path, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }, async (page) => {
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(await beyond() <= 0, `${path} is ${await beyond()} pixels too wide`)
      // What is to be copied has room, and names on maps can be read.
      for (const code of await page.locator('.snippets > dd > code').all()) assert.ok((await code.boundingBox()).height < 200, path)
      for (const name of await page.locator('figure.map text:visible').all()) assert.ok((await name.boundingBox()).height > 9, `${path}: ${await name.textContent()}`)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('header nav:visible, form:visible, .downloads:visible').count(), 0, path)
      assert.equal(await page.locator('.address').isVisible(), true, path)
      await page.emulateMedia({ media: 'screen' })
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
      assert.ok(await beyond() <= 0, `${path} is ${await beyond()} pixels too wide with large text`)
    })
  }
})

test('tables and texts stay within their page', async () => {
  for (const path of ['/collections/zones/tiles?f=html&lang=id', '/tiles?f=html', '/tileMatrixSets?f=html&lang=id', '/conformance?f=html&lang=id', '/zones/compare?ids=kik,kib,kek-mbtk&f=html&lang=id', '/collections/port?f=html']) {
    for (const width of [1280, 390]) {
      await visit(path, { viewport: { width, height: 800 }, expected: /404/ }, async (page) => {
        const beyond = await page.evaluate(() => {
          const main = document.querySelector('main')
          const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight) + 1
          return [...main.querySelectorAll(':not(svg *)')].filter((e) => e.getBoundingClientRect().right > edge && e.getBoundingClientRect().left >= 0 && !e.closest('.scroll, pre')).map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`)
        })
        assert.deepEqual(beyond, [], `${path}, ${width}`)
      })
    }
  }
})

test('a comparison on a phone sets zones side by side, and prints its sentences', async () => {
  await visit('/zones/compare?ids=kik,kib,kek-mbtk&f=html', { viewport: { width: 390, height: 844 } }, async (page) => {
    const row = page.locator('tr', { has: page.getByRole('rowheader', { name: 'coal' }) }).locator('td')
    const boxes = await Promise.all((await row.all()).map((cell) => cell.boundingBox()))
    assert.equal(boxes.length, 3)
    assert.ok(boxes.every((b) => b.y === boxes[0].y) && boxes[0].x < boxes[1].x && boxes[1].x < boxes[2].x, JSON.stringify(boxes))
    const sentence = page.locator('.memo li').first()
    assert.equal(await sentence.isVisible(), false)
    await page.emulateMedia({ media: 'print' })
    assert.ok((await sentence.boundingBox()).height > 0)
  })
})

test('every page leads to the map', async () => {
  await visit('/collections/zones/items/kik?f=html', {}, async (page) => {
    await page.getByRole('link', { name: 'Show on the map' }).click()
    await page.locator('#panel-feature h2', { hasText: 'Kariangau' }).waitFor()
    await drawn(page)
  })
})

test('the keyboard reaches everything and shows where it is', async () => {
  await openMap('', async (page) => {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-layers')
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-near')
    assert.equal(await page.locator('#panel-near').isVisible(), true)
    await page.locator('.answer .found li').first().waitFor()
    assert.match(await page.locator('#live').textContent(), /found/)
    // A point without a pointer: the middle of the map, by Enter.
    await page.locator('#pick').focus()
    await page.keyboard.press('Enter')
    await page.locator('.hint').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.hint').waitFor({ state: 'detached' })
    assert.equal(await page.locator('#from').inputValue(), 'shape')
    // From the top of the page: how many answers there are by now, between here and the map, depends on their coming.
    await page.locator('.skip').focus()
    const visited = new Set()
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      visited.add(await page.evaluate(() => document.activeElement.closest('.maplibregl-canvas-container, .maplibregl-ctrl, .search, .tabs, .question, .answers')?.className.split(' ')[0] ?? ''))
    }
    for (const part of ['maplibregl-canvas-container', 'maplibregl-ctrl', 'search', 'tabs', 'question', 'answers']) assert.ok(visited.has(part), `${part} is not reached: ${[...visited]}`)
  })
})
