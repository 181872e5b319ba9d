import { expect, test } from 'vitest'
import { giveBackAtRest } from '../../src/io/give-back.ts'

test('what nothing uses is given back once the loop rests', async () => {
  const look = giveBackAtRest(20)
  try {
    const left = new WeakRef({ of: 'a visit' })
    await expect.poll(() => left.deref() === undefined, { timeout: 60_000, interval: 200 }).toBe(true)
  } finally {
    clearInterval(look)
  }
})
