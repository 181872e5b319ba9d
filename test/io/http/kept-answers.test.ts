import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile } from '../../../src/imports/import-queries.ts'
import { IMPORT_LOCK, publishRelease } from '../../../src/io/database/publication.ts'
import { keptAnswers } from '../../../src/io/http/kept-answers.ts'
import { askedUnder, originOf } from '../../../src/io/http/origin.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const DELAYS = '/api/delays?place=16&title=cni&from=2021-Q1&to=2022-Q4'
const publish = (days: number) =>
  importFile(
    database.db,
    {
      name: 'd.csv',
      bytes: new TextEncoder().encode(
        `# type : issuance-delays\n# source : Essai\n# nature : révision\n# note : ${days}\npériode;titre;lieu;jours\nT1 2022;cni;16;${days}\n`,
      ),
      defaultPlace: '16',
      receivedFrom: 'test',
    },
    '2026-11-24',
  )

describe('answers', () => {
  test('are confirmed without being sent again, and changed at once by a publication, on every instance', async () => {
    const [one, two] = [appOver(database.db), appOver(database.db)]
    const first = await ask(one, DELAYS)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"/)
    const again = await ask(two, DELAYS)
    expect(again.headers.get('etag')).toBe(tag)
    const held = await ask(two, DELAYS, { headers: { 'if-none-match': tag } })
    expect([held.status, await held.text()]).toEqual([304, ''])
    const kept = await ask(one, DELAYS)
    expect(await kept.text()).toBe(await first.text())
    expect(kept.headers.get('content-type')).toBe(first.headers.get('content-type'))

    for (const days of [17, 18, 19]) {
      await publish(days)
      for (const app of [one, two]) {
        const changed = await ask(app, DELAYS, { headers: { 'if-none-match': tag } })
        expect(changed.status).toBe(200)
        expect(await changed.text()).toContain(`"days":${days},`)
      }
    }
  })

  test('stand while projections are made, which follow from what is published', async () => {
    const app = appOver(database.db)
    const runs = () => database.db.selectFrom('projection_run').select('id').execute()
    const [before, first] = [await runs(), await ask(app, DELAYS)]
    expect((await ask(app, '/api/demand?place=FR')).status).toBe(200)
    expect((await runs()).length).toBe(before.length + 1)
    expect((await ask(app, DELAYS)).headers.get('etag')).toBe(first.headers.get('etag'))
  })

  test('change when a draft is published, and when an embargo ends without anybody writing', async () => {
    const app = appOver(database.db)
    const text = async () => (await ask(app, DELAYS)).text()
    const file = (line: string, days: number) => ({
      method: 'POST',
      body: `# source : Essai\n# nature : révision\n${line}\npériode;titre;lieu;jours\nT1 2022;cni;16;${days}\n`,
    })
    const send = (line: string, days: number) =>
      ask(app, '/api/imports?kind=issuance-delays', file(line, days))
    const { release } = (await (await send('# brouillon : oui', 27)).json()) as { release: number }
    expect(await text()).not.toContain('"days":27,')
    const published = await ask(app, '/api/publications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ releases: [release] }),
    })
    expect(published.status).toBe(201)
    expect(await text()).toContain('"days":27,')

    const next = (await (await send('# brouillon : oui', 28)).json()) as { release: number }
    await database.db.transaction().execute(async trx => {
      await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
      const { rows } = await sql<{ soon: string }>`
        select (now() at time zone 'Europe/Paris' + interval '2 seconds')::text as soon`.execute(trx)
      await publishRelease(trx, {
        release: next.release,
        by: 'test',
        embargoUntil: rows[0]?.soon,
        reason: undefined,
      })
      await sql`select refresh_current_observation(array(select distinct series_id from observation
        where release_id = ${next.release}))`.execute(trx)
    })
    expect(await text()).toContain('"days":27,')
    while (!(await text()).includes('"days":28,')) await new Promise(resolve => setTimeout(resolve, 100))
  })

  test('of one identity are not given to another, and none are kept for whom nothing may be kept', async () => {
    let who: string | undefined
    let made = 0
    const app = new Hono()
    app.use(
      keptAnswers({
        db: database.db,
        kept: /demande|delays/,
        known: () => new Set(['place']),
        today: () => '2026-11-24',
        version: '1',
        identity: () => who,
      }),
    )
    app.get('/demande', c => c.text(`answer ${++made}${new URL(c.req.url).search}`))
    const asked = async (identity: string | undefined, query = '') => {
      who = identity
      return (await app.request(`http://localhost/demande${query}`)).text()
    }
    expect([await asked('a'), await asked('b'), await asked('a')]).toEqual([
      'answer 1',
      'answer 2',
      'answer 1',
    ])
    expect([await asked(undefined), await asked(undefined)]).toEqual(['answer 3', 'answer 4'])
    // Parameters that nobody knows, or given twice, make no answers of their own and are not said to others.
    for (const query of ['?x=1', '?', '?&&', '?y=2&X=3']) expect(await asked('a', query)).toBe('answer 1')
    for (const query of ['?place=16', '?place=16&place=17', '?x=1&place=16'])
      expect(await asked('a', query)).toBe('answer 5?place=16')
  })

  test('that name the service by its address are not given to whom it bears another', async () => {
    let publicUrl: string | undefined
    const app = new Hono()
    app.use(async (c, next) => {
      if (publicUrl !== undefined) askedUnder(c, publicUrl)
      await next()
    })
    app.use(
      keptAnswers({
        db: database.db,
        kept: /demande/,
        known: () => new Set(),
        today: () => '2026-11-24',
        version: '1',
      }),
    )
    let made = 0
    app.get('/demande', c => c.text(`${originOf(c)} ${++made}`))
    const asked = async (host: string, under?: string) => {
      publicUrl = under
      return (await app.request(`${host}/demande`)).text()
    }
    expect(await asked('http://localhost')).toBe('http://localhost 1')
    expect(await asked('http://localhost:3001')).toBe('http://localhost:3001 2')
    // Under one public address it is the same answer, whatever name, port or scheme a proxy used.
    expect(await asked('http://localhost', 'https://vigie.example')).toBe('https://vigie.example 3')
    expect(await asked('http://10.0.0.1:8080', 'https://vigie.example')).toBe('https://vigie.example 3')
    expect(await asked('http://localhost')).toBe('http://localhost 1')
  })

  test('change with the day, with the program, and are not kept for what rests on more than publications', async () => {
    const tag = async (changes: Parameters<typeof appOver>[1], path = DELAYS) =>
      (await ask(appOver(database.db, changes), path)).headers.get('etag')
    const tags = [await tag({}), await tag({ today: () => '2026-11-25' }), await tag({ version: '2' })]
    expect(new Set(tags).size).toBe(3)
    for (const path of [
      '/mairies/16102',
      '/api/briefs/16102.json',
      '/comite/2021',
      '/usagers',
      '/openapi.json',
    ])
      expect([path, await tag({}, path)]).toEqual([path, expect.stringMatching(/^W/)])
    for (const path of ['/donnees', '/', '/mairies/ouverture', '/comite'])
      expect([path, await tag({}, path)]).toEqual([path, null])
    expect(await tag({}, '/api/delays?place=nowhere')).toBeNull()
  })
})

