import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupBy } from '../src/pure/figures/group-by.ts'
import { appOver, ask, jsonOf } from './app.ts'
import { freshDatabase } from './database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const PAGES = [
  '/',
  '/delais',
  '/rendez-vous',
  '/demande',
  '/mairies',
  '/mairies/16102',
  '/donnees',
  '/fiabilite',
  '/methode',
  '/docs',
  '/docs/explorer',
  '/docs/premier-jour',
  '/docs/exploiter',
  '/docs/contribuer',
  '/docs/securite',
]

describe('every page', () => {
  test.each(PAGES)('%s answers in French, without inline script or style', async path => {
    const response = await ask(app, path, { headers: { accept: 'text/html' } })
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toMatch(/^<!doctype html><html lang="fr"/i)
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle="|\son[a-z]+="/)
    expect(page).not.toMatch(/undefined|NaN|\[object/)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  const answered = new Map<string, Promise<number>>()
  const statusOf = (link: string) => {
    const known = answered.get(link) ?? ask(app, link).then(response => response.status)
    answered.set(link, known)
    return known
  }

  test.each(PAGES)('%s links only to addresses that answer', async path => {
    const page = await (await ask(app, path)).text()
    const found = [...page.matchAll(/(?:href|src)="(\/[^"#]*)/g)].map(match =>
      (match[1] ?? '').replaceAll('&amp;', '&'),
    )
    // Of addresses that differ by their number only, three: sixty releases are one page.
    const alike = groupBy(new Set(found), link => link.replace(/\d+(?=$|\?)/, '1'))
    for (const link of [...alike.values()].flatMap(links => links.slice(0, 3)))
      expect([link, await statusOf(link)]).toEqual([link, 200])
  })
})

test('the home page tells each estimate with its band', async () => {
  const page = await (await ask(app, '/')).text()
  const band = /9\schances\ssur\s10\s:\s([\d\s]+?)\sà\s([\d\s]+)/g
  const bands = [...page.matchAll(band)].map(found =>
    found.slice(1).map(one => Number(one.replace(/\s/g, ''))),
  )
  expect(bands).toHaveLength(2)
  expect(bands[1]![0]).toBeGreaterThan(20_000)
  expect(bands[1]![1]).toBeLessThan(150_000)
})

describe('refusals', () => {
  test('a program receives a problem document with a stable code', async () => {
    const response = await ask(app, '/api/nothing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      code: 'not-found',
      status: 404,
      type: '/docs/errors#not-found',
    })
  })

  test('a person receives a page that says what to do', async () => {
    const response = await ask(app, '/mairies/16999', { headers: { accept: 'text/html' } })
    expect(response.status).toBe(404)
    const page = await response.text()
    expect(page).toContain('Mairie équipée inconnue')
    expect(page).toContain('Revenir à l’accueil')
  })

  test('a bug gives no detail away, and is reported', async () => {
    const reported: unknown[] = []
    const broken = appOver(database.db, {
      today: () => {
        throw new TypeError('the secret detail')
      },
      report: error => reported.push(error),
    })
    const response = await ask(broken, '/api/demand?place=16')
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).not.toContain('secret')
    expect(JSON.parse(text)).toMatchObject({ code: 'internal-error' })
    expect(reported).toHaveLength(1)
  })

  test('another name than this machine’s is refused: a page that rebinds its name reads nothing', async () => {
    const response = await app.request('http://evil.example/api/delays?place=16')
    expect(response.status).toBe(403)
  })
})

test('livez needs no database, readyz does', async () => {
  expect((await ask(app, '/livez')).status).toBe(200)
  expect((await ask(app, '/readyz')).status).toBe(200)
})

test('the API is described: OpenAPI 3.1, every address answers to its own description', async () => {
  const description = await jsonOf<{ openapi: string; paths: Record<string, object> }>(
    await ask(app, '/openapi.json'),
  )
  expect(description.openapi).toBe('3.1.0')
  expect(Object.keys(description.paths)).toEqual(
    expect.arrayContaining([
      '/api/delays',
      '/api/waits',
      '/api/town-halls',
      '/api/demand',
      '/api/demand/{insee}',
      '/api/imports',
    ]),
  )
})

test('every object of every body is closed: a word that nobody reads is refused, not lost', async () => {
  interface Schema {
    $ref?: string
    type?: string
    additionalProperties?: unknown
    [key: string]: unknown
  }
  interface Described {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
    components: { schemas: Record<string, Schema> }
  }
  const { paths, components } = await jsonOf<Described>(await ask(app, '/openapi.json'))
  const open: string[] = []
  const look = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { $ref, type, additionalProperties } = schema as Schema
    if ($ref !== undefined) look(components.schemas[$ref.split('/').at(-1)!], at)
    if (type === 'object' && additionalProperties === undefined) open.push(at)
    for (const [key, inner] of Object.entries(schema)) look(inner, `${at}.${key}`)
  }
  for (const [path, operations] of Object.entries(paths))
    for (const [method, { requestBody }] of Object.entries(operations))
      look(requestBody?.content['application/json']?.schema, `${method} ${path}`)
  expect(open).toEqual([])
})

describe('what is served to browsers', () => {
  test('style sheets are compressed and can be asked for again by their tag', async () => {
    const first = await ask(app, '/dsfr/dsfr.main.min.css', { headers: { 'accept-encoding': 'br' } })
    expect(first.headers.get('content-encoding')).toBe('br')
    const tag = first.headers.get('etag') ?? ''
    const second = await ask(app, '/dsfr/dsfr.main.min.css', { headers: { 'if-none-match': tag } })
    expect(second.status).toBe(304)
  })

  test.each([
    '/dsfr/../package.json',
    '/dsfr/%2e%2e/package.json',
    '/dsfr/fonts/Marianne-Bold.woff2',
    '/dsfr/core/core.css',
  ])('%s is not served', async path => {
    expect((await ask(app, path)).status).toBe(404)
  })

  test('the State’s font is served only to a declared State service', async () => {
    const state = appOver(database.db, { stateIdentity: 'Préfet|de la Charente' })
    expect((await ask(state, '/dsfr/fonts/Marianne-Bold.woff2')).status).toBe(200)
    expect(await (await ask(state, '/')).text()).toContain('Préfet')
  })
})

test('a question of a program that names what nothing is called is refused, with the name; a page is shown', async () => {
  const misspelt = await ask(app, '/api/waits?plce=75&from=2022-Q1&to=2022-Q2')
  expect(misspelt.status).toBe(400)
  expect(await jsonOf<object>(misspelt)).toMatchObject({ code: 'invalid-parameter', parameter: 'plce' })
  const another = await ask(app, '/api/waits?place=75&perAgentDay=80')
  expect(await jsonOf<object>(another)).toMatchObject({ code: 'invalid-parameter', parameter: 'perAgentDay' })
  const twice = await ask(app, '/api/waits?place=16&place=17')
  expect(await jsonOf<object>(twice)).toMatchObject({ code: 'invalid-parameter', parameter: 'place' })
  expect((await ask(app, '/api/waits?place=16&place=16')).status).toBe(200)
  expect((await ask(app, '/api/waits?place=75&from=2022-Q1&to=2022-Q2')).status).toBe(200)
  expect(
    (await ask(app, '/rendez-vous?utm_source=lettre', { headers: { accept: 'text/html' } })).status,
  ).toBe(200)
})
