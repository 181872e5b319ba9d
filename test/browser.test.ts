import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pageWeights, WEIGHT_BUDGET } from '../scripts/lab/benchmark/page-weight.ts'
import { WORDS } from '../src/io/assets.ts'
import { avoidedWords } from '../src/pure/french/words.ts'
import { appOver, ask, jsonOf } from './app.ts'
import { freshDatabase } from './database.ts'
import {
  AXE,
  brokenSkeleton,
  collisions,
  layoutShift,
  leftOnPaper,
  moving,
  outOfSight,
  texts,
  unfold,
  violations,
} from './page-checks.ts'
import { listening } from './sockets.ts'
import { typographicFaults } from './typography.ts'

const COMPARISON = 'two scenarios side by side'
const PLAN = 'a staffing plan'
const PAGES = [
  '/',
  '/certs',
  '/delais',
  '/delais/permis-de-conduire',
  '/delais/reconstitution',
  '/rendez-vous',
  '/demande',
  '/mairies',
  '/mairies/16102',
  '/mairies/ouverture?commune=16167&change=open&from=2027-03',
  '/campagnes',
  '/scenarios',
  COMPARISON,
  '/scenarios/stations-mobiles',
  '/effectifs',
  PLAN,
  '/comite',
  '/comite/2021',
  '/comite/dossier',
  '/usagers',
  '/reunion/16',
  '/signaler',
  '/recherche?ville=saint',
  '/donnees',
  '/donnees?measure=appointment-wait&title=&place=16&period=2021-Q3',
  '/fiabilite',
  '/methode',
  '/publications',
  '/secret',
  '/journal',
  '/projections',
  '/comptes',
  '/connexion',
  '/docs',
  '/docs/droits',
  '/docs/premier-jour',
  '/docs/exploiter',
  '/docs/contribuer',
  '/docs/securite',
  '/docs/explorer',
  '/nulle-part',
  '/scenarios/comparer',
]
const OF_THE_API = [
  'a word that is not French',
  'an ISO period',
  'a decimal point',
  'no no-break space before a colon',
]
const SCREEN: Look = { viewport: { width: 1200, height: 900 } }

/**
 * What the suggestions of an address bar that nobody sees take: two pages of their own in each window, half of what it
 * takes to open one. Our list replaces that of Playwright: what of it bears on pages is said again.
 */
const UNUSED_FEATURES = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup', 'AimEnabled'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'AvoidCorsURLLoaderRestartOnRedirect', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'DestroyProfileOnBrowserClose', 'PaintHolding', 'LensOverlay'],
  ...['MediaRouter', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'PreconnectToSearch'],
]

const EXECUTABLE = [
  process.env['CHROMIUM'],
  // The same engine without the windows, menus and suggestions of a browser that somebody sees: a quarter less work.
  '/usr/bin/chromium-headless-shell',
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
let server: Awaited<ReturnType<typeof listening>>
let base: string
const addresses = new Map<string, string>()
beforeAll(async () => {
  if (absent) return
  database = await freshDatabase()
  // A page that fails says why, beside the address that failed.
  const app = appOver(database.db, { report: error => console.error(error) })
  const send = async (path: string, body: unknown) =>
    jsonOf<{ id: string }>(
      await ask(app, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const { id: hours } = await send('/api/scenarios', {
    name: 'Horaires élargis',
    place: '16',
    levers: [
      {
        code: 'more-hours',
        amount: { low: 2, central: 4, high: 6 },
        startsOn: '2022-04-15',
        leadWeeks: 6,
        trigger: { aboveDays: 60, probability: 0.5 },
      },
    ],
  })
  const { id: station } = await send('/api/scenarios', {
    name: 'Une station à Cognac',
    place: '16',
    levers: [{ code: 'more-stations', hall: '16102', amount: 1, startsOn: '2022-05-01', leadWeeks: 20 }],
  })
  const { id: plan } = await send('/api/staffing/plans', {
    title: 'cni-passport',
    months: 12,
    targetDays: 16,
    probability: 0.9,
  })
  addresses.set(COMPARISON, `/scenarios/comparer?ids=${hours}&ids=${station}`)
  addresses.set(PLAN, `/effectifs/${plan}`)
  // The first look makes what pages rest on, which a slow machine takes longer for than a browser waits.
  for (const path of ['/', '/reunion/16', '/campagnes']) await ask(app, path)
  server = await listening(app.fetch)
  base = `http://localhost:${server.port}`
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
      // A window that nobody sees is not put behind the other tests.
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      `--disable-features=${UNUSED_FEATURES.join()}`,
      // What axe makes and leaves at once is collected seldom.
      '--js-flags=--min-semi-space-size=32,--max-semi-space-size=64',
    ],
  })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.close()
})

