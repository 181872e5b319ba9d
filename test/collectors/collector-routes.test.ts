import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { type Script, type TestEditor, testEditor } from '../test-editor.ts'

interface Point {
  editorId: string
  hall: string | null
  reason: string
  state: string
  firstSlotDays: number | null
  slots: { within7: number | null; within30: number | null; within90: number | null }
}
interface Readings {
  readings: { id: number; day: string; state: string; cause: string | null; points: Point[] }[]
}

const point = (id: string, name: string, city: string, lat: number, lon: number, zip = '16100') => ({
  id,
  name,
  longitude: lon,
  latitude: lat,
  public_entry_address: `Place de la Mairie ${zip} ${city}`,
  zip_code: zip,
  city_name: city,
})
const script: Script = {
  token: 'very-secret-token',
  points: [
    point('1', 'Mairie de Cognac', 'COGNAC', 45.6958, -0.3287),
    point('2', 'Mairie d’Angoulême', 'ANGOULEME', 45.6484, 0.1562, '16000'),
    point('3', 'Ailleurs', 'AILLEURS', 48, 2, '99999'),
  ],
  slots: { 1: ['2026-12-04T10:00Z', '2026-12-20T10:00Z'], 2: [], 3: ['2026-11-24T18:00Z'] },
}
let editor: TestEditor
let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let today = '2026-11-24'
const secretKey = randomBytes(32)
const collecting = {
  outside: { hosts: ['127.0.0.1'], userAgent: 'VigieTitres (+mailto:vigie@example.fr)' },
  secretKey,
  importDir: undefined,
  clock: () => `${today}T10:00`,
  callsAMinute: 1_000,
}

beforeAll(async () => {
  ;[editor, database] = await Promise.all([testEditor(script), freshDatabase()])
  app = appOver(database.db, { collecting, today: () => today })
})
afterAll(async () => {
  editor.close()
  await database.close()
})

