import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportTask } from '../../../src/imports/tasks/queries.ts'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const HEAD =
  '# type : applications\n# source : Essai\n# publié le : 2022-05-01\nmois;commune;titre;demandes\n'
const send = async (body: string) => {
  const response = await ask(appOver(database.db), '/api/imports/long?fileName=a.csv', {
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
})
