// Takes the pictures of docs/images: node test/screenshots.mjs PROGRAM FOLDER
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [program, folder] = process.argv.slice(2)
const address = '127.0.0.1:18497'
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'kawasan-'))
fs.chmodSync(data, 0o755) // as root the database runs as another user
const running = process.env.KAWASAN_URL // a server that is there already
const server = running ? null : spawn(program, ['serve', '--listen', address, '--data-dir', path.join(data, 'data')], { stdio: 'ignore' })
const base = running ?? `http://${address}`

const ask = (kind, ...rest) => encodeURIComponent(new URLSearchParams([['ask', kind], ['from', 'zones/kik'], ...rest]))
const targets = [['to', 'ports'], ['filter', "access = 'public'"], ['to', 'infrastructure'], ['filter', "kind = 'airport' AND air_service = 'scheduled'"]]

const pictures = [
  ['map.jpg', `/map#sel=zones/kik&p=near&near=${ask('nearest', ['k', '2'], ...targets)}&l=zones,ikn,ports,infrastructure,towns,regencies`, { width: 1280, height: 800 }, '.answer .found li'],
  ['profile.png', '/zones/kik/profile?f=html', { width: 1100, height: 900 }, 'main h2'],
  ['phone.jpg', '/map?lang=id#sel=zones/kib&v=11/-1.19/116.75&l=zones,ikn,ports,infrastructure,towns,regencies', { width: 390, height: 800 }, '#panel-feature h2'],
]

try {
  await ready()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  })
  for (const [name, address, viewport, there] of pictures) {
    const page = await (await browser.newContext({ viewport, locale: 'en-GB', isMobile: viewport.width < 700, hasTouch: viewport.width < 700 })).newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(base + address)
    await page.locator(there).first().waitFor()
    if (address.startsWith('/map')) {
      await page.waitForFunction(() => window.kawasan?.map?.loaded() && window.kawasan.map.areTilesLoaded() && !window.kawasan.map.isMoving())
      await page.waitForFunction(() => window.kawasan.map.queryRenderedFeatures({ layers: ['zones-area-name'] }).length > 0)
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500))) // names fade in
    }
    await page.locator(there).first().evaluate((e) => e.closest('.answers')?.scrollIntoView())
    await page.screenshot({ path: path.join(folder, name), ...(name.endsWith('.jpg') ? { quality: 88 } : {}) })
    await page.context().close()
    const size = fs.statSync(path.join(folder, name)).size
    console.log(name, size)
    if (size > 300_000) throw new Error(`${name} is larger than 300 kB`)
  }
  await browser.close()
} finally {
  server?.kill('SIGTERM')
  if (server) await new Promise((resolve) => server.on('exit', resolve))
  fs.rmSync(data, { recursive: true, force: true })
}

async function ready() {
  for (let i = 0; i < 600; i++) {
    if (await fetch(`${base}/readyz`).then((r) => r.ok, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the server does not get ready')
}