const send = (method: string, path: string, body?: unknown) =>
  ask(app, path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const order = () => ({
  name: 'Éditeur d’essai',
  kind: 'booking-editor',
  address: editor.address,
  token: 'very-secret-token',
})
const readingsOf = async (id: number) =>
  (await jsonOf<Readings>(await ask(app, `/api/collectors/${id}/readings`))).readings

async function created(changes: object = {}): Promise<number> {
  const answer = await send('POST', '/api/collectors', { ...order(), ...changes })
  expect(answer.status).toBe(201)
  const { id } = await jsonOf<{ id: number }>(answer)
  return id
}

test('added, read, seen: halls unknown until a person says so, then figures', async () => {
  const id = await created()
  expect((await send('POST', `/api/collectors/${id}/readings`)).status).toBe(201)
  const [reading, ...others] = await readingsOf(id)
  expect(others).toEqual([])
  expect(reading).toMatchObject({ day: '2026-11-24', state: 'read', cause: null })
  expect(reading?.points.filter(one => one.reason === 'CNI')).toMatchObject([
    {
      editorId: '1',
      hall: null,
      state: 'read',
      firstSlotDays: 10,
      slots: { within7: 0, within30: 2, within90: 2 },
    },
    {
      editorId: '2',
      hall: null,
      state: 'no-slot-within-horizon',
      firstSlotDays: null,
      slots: { within7: 0, within30: 0, within90: 0 },
    },
    {
      editorId: '3',
      hall: null,
      state: 'read',
      firstSlotDays: 0,
      slots: { within7: 1, within30: 1, within90: 1 },
    },
  ])
  const points = await jsonOf<{ points: { editorId: string; proposed: { hall: string } | null }[] }>(
    await ask(app, `/api/collectors/${id}/points`),
  )
  expect(Object.fromEntries(points.points.map(one => [one.editorId, one.proposed?.hall]))).toEqual({
    1: '16102',
    2: '16015',
    3: undefined,
  })
  const figures = async () =>
    (
      await Promise.all(
        ['16015', '16102'].map(async place =>
          jsonOf<{
            vintages: { place: string; period: string; value: number; status: string; clock: string }[]
          }>(await ask(app, `/api/vintages?measure=appointment-wait&place=${place}`)),
        ),
      )
    ).flatMap(({ vintages }) => vintages.filter(one => one.period === '2026-11-24'))
  expect(await figures()).toEqual([])
  const halls = [
    { editorId: '1', hall: '16102' },
    { editorId: '2', hall: '16015' },
  ]
  expect((await send('PATCH', `/api/collectors/${id}`, { halls })).status).toBe(200)
  expect((await readingsOf(id))[0]?.points[0]?.hall).toBe('16102')
  expect(await figures()).toMatchObject([
    { place: '16015', value: 181, status: 'censored', clock: 'first-free-slot' },
    { place: '16102', value: 10, status: 'observed', clock: 'first-free-slot' },
  ])
  today = '2026-11-25'
  await send('POST', `/api/collectors/${id}/readings`)
  const days = await database.db
    .selectFrom('collector_figure')
    .select(['hall', 'day', 'days'])
    .where('day', '=', today)
    .execute()
  expect(days).toEqual([
    { hall: '16102', day: today, days: 9 },
    { hall: '16015', day: today, days: 181 },
  ])
})

test('a hall that was another one gives its figures to the right one', async () => {
  const id = await created({ name: 'Second éditeur' })
  await send('POST', `/api/collectors/${id}/readings`)
  await send('PATCH', `/api/collectors/${id}`, { halls: [{ editorId: '1', hall: '16374' }] })
  await send('PATCH', `/api/collectors/${id}`, { halls: [{ editorId: '1', hall: '16070' }] })
  const { rows } = await database.pool.query(
    `select s.place, o.value, o.status from current_observation o join series s on s.id = o.series_id
      where o.period = $1 and s.place in ('16374', '16070') order by place`,
    [today],
  )
  expect(rows).toEqual([{ place: '16070', value: 9, status: 'observed' }])
})

test('a reading that meets a fault says so, and keeps what was read before', async () => {
  const id = await created({ name: 'Troisième éditeur' })
  await send('POST', `/api/collectors/${id}/readings`)
  await editor.play({ ...script, fault: 'broken' })
  expect((await send('POST', `/api/collectors/${id}/readings`)).status).toBe(201)
  await editor.play({ ...script, fault: 'refused' })
  await send('POST', `/api/collectors/${id}/readings`)
  await editor.play(script)
  const all = await readingsOf(id)
  expect(all.map(({ state, cause }) => [state, cause])).toEqual([
    ['refused', 'token-refused'],
    ['unreachable', 'server-error'],
    ['read', null],
  ])
  expect(all.map(({ points }) => [...new Set(points.map(one => one.state))])).toEqual([
    ['refused'],
    ['unreachable'],
    ['read', 'no-slot-within-horizon'],
  ])
})

test('a token is never seen again, is stored encrypted, and does not follow the address elsewhere', async () => {
  const id = await created({ name: 'Quatrième éditeur' })
  const answers = await Promise.all(
    ['/api/collectors', `/api/collectors/${id}/readings`, '/collecteurs', `/collecteurs/${id}`].map(
      async path =>
        (await ask(app, path, { headers: { accept: path.startsWith('/api') ? '*/*' : 'text/html' } })).text(),
    ),
  )
  expect(answers.filter(text => text.includes('very-secret-token'))).toEqual([])
  const { rows } = await database.pool.query('select token from collector where id = $1', [id])
  expect(Buffer.from(rows[0].token).includes('very-secret-token')).toBe(false)
  const moved = await send('PATCH', `/api/collectors/${id}`, { address: 'https://ailleurs.example.fr/api' })
  expect(await jsonOf(moved)).toMatchObject({ hasToken: false })
})

test('without a key no token is stored; without its name this machine is not asked', async () => {
  const closed = appOver(database.db)
  const post = (body: object) =>
    ask(closed, '/api/collectors', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const refused = await post({ ...order(), address: 'https://rdv.example.fr/api' })
  expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
    409,
    'token-not-storable',
  ])
  for (const address of [editor.address, 'http://rdv.example.fr', 'https://10.0.0.1', 'https://[::1]', 'x']) {
    const answer = await post({ ...order(), address })
    expect([answer.status, (await jsonOf<{ code: string }>(answer)).code]).toEqual([422, 'invalid-collector'])
  }
  for (const kind of ['folder', 'file-at-address'])
    expect((await post({ ...order(), kind, address: 'https://rdv.example.fr/x.csv' })).status).toBe(422)
})

test('given up, it is no longer there; its readings and figures stay', async () => {
  const id = await created({ name: 'Cinquième éditeur' })
  await send('POST', `/api/collectors/${id}/readings`)
  expect((await send('DELETE', `/api/collectors/${id}`)).status).toBe(204)
  expect((await send('DELETE', `/api/collectors/${id}`)).status).toBe(404)
  expect((await ask(app, `/api/collectors/${id}/readings`)).status).toBe(404)
  expect((await send('POST', `/api/collectors/${id}/readings`)).status).toBe(404)
  const kept = await database.db
    .selectFrom('collector_reading')
    .selectAll()
    .where('collector_id', '=', id)
    .execute()
  expect(kept).toHaveLength(1)
})

test('readings of one origin take turns', async () => {
  const [a, b] = [await created({ name: 'A' }), await created({ name: 'B' })]
  await editor.play({ ...script, points: [], delayMillis: 50 })
  await Promise.all([a, b, a].map(id => send('POST', `/api/collectors/${id}/readings`)))
  const calls = await editor.calls()
  expect(calls.map(call => call.inFlight)).toEqual([1, 1, 1])
})
