import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginReading } from '../../src/collectors/reading-queries.ts'
import { endDeadReadings } from '../../src/collectors/reading-work.ts'
import { holding } from '../../src/io/database/session-lock.ts'
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
const importDir = mkdtempSync(join(tmpdir(), 'vigie-depot-'))
const collecting = {
  outside: { hosts: ['127.0.0.1'], userAgent: 'VigieTitres (+mailto:vigie@example.fr)' },
  secretKey,
  importDir,
  clock: () => `${today}T10:00`,
  callsAMinute: 1_000,
}

beforeAll(async () => {
  ;[editor, database] = await Promise.all([testEditor(script), freshDatabase()])
  app = appOver(database.db, { collecting, today: () => today })
})
afterAll(async () => {
  editor.close()
  rmSync(importDir, { recursive: true })
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

const waits = (days: number) =>
  [
    '# type : appointment-waits',
    '# source : Essai',
    `# document : Attentes ${days}`,
    '# publié le : 2026-11-20',
    'jour du relevé;lieu;jours;horloge;statistique;unité;statut',
    `2026-11-20;16;${days};first-free-slot;minimum;calendar-day;observed`,
    '',
  ].join('\n')

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

test('a commune that was merged into another is not confirmed; one that is merged later stops no other hall', async () => {
  const id = await created({ name: 'Communes nouvelles' })
  await send('POST', `/api/collectors/${id}/readings`)
  const confirm = (editorId: string, hall: string) =>
    send('PATCH', `/api/collectors/${id}`, { halls: [{ editorId, hall }] })
  const refused = await confirm('1', '01176')
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('écrivez 01187')])
  await confirm('1', '16374')
  await database.pool.query(
    `update collector_point set hall = '01176', hall_confirmed_by = 'x', hall_confirmed_at = now()
      where collector_id = $1 and editor_id = '2'`,
    [id],
  )
  today = '2026-11-26'
  expect(await jsonOf(await send('POST', `/api/collectors/${id}/readings`))).toMatchObject({
    state: 'partial',
    cause: 'hall-refused',
    outcome: { faults: [{ message: expect.stringContaining('01187') }] },
  })
  const { rows } = await database.pool.query(
    'select distinct hall from collector_figure where collector_id = $1 and day = $2',
    [id, today],
  )
  expect(rows).toEqual([{ hall: '16374' }])
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

describe('a file at an address', () => {
  const answers: RequestListener[] = []
  const server = createServer((request, response) => answers[0]!(request, response))
  const received: IncomingHttpHeaders[] = []
  const file = (days: number, etag?: string): RequestListener => {
    return (request, response) => {
      received.push(request.headers)
      if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, etag === undefined ? {} : { etag }).end(waits(days))
    }
  }
  const to = (location: string): RequestListener => {
    return (request, response) => {
      if (request.url === '/moved.csv') file(41)(request, response)
      else response.writeHead(302, { location }).end()
    }
  }
  let id: number
  let base: string
  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    id = await created({ kind: 'file-at-address', address: `${base}/attentes%E9.csv`, token: undefined })
  })
  afterAll(() => server.close().closeAllConnections())
  const read = async (answer: RequestListener) => {
    answers[0] = answer
    return jsonOf<{ state: string; cause: string | null; message: string | null; outcome: object }>(
      await send('POST', `/api/collectors/${id}/readings`),
    )
  }

  test('is imported once, asked for again under its tag, and compared by its digest', async () => {
    const first = await read(file(40, '"a"'))
    expect(first).toMatchObject({ state: 'read', outcome: { release: expect.any(Number) } })
    expect(await read(file(40, '"a"'))).toMatchObject({ state: 'read', outcome: { unchanged: true } })
    expect(received.at(-1)?.['if-none-match']).toBe('"a"')
    expect(await read(file(40, '"b"'))).toMatchObject({ state: 'read', outcome: { unchanged: true } })
  })

  test.each([
    ['the same host', '/moved.csv', { state: 'read', outcome: { release: expect.any(Number) } }],
    ['a private address', 'http://10.0.0.1/attentes.csv', { cause: 'address-refused' }],
    ['the metadata of a cloud', 'http://169.254.169.254/latest', { cause: 'address-refused' }],
    ['an address inside another', 'https://[::ffff:127.0.0.1]/', { cause: 'address-refused' }],
    ['a host that is not named', 'https://ailleurs.example.fr/a.csv', { cause: 'address-refused' }],
    ['a file of the server', 'file:///etc/passwd', { cause: 'address-refused' }],
    ['itself, for ever', '/attentes%E9.csv', { cause: 'redirected' }],
  ])('redirected to %s', async (_, location, expected) => {
    expect(await read(to(location))).toMatchObject(expected)
  })

  test('too large, broken or wrong, it says so and what to do', async () => {
    const huge: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': 60_000_000 })
      for (let i = 0; i < 60 && !response.destroyed; i++) response.write(Buffer.alloc(1_000_000))
    }
    expect(await read(huge)).toMatchObject({ state: 'unreachable', cause: 'too-large' })
    const broken = await read((_, response) => response.writeHead(503).end())
    expect([broken.cause, broken.message]).toEqual(['server-error', expect.stringMatching(/réessaie/)])
    // A file has neither editor, nor points, nor software.
    const absent = await read((_, response) => response.writeHead(404).end())
    expect([broken.message, absent.message].join()).not.toMatch(
      /éditeur ne|prévenez l’éditeur|le logiciel est/,
    )
    // The second day it is the same file, and no better.
    for (const _day of [1, 2])
      expect(await read((_, response) => response.end('a;b\n1;2\n'))).toMatchObject({
        // One file refused whole: nothing of it was read.
        state: 'refused',
        message: expect.stringMatching(/corrigez/),
        outcome: { faults: [expect.anything()] },
      })
    const gone: RequestListener = (_, response) => response.writeHead(404).end()
    expect(await read(gone)).toMatchObject({ state: 'refused', cause: 'question-refused' })
  })

  test('of a host that nobody named is not even added', async () => {
    const elsewhere = { kind: 'file-at-address', address: 'https://ailleurs.example.fr/a.csv' }
    const answer = await send('POST', '/api/collectors', { ...order(), ...elsewhere })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringMatching(/COLLECTOR_HOSTS/)])
  })
})