/** A window as it opens; `checked` when axe stands in each of its pages from the start, which takes a third of injecting it. */
interface Look extends Pick<BrowserContextOptions, 'javaScriptEnabled' | 'colorScheme' | 'reducedMotion'> {
  viewport: { width: number; height: number }
  checked?: boolean
}

/** Windows that pages are read in one after the other: opening one takes longer than loading a page. */
const windows = new Map<string, Promise<Page>>()

async function windowOf({ javaScriptEnabled = true, checked = false }: Look): Promise<Page> {
  const page = await browser.newPage({ javaScriptEnabled })
  if (checked) await page.addInitScript(AXE)
  return page
}

/**
 * Runs in a window brought back to how it opened, where nothing is kept of an earlier visit; whatever the console
 * complains of, the content policy included, fails the test.
 */
async function inWindow(look: Look, visit: (page: Page) => Promise<void>): Promise<void> {
  const { viewport, javaScriptEnabled = true, colorScheme = 'light', reducedMotion = 'no-preference' } = look
  const kind = `${javaScriptEnabled} ${look.checked}`
  const opened = windows.get(kind) ?? windowOf(look)
  windows.set(kind, opened)
  const page = await opened
  await page.context().clearCookies()
  if (page.url().startsWith(base))
    await page.evaluate(() => [localStorage, sessionStorage].map(one => one.clear()))
  await page.emulateMedia({ media: null, colorScheme, reducedMotion })
  await page.setViewportSize(viewport)
  await withoutComplaint(page, visit)
}

async function withoutComplaint(page: Page, visit: (page: Page) => Promise<void>): Promise<void> {
  const complaints: string[] = []
  const listen = (message: ConsoleMessage) => {
    if (message.type() === 'error' && !/status of (400|404|422)/.test(message.text()))
      complaints.push(message.text())
  }
  const fail = (error: Error) => complaints.push(error.message)
  page.on('console', listen)
  page.on('pageerror', fail)
  try {
    await visit(page)
  } finally {
    page.off('console', listen)
    page.off('pageerror', fail)
  }
  expect(complaints).toEqual([])
}

const STILL_SCREEN: Look = { ...SCREEN, reducedMotion: 'reduce' }
const TELEPHONE: Look = {
  viewport: { width: 375, height: 800 },
  javaScriptEnabled: false,
}
/** Rules of axe whose verdict turns on what a narrow window shows, its menu and its drawings included. */
const OF_WHAT_SHOWS = [
  ...['bypass', 'landmark-one-main', 'page-has-heading-one', 'empty-heading', 'scrollable-region-focusable'],
  ...['button-name', 'link-name', 'label', 'select-name', 'summary-name', 'skip-link', 'tabindex'],
  ...['svg-img-alt', 'role-img-alt', 'nested-interactive', 'list', 'listitem', 'duplicate-id-aria'],
  ...['aria-allowed-attr', 'aria-allowed-role', 'aria-hidden-focus', 'aria-prohibited-attr', 'aria-roles'],
  ...['aria-required-attr', 'aria-required-children', 'aria-valid-attr', 'aria-valid-attr-value'],
]
const addressOf = (name: string) => base + (addresses.get(name) ?? name)

// An A4 sheet without its margins, in pixels.
const SHEET = { width: 688, height: 1000 }
// A third of what browsers call good: a machine that is busy may paint before its style sheet.
const MOST_SHIFT = 0.03

type Faults = Record<string, string[]>
const found = (faults: Faults) =>
  Object.fromEntries(Object.entries(faults).filter(([, some]) => some.length > 0))

