import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireOwn } from '../../src/access/own-place-queries.ts'
import { identify } from '../../src/io/http/identity.ts'
import { ANYBODY, type Identity } from '../../src/pure/access/identity.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const hall: Identity = { ...ANYBODY, role: 'town-hall', place: '16102', account: '3' }

test('who writes for another place is told which is theirs, and whom to ask', async () => {
  const write = async (who: Identity, code: string) => {
    const app = new Hono()
    app.get('/', async c => {
      identify(c, who)
      await requireOwn(c, database.db, code)
      return c.text('')
    })
    app.onError(error => {
      throw error
    })
    await app.request('/')
  }
  await write(hall, '16102')
  await expect(write(hall, '16015')).rejects.toThrow(
    'répond de Cognac : demandez à la préfecture pour Angoulême',
  )
  await expect(write(hall, '00000')).rejects.toThrow('pour 00000')
  await expect(write({ ...hall, place: '' }, '16102')).rejects.toThrow('répond de aucun lieu')
})
