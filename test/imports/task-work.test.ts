import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportTask } from '../../src/imports/import-answer.ts'
import { importTask, putAside, removeAside } from '../../src/imports/task-work.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const HEAD =
  '# type : applications\n# source : Essai\n# publié le : 2022-08-01\nmois;commune;titre;demandes\n'
const send = async (body: string, { app = appOver(database.db), query = '?fileName=a.csv' } = {}) => {
  const response = await ask(app, `/api/imports/long${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/csv' },
  })
  expect(response.status).toBe(202)
  return jsonOf<ImportTask>(response)
}
/** Follows an import to its end, on another instance than the one that does it. */
const lastEvent = async (id: string) => {
  const response = await ask(appOver(database.db), `/api/imports/${id}/events`)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = (await response.text()).trim().split('\n\n')
  return JSON.parse(/^data: (.*)$/m.exec(events.at(-1) ?? '')?.[1] ?? '{}') as ImportTask
}

describe('an import sent to be done meanwhile', () => {
  test.each(['source', 'fileName'])('is refused at once when its %s holds what no table can', async name => {
    const address = `/api/imports/long?${name}=a%00b`
    const response = await ask(appOver(database.db), address, {
      method: 'POST',
      body: `${HEAD}2022-03;16015;cni;7\n`,
      headers: { 'content-type': 'text/csv' },
    })
    expect([response.status, (await jsonOf<{ code: string }>(response)).code]).toEqual([
      400,
      'invalid-parameter',
    ])
  })

  test('tells how it ends: stored, already known, or refused with its faults', async () => {
    const file = `${HEAD}2022-03;16015;cni;7\n2022-03;16102;cni;9\n`
    const stored = await lastEvent((await send(file)).id)
    expect(stored).toMatchObject({ state: 'stored', rows: 2, bytesRead: Buffer.byteLength(file) })
    expect(await lastEvent((await send(file)).id)).toMatchObject({ state: 'known', release: stored.release })
    expect(await lastEvent((await send(`${HEAD}2022-13;16015;cni;7\n`)).id)).toMatchObject({
      state: 'refused',
      outcome: { total: 1, faults: [{ line: 5, code: 'invalid-period' }] },
    })
  })

  test('stops when asked, on any instance, and is unknown under another number', async () => {
    const hold = await database.pool.connect()
    await hold.query('select pg_advisory_lock(7216001)')
    const { id } = await send(`${HEAD}2022-04;16015;cni;7\n`)
    expect((await ask(appOver(database.db), `/api/imports/${id}`, { method: 'DELETE' })).status).toBe(202)
    await new Promise(resolve => setTimeout(resolve, 1_500))
    await hold.query('select pg_advisory_unlock(7216001)')
    hold.release()
    expect(await lastEvent(id)).toMatchObject({ state: 'cancelled', release: null })
    const unknown = await ask(
      appOver(database.db),
      '/api/imports/00000000-0000-4000-8000-000000000000/events',
    )
    expect(unknown.status).toBe(404)
  })

  test('is lost when its process died', async () => {
    const { id } = await database.db
      .insertInto('import_task')
      .values({ file_name: 'x.csv', bytes: 1, updated_at: '2020-01-01T00:00:00Z' })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await lastEvent(id)).toMatchObject({ state: 'lost' })
  })

  test('tells how far it is while it goes on, and is named when its sender does not', async () => {
    const hold = await database.pool.connect()
    await hold.query('select pg_advisory_lock(7216001)')
    const { id, fileName, state } = await send(`${HEAD}2022-05;16015;cni;7\n`, { query: '' })
    expect([fileName, state]).toEqual(['fichier.csv', 'running'])
    const told = () =>
      database.db
        .selectFrom('import_task')
        .select('updated_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    const first = await told()
    await expect.poll(told, { timeout: 60_000 }).not.toEqual(first)
    expect((await importTask(database.db, id))?.state).toBe('running')
    await hold.query('select pg_advisory_unlock(7216001)')
    hold.release()
    expect(await lastEvent(id)).toMatchObject({ state: 'stored', rows: 1 })
  })

  test('that breaks says so, tells why to who keeps the service, and stores nothing', async () => {
    const reported: [unknown, object][] = []
    const app = appOver(database.db, { report: (error, request) => reported.push([error, request]) })
    await sql`create function fail_now() returns trigger language plpgsql as 'begin raise exception ''power cut''; end'`.execute(
      database.db,
    )
    await sql`create trigger fail_now before insert on release for each row execute function fail_now()`.execute(
      database.db,
    )
    const file = `${HEAD}2022-06;16015;cni;7\n`
    const { id } = await send(file, { app })
    expect(await lastEvent(id)).toMatchObject({ state: 'failed', release: null, outcome: null })
    expect(reported).toEqual([
      [expect.objectContaining({ message: 'power cut' }), { id, method: 'POST', path: '/api/imports/long' }],
    ])
    await sql`drop trigger fail_now on release`.execute(database.db)
    expect(await lastEvent((await send(file)).id)).toMatchObject({ state: 'stored' })
  })
})

test('a start removes what killed processes had put aside, and nothing of others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-left-'))
  const names = [
    `vigie-import-${2 ** 30}-dead`,
    `vigie-import-${process.ppid}-alive`,
    'vigie-import-old',
    'other',
  ]
  for (const name of names) await mkdir(join(folder, name))
  expect(await removeAside(folder)).toBe(1)
  expect((await readdir(folder)).sort()).toEqual(names.slice(1).sort())
  await rm(folder, { recursive: true })
})

test('a body that breaks off leaves nothing on the disk; one received is there until it is imported or discarded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-aside-'))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    const body = async function* (breaks: boolean) {
      yield Buffer.from('mois;')
      if (breaks) throw new Error('hung up')
      yield Buffer.from('commune')
    }
    await expect(putAside(body(true))).rejects.toThrow('hung up')
    expect(await readdir(folder)).toEqual([])
    const aside = await putAside(body(false))
    expect(aside.bytes).toBe(12)
    expect(await text(aside.open())).toBe('mois;commune')
    expect(await readdir(folder)).toHaveLength(1)
    await aside.discard()
    expect(await readdir(folder)).toEqual([])
    for (const body of [`${HEAD}2022-06;16015;cni;7\n`, `${HEAD}2022-13;16015;cni;7\n`]) {
      await lastEvent((await send(body)).id)
      await expect.poll(() => readdir(folder)).toEqual([])
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    await rm(folder, { recursive: true })
  }
})