describe.skipIf(absent).each(PAGES)('%s', name => {
  test('reads well on a screen, by night, on a telephone and on paper, for eyes, ears and keyboard', async () => {
    await inWindow({ ...STILL_SCREEN, checked: true }, async page => {
      const answer = await page.goto(addressOf(name))
      expect(answer?.headers()['content-security-policy']).toMatch(
        /^default-src 'self'; img-src 'self' data:;/,
      )
      expect(await layoutShift(page)).toBeLessThan(MOST_SHIFT)
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize(SHEET)
      const faults: Faults = { paper: await outOfSight(page), 'left on paper': await leftOnPaper(page) }

      await page.emulateMedia({ media: 'screen' })
      await page.setViewportSize({ width: 1200, height: 900 })
      await unfold(page)
      const written = await texts(page)
      Object.assign(faults, {
        skeleton: await brokenSkeleton(page),
        axe: await violations(page, 'all'),
        sight: await outOfSight(page),
        collisions: await collisions(page),
        typography: written.flatMap(typographicFaults).filter(fault => !isOfTheApi(name, fault)),
        words: name.startsWith('/docs') ? [] : written.flatMap(text => avoidedWords(text, WORDS)),
        motion: await moving(page),
      })
      await page.emulateMedia({ colorScheme: 'dark' })
      faults['contrast by night'] = await violations(page, 'contrast')
      expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark')

      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(TELEPHONE.viewport)
      // The rest of the page is what it was on the screen: shown or not is all that a telephone changes.
      faults['axe on a telephone'] = await violations(page, [...OF_WHAT_SHOWS, 'color-contrast'])
      expect(found(faults)).toEqual({})
    })
  })

  test('fits a telephone without JavaScript, folded and unfolded', async () => {
    await inWindow(TELEPHONE, async page => {
      await page.goto(addressOf(name))
      const folded = await outOfSight(page)
      await unfold(page)
      expect(found({ folded, sight: await outOfSight(page), collisions: await collisions(page) })).toEqual({})
    })
  })
})

test.skipIf(absent)('no first load weighs more than its budget', async () => {
  const weights = await pageWeights(
    base,
    PAGES.filter(name => !['/nulle-part', '/scenarios/comparer'].includes(name)).map(
      name => addresses.get(name) ?? name,
    ),
  )
  expect(weights.filter(({ bytes }) => bytes > WEIGHT_BUDGET)).toEqual([])
})

describe.skipIf(absent)('without JavaScript, on a telephone', () => {
  test('the menu opens and leads to the delays, the filter works, the numbers unfold', async () => {
    await inWindow(TELEPHONE, async page => {
      await page.goto(base)
      await page.locator('summary', { hasText: 'Menu' }).click()
      await page.locator('.menu-list-narrow').getByRole('link', { name: 'Délais' }).click()
      await page.getByLabel('Du trimestre', { exact: true }).selectOption('2021-Q3')
      await page.getByRole('button', { name: 'Afficher' }).click()
      expect(page.url()).toContain('from=2021-Q3')
      const headers = page.locator('#tableau-comite').getByRole('columnheader')
      expect(await headers.filter({ hasText: 'T3' }).count()).toBe(1)
      expect(await headers.filter({ hasText: 'T1' }).count()).toBe(0)
      await page.locator('.small-fan-name a').first().click()
      const numbers = page.locator('.plate details').first()
      await numbers.locator(':scope > summary').click()
      expect(await numbers.getByRole('table').isVisible()).toBe(true)
      expect(await outOfSight(page)).toEqual([])
    })
  })
})

/** A person who has no mouse: each thing that she opens, presses or prints is counted. */
class KeyboardJourney {
  actions = 0
  private readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Goes to the first thing that bears these words, by Tab alone and with its place always in sight, and presses it. */
  async presses(words: RegExp, within = 'body'): Promise<void> {
    const wanted = await this.page.locator(within).first().elementHandle()
    for (let tabs = 0; tabs < 250; tabs++) {
      await this.page.keyboard.press('Tab')
      const place = await this.page.evaluate(frame => {
        const here = document.activeElement
        if (here === null || here === document.body) return undefined
        const box = here.getBoundingClientRect()
        return {
          words: here.textContent?.trim().slice(0, 90) ?? '',
          inside: frame?.contains(here) ?? false,
          seen:
            getComputedStyle(here).outlineStyle !== 'none' &&
            box.width > 0 &&
            box.bottom > 0 &&
            box.top < window.innerHeight,
        }
      }, wanted)
      if (place === undefined) continue
      expect([place.words, place.seen]).toEqual([place.words, true])
      if (!place.inside || !words.test(place.words)) continue
      this.actions++
      await this.page.keyboard.press('Enter')
      return
    }
    throw new Error(`the keyboard never reaches ${words}`)
  }
}

