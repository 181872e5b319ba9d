import { expect, test } from 'vitest'
import { mase, msis, owa, smape } from '../../../../scripts/lab/backtest/competition-score.ts'

test('the worked examples', () => {
  expect(smape([100, 200], [110, 190])).toBeCloseTo(7.326007326, 8)
  expect(mase([10, 10], [12, 6], 2)).toBe(1.5)
  expect(msis([13], [8], [12], 0.95, 2)).toBeCloseTo(22, 10)
  expect(owa({ smape: 9, mase: 1 }, { smape: 10, mase: 2 })).toBeCloseTo(0.7, 12)
})

test('two zeros are no error', () => {
  expect(smape([0], [0])).toBe(0)
})
