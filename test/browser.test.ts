import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appOver } from './app.ts'
import { freshDatabase } from './database.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PAGES = [
  '/',
  '/delais',
  '/rendez-vous',
  '/demande',
  '/effectifs',
  '/mairies',
  '/mairies/16102',
  '/donnees',
  '/fiabilite',
  '/methode',
  '/docs',
  '/nulle-part',
]
const VARIANTS: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1200, height: 900 } },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  telephone: { viewport: { width: 375, height: 800 } },
}

const EXECUTABLE = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find(path => path !== undefined && existsSync(path))
// A stranger's machine may lack a browser; ours in continuous integration may not.
const absent = EXECUTABLE === undefined && process.env['CI'] === undefined
if (absent)
  console.warn('No Chromium found: pages are not tested in a browser. Install it, or set CHROMIUM=/path.')

let browser: Browser
let database: Awaited<ReturnType<typeof freshDatabase>>
let server: ReturnType<typeof serve>
let base: string
beforeAll(async () => {
  if (absent) return
  database = await freshDatabase()
  const app = appOver(database.db)
  base = await new Promise(resolve => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, address =>
      resolve(`http://localhost:${address.port}`),
    )
  })
  browser = await chromium.launch({
    executablePath: EXECUTABLE ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  await database?.close()
})

/** Runs in a fresh window; whatever the console complains of fails the test. */
async function inWindow(options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' && !/status of (400|404|422)/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  try {
    await visit(page)
  } finally {
    await context.close()
  }
  expect(complaints).toEqual([])
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } =
      Reflect.get(window, 'axe')
    const result = await axe.run()
    return result.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 160)}`)
  })
}

describe.skipIf(absent).each(Object.entries(VARIANTS))('%s', (_, options) => {
  test.each(PAGES)('%s has no accessibility violation, nothing out of sight, no complaint', async path => {
    await inWindow(options, async page => {
      await page.goto(base + path)
      expect(await violations(page)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0)
    })
  })
})

describe.skipIf(absent)('without JavaScript, on a telephone', () => {
  const options = { viewport: { width: 375, height: 800 }, javaScriptEnabled: false }

  test('the menu opens and leads to the delays, the filter works, the numbers unfold', async () => {
    await inWindow(options, async page => {
      await page.goto(base)
      await page.locator('summary', { hasText: 'Menu' }).click()
      await page.locator('.menu-list-narrow').getByRole('link', { name: 'Délais' }).click()
      await page.getByLabel('Du trimestre').selectOption('2021-Q3')
      await page.getByRole('button', { name: 'Afficher' }).click()
      expect(page.url()).toContain('from=2021-Q3')
      expect(
        await page.locator('#tableau-comite').getByRole('columnheader', { name: 'T1 2021' }).count(),
      ).toBe(0)
    })
  })
})

describe.skipIf(absent)('journeys', () => {
  test('the CERT lead finds when licences broke their target, and why', async () => {
    await inWindow(VARIANTS['light'] ?? {}, async page => {
      await page.goto(base)
      await page.getByRole('link', { name: 'Permis de conduire' }).click()
      const section = page
        .locator('section', { has: page.getByRole('heading', { name: 'Permis de conduire' }) })
        .last()
      await section.locator('summary', { hasText: '2e trimestre 2021' }).click()
      expect(await section.locator('details[open]').innerText()).toMatch(/Injection de 8[\s\S]*est dépassé/)
    })
  })

  test('a mayor’s secretary finds Cognac and the requests of next year', async () => {
    await inWindow(VARIANTS['light'] ?? {}, async page => {
      await page.goto(base)
      await page.getByRole('link', { name: 'Les maires' }).click()
      await page.getByRole('table').getByRole('link', { name: 'Cognac' }).click()
      expect(await page.locator('.key-figures').innerText()).toMatch(/Demandes attendues en \d{4}/)
    })
  })

  test('a wrong file is refused in place, with what to do, and the corrected one enters', async () => {
    await inWindow(VARIANTS['light'] ?? {}, async page => {
      const send = async (text: string) => {
        await page.goto(`${base}/donnees`)
        await page
          .getByLabel('Fichier CSV')
          .setInputFiles({ name: 'demandes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
        await page.getByLabel('Type de fichier').selectOption('applications')
        await page.getByRole('button', { name: 'Envoyer' }).click()
      }
      await send('mois;commune;titre;demandes\n2022-01;Cognac;cni;12\n')
      expect(await page.locator('#defauts-caption').innerText()).toContain('Défauts du fichier')
      expect(await violations(page)).toEqual([])
      await send('mois;commune;titre;demandes\n2022-01;16102;cni;12\n')
      expect(await page.getByText('Fichier enregistré').count()).toBe(1)
    })
  })

  test('a planner follows a long plan, calls it off with the form still filled in, then ends on its page', async () => {
    await inWindow(VARIANTS['dark'] ?? {}, async page => {
      await page.goto(`${base}/effectifs`)
      const horizon = page.getByRole('textbox', { name: 'Horizon de 1 à 60 mois' })
      await horizon.fill('24')
      await page.getByLabel('Délai à tenir').first().fill('15')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      const stop = page.getByRole('button', { name: 'Annuler le calcul' })
      const status = page.getByRole('status')
      await page.getByRole('progressbar', { name: 'Calcul du plan' }).waitFor()
      await expect.poll(() => status.innerText(), { timeout: 30_000 }).toMatch(/Tirage|Réglage/)
      expect(await violations(page)).toEqual([])
      expect(await stop.evaluate(button => button === document.activeElement)).toBe(true)
      await stop.click()
      expect(await status.innerText()).toContain('Calcul annulé')
      expect(await stop.isVisible()).toBe(false)
      expect(await horizon.inputValue()).toBe('24')
      const { plans } = await (await page.request.get(`${base}/api/staffing/plans`)).json()
      expect(plans).toEqual([])
      await horizon.fill('douze')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('un nombre entier de 1 à 60')
      await horizon.fill('12')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      await page.waitForURL(/\/effectifs\/[0-9a-f]{16}$/, { timeout: 60_000 })
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Effectifs')
    })
  }, 120_000)
})