describe.skipIf(absent)('by the keyboard alone, four actions from home at most', () => {
  const travel = async (visit: (page: Page, she: KeyboardJourney) => Promise<void>) => {
    let actions = 0
    await inWindow(STILL_SCREEN, async page => {
      await page.goto(base)
      const she = new KeyboardJourney(page)
      await visit(page, she)
      actions = she.actions
    })
    expect(actions).toBeGreaterThan(0)
    expect(actions).toBeLessThanOrEqual(4)
  }
  const title = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()

  test('the CERT lead finds the quarter when licences broke their target, and why', async () => {
    await travel(async (page, she) => {
      await she.presses(/^Permis de conduire$/, 'main')
      await page.waitForURL(/permis-de-conduire/)
      expect(await page.locator('#titre-0 .plate-title').innerText()).toMatch(
        /Objectif dépassé à partir du 2e\strimestre\s2021/,
      )
      await page.locator('#titre-0 .drawing-wide').press('ArrowRight')
      expect(await page.locator('.plate-reading').innerText()).toMatch(/T1\s2021\s: 14\sjours/)
      expect(await page.locator('details[open]').first().innerText()).toMatch(
        /Injection de 8[\s\S]*14\sjours est dépassé/,
      )
    })
  })

  test('the prefecture plans its agents, then the stations that go round', async () => {
    await travel(async (page, she) => {
      expect(await page.getByRole('link', { name: /^Voir où, mairie par mairie, en 2031$/ }).count()).toBe(1)
      await she.presses(/^Effectifs$/, '.menu-list-wide')
      await page.waitForURL(/effectifs/)
      await she.presses(/^Calculer le plan$/)
      await page.waitForURL(/\/effectifs\/[0-9a-f]{16}$/, { timeout: 60_000 })
      expect(await title(page)).toContain('Effectifs')
      expect(await page.locator('.plate').first().isVisible()).toBe(true)
      expect(await page.locator('details #mois-du-plan').count()).toBe(1)
      await she.presses(/^Scénarios$/, '.menu-list-wide')
      await page.waitForURL(/scenarios(\?place=16)?$/)
      await she.presses(/^Répartir$/)
      await page.waitForURL(/stations-mobiles/)
      expect(await page.locator('#repartition').innerText()).toMatch(/semaines d’attente épargnées/i)
    })
  })

  test('the planner compares two scenarios and exports the plan', async () => {
    await travel(async (page, she) => {
      await she.presses(/^La planification$/)
      await page.waitForURL(/scenarios$/)
      await she.presses(/^Comparer les scénarios cochés$/)
      await page.waitForURL(/comparer/)
      expect(await title(page)).toBe('Scénarios côte à côte')
      const [download] = await Promise.all([page.waitForEvent('download'), she.presses(/^Exporter ce plan/)])
      const file = await readFile(await download.path(), 'utf8')
      for (const name of ['Horaires élargis', 'Une station à Cognac']) expect(file).toContain(`\r\n${name};`)
    })
  })

  test('a mayor’s secretary finds Cognac, next year’s requests and the wait, and prints the sheet', async () => {
    await travel(async (page, she) => {
      await she.presses(/^Les maires$/)
      await page.waitForURL(/mairies$/)
      await she.presses(/^Cognac$/, 'main')
      await page.waitForURL(/16102$/)
      expect(await page.locator('.key-figures').innerText()).toMatch(
        /Attente d’un rendez-vous à Cognac, aujourd’hui[\s\S]*Demandes attendues en 2027/,
      )
      she.actions++
      await page.emulateMedia({ media: 'print' })
      expect(await leftOnPaper(page)).toEqual([])
      for (const table of ['#leviers', '#comparaison', '#dotation'])
        expect(await page.locator(table).isVisible()).toBe(true)
      expect(await page.locator('#attente-base').isVisible()).toBe(false)
      expect((await page.request.get(`${base}/api/briefs/16102.pdf`)).headers()['content-type']).toBe(
        'application/pdf',
      )
    })
  })
})

