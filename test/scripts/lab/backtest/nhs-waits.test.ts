import { expect, test } from 'vitest'
import {
  countedQuarters,
  flowWaitScores,
  leavingShare,
  projectedLists,
} from '../../../../scripts/lab/backtest/nhs-waits.ts'

const month = (i: number, arrivals: number, completions: number, backlog: number) => ({
  month: `20${20 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
  arrivals,
  completions,
  backlog,
})

test('three months make a quarter, what is left over none', () => {
  const months = [month(0, 1, 2, 10), month(1, 1, 2, 9), month(2, 1, 2, 8), month(3, 1, 1, 8)]
  expect(countedQuarters(months)).toEqual([{ came: 3, served: 6, waiting: 8 }])
})

test('a list in balance is foretold without error', () => {
  const months = Array.from({ length: 30 }, (_, i) => month(i, 50, 50, 300))
  const scores = flowWaitScores(new Map([['A', months]]))
  expect(scores.map(score => [score.quartersAhead, score.pairs])).toEqual([
    [1, 5],
    [4, 2],
  ])
  for (const score of scores) expect(score.logError).toBeCloseTo(0, 12)
})

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
