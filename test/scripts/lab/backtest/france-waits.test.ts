import { expect, test } from 'vitest'
import { franceWaits } from '../../../../scripts/lab/backtest/france-waits.ts'

test('the bars of waits hold on the facts shipped, as of each day', () => {
  const { part } = franceWaits()
  const bars: Record<string, number> = { '1-3': 0.3, '4-8': 0.6, '9-15': 0.65, '16-27': 0.95 }
  expect(part.waits.map(row => row.lead)).toEqual(Object.keys(bars))
  for (const row of part.waits) {
    expect(row.pairs).toBeGreaterThan(10)
    expect(row.logError).toBeLessThanOrEqual(bars[row.lead]!)
    expect(row.coverage90).toBeGreaterThanOrEqual(0.85)
    if (row.lead === '9-15' || row.lead === '16-27')
      expect(row.logError).toBeLessThanOrEqual(0.75 * row.lastValueLogError)
  }
  expect(part.samePlace.logError).toBeLessThanOrEqual(0.25)
  expect(part.samePlace.carriedLogError).toBeGreaterThan(0.4)
  // Nothing is told with what was published later.
  expect(part.waitPairs.every(pair => pair.lastKnown < pair.month)).toBe(true)
})
