import type { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Standby, standbyOfFreshServer } from '../../../scripts/lab/chaos/standby.ts'
import { actAs, actAsOwner, readAsOwner, readFromReplica } from '../../../src/io/database/acting.ts'
import { type OpenDatabase, openDatabase } from '../../../src/io/database/open.ts'
import { ANYBODY } from '../../../src/pure/access/identity.ts'
import { prepareDatabase } from '../../../src/service.ts'
import { appOver, ask } from '../../app.ts'
import { quietLog } from '../../database.ts'
import { oneOfEach, SIGN_IN, type Someone } from '../../people.ts'
import { roomyFolder } from '../../roomy-folder.ts'

let servers: Standby
let database: OpenDatabase
let app: OpenAPIHono
let prefecture: Someone
const log = quietLog()

beforeAll(async () => {
  servers = await standbyOfFreshServer(await roomyFolder())
  database = await openDatabase({
    databaseUrl: servers.primaryUrl,
    replicaUrl: servers.url,
    dataDir: '',
    log,
  })
  await prepareDatabase(database)
  app = appOver(database.db, { replica: database.replica, signIn: SIGN_IN, requestsPerMinute: 100_000 })
  prefecture = (await oneOfEach(database.db)).prefecture
})
afterAll(async () => {
  await database?.close()
  await servers?.stop()
})

const replica = () => {
  if (database.replica === undefined) throw new Error('no replica')
  return database.replica
}
const caughtUp = () =>
  expect.poll(() => replica().serves(prefecture.identity), { timeout: 60_000 }).toBe(true)
const isStandby = async () => {
  const { rows } = await sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(database.db)
  return rows[0]?.standby
}
const textOf = async (path: string, who?: Someone) => {
  const response = await ask(app, path, { headers: who?.headers ?? {} })
  return response.status === 200 ? response.text() : `${response.status}`
}
const FILE = (days: number, quarter: string) =>
  `période;lieu;jours;horloge;statut\n${quarter};16102;${days};first-free-slot;observé\n`
const bring = (days: number, quarter: string) =>
  ask(app, '/api/imports?kind=appointment-waits&source=Essai', {
    method: 'POST',
    headers: { ...prefecture.headers, 'content-type': 'text/csv' },
    body: FILE(days, quarter),
  })

test('what only reads is read from the replica, under the same roles; what writes is not, nor what is read after', async () => {
  await caughtUp()
  for (const identity of [ANYBODY, prefecture.identity]) {
    const seen = await actAs({ identity, access: 'read only' }, async () => {
      readFromReplica()
      const role = await sql<{ role: string }>`select current_user as role`.execute(database.db)
      return [
        role.rows[0]?.role,
        await isStandby(),
        await readAsOwner(isStandby),
        await database.db.transaction().execute(async trx => {
          const { rows } = await sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(trx)
          return rows[0]?.standby
        }),
        await actAsOwner(isStandby),
        await isStandby(),
      ]
    })
    expect(seen).toEqual([`vigie_${identity.role}`, true, true, true, false, false])
  }
  const writing = await actAs({ identity: prefecture.identity, access: 'read write' }, async () => {
    readFromReplica()
    return isStandby()
  })
  expect(writing).toBe(false)
})

test('nobody reads an answer older than a publication, nor an author older than what he wrote', async () => {
  await caughtUp()
  const path = '/api/waits?place=16102'
  await textOf(path)
  await servers.pause()
  try {
    expect((await bring(41, '2022-Q1')).status).toBe(201)
    for (const who of [undefined, prefecture]) expect(await textOf(path, who)).toContain('"days":41')
    expect(await replica().serves(ANYBODY)).toBe(false)
    const drafts = () => textOf('/publications', prefecture)
    const before = await drafts()
    const draft = await ask(app, '/api/imports?kind=appointment-waits&source=Brouillon&draft=true', {
      method: 'POST',
      headers: { ...prefecture.headers, 'content-type': 'text/csv' },
      body: FILE(43, '2022-Q3'),
    })
    expect([draft.status, before.includes('Brouillon')]).toEqual([201, false])
    expect(await drafts()).toContain('Brouillon')
  } finally {
    await servers.resume()
  }
  await caughtUp()
  expect(await replica().serves(ANYBODY)).toBe(true)
  expect(await textOf(path)).toContain('"days":41')
})

test('what a replica gives up to keep up with the primary is read there; its other errors are its own', async () => {
  await caughtUp()
  const onReplica = (code: string, within: boolean) =>
    actAs({ identity: prefecture.identity, access: 'read only' }, async () => {
      readFromReplica()
      const fail = sql`do ${sql.raw(`$$ begin if pg_is_in_recovery() then raise sqlstate '${code}'; end if; end $$`)}`
      if (within) await database.db.transaction().execute(trx => fail.execute(trx))
      else await fail.execute(database.db)
    })
  await onReplica('40001', false)
  await expect(onReplica('40001', true)).rejects.toMatchObject({ code: '40001' })
  await expect(onReplica('22012', false)).rejects.toMatchObject({ code: '22012' })
  expect(replica().usable()).toBe(true)
})

test('a replica that dies is replaced at once by the primary, and serves again once it is back', async () => {
  await caughtUp()
  const path = '/api/town-halls?department=16'
  const expected = await textOf(path)
  const cut = actAs({ identity: ANYBODY, access: 'read only' }, async () => {
    readFromReplica()
    const { rows } = await sql<{ standby: boolean }>`
      select pg_is_in_recovery() as standby, pg_sleep(case when pg_is_in_recovery() then 2 else 0 end)`.execute(
      database.db,
    )
    return rows[0]?.standby
  })
  await new Promise(resolve => setTimeout(resolve, 300))
  await servers.kill()
  expect(await cut).toBe(false)
  expect(await textOf(path)).toBe(expected)
  expect(await replica().serves(ANYBODY)).toBe(false)
  expect(log.lines.filter(line => line.includes('réplique ne répond plus'))).toHaveLength(1)
  expect((await bring(42, '2022-Q2')).status).toBe(201)
  await servers.start()
  await expect.poll(() => replica().serves(ANYBODY), { timeout: 60_000 }).toBe(true)
  expect(log.lines.filter(line => line.includes('répond de nouveau'))).toHaveLength(1)
  expect(await textOf('/api/waits?place=16102')).toContain('"days":42')
})

test('a server that follows nobody is refused as a replica', async () => {
  const opening = openDatabase({
    databaseUrl: servers.primaryUrl,
    replicaUrl: servers.primaryUrl,
    dataDir: '',
    log: quietLog(),
  })
  await expect(opening).rejects.toThrow(/la réplique d’aucun serveur/)
})
