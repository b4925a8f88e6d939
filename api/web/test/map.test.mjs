import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import { test } from 'node:test'
import { ask, base, drawn, eventually, near, openMap, pixels, rendered, visit } from './browser.mjs'

const { collections } = await ask('/collections')
const mapped = collections.filter((c) => c.storageCrs)

test('each collection is drawn, and the legend gives its number', async () => {
  await openMap(`l=${mapped.map((c) => c.id).join(',')}`, async (page) => {
    for (const c of mapped) {
      const found = await rendered(page, c.id)
      assert.ok(found.length > 0, `nothing of ${c.id} is drawn`)
      const row = page.locator('.legend li').filter({ has: page.locator(`#on-${c.id}`) })
      assert.ok(await row.getByRole('checkbox').isChecked())
      assert.equal(await row.locator('.count').textContent(), c.itemCount.toLocaleString('en-GB'))
    }
    assert.equal((await rendered(page, 'zones')).length, 3)
    // Land and sea of the base map differ, and neither is what a page without a map shows.
    const [sea, land] = await pixels(page, [[118.6, -1.8], [114.9, -1.5]])
    assert.deepEqual(sea, [219, 231, 236], 'the sea off Balikpapan')
    assert.notDeepEqual(land, sea, 'land in Kalimantan Tengah')
  })
})

test('an uncertain boundary has a band to scale, at every zoom', async () => {
  // A square with 3 km of uncertainty on its eastern side; an envelope of 2 km; a legal line with none.
  const metres = 1 / 111_320
  await openMap('l=vague&v=8/0.15/117.15', async (page) => {
    for (const zoom of [8, 10, 12]) {
      const step = 400 / 2 ** (zoom - 8) // so that pixels and steps of the band make no difference
      for (const [lon, u, side] of [[116.3, 3000, 'both'], [117.3, 2000, 'west'], [118.3, 3000, '']]) {
        await page.evaluate(([x, z]) => window.kawasan.map.jumpTo({ center: [x, 0.15], zoom: z }), [lon, zoom])
        await page.waitForTimeout(50)
        await drawn(page)
        const at = (away) => [lon + away * metres, 0.151]
        const [ground, beyond, outer, middle, inner, west, deep] = await pixels(page, [at(u * 2), at(u + step), at(u * 0.9 - step), at(u * 0.5), at(u * 0.12), at(-u * 0.5), at(-u - step * 1.5)])
        const away = (a, b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2])
        const note = `zoom ${zoom}, ${lon}: ${JSON.stringify({ ground, beyond, outer, middle, inner, west, deep })}`
        assert.equal(away(beyond, ground), 0, `beyond the uncertainty ${note}`)
        if (side === 'both') {
          assert.ok(away(middle, ground) > away(outer, ground), `it fades outwards ${note}`)
          assert.ok(away(inner, ground) > away(middle, ground), `it fades outwards ${note}`)
          if (zoom > 8) assert.ok(away(outer, ground) > 0, `it reaches as far as the uncertainty ${note}`)
        } else {
          assert.equal(away(inner, ground), 0, `no band outside ${note}`)
        }
        assert.equal(away(west, deep) > 0, side !== '', `inside ${note}`)
      }
    }
  }, { viewport: { width: 690, height: 400 } })
})

test('layers go off and on', async () => {
  await openMap('', async (page) => {
    await page.getByRole('checkbox', { name: /^Ports/ }).uncheck()
    await eventually(() => rendered(page, 'ports'), [])
    await page.getByRole('checkbox', { name: /^Oil palm plantations/ }).check()
    await eventually(async () => (await rendered(page, 'plantations')).length > 0, true)
    assert.match(page.url(), /l=[^&]*plantations/)
  })
})

