import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { homePlace, identify, identityOf, isLocal, requireOwn } from '../../../src/io/http/identity.ts'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR } from '../../../src/pure/access/identity.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** What a request of somebody learns of them. */
async function seen<T>(who: Identity | undefined, look: (c: never) => T): Promise<Awaited<T>> {
  const app = new Hono()
  let found: Awaited<T> | undefined
  app.get('/', async c => {
    if (who !== undefined) identify(c, who)
    found = await look(c as never)
    return c.text('')
  })
  app.onError(error => {
    throw error
  })
  await app.request('/')
  return found as Awaited<T>
}
const hall: Identity = { ...ANYBODY, role: 'town-hall', place: '16102', account: '3' }

test('who was not identified is anybody, and never the administrator of this machine', async () => {
  expect(await seen(undefined, identityOf)).toBe(ANYBODY)
  expect(await seen(undefined, isLocal)).toBe(false)
  expect(await seen(LOCAL_ADMINISTRATOR, isLocal)).toBe(true)
})

test('what somebody brings is about their place, or that of the service', async () => {
  expect(await seen(hall, c => homePlace(c, '16'))).toBe('16102')
  expect(await seen(LOCAL_ADMINISTRATOR, c => homePlace(c, '16'))).toBe('16')
})

test('who writes for another place is told which is theirs, and whom to ask', async () => {
  const write = (who: Identity, code: string) => seen(who, c => requireOwn(c, database.db, code))
  await write(hall, '16102')
  await expect(write(hall, '16015')).rejects.toThrow(
    'répond de Cognac : demandez à la préfecture pour Angoulême',
  )
  await expect(write(hall, '00000')).rejects.toThrow('pour 00000')
  await expect(write({ ...hall, place: '' }, '16102')).rejects.toThrow('répond de aucun lieu')
})
