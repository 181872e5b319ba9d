import { expect, test } from 'vitest'
import { holding, ifFree } from '../../../src/io/database/session-lock.ts'
import { freshDatabase } from '../../database.ts'

test('a patient wait outlasts what a statement may; another one does not, and nobody waits for what is only tried', async () => {
  const { db, close } = await freshDatabase({ statementMillis: 300, empty: true })
  const lock = { kind: 7, subject: 'x' }
  let release = () => {}
  const held = new Promise<void>(done => {
    release = done
  })
  const first = holding(db, lock, () => held)
  await expect(holding(db, lock, async () => undefined)).rejects.toMatchObject({ code: '57014' })
  const order: string[] = []
  const patient = holding(db, { ...lock, patient: true }, async () => void order.push('second'))
  await ifFree(db, lock, async () => void order.push('tried'))
  await expect(holding(db, lock, async () => undefined)).rejects.toThrow()
  order.push('released')
  release()
  await Promise.all([first, patient])
  await ifFree(db, lock, async () => void order.push('free'))
  expect(order).toEqual(['released', 'second', 'free'])
  await close()
})
