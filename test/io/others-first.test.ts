import { expect, test } from 'vitest'
import { othersFirst } from '../../src/io/others-first.ts'

test('of two who wait, the second goes on after what came once the first had', async () => {
  const order: string[] = []
  const first = othersFirst().then(() => {
    order.push('first')
    setImmediate(() => order.push('others'))
  })
  const second = othersFirst().then(() => order.push('second'))
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'others', 'second'])
})