test('a click shows all attributes with source and certainty, in both languages', async () => {
  const kik = await ask('/collections/zones/items/kik')
  // said gives an attribute in the words that its schema has for the language.
  const said = async (lang, name) => (await ask('/collections/zones/schema', { lang })).properties[name]['x-kawasan-words']?.[kik.properties[name]] ?? kik.properties[name]
  for (const [lang, sketch, how] of [['en', 'indicative, not an official boundary', 'within 4 km'], ['id', 'indikatif, bukan batas resmi', 'dalam 4 km']]) {
    await openMap('v=11/-1.15/116.77&l=zones', async (page) => {
      const at = await page.evaluate(() => window.kawasan.map.project([116.79, -1.15]))
      await page.mouse.click(at.x + (await page.locator('#map').boundingBox()).x, at.y)
      const panel = page.locator('#panel-feature')
      await panel.getByRole('heading', { name: kik.properties.name }).waitFor()
      const text = await panel.innerText()
      assert.ok(text.includes(sketch), text)
      assert.ok(text.includes(how), text)
      for (const part of [await said(lang, 'source'), await said(lang, 'source_date'), await said(lang, 'managing_body'), await said(lang, 'note'), '3,540.35'.replace(/[,.]/g, (c) => (lang === 'id' ? { ',': '.', '.': ',' }[c] : c))]) {
        assert.ok(text.includes(part), `${part} is missing in:\n${text}`)
      }
      // The name on the map says that it is a sketch, too.
      await eventually(() => page.evaluate(() => window.kawasan.map.queryRenderedFeatures({ layers: ['zones-area-name'] }).some((f) => f.properties.collection === 'zones')), true)
      const labels = await page.evaluate(() => window.kawasan.map.querySourceFeatures('labels').map((f) => f.properties.text + f.properties.note))
      assert.ok(labels.some((l) => l.includes(sketch)), labels.join())
    }, { query: `?lang=${lang}` })
  }
})

test('the chosen point has its uncertainty around it, to scale, and it is no obstacle', async () => {
  const { features } = await ask('/collections/ports/items', { limit: 100 })
  const port = features.find((f) => f.geometry && f.properties.position_uncertainty_m === 3000)
  const [lon, lat] = port.geometry.coordinates
  await openMap(`sel=ports/${port.id}&v=11/${lat}/${lon}&l=ports`, async (page) => {
    await page.locator('#panel-feature h2').waitFor()
    await drawn(page)
    const north = (metres) => page.evaluate(([x, y]) => window.kawasan.map.queryRenderedFeatures(window.kawasan.map.project([x, y]), { layers: ['disc-area'] }).length, [lon, lat + metres / 110_574])
    await eventually(() => north(2850), 1)
    assert.equal(await north(3150), 0)
    await page.getByRole('tab', { name: 'Layers' }).click()
    await page.getByText('Disc around the chosen point').waitFor()
  })
})

test('search finds by name, with the keyboard alone', async () => {
  await openMap('', async (page) => {
    await page.getByRole('combobox', { name: /Search/ }).fill('kariangau')
    await page.getByRole('option').first().waitFor()
    const options = await page.getByRole('option').allInnerTexts()
    assert.ok(options[0].includes('Kawasan Industri Kariangau'), options.join('\n'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.locator('#panel-feature h2').waitFor()
    await eventually(async () => new URL(page.url()).hash.includes('sel=zones/kik'), true)
    await drawn(page)
    assert.ok((await rendered(page, 'zones')).includes('kik'))
    await page.getByRole('combobox', { name: /Search/ }).fill('-1.2, 116.8')
    await page.getByRole('option', { name: /1\.2° S, 116\.8° E/ }).waitFor()
  })
})

test('names and codes are in the words of the page: search, answers, lines', async () => {
  const stored = (await ask('/collections/plantations/items/palm-64-71')).properties.name
  const said = (await ask('/collections/plantations/schema', { lang: 'id' })).properties.name['x-kawasan-words'][stored]
  assert.notEqual(said, stored)
  const question = near([['ask', 'nearest'], ['from', 'zones/kik'], ['k', '1'], ['to', 'plantations'], ['filter', ''], ['sum', ''], ['by_area', '']])
  await visit('/conformance?f=html', {}, async (page) => {
    // A server that names some of those without a position, and tells how many more there are.
    await page.route(/proximity.nearest/, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), unlocated: [{ ref: 'plantations/a', name: 'Satu' }], unlocated_more: 1234 } })
    })
    await page.goto(`${base}/map?lang=id#l=ways&v=7/-1/117&${question}`)
    await drawn(page)
    await page.locator('.found li').first().waitFor()
    assert.ok((await page.locator('.found').innerText()).includes(said), await page.locator('.found').innerText())
    await page.getByText('Satu; 1.234 lainnya.').waitFor()
    await page.getByRole('combobox', { name: /Cari nama/ }).fill(said.slice(0, 24))
    await page.getByRole('option').filter({ hasText: said }).first().waitFor()
    await page.getByRole('combobox', { name: /Cari nama/ }).fill('sepinggan')
    await page.getByRole('option', { name: /Infrastruktur · bandara · Kota Balikpapan/ }).waitFor()
    // A line that several tiles hold has its name once.
    await page.evaluate(() => window.kawasan.map.jumpTo({ center: [117, -1], zoom: 7 }))
    await eventually(() => page.evaluate(() => {
      const { map } = window.kawasan
      const names = map.getSource('labels').serialize().data.features.filter((f) => f.properties.collection === 'ways').map((f) => f.properties.text)
      return [names.sort(), map.queryRenderedFeatures({ layers: ['ways-line'] }).length > 4, map.queryRenderedFeatures({ layers: ['ways-name'] }).length]
    }), [['Across', 'Along'], true, 0])
  })
})

