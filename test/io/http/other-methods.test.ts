import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { SIGN_IN, someone } from '../../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
})
afterAll(() => database.close())

describe('an address', () => {
  test('says what it allows when it is asked otherwise', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST']) {
      const refused = await ask(app, '/api/delays', { method })
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
      expect(await jsonOf<{ code: string }>(refused)).toMatchObject({ code: 'method-not-allowed' })
    }
    const asked = await ask(app, '/api/imports', { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('allow'), await asked.text()]).toEqual([
      204,
      'GET, HEAD, POST, OPTIONS',
      '',
    ])
    expect((await ask(app, '/api/nothing', { method: 'OPTIONS' })).status).toBe(404)
  })

  test('written with a last slash leads to itself, with its question, and nowhere else', async () => {
    const moved = await ask(app, '/api/delays/?place=16', { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/api/delays?place=16'])
    expect((await ask(app, '/delais/', { redirect: 'manual' })).headers.get('location')).toBe('/delais')
    for (const path of ['/nothing/', '//evil.example/', '//delais/'])
      expect((await ask(app, path, { redirect: 'manual' })).status).toBe(404)
  })

  test('refuses dates of which the end comes first', async () => {
    for (const path of [
      '/delais?asOf=0000-12-31',
      '/api/delays?to=9999-Q4',
      '/demande?recordedBy=9999-12-31',
    ])
      expect((await ask(app, path)).status).toBe(400)
    expect((await ask(app, '/api/reports/committee/0000.json')).status).toBe(404)
    const refused = await ask(app, '/api/delays?place=16&from=2022-Q4&to=T1%202021')
    expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
      400,
      'invalid-parameter',
    ])
    expect((await ask(app, '/api/delays?place=16&from=2021-Q1&to=2021-Q1')).status).toBe(200)
  })

  test('takes the code of a place in small letters', async () => {
    expect((await ask(app, '/api/waits?place=2a')).status).toBe(200)
    expect((await ask(app, '/api/waits?place=2c')).status).toBe(400)
  })
})

describe('a page of another site', () => {
  const elsewhere = { origin: 'https://ailleurs.example' }

  test('reads what anybody reads, and is told so beforehand', async () => {
    const answer = await ask(app, '/api/delays?place=16', { headers: elsewhere })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    const preflight = await ask(app, '/api/delays', {
      method: 'OPTIONS',
      headers: { ...elsewhere, 'access-control-request-method': 'GET' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    const writing = await ask(app, '/api/imports', {
      method: 'OPTIONS',
      headers: { ...elsewhere, 'access-control-request-method': 'POST' },
    })
    expect(writing.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('reads nothing in the name of somebody', async () => {
    const { headers } = await someone(database.db, 'prefecture')
    for (const path of ['/api/delays?place=16', '/api/publications', '/api/thresholds']) {
      const answer = await ask(app, path, { headers: { ...headers, ...elsewhere } })
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null])
    }
    // Without sign-in, everybody on this machine is its administrator, but for the pages of others.
    const local = appOver(database.db)
    expect((await ask(local, '/api/publications', { headers: elsewhere })).status).toBe(401)
    expect((await ask(local, '/api/publications')).status).toBe(200)
    expect((await ask(local, '/api/delays?place=16', { headers: elsewhere })).status).toBe(200)
  })
})

describe('a caller who holds an answer', () => {
  const path = '/api/delays?place=16'
  const statusFor = async (tag: string) =>
    (await ask(app, path, { headers: { 'if-none-match': tag } })).status

  test('has it confirmed whether its tag is written weak or not, or when anything will do', async () => {
    const tag = (await ask(app, path)).headers.get('etag') ?? ''
    const opaque = tag.replace('W/', '')
    expect(await Promise.all([tag, opaque, `"x", ${opaque}`, '*', '"x"', 'x'].map(statusFor))).toEqual([
      304, 304, 304, 304, 200, 200,
    ])
    const fresh = await ask(app, '/api/delays?place=17', { headers: { 'if-none-match': '*' } })
    expect([fresh.status, await fresh.text()]).toEqual([304, ''])
    const absent = await ask(app, '/api/waits/99999/projection', { headers: { 'if-none-match': '*' } })
    expect(absent.status).toBe(404)
  })
})

test('a form that carries a file is told to send the file itself', async () => {
  const { headers } = await someone(database.db, 'administrator')
  const body = new FormData()
  body.append('file', new File(['période;titre;lieu;jours\n'], 'x.csv'))
  for (const path of ['/api/imports', '/api/imports/long']) {
    const refused = await ask(app, path, { method: 'POST', body, headers })
    expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
      415,
      'unsupported-media-type',
    ])
  }
})
