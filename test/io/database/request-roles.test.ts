import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRoles, ensureRequestRoles, unboundRole } from '../../../src/io/database/request-roles.ts'
import { DatabaseUnavailable } from '../../../src/io/database/unavailable.ts'
import { type EmbeddedServer, openEmbedded } from '../../../src/io/postgres/embedded.ts'
import { quietLog } from '../../database.ts'
import { roomyFolder } from '../../roomy-folder.ts'

// Roles belong to a whole server: this file makes and drops them on one of its own, as its superuser.
let folder: string
let server: EmbeddedServer
let superuser: pg.Pool
const pools: pg.Pool[] = []
const open = (user: string, database = 'postgres') => {
  const pool = new pg.Pool({ ...server.connection, user, database })
  pools.push(pool)
  return pool
}
const login = async (name: string, rights: string) => {
  await superuser.query(`create role ${name} login password '${server.connection.password}' ${rights}`)
  return open(name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(await roomyFolder(), 'vigie-roles-'))
  server = await openEmbedded({ dataDir: join(folder, 'data'), log: quietLog(), settings: { fsync: 'off' } })
  superuser = open('postgres')
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await server.close()
  await rm(folder, { recursive: true })
})

const memberOf = async (login: string) => {
  const { rows } = await superuser.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname like 'vigie\\_%' and pg_has_role($1, oid, 'member') order by 1`,
    [login],
  )
  return rows.map(({ name }) => name)
}
const ALL = ['vigie_administrator', 'vigie_cert', 'vigie_prefecture', 'vigie_public', 'vigie_town_hall']

test('a role that may create others makes those that are missing, and takes them', async () => {
  const creator = await login('creator', 'createrole')
  await superuser.query(`drop role ${ALL.join(', ')}`)
  await ensureRequestRoles(creator)
  expect(await memberOf('creator')).toEqual(ALL)
  await ensureRequestRoles(creator)
  expect(await memberOf('creator')).toEqual(ALL)
})

test('one that may not is told word for word what an administrator must run; then it may', async () => {
  const plain = await login('"Plain role"', '').catch(error => error)
  expect(plain).toBeInstanceOf(pg.Pool)
  const pool = open('Plain role')
  const refused = await ensureRequestRoles(pool).catch((error: unknown) => error)
  if (!(refused instanceof DatabaseUnavailable)) throw refused
  expect(/\((vigie_.*)\)/.exec(refused.message)?.[1]?.split(', ').sort()).toEqual(ALL)
  expect(await memberOf('Plain role')).toEqual([])
  const statements = refused.message.slice(refused.message.indexOf('\n'))
  for (const statement of statements.split(';'))
    await superuser.query(statement).catch(error => {
      // Those that exist already, on this server.
      if (error.code !== '42710') throw error
    })
  expect(await memberOf('Plain role')).toEqual(ALL)
  await ensureRequestRoles(pool)
})

test('a failure of another kind is not explained away', async () => {
  await expect(ensureRequestRoles(open('creator', 'nowhere'))).rejects.toMatchObject({ code: '3D000' })
  const reader = await login('reader', 'createrole')
  await superuser.query('alter role reader set default_transaction_read_only = on')
  await expect(ensureRequestRoles(reader)).rejects.toMatchObject({ code: '25006' })
  // A role that it already is: nobody may be a member of itself.
  await expect(createRoles(superuser, ['vigie_public'], 'vigie_public')).rejects.toMatchObject({
    code: '0LP01',
  })
})

test('two that come at once, from two databases, both go on', async () => {
  await superuser.query('create database other')
  const both = [open('postgres'), open('postgres', 'other')]
  const names = Array.from({ length: 30 }, (_, i) => `vigie_once_${i}`)
  for (let round = 0; round < 5; round++) {
    await Promise.all(both.flatMap(pool => [createRoles(pool, names), createRoles(pool, names)]))
    const { rows } = await superuser.query(`select from pg_roles where rolname like 'vigie\\_once%'`)
    expect(rows).toHaveLength(30)
    await superuser.query(`drop role ${names.join(', ')}`)
  }
})

test('a role past every policy is named with why; an ordinary one is not', async () => {
  expect(await unboundRole(superuser)).toBe('postgres est superutilisateur')
  expect(await unboundRole(await login('passer', 'bypassrls'))).toBe('passer a l’attribut BYPASSRLS')
  expect(await unboundRole(open('vigie', 'vigie'))).toBeUndefined()
})
