import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
  const file =
    '# source : Préfecture de la Vienne\n# document : liste\n# publié le : 2026-11-20\ncommune;stations\n86194;2\n'
  await ask(app, '/api/imports?kind=town-halls', { method: 'POST', body: file })
})
afterAll(() => database.close())

interface Job {
  id: string
  state: string
  place: number | null
  sheets: number
  halls: number
  archive: string | null
}

const json = { 'content-type': 'application/json' }
/** A page of another site is answered as anybody is: here, the public. */
const publicly = { origin: 'https://ailleurs.example' }
const askFor = (body: object) =>
  ask(app, '/api/briefs', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ department: '86', ...body }),
  })
const jobAt = async (address: string) => jsonOf<Job>(await ask(app, address))
const state = (given: string) =>
  sql`update pack_job set state = ${given}, updated_at = now()`.execute(database.db)

test('a pack asked for has a place in the line, then its archive, and the same question the same place', async () => {
  const first = await askFor({})
  expect(first.status).toBe(202)
  expect(first.headers.get('retry-after')).toMatch(/^\d+$/)
  const address = first.headers.get('location')!
  const job = await jsonOf<Job>(first)
  expect(job).toMatchObject({ place: 1, halls: 1, archive: null })
  expect((await ask(app, `${address}/archive`)).status).toBe(404)
  expect((await askFor({})).headers.get('location')).toBe(address)
  const past = await jsonOf<Job>(await askFor({ asOf: '2022-05-03' }))
  expect(past.place).toBe(2)
  const page = await (await ask(app, `/comite/dossier/${past.id}`)).text()
  expect(page).toMatch(/En place\s2 dans la file|sur\s1\./)
  // Two of one asker are in the line: a third is told when to come back, and another reader sees neither.
  const third = await askFor({ asOf: '2022-06-03' })
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '20'])
  expect((await ask(app, address, { headers: publicly })).status).toBe(404)
  await expect.poll(() => jobAt(address), { timeout: 60_000 }).toMatchObject({ state: 'ready', sheets: 1 })
  const ready = await jobAt(address)
  const zip = unzipSync(new Uint8Array(await (await ask(app, ready.archive!)).arrayBuffer()))
  const names = Object.keys(zip)
  expect(names.filter(name => name.startsWith('fiches/'))).toHaveLength(1)
  expect(names).toContain('00-couverture.pdf')
  expect(JSON.parse(strFromU8(zip['donnees/86194-poitiers.json']!))).toEqual(
    await jsonOf(await ask(app, '/api/briefs/86194.json')),
  )
  expect((await askFor({})).headers.get('location')).toBe(address)
  // Whoever asks for it at once is given what is ready, and nobody else is.
  await sql`update pack_job set archive = 'ready' where id = ${job.id}`.execute(database.db)
  const atOnce = (asked: string, headers = {}) =>
    ask(app, `/api/briefs.zip?department=86${asked}`, { headers }).then(answer => answer.text())
  expect(await atOnce('')).toBe('ready')
  expect(await atOnce('', publicly)).toContain('00-couverture.pdf')
  expect(await (await ask(app, `/comite/dossier/${job.id}`)).text()).toContain(ready.archive!)
  await expect
    .poll(() => jobAt(`/api/briefs/jobs/${past.id}`), { timeout: 60_000 })
    .toMatchObject({ state: 'ready' })
})

test('a pack that its process left is taken up again, and not for ever; old ones are forgotten', async () => {
  const id = (await jsonOf<Job>(await askFor({}))).id
  await sql`update pack_job set state = 'making', archive = null, updated_at = now() - interval '61 seconds' where id = ${id}`.execute(
    database.db,
  )
  expect((await jobAt(`/api/briefs/jobs/${id}`)).state).toBe('making')
  await expect
    .poll(() => jobAt(`/api/briefs/jobs/${id}`), { timeout: 60_000 })
    .toMatchObject({ state: 'ready' })
  await sql`update pack_job set state = 'making', attempts = 3, updated_at = now() - interval '61 seconds' where id = ${id}`.execute(
    database.db,
  )
  await jobAt(`/api/briefs/jobs/${id}`)
  await expect
    .poll(() => jobAt(`/api/briefs/jobs/${id}`), { timeout: 60_000 })
    .toMatchObject({ state: 'failed' })
  await sql`update pack_job set updated_at = now() - interval '2 hours'`.execute(database.db)
  await askFor({ asOf: '2022-05-03' })
  expect((await ask(app, `/api/briefs/jobs/${id}`)).status).toBe(404)
})

test('the line is bounded, whoever asks, and a form asks as programs do', async () => {
  await sql`
    insert into pack_job (asker, reader, department, known, halls, state)
    select 'other ' || n, '{"role": "public", "account": ""}', '17', n, 1, 'making' from generate_series(1, 20) n`.execute(
    database.db,
  )
  const full = await askFor({ asOf: '2022-07-03' })
  expect([full.status, (await jsonOf<{ code: string }>(full)).code]).toEqual([503, 'service-busy'])
  await state('ready')
  const body = new URLSearchParams({ department: '86', asOf: '' })
  const sent = await ask(app, '/comite/dossier', { method: 'POST', body })
  expect(sent.status).toBe(303)
  expect(sent.headers.get('location')).toMatch(/^\/comite\/dossier\/[0-9a-f-]{36}$/)
  await expect
    .poll(async () => jobAt(sent.headers.get('location')!.replace('/comite/dossier', '/api/briefs/jobs')), {
      timeout: 60_000,
    })
    .toMatchObject({ state: 'ready' })
})

test.each([
  [{ department: '99' }, 404],
  [{ department: '23' }, 404],
  [{ department: 'x' }, 400],
  [{ asOf: '2022-13-01' }, 400],
])('%j is refused: %i', async (body, status) => {
  expect((await askFor(body)).status).toBe(status)
})