test('nearest: the panel gives the numbers of the API, and lines on the map', async () => {
  const ports = await ask('/proximity/nearest', { from: 'zones/kik', to: 'ports', filter: "access = 'public'", k: 3 })
  const airports = await ask('/proximity/nearest', { from: 'zones/kik', to: 'infrastructure', filter: "kind = 'airport' AND air_service = 'scheduled'", k: 3 })
  await openMap('sel=zones/kik', async (page) => {
    await page.getByRole('button', { name: 'What is near?' }).click()
    for (const want of [ports, airports]) {
      const to = want.features[0].properties.to.split('/')[0]
      const section = page.locator(`.answer[data-to=${to}]`)
      await section.waitFor()
      const got = await section.locator('.found li').evaluateAll((rows) => rows.map((r) => [r.dataset.to, Number(r.dataset.metres)]))
      assert.deepEqual(got, want.features.map((f) => [f.properties.to, f.properties.distance_m]))
      assert.equal(await section.locator('blockquote').innerText(), want.sentences.join('\n'))
      // What others cannot be told apart from has its name, listed or not.
      const notes = await section.locator('.found').innerText()
      for (const name of Object.values(want.named ?? {})) assert.ok(notes.includes(name), `${name} is missing in: ${notes}`)
      for (const ref of want.features.flatMap((f) => f.properties.not_told_apart_from ?? [])) assert.ok(!notes.includes(ref.split('/')[1]), `${ref} has no name in: ${notes}`)
      const file = await fetch(await section.getByRole('link', { name: 'CSV' }).getAttribute('href'))
      assert.equal((await file.text()).trim().split('\n').length, want.features.length + 1)
      assert.equal((await fetch(await section.getByRole('link', { name: 'XLSX' }).getAttribute('href'))).status, 200)
    }
    assert.equal(await page.locator('#filter-0').inputValue(), "access = 'public'")
    await drawn(page)
    const lines = await page.evaluate(() => window.kawasan.map.getSource('lines').serialize().data.features.map((f) => f.properties.label).filter(Boolean))
    assert.equal(lines.length, [...ports.features, ...airports.features].filter((f) => f.properties.distance_m > 0).length)
    const section = page.locator('.answer[data-to=ports]')
    await section.getByRole('button', { name: 'Copy' }).first().click()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), ports.sentences.join('\n'))
    // The call that is shown gives the same answer.
    const call = await section.getByLabel('The same question to the API').inputValue()
    assert.deepEqual((await (await fetch(call)).json()).features.map((f) => f.id), ports.features.map((f) => f.id))
    // The filter can be changed; a wrong one is explained.
    await page.locator('#filter-0').fill("access = 'ferry'")
    await page.locator('#filter-0').press('Enter')
    await section.getByText('Not measured').waitFor()
    await page.locator('#filter-0').fill('acces = 1')
    await page.locator('#filter-0').press('Enter')
    await page.locator('.answers .problem').waitFor()
  }, { expected: /status of 400/ })
})

