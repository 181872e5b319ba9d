import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const file = (count: number) => `mois;commune;titre;demandes\n2022-03;16102;cni;${count}\n`
const send = (key: string, body: string, address = '/api/imports?kind=applications') =>
  ask(app, address, { method: 'POST', body, headers: { 'content-type': 'text/csv', 'idempotency-key': key } })

test('the same key and body get the same answer, written once', async () => {
  const first = await send('"one"', file(70_011))
  const again = await send('one', file(70_011))
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
  const answer = await jsonOf<{ release: number }>(first)
  expect(await again.json()).toEqual(answer)
  // Without the key the service says that it knew the file.
  const bare = await ask(app, '/api/imports?kind=applications', { method: 'POST', body: file(70_011) })
  expect([bare.status, await bare.json()]).toMatchObject([
    200,
    { release: answer.release, alreadyKnown: true },
  ])
})

test('the same key with another body, or for another address, is refused and writes nothing', async () => {
  expect((await send('two', file(70_021))).status).toBe(201)
  for (const [body, address] of [
    [file(70_022)],
    [file(70_021), '/api/imports?kind=applications&source=x'],
  ] as const) {
    const refused = await send('two', body, address)
    expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
      422,
      'idempotency-key-reused',
    ])
  }
  const { rows } = await sql`select from observation where value = 70022`.execute(database.db)
  expect(rows).toEqual([])
})

test('a refusal is not kept: what is corrected elsewhere may be asked again', async () => {
  const wrong = 'mois;commune;titre;demandes\n2022-03;Cognax;cni;4\n'
  expect((await send('three', wrong)).status).toBe(422)
  expect((await send('three', file(70_031))).status).toBe(201)
})

test('while the first request runs the second waits its turn; a request whose server died is taken over', async () => {
  const fingerprint = await sql<{ fingerprint: string }>`
    select fingerprint from idempotency_key where key = 'one'`.execute(database.db)
  await sql`insert into idempotency_key (caller, key, fingerprint)
    values ('local', 'four', ${fingerprint.rows[0]?.fingerprint})`.execute(database.db)
  const busy = await send('four', file(70_011))
  expect([busy.status, (await jsonOf<{ code: string }>(busy)).code]).toEqual([409, 'idempotency-key-in-use'])
  await sql`update idempotency_key set claimed_at = now() - interval '3 seconds' where key = 'four'`.execute(
    database.db,
  )
  const taken = await send('four', file(70_011))
  expect([taken.status, (await jsonOf<{ alreadyKnown: boolean }>(taken)).alreadyKnown]).toEqual([200, true])
})

test('two requests at once under one key write once', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => send('five', file(70_051))))
  expect(answers.filter(answer => answer.status === 201).length).toBeGreaterThan(0)
  expect(answers.every(answer => [201, 409].includes(answer.status))).toBe(true)
  const { rows } = await sql`select from observation where value = 70051`.execute(database.db)
  expect(rows).toHaveLength(1)
})

test('the key holds on every server and under every name of this machine', async () => {
  const sent = { method: 'POST', body: file(70_081), headers: { 'idempotency-key': 'eight' } }
  const answers = await Promise.all(
    ['localhost:3000', '127.0.0.1:3001'].map(
      async host => (await app.request(`http://${host}/api/imports?kind=applications`, sent)).status,
    ),
  )
  const later = await app.request('http://127.0.0.1:3002/api/imports?kind=applications', sent)
  expect(answers.every(status => [201, 409].includes(status))).toBe(true)
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
})

test('keys are forgotten after a day', async () => {
  await sql`update idempotency_key set claimed_at = now() - interval '25 hours' where key = 'one'`.execute(
    database.db,
  )
  const later = await send('one', file(70_061))
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([201, null])
})

test.each(['', 'a b', 'é'.normalize(), 'x'.repeat(201)])('the key « %s » is refused', async key => {
  const refused = await ask(app, '/api/imports', {
    method: 'POST',
    body: file(1),
    headers: { 'idempotency-key': key },
  })
  expect((await jsonOf<{ code: string }>(refused)).code).toBe('invalid-idempotency-key')
})

test('a scenario saved twice under one key gives one address', async () => {
  const save = () =>
    ask(app, '/api/scenarios', {
      method: 'POST',
      body: JSON.stringify({
        name: 'Une station',
        place: '16',
        levers: [{ code: 'more-stations', hall: '16102', amount: 1, startsOn: '2027-01-04', leadWeeks: 8 }],
      }),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'six' },
    })
  const [first, again] = [await save(), await save()]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
})