test('a folder: files go to one side or the other with their report, and never out of it', async () => {
  const folder = join(importDir, 'depot')
  await mkdir(folder)
  const put = async (name: string, text: string, writtenAt = 1_700_000_000) => {
    await writeFile(join(folder, name), text)
    await utimes(join(folder, name), writtenAt, writtenAt)
  }
  await Promise.all([
    put('a.csv', waits(50)),
    put('b.csv', 'a;b\n1;2\n'),
    put('.secret.csv', 'x'),
    put('Thumbs.db', 'x'),
    symlink('/etc/passwd', join(folder, 'lien.csv')),
    // Written a moment ago on a machine of any speed.
    put('encore.csv', 'growing', 4_000_000_000),
  ])
  const id = await created({ kind: 'folder', address: 'depot', token: undefined })
  const answer = await send('POST', `/api/collectors/${id}/readings`)
  expect(await jsonOf(answer)).toMatchObject({
    state: 'partial',
    outcome: { files: [{ name: 'a.csv' }, { name: 'b.csv', outcome: { faults: [expect.anything()] } }] },
  })
  const page = await (await ask(app, `/collecteurs/${id}`, { headers: { accept: 'text/html' } })).text()
  expect(page).toMatch(/2\sfichiers\s;\sb\.csv\s:\s/)
  const names = async (of: string) => (await readdir(join(folder, of))).map(name => name.replace(/^.*Z-/, ''))
  expect(await names('importes')).toEqual(['a.csv', 'a.csv.rapport.json'])
  expect(await names('refuses')).toEqual(['b.csv', 'b.csv.rapport.json'])
  expect((await names('')).sort()).toEqual([
    '.secret.csv',
    'Thumbs.db',
    'encore.csv',
    'importes',
    'lien.csv',
    'refuses',
  ])
  for (const address of ['..', '/etc', '../autre', 'depot/../..'])
    expect((await send('POST', '/api/collectors', { ...order(), kind: 'folder', address })).status).toBe(422)
})

test('a point that cannot be read is told where the last reading is, and no other is', async () => {
  await editor.play({
    ...script,
    points: [...script.points, { ...point('9', 'Sans place', 'JARNAC', 0, 0), latitude: null }],
  })
  const id = await created({ name: 'Un point illisible' })
  const read = await jsonOf<{ state: string; message: string; invalidPoints: number; points: Point[] }>(
    await send('POST', `/api/collectors/${id}/readings`),
  )
  await editor.play(script)
  expect(read).toMatchObject({
    state: 'read',
    invalidPoints: 1,
    message: expect.stringMatching(/^1 point illisible, laissé de côté ; demandez à l’éditeur/),
  })
  expect(new Set(read.points.map(({ editorId }) => editorId))).toEqual(new Set(['1', '2', '3']))
  const page = await (await ask(app, '/donnees', { headers: { accept: 'text/html' } })).text()
  expect(page).toMatch(/1 point illisible, laissé de côté[^<]*position</)
})

test('a reading whose process died is said to be interrupted; one that goes on is left alone', async () => {
  const id = await created({ name: 'Mort en lisant' })
  const dead = await beginReading(database.db, { collector: id, day: today, askedBy: 'schedule' })
  const stateOf = async () => (await readingsOf(id)).find(one => one.id === dead)?.state
  const { origin } = new URL(editor.address)
  await holding(database.db, { kind: 7_216_020, subject: origin }, () => endDeadReadings(database))
  expect(await stateOf()).toBe('running')
  await endDeadReadings(database)
  expect(await stateOf()).toBe('interrupted')
  expect((await readingsOf(id))[0]).toMatchObject({ message: expect.stringMatching(/s’est arrêté/) })
})

test.each([
  ['a token that no header carries', { token: 'jeton\nX: y' }, 400, 'token'],
  ['an accent in a token', { token: 'jetôn' }, 400, 'token'],
  ['a private address', { address: 'https://10.0.0.1/api' }, 422, 'address'],
  ['a password in the address', { address: 'https://user:word@rdv.example.fr/api' }, 422, 'address'],
  ['a question in the address', { address: 'https://rdv.example.fr/api?a=1' }, 422, 'address'],
  ['a part of a page in the address', { address: 'https://rdv.example.fr/api#a' }, 422, 'address'],
  ['a kind that is none', { kind: 'autre' }, 400, 'kind'],
])('%s is refused in words', async (_, changes, status, field) => {
  const answer = await send('POST', '/api/collectors', { ...order(), ...changes })
  const text = await answer.text()
  expect([answer.status, text]).toEqual([status, expect.stringContaining(`${field} : `)])
  expect(text).not.toMatch(/jetôn|X: y|word/)
})
