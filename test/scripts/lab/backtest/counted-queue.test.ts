import { expect, test } from 'vitest'
import { leavingShare, projectedLists } from '../../../../scripts/lab/backtest/counted-queue.ts'

test('the share that leaves is what the balance does not explain', () => {
  expect(
    leavingShare([
      { came: 0, served: 0, waiting: 100 },
      { came: 30, served: 20, waiting: 100 },
    ]),
  ).toBeCloseTo(0.1, 12)
})

test('a list in balance stays as it is, one with too few slots grows and its capacity follows', () => {
  const steady = { came: 50, served: 50, waiting: 100 }
  expect(projectedLists([steady, steady], 2)).toEqual([
    { waiting: 100, served: 50 },
    { waiting: 100, served: 50 },
  ])
  const [first, second] = projectedLists(
    [
      { ...steady, waiting: 90 },
      { came: 60, served: 50, waiting: 100 },
    ],
    2,
  )
  expect(first!.waiting).toBeGreaterThan(100)
  expect(second!.served).toBeGreaterThan(50)
})