test('within and rings: counts, sums and rings as the API gives them', async () => {
  const within = await ask('/proximity/within', { from: 'zones/kek-mbtk', to: 'mills', distance: '50km' })
  await openMap(near([['ask', 'within'], ['from', 'zones/kek-mbtk'], ['distance', '50 km'], ['to', 'mills'], ['filter', ''], ['sum', '']]), async (page) => {
    await page.locator('.answer[data-to=mills] .summary').waitFor()
    assert.equal(Number(await page.locator('.summary').getAttribute('data-count')), within.summaries[0].count)
    assert.equal(await page.locator('.found li').count(), within.features.length)
    await drawn(page)
    assert.equal(await page.evaluate(() => window.kawasan.map.getSource('rings').serialize().data.features.length), 1)
  })
  const rings = await ask('/proximity/within', { from: 'zones/kib', to: 'plantations', distance: '10km,25km', sum: 'planted_area_ha', by_area: 'true' })
  await openMap(near([['ask', 'rings'], ['from', 'zones/kib'], ['distance', '10 km, 25 km'], ['to', 'plantations'], ['filter', ''], ['sum', 'planted_area_ha'], ['by_area', 'true']]), async (page) => {
    await page.locator('.summary').first().waitFor()
    const got = await page.locator('.summary').evaluateAll((all) => all.map((s) => [Number(s.dataset.distance), Number(s.dataset.count), Number(s.querySelector('[data-sum]').dataset.sum)]))
    assert.deepEqual(got, rings.summaries.map((s) => [s.distance_m, s.count, s.sums[0].by_area.rounded]))
    await drawn(page)
    assert.equal(await page.evaluate(() => window.kawasan.map.getSource('rings').serialize().data.features.length), 2)
  })
})

test('a clicked point asks from there', async () => {
  await openMap('v=10/-1.2/116.9&l=ports,zones&p=near', async (page) => {
    await page.getByRole('button', { name: 'A point' }).click()
    await page.getByText('Click the point on the map').first().waitFor()
    const box = await page.locator('#map').boundingBox()
    await page.mouse.click(box.x + 500, box.y + 300)
    await eventually(() => page.locator('#from').inputValue(), 'shape')
    const inAddress = () => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('shape')
    await eventually(() => inAddress() !== null, true)
    const shape = inAddress()
    const want = await ask('/proximity/nearest', { from: shape, to: 'ports', filter: "access = 'public'", k: 3 })
    await eventually(() => page.locator('.answer[data-to=ports] .found li').evaluateAll((rows) => rows.map((r) => Number(r.dataset.metres))), want.features.map((f) => f.properties.distance_m))
  })
})

test('a drawn shape asks from there', async () => {
  await openMap('v=10/-1.2/116.9&l=ports,zones&p=near', async (page) => {
    await page.locator('#draw-area').click()
    await page.locator('.hint').waitFor()
    const box = await page.locator('#map').boundingBox()
    for (const [x, y] of [[400, 300], [500, 300], [500, 400], [400, 400], [400, 400]]) {
      await page.mouse.move(box.x + x, box.y + y, { steps: 3 })
      await page.mouse.click(box.x + x, box.y + y)
    }
    await eventually(() => page.locator('#from').inputValue(), 'shape')
    const inAddress = () => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('shape')
    await eventually(() => inAddress() !== null, true)
    const shape = inAddress()
    const ring = shape.split(' ').map((p) => p.split(',').map(Number))
    assert.equal(ring.length, 5, shape)
    const want = await (await fetch(`${base}/proximity/nearest?${new URLSearchParams({ to: 'ports', filter: "access = 'public'", k: 3 })}`, {
      method: 'POST', headers: { 'Content-Type': 'application/geo+json' }, body: JSON.stringify({ type: 'Polygon', coordinates: [ring] }),
    })).json()
    await eventually(() => page.locator('.answer[data-to=ports] .found li').evaluateAll((rows) => rows.map((r) => [r.dataset.to, Number(r.dataset.metres)])), want.features.map((f) => [f.properties.to, f.properties.distance_m]))
    assert.match(await page.locator('.answer[data-to=ports]').getByLabel('The same question to the API').inputValue(), /^curl .*Polygon/)
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.answer[data-to=ports]').getByRole('button', { name: 'CSV' }).click()])
    assert.equal(fs.readFileSync(await file.path(), 'utf8').trim().split('\n').length, want.features.length + 1)
  })
})

test('a filter by attribute changes map, legend and table', async () => {
  const hits = await ask('/collections/infrastructure/items', { filter: "kind = 'airport'", limit: 100 })
  await openMap('table=infrastructure&v=5.5/0.2/116.5', async (page) => {
    await page.getByRole('button', { name: 'Filter Infrastructure' }).click()
    const room = page.locator('#filter-infrastructure')
    await room.getByLabel('Attribute').selectOption('kind')
    await room.getByLabel('Value').fill('airport')
    await room.getByRole('button', { name: 'Add' }).click()
    await page.locator('.legend .count', { hasText: `${hits.numberMatched} of 59 match` }).waitFor()
    await eventually(async () => { await drawn(page); return rendered(page, 'infrastructure') }, hits.features.map((f) => f.id).sort())
    await page.getByText(`${hits.numberMatched} in view`).waitFor()
    await room.locator('textarea').fill('kind ~ 3')
    await room.getByRole('button', { name: 'Apply' }).click()
    await room.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  }, { expected: /status of 400/ })
})

