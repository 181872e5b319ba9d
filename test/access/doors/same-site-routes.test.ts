import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { knownNames, sameSiteWrites } from '../../../src/access/doors/same-site-routes.ts'
import { Refusal } from '../../../src/errors.ts'
import { originOf } from '../../../src/io/http/origin.ts'

const PUBLIC = 'https://titres.exemple.fr'
const appOf = (...middlewares: Parameters<Hono['use']>[1][]) => {
  const app = new Hono()
  for (const one of middlewares) app.use(one)
  app.all('*', c => c.text('done'))
  app.onError((error, c) => c.text(error instanceof Refusal ? error.code : 'broken', 403))
  return app
}

describe('a write', () => {
  const send = async (
    headers: Record<string, string>,
    { method = 'POST', at = 'http://localhost', known = '' } = {},
  ) => {
    const app = appOf(sameSiteWrites(known || undefined))
    return (await app.request(`${at}/x`, { method, headers })).text()
  }

  test.each([
    ['a program, which says nothing', {}],
    ['a page of the service', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }],
    ['an old browser on a page of the service', { origin: 'http://localhost' }],
    // Behind a proxy the origin is the public name; the browser vouches for it.
    [
      'a page that the browser calls the same',
      { 'sec-fetch-site': 'same-origin', origin: 'https://other.example' },
    ],
  ])('from %s passes', async (_, headers) => {
    expect(await send(headers)).toBe('done')
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    [
      'another site that the browser vouches for by its origin',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    ],
    ['an old browser on another site', { origin: 'https://other.example' }],
    ['an origin kept secret', { 'sec-fetch-site': 'none', origin: 'null' }],
    ['the same name on another port', { origin: 'http://localhost:8080' }],
  ])('from %s is refused, whatever its method', async (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect([method, await send(headers, { method })]).toEqual([method, 'cross-site-request'])
    for (const method of ['GET', 'OPTIONS']) expect(await send(headers, { method })).toBe('done')
  })

  test('comes from the public address when there is one, and then from no other', async () => {
    expect(await send({ origin: PUBLIC }, { known: PUBLIC })).toBe('done')
    expect(await send({ origin: 'http://localhost' }, { known: PUBLIC })).toBe('cross-site-request')
  })
})

test('a request under a name that is not the service’s is refused, even to read', async () => {
  const asked = async (url: string, known?: string) => (await appOf(knownNames(known)).request(url)).text()
  for (const url of ['http://localhost:8000/x', 'http://127.0.0.1/x', 'http://[::1]:8000/x'])
    expect([url, await asked(url)]).toEqual([url, 'done'])
  for (const url of ['http://rebound.example/x', 'http://localhost.example/x', 'http://127.0.0.2/x'])
    expect([url, await asked(url)]).toEqual([url, 'cross-site-request'])
  expect(await asked(`${PUBLIC}/x`, PUBLIC)).toBe('done')
  expect(await asked('http://localhost/x', PUBLIC)).toBe('cross-site-request')
})

test('addresses that the service gives of itself bear its public one, whatever port or scheme a proxy asked it under', async () => {
  const given = async (url: string, known?: string) => {
    const app = new Hono()
    app.use(knownNames(known))
    app.get('/x', c => c.text(originOf(c)))
    const headers = { forwarded: 'host=evil.example', 'x-forwarded-host': 'evil.example' }
    return (await app.request(url, { headers })).text()
  }
  for (const url of ['http://titres.exemple.fr/x', 'http://titres.exemple.fr:6666/x', `${PUBLIC}/x`])
    expect(await given(url, PUBLIC)).toBe(PUBLIC)
  expect(await given('http://localhost:3000/x')).toBe('http://localhost:3000')
})
