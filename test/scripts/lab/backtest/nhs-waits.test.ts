import { expect, test } from 'vitest'
import { countedQuarters, flowWaitScores } from '../../../../scripts/lab/backtest/nhs-waits.ts'

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
