// The findings about a file that was imported with faults, on the map.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawn, eventually, rendered, visit } from './browser.mjs'

const at = process.env.KAWASAN_IMPORTED_URL // a server on a database into which such a file was imported
const { features } = await (await fetch(`${at}/collections/quality_issues/items?f=json&limit=100`)).json()

test('what an import found is on the map, with names and remedies in both languages', async () => {
  const sliver = features.find((f) => f.properties.rule === 'sliver')
  const overlap = features.find((f) => f.properties.rule === 'overlaps-neighbour')
  assert.ok(sliver && overlap, 'nothing was found')
  for (const [lang, legend, suffix] of [['en', 'Warning', ''], ['id', 'Peringatan', '_id']]) {
    await visit(`/map?lang=${lang}#l=kebun,quality_issues&v=9.8/-0.9/116.75`, { at }, async (page) => {
      await drawn(page)
      await eventually(() => rendered(page, 'quality_issues'), features.filter((f) => f.geometry).map((f) => f.id).sort())
      await page.locator('.severities li', { hasText: legend }).waitFor()
      // The name of a finding stands on the map in the language of the page.
      await eventually(() => page.evaluate((title) => JSON.stringify(window.kawasan.map.getStyle().layers.find((l) => l.id.startsWith('quality_issues-name')).layout['text-field']).includes(title), `["get","title${suffix}"]`), true)
      const box = await page.locator('#map').boundingBox()
      for (const found of [sliver, overlap]) {
        const spot = await page.evaluate((place) => window.kawasan.map.project(place), found.geometry.coordinates)
        await page.mouse.click(box.x + spot.x, box.y + spot.y)
        const panel = page.locator('#panel-feature')
        await panel.getByRole('heading', { name: found.properties[`title${suffix}`] }).waitFor()
        const text = await panel.innerText()
        for (const part of ['message', 'remedy']) assert.ok(text.includes(found.properties[part + suffix]), `${part} in ${lang}: ${text}`)
        const other = suffix ? 'remedy' : 'remedy_id'
        assert.ok(!text.includes(found.properties[other]), `${lang} shows the other language: ${text}`)
      }
      // From the finding to the feature.
      await page.locator('.finding').getByRole('button').first().click()
      await page.locator('#panel-feature h2', { hasText: overlap.properties.name }).waitFor()
    })
  }
})