test('the second since which an answer stands is told, moves with what is published, and is honoured without a tag', async () => {
  const { db } = database
  let at = Date.parse('2026-11-24T08:00:00.400Z')
  const app = new Hono()
  app.use(
    keptAnswers({
      db,
      kept: /demande|delays/,
      known: () => new Set(['place']),
      today: () => '2026-11-24',
      version: '1',
      clock: () => at,
    }),
  )
  app.get('/demande', c => c.text('answer'))
  app.get('/api/delays/refused', c => c.text('refused', 400))
  const asked = async (headers: Record<string, string> = {}, path = '/demande') => {
    const { status, headers: told } = await app.request(`http://localhost${path}`, { headers })
    return { status, since: told.get('last-modified') }
  }
  const first = 'Tue, 24 Nov 2026 08:00:00 GMT'
  expect(await asked()).toEqual({ status: 200, since: first })
  at += 3_600_000
  expect(await asked()).toEqual({ status: 200, since: first })
  expect(await asked({ 'if-modified-since': first })).toEqual({ status: 304, since: first })
  expect((await asked({ 'if-modified-since': 'Tue, 24 Nov 2026 07:59:59 GMT' })).status).toBe(200)
  expect((await asked({ 'if-modified-since': 'hier' })).status).toBe(200)
  expect((await asked({ 'if-modified-since': first, 'if-none-match': '"other"' })).status).toBe(200)
  expect((await asked({ 'if-modified-since': first }, '/api/delays/refused')).status).toBe(400)

  await publish(51)
  const second = 'Tue, 24 Nov 2026 09:00:00 GMT'
  expect(await asked({ 'if-modified-since': first })).toEqual({ status: 200, since: second })
  await publish(52)
  expect(await asked({ 'if-modified-since': second })).toEqual({ status: 200, since: null })
  at += 1_000
  expect(await asked({ 'if-modified-since': second })).toEqual({
    status: 200,
    since: 'Tue, 24 Nov 2026 09:00:01 GMT',
  })
})

test('the same question asked many times at once is answered once', async () => {
  let answered = 0
  const app = new Hono()
  app.use(
    keptAnswers({
      db: database.db,
      kept: /demande|delays/,
      known: () => new Set(['place']),
      today: () => '2026-11-24',
      version: '1',
    }),
  )
  app.get('/demande', async c => {
    answered += 1
    await new Promise(resolve => setTimeout(resolve, 50))
    return c.text(`answer ${answered}`)
  })
  const texts = await Promise.all(
    Array.from({ length: 8 }, async () => (await app.request('http://localhost/demande')).text()),
  )
  expect(new Set(texts)).toEqual(new Set(['answer 1']))
})
