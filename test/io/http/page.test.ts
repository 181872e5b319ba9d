import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const PAGES = [
  '/delais',
  '/delais/permis-de-conduire',
  '/rendez-vous',
  '/demande',
  '/mairies',
  '/mairies/16102',
]
const OTHERS = ['/usagers', '/comite/2021', '/donnees', '/methode', '/docs']

describe('every table of every page can be taken away', () => {
  test.each([...PAGES, ...OTHERS])('%s', async path => {
    const page = await (await ask(app, path)).text()
    const captions = page.match(/<caption id="[^"]+-caption">/g) ?? []
    expect(captions.length).toBeGreaterThan(0)
    const links = [...page.matchAll(/href="(\?tableau=[^"]+format=open\.csv)"/g)].map(match => match[1] ?? '')
    const empty = page.match(/<tbody><tr><td colspan/g) ?? []
    expect(links.length + empty.length).toBe(captions.length)
    // A page of many tables is asked for a few of them: each asking makes the page again.
    for (const link of [...new Set([links[0], links[Math.floor(links.length / 2)], links.at(-1)])]) {
      const file = await ask(app, `${path}${(link ?? '').replaceAll('&amp;', '&')}`)
      expect([link, file.status]).toEqual([link, 200])
      expect((await file.text()).split('\n').length).toBeGreaterThan(2)
    }
  })
})

test('filters go along with the table, and a workbook tells them', async () => {
  const path = '/delais?from=2021-Q3&to=2021-Q4'
  const page = await (await ask(app, path)).text()
  expect(page).toContain('href="?from=2021-Q3&amp;to=2021-Q4&amp;tableau=')
  const zip = await (await ask(app, `${path}&tableau=tableau-comite&format=ods`)).arrayBuffer()
  const sheet = strFromU8(unzipSync(new Uint8Array(zip))['content.xml'] ?? new Uint8Array())
  expect(sheet).toContain('from = 2021-Q3')
})

test('a parameter given twice goes along twice: two scenarios side by side', async () => {
  const page = await (await ask(app, '/methode?ids=1&ids=2')).text()
  expect(page).toContain('href="?ids=1&amp;ids=2&amp;tableau=hypotheses&amp;')
})

test('a table or a format that does not exist is refused', async () => {
  expect((await ask(app, '/delais?tableau=rien')).status).toBe(404)
  const response = await ask(app, '/delais?tableau=tableau-comite&format=doc')
  expect(response.status).toBe(400)
  expect((await jsonOf<{ code: string }>(response)).code).toBe('invalid-parameter')
})