test('the table follows the map and sorts', async () => {
  await openMap('table=ports&v=10/-1.2/116.8', async (page) => {
    const bounds = () => page.evaluate(() => window.kawasan.map.getBounds().toArray().flat().map((v) => v.toFixed(5)).join(','))
    const inView = async () => (await ask('/collections/ports/items', { bbox: await bounds(), limit: 100 })).numberMatched
    const there = await inView()
    assert.ok(there > 0 && there < 13)
    await page.getByText(`${there} in view`).waitFor()
    await page.evaluate(() => window.kawasan.map.jumpTo({ zoom: 6, center: [116.5, 0] }))
    const all = await inView()
    assert.ok(all > there)
    await page.getByText(`${all} in view`).waitFor()
    await page.getByRole('button', { name: 'Berth length' , exact: false }).first().click()
    await page.locator('th[aria-sort=ascending]').waitFor()
    const want = await ask('/collections/ports/items', { bbox: await bounds(), limit: 50, sortby: 'berth_length_m' })
    await eventually(() => page.locator('tbody tr').evaluateAll((rows) => rows.map((r) => r.dataset.ref)), want.features.map((f) => `ports/${f.id}`))
    await page.getByRole('button', { name: want.features[0].properties.name }).first().click()
    await page.locator('tr.chosen').waitFor()
  })
})

test('ranking: sliders re-rank at once, and agree with the server', async () => {
  await openMap('p=rank', async (page) => {
    await page.locator('.order li').first().waitFor()
    const slide = (i, weight) => page.locator(`#weight-${i}`).evaluate((s, w) => { s.value = w; s.dispatchEvent(new Event('input')) }, weight)
    for (const weights of [null, [0, 0, 0, 0, 5, 10], [1, 0, 9.5, 0, 0, 4], [0, 0, 0, 3, 10, 0]]) {
      for (const [i, w] of (weights ?? []).entries()) await slide(i, w)
      const criteria = JSON.parse(await page.locator('#panel-rank textarea').inputValue())
      const want = await ask('/zones/rank', { criteria: JSON.stringify(criteria) })
      const got = await page.locator('.order > li').evaluateAll((rows) => rows.map((r) => [r.dataset.ref, Number(r.dataset.score)]))
      assert.deepEqual(got.map(([ref]) => ref), want.ranked.map((r) => r.ref))
      for (const [i, r] of want.ranked.entries()) assert.ok(Math.abs(got[i][1] - r.score) < 1e-6, `${r.ref}: ${got[i][1]}, the server has ${r.score}`)
      const to = await page.locator('.smallest').getAttribute('data-to')
      if (want.smallest_flip) assert.ok(Math.abs(Number(to) - want.smallest_flip.to) < 1e-9, `flip at ${to}, the server has ${want.smallest_flip.to}`)
      else assert.equal(to, '')
      const text = await page.locator('.verdict').innerText()
      assert.equal(text.includes('The first place holds'), want.first_survives_uncertainty, text)
    }
    for (const name of ['As a page to print', 'Compare zones']) {
      assert.equal((await fetch(await page.getByRole('link', { name }).getAttribute('href'))).status, 200)
    }
  })
})

