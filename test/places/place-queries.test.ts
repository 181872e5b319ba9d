import { afterAll, beforeAll, expect, test } from 'vitest'
import { forRequests } from '../../src/io/database/acting.ts'
import { residentsOf } from '../../src/places/catchment-queries.ts'
import { geographicCode, placesByCode } from '../../src/places/place-queries.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('the geographic code is read once, by transactions and requests too', async () => {
  const { db } = database
  const [places, residents] = await Promise.all([geographicCode(db), residentsOf(db)])
  expect(await geographicCode(forRequests(db))).toBe(places)
  await db.transaction().execute(async trx => {
    expect(await geographicCode(trx)).toBe(places)
    expect(await residentsOf(trx)).toBe(residents)
  })
})

test('a centre that a transaction names is known in it, and nowhere once it is undone', async () => {
  const { db } = database
  const undone = db.transaction().execute(async trx => {
    await trx
      .insertInto('place')
      .values({ code: 'cert-essai', kind: 'cert', name: 'CERT d’essai', parent: '16' } as never)
      .execute()
    expect((await placesByCode(trx)).get('cert-essai')?.name).toBe('CERT d’essai')
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect((await placesByCode(db)).has('cert-essai')).toBe(false)
})