describe.skipIf(absent)('a chart read by the keyboard', () => {
  // A fan, columns of parts, and lines of plans.
  test.each(['/rendez-vous', '/certs', '/campagnes'])('%s says what its table says', async path => {
    await inWindow(STILL_SCREEN, async page => {
      await page.goto(base + path)
      const plates = page.locator('.plate:has(> .drawing-wide[tabindex]:visible)')
      expect(await plates.count()).toBeGreaterThan(0)
      for (const plate of await plates.all()) {
        const cells = await plate.locator('table').first().locator('th,td').allTextContents()
        const table = numbersIn(cells.join(' ; '))
        for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'End']) {
          await plate.locator('> .drawing-wide').press(key)
          const said = (await plate.locator('.plate-reading').innerText()).split(' · ')
          // An event has a day and words, told under the drawing.
          for (const words of said.filter(one => !/^\S+\s\p{L}+\s\d{4}\s:/u.test(one)))
            for (const number of numbersIn(words.replace(/^.*?\s:\s/, '')))
              expect([words, table.includes(number)]).toEqual([words, true])
        }
      }
    })
  })
})

/** Numbers of a text, without the spaces within them. */
function numbersIn(text: string): string[] {
  return (text.match(/\d[\d\u00a0\u202f]*(?:,\d+)?/g) ?? []).map(one => one.replace(/[^\d,]/g, ''))
}

describe.skipIf(absent)('on paper', () => {
  test.each([
    ['/usagers', 1],
    ['/usagers?place=974', 1],
    ['/api/briefs/16102.html', 2],
    ['/mairies/16102', 2],
    ['/mairies/16374', 2],
    ['/mairies/97411', 2],
    ['/mairies/16102?asOf=2022-05-03', 2],
    ['/mairies', 2],
    ['/rendez-vous', 3],
    ['/delais', 2],
    ['/delais/permis-de-conduire', 2],
    ['/demande', 3],
    ['/comite/2021', 6],
  ])('%s is on %i sheets', async (path, sheets) => {
    await inWindow(STILL_SCREEN, async page => {
      await page.goto(base + path)
      const printed = await page.pdf({ format: 'A4' })
      expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(sheets)
    })
  })
})