test('the address holds all that is seen', async () => {
  const fragment = "v=8.00/-1.00000/117.00000&style=dark&l=zones,ports&sel=ports/kkt&p=layers&f.ports=access%20%3D%20'public'&table=ports&sort=-name"
  await openMap(fragment, async (page) => {
    const look = async () => {
      await drawn(page)
      await page.locator('tbody tr').first().waitFor()
      return {
        zoom: await page.evaluate(() => window.kawasan.map.getZoom()), theme: await page.evaluate(() => document.documentElement.dataset.theme),
        ports: (await rendered(page, 'ports')).length > 0, rows: await page.locator('tbody tr').count(), chosen: await page.locator('tr.chosen').count(),
      }
    }
    await page.locator('tr.chosen').waitFor()
    const before = await look()
    assert.equal(before.zoom, 8)
    assert.equal(before.theme, 'dark')
    await page.getByRole('tab', { name: 'More' }).click()
    const link = await page.getByLabel('Link to this view').inputValue()
    await page.goto('about:blank')
    await page.goto(link)
    await page.locator('tr.chosen').waitFor()
    assert.deepEqual(await look(), before)
    assert.equal(await page.getByRole('tab', { name: 'More' }).getAttribute('aria-selected'), 'true')
    // The other language shows the same place.
    await page.getByRole('link', { name: 'Bahasa Indonesia' }).click()
    await page.getByRole('tab', { name: 'Lainnya' }).waitFor()
    await page.locator('tr.chosen').waitFor()
    assert.deepEqual(await look(), before)
  })
})

test('a link keeps its view, whatever it asks; what it has wrong is told', async () => {
  await openMap(`v=9.00/-1.20000/116.80000&sel=ports/kkt&${near([['ask', 'nearest'], ['from', 'ports/kkt'], ['k', '3'], ['to', 'mills'], ['filter', '']])}`, async (page) => {
    await page.locator('.found li').first().waitFor()
    await drawn(page)
    assert.equal(await page.evaluate(() => window.kawasan.map.getZoom()), 9)
    // Another question shows its answer.
    await page.locator('#k').fill('20')
    await page.keyboard.press('Enter')
    await eventually(async () => (await page.evaluate(() => window.kawasan.map.getZoom())) < 9, true)
  })
  await visit("/map#f.ports=carg%20%3D%201&date=2020-02-31", { expected: /400|Bad Request/ }, async (page) => {
    await page.getByRole('alert').filter({ hasText: 'has no property "carg". perhaps "cargo"' }).waitFor()
    await page.waitForFunction(() => window.kawasan?.map)
    await eventually(async () => (await rendered(page, 'zones')).length > 0, true)
  })
})

test('measuring gives lengths and areas on the ellipsoid', async () => {
  await openMap('v=10/0/117&p=more', async (page) => {
    const box = await page.locator('#map').boundingBox()
    const click = async (lon, lat) => {
      const at = await page.evaluate(([x, y]) => window.kawasan.map.project([x, y]), [lon, lat])
      await page.mouse.click(box.x + at.x, box.y + at.y)
    }
    await page.locator('#measure-line').click()
    await page.locator('.hint').waitFor()
    await click(117, 0)
    await click(117.2, 0)
    // 0.2 degrees of the equator: 6,378,137 m · π / 900.
    await page.locator('.measured', { hasText: /Length: 22\.[23] km/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.hint').waitFor({ state: 'detached' })
    await page.locator('#measure-area').click()
    await page.locator('.hint').waitFor()
    for (const [lon, lat] of [[117, 0], [117.1, 0], [117.1, 0.1], [117, 0.1]]) await click(lon, lat)
    await page.locator('.measured', { hasText: /Area: 12,[234]\d\d/ }).waitFor()
  })
})

test('a sheet of A4 to print', async () => {
  await openMap('sel=zones/kik&p=near', async (page) => {
    await page.locator('.found li').first().waitFor()
    const first = await page.locator('.found li .linklike').first().innerText()
    await page.evaluate(() => { window.print = () => {} })
    await page.getByRole('tab', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Print on A4' }).click()
    await page.locator('.printsheet').waitFor({ state: 'attached' })
    await page.emulateMedia({ media: 'print' })
    const text = await page.locator('.printsheet').innerText()
    for (const part of ['Industrial zones', 'Natural Earth', 'Kawasan Industri Kariangau', 'indicative, not an official boundary', `${first}: 0 m`, '/map#']) assert.ok(text.includes(part), text)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1)
    assert.match(pdf, /MediaBox\s*\[0 0 84[12][\d.]* 59[45]/)
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.locator('.printsheet').waitFor({ state: 'detached' })
  })
})

test("the browser's own command prints the sheet too", async () => {
  await openMap('sel=zones/kik', async (page) => {
    await page.locator('#panel-feature h2', { hasText: 'Kariangau' }).waitFor()
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const sheet = page.locator('.printsheet')
    const text = await sheet.innerText()
    for (const part of ['Industrial zones', 'Kawasan Industri Kariangau', 'indicative, not an official boundary', '/map#']) assert.ok(text.includes(part), text)
    const colours = await sheet.locator('canvas').evaluate((c) => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size)
    assert.ok(colours > 50, `the picture has ${colours} colours`)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await sheet.waitFor({ state: 'detached' })
  })
})

test('one goes back and forth between what was chosen', async () => {
  await openMap('v=9/-1.1/116.8', async (page) => {
    const title = (name) => page.locator('#panel-feature h2', { hasText: name }).waitFor()
    const choose = async (name) => {
      await page.getByRole('combobox').first().fill(name)
      await page.locator('#hits li', { hasText: name }).first().waitFor()
      await page.keyboard.press('Enter')
      await title(name)
    }
    await choose('Kariangau (KIK)')
    await choose('Buluminung (KIB)')
    await page.evaluate(() => { window.same = true })
    await page.goBack()
    await title('Kariangau (KIK)')
    await page.goBack()
    await page.locator('#panel-feature h2').waitFor({ state: 'detached' })
    await eventually(() => page.evaluate(() => window.kawasan.map.getZoom()), 9)
    await page.goForward()
    await title('Kariangau (KIK)')
    assert.match(page.url(), /sel=zones\/kik/)
    assert.equal(await page.evaluate(() => window.same), true, 'the page was loaded anew')
    // Another link in the same tab is read like a new page.
    await page.evaluate(() => { location.hash = '#l=ports' })
    await page.waitForFunction(() => !window.same && window.kawasan?.map)
  })
})

test('graphics that the browser takes away are told, and drawn again when they are back', async () => {
  await openMap('v=9/-1.1/116.8', async (page) => {
    await page.evaluate(() => {
      window.loss = window.kawasan.map.getCanvas().getContext('webgl2').getExtension('WEBGL_lose_context')
      window.loss.loseContext()
    })
    const bar = page.getByRole('alert').filter({ hasText: 'The browser has taken the graphics from the map.' })
    await bar.waitFor()
    await page.evaluate(() => window.loss.restoreContext())
    await bar.waitFor({ state: 'detached' })
    await drawn(page)
    await eventually(async () => (await rendered(page, 'zones')).length > 0, true)
  }, { expected: /context|WebGL/i })
})

test('what cannot be had is said, with a way to try again', async () => {
  const problem = (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'layanan belum siap', fix: 'coba lagi' }) })
  const expected = /503|belum siap|AJAXError|Error/
  await visit('/conformance?f=html', { expected }, async (page) => {
    await page.route(/\/tiles\/WebMercatorQuad\/\d/, problem)
    await page.goto(`${base}/map?lang=id`)
    const bar = page.getByRole('alert').filter({ hasText: 'Sebagian peta tidak dapat dimuat.' })
    await bar.waitFor()
    await page.unrouteAll()
    await bar.getByRole('button', { name: 'Coba lagi' }).click()
    await drawn(page)
    await eventually(async () => (await rendered(page, 'zones')).length, 3)
    assert.equal(await bar.count(), 0)
  })
  await visit('/conformance?f=html', { expected }, async (page) => {
    await page.route(/\/styles\//, problem)
    await page.goto(`${base}/map?lang=id`)
    await page.getByRole('alert').filter({ hasText: 'layanan belum siap. coba lagi' }).waitFor()
  })
  await visit('/conformance?f=html', { expected: /ERR_FAILED|Problem|does not answer/ }, async (page) => {
    await page.route(/\/land-near-/, (route) => route.abort())
    await page.goto(`${base}/map?lang=en`)
    await page.getByRole('alert').filter({ hasText: 'The server does not answer.' }).waitFor()
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Try again' }).click()
    await drawn(page)
  })
  // Tiles that come late leave land and sea in view, and nothing over them.
  await visit('/conformance?f=html', { expected: /AbortError|Failed/ }, async (page) => {
    await page.route(/\/tiles\/WebMercatorQuad\/\d/, () => {})
    await page.goto(`${base}/map`)
    await page.waitForFunction(() => window.kawasan?.map?.isStyleLoaded() !== undefined && window.kawasan.map.getSource('land') !== undefined)
    await eventually(() => page.locator('.maplibregl-ctrl-attrib.maplibregl-compact-show').count(), 0)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
})

test('on a phone the first view lies above the sheet', async () => {
  const bounds = (await ask('/collections/regencies')).extent.spatial.bbox[0]
  for (const [path, below] of [['/map', 0.5], ['/map/embed', 1]]) {
    await visit(path, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
      await drawn(page)
      const [top, bottom] = await page.evaluate(([w, s, e, n]) => [window.kawasan.map.project([w, n]).y, window.kawasan.map.project([e, s]).y], bounds)
      assert.ok(top >= 0 && bottom <= 740 * below, `${path}: from ${top} to ${bottom}`)
      assert.ok(below < 1 || top + bottom > 700, `${path} is not in the middle: from ${top} to ${bottom}`)
    })
  }
})

test('on a phone nothing overflows and the sheet moves', async () => {
  await openMap('sel=zones/kik', async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
    const top = async () => Math.round((await page.locator('#panel').boundingBox()).y)
    const half = await top()
    await page.getByRole('button', { name: 'Larger' }).click()
    await eventually(async () => (await top()) < half, true)
    await page.getByRole('button', { name: 'Smaller' }).click()
    await page.getByRole('button', { name: 'Smaller' }).click()
    await eventually(async () => (await top()) > half, true)
    await page.getByRole('tab', { name: 'Near' }).click()
    await page.locator('.answer[data-to=ports] .found li').first().waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
    for (const tab of ['Layers', 'Selected', 'Rank', 'More']) {
      await page.getByRole('tab', { name: tab }).click()
      assert.equal(await page.locator('.panel .body').evaluate((b) => b.scrollWidth <= b.clientWidth), true, `${tab} is too wide`)
    }
  }, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
})

test('in a frame: the map alone, with names and the way to the whole', async () => {
  await visit('/map/embed#v=10/-1.15/116.77', {}, async (page) => {
    await drawn(page)
    assert.equal(await page.locator('.panel').isVisible(), false)
    const at = await page.evaluate(() => window.kawasan.map.project([116.79, -1.15]))
    await page.mouse.click(at.x, at.y)
    await page.locator('.maplibregl-popup', { hasText: 'indicative, not an official boundary' }).waitFor()
    assert.match(await page.getByRole('link', { name: 'Open in Kawasan' }).getAttribute('href'), /\/map\?*#?/)
  })
})

test('legal time: the slider shows what was in force', async () => {
  await openMap('l=eras&v=8/0.2/115.8', async (page) => {
    assert.deepEqual(await rendered(page, 'eras'), ['new', 'old'])
    const slider = page.getByRole('slider', { name: 'Legal time' })
    await slider.waitFor()
    await slider.focus()
    await page.keyboard.press('Home')
    await page.getByText('In force on 2000-01-01').first().waitFor()
    await eventually(async () => { await drawn(page); return rendered(page, 'eras') }, ['old'])
    await page.keyboard.press('ArrowRight')
    await eventually(async () => { await drawn(page); return (await rendered(page, 'eras')).includes('new') }, true)
    assert.match(page.url(), /date=2010-01-01/)
  })
})

test('the first view weighs less than 500 kB, with brotli as with gzip alone', async () => {
  for (const coding of ['br', 'gzip']) {
    // A proxy counts what goes over the line, the worker's tiles included.
    const sizes = {}
    const proxy = http.createServer((request, response) => {
      const { pathname } = new URL(request.url, base)
      http.get(base + request.url, { headers: { ...request.headers, 'accept-encoding': coding } }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers)
        sizes[pathname] = (sizes[pathname] ?? 0) + answer.rawHeaders.join(': ').length
        answer.on('data', (part) => { sizes[pathname] += part.length; response.write(part) })
        answer.on('end', () => response.end())
      })
    })
    await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    try {
      await visit('/map', { at: `http://127.0.0.1:${proxy.address().port}`, fresh: true }, async (page) => {
        await drawn(page)
        await page.waitForLoadState('networkidle')
        const bytes = Object.values(sizes).reduce((a, b) => a + b, 0)
        if (process.env.KAWASAN_SIZES) console.log(coding, bytes, sizes)
        assert.ok(bytes < 500_000, `${coding}: ${bytes} bytes: ${JSON.stringify(sizes, null, 1)}`)
        assert.ok(Object.keys(sizes).some((p) => p.startsWith('/tiles/')) && Object.keys(sizes).some((p) => p.includes('worker')), 'not all was counted')
      })
    } finally {
      proxy.closeAllConnections()
      proxy.close()
    }
  }
})