describe.skipIf(absent)('the ways of the site', () => {
  test('the first key goes past the menu, to the content', async () => {
    await inWindow(SCREEN, async page => {
      await page.goto(base)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('contenu')
    })
  })

  test('a choice stands in the address, is taken along by the menu and honoured by the files', async () => {
    await inWindow(SCREEN, async page => {
      await page.goto(`${base}/demande?place=16102&from=2027-Q1&to=2027-Q4`)
      const menu = page.locator('.menu-list-wide')
      expect(await menu.getByRole('link', { name: 'Rendez-vous' }).getAttribute('href')).toBe(
        '/rendez-vous?place=16102&from=2027-Q1&to=2027-Q4',
      )
      const csv = await page.locator('a[href^="/api/demand.csv"]').first().getAttribute('href')
      const rows = (await (await fetch(base + csv)).text()).trim().split('\r\n').slice(1)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter(row => !/;16102;/.test(row) || !/2027-Q[1-4]/.test(row))).toEqual([])
      await page.goto(`${base}/mairies/16102`)
      expect(await menu.getByRole('link', { name: 'Demande' }).getAttribute('href')).toBe(
        '/demande?place=16102',
      )
    })
  })

  test.each([
    ['/delais/permis-de-conduire?from=2021-Q3&to=2021-Q4', 'titre-0', /T3\s2021/, /T[12]\s2021/],
    // What is told of today and of what comes is not the past that is asked for.
    [
      '/rendez-vous?place=16&from=2021-Q3&to=2021-Q4',
      'attentes-publiees',
      /3e\strimestre\s2021/,
      /(1er|2e)\strimestre\s2021/,
    ],
    ['/demande?place=16102&from=2027-Q1&to=2027-Q4', '', /T1\s2027/, /T4\s20(26|28)/],
  ])('every table of %s is taken away as it is filtered', async (address, table, within, without) => {
    await inWindow(SCREEN, async page => {
      await page.goto(base + address)
      const asked = new URL(base + address).searchParams
      for (const [name, value] of asked)
        expect([name, await page.locator(`main [name=${name}]:not([type=hidden])`).inputValue()]).toEqual([
          name,
          value,
        ])
      const links = await page
        .locator('a[href*="tableau="][href$="format=csv"]')
        .evaluateAll(found => found.map(link => (link as HTMLAnchorElement).href))
      expect(links.length).toBeGreaterThan(2)
      const lost = links.filter(link =>
        [...asked].some(([name, value]) => new URL(link).searchParams.get(name) !== value),
      )
      expect(lost).toEqual([])
      const file = await (await fetch(links.find(link => link.includes(table)) ?? '')).text()
      expect(file).toMatch(within)
      expect(file).not.toMatch(without)
    })
  })

  test('the explorer comes when it is asked for, and shows what can be called', async () => {
    await inWindow(SCREEN, async page => {
      await page.goto(`${base}/docs/explorer`)
      await page.getByRole('button', { name: 'Ouvrir l’explorateur' }).click()
      await page.locator('.opblock').first().waitFor()
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('explorateur')
    })
  })

  test('a wrong file is refused in place, with what to do, and the corrected one enters', async () => {
    await inWindow(SCREEN, async page => {
      const send = async (text: string) => {
        await page.goto(`${base}/donnees`)
        await page
          .getByLabel(/^Fichier ?CSV/)
          .setInputFiles({ name: 'demandes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
        await page.getByLabel('Type de fichier').selectOption('applications')
        await page.getByRole('button', { name: 'Envoyer' }).click()
      }
      await send('mois;commune;titre;demandes\n2022-01;Cognax;cni;12\n')
      expect(await page.locator('#defauts-caption').innerText()).toContain('Défauts du fichier')
      expect(await violations(page, 'all')).toEqual([])
      expect((await texts(page)).flatMap(typographicFaults)).toEqual([])
      await send('mois;commune;titre;demandes\n2022-01;16102;cni;12\n')
      await page.getByText('Fichier enregistré').first().waitFor()
      expect(await page.getByText('Fichier enregistré').count()).toBe(1)
    })
  })

  test('a planner follows a long plan, calls it off with the form still filled in, then ends on its page', async () => {
    await inWindow({ ...SCREEN, colorScheme: 'dark' }, async page => {
      const kept = async () =>
        ((await (await page.request.get(`${base}/api/staffing/plans`)).json()) as { plans: unknown[] }).plans
      const before = await kept()
      await page.goto(`${base}/effectifs`)
      const horizon = page.getByRole('textbox', { name: 'Horizon de 1 à 60 mois' })
      // As long as can be asked for: a shorter plan may end while its progress is being looked at.
      await horizon.fill('60')
      await page.getByLabel('Délai à tenir').first().fill('15')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      const stop = page.getByRole('button', { name: 'Annuler le calcul' })
      const status = page.getByRole('status')
      await page.getByRole('progressbar', { name: 'Calcul du plan' }).waitFor()
      await expect.poll(() => status.innerText(), { timeout: 120_000 }).toMatch(/Tirage|Réglage/)
      expect(await violations(page, 'all')).toEqual([])
      expect(await stop.evaluate(button => button === document.activeElement)).toBe(true)
      await stop.click()
      expect(await status.innerText()).toContain('Calcul annulé')
      expect(await stop.isVisible()).toBe(false)
      expect(await horizon.inputValue()).toBe('60')
      expect(await kept()).toEqual(before)
      await horizon.fill('douze')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('un nombre entier de 1 à 60')
      await horizon.fill('12')
      await page.getByRole('button', { name: 'Calculer le plan' }).click()
      await page.waitForURL(/\/effectifs\/[0-9a-f]{16}$/, { timeout: 120_000 })
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Effectifs')
    })
  }, 400_000)
})

/** The documentation speaks of codes, of formats and of versions in their own words. */
function isOfTheApi(name: string, fault: string): boolean {
  return name.startsWith('/docs') && OF_THE_API.some(rule => fault.startsWith(rule))
}
