import { describe, expect, it } from 'vitest'
import {
  coarserKernel,
  learnedKernel,
  relativeReturnRates,
} from '../../../../scripts/lab/backtest/observed-returns.ts'
import { monthlyKernel } from '../../../../src/pure/numerics/series/lag-kernel.ts'

it('shares a lag of three months between two years', () => {
  const { first, probabilities } = coarserKernel({ first: 3, probabilities: [1] }, 12)
  expect(probabilities[0 - first]).toBeCloseTo(0.75, 12)
  expect(probabilities[1 - first]).toBeCloseTo(0.25, 12)
  expect(
    coarserKernel(monthlyKernel(), 12).probabilities.reduce((sum, probability) => sum + probability, 0),
  ).toBeCloseTo(1, 9)
})

it('learns from observed lags, as in the worked example', () => {
  const learned = learnedKernel(
    { first: 0, probabilities: [0.5, 0.5] },
    new Map([
      [0, 6],
      [1, 2],
      [99, 1000],
    ]),
    2,
  )
  expect(learned.probabilities[0]).toBeCloseTo(0.7, 12)
  expect(learned.probabilities[1]).toBeCloseTo(0.3, 12)
})

it('comes back to its prior without observation', () => {
  const prior = monthlyKernel()
  learnedKernel(prior, new Map()).probabilities.forEach((probability, i) => {
    expect(probability).toBeCloseTo(prior.probabilities[i]!, 12)
  })
})

describe('relativeReturnRates', () => {
  it('shrinks a group toward the mean, as in the worked example', () => {
    const cells = [
      { returned: 4, due: new Map([['rare', 30]]) },
      { returned: 61, due: new Map([['common', 100]]) },
    ]
    expect(relativeReturnRates(cells).get('rare')).toBeCloseTo(0.45, 12)
  })

  it('tells apart groups that come due together in different mixtures', () => {
    const mixtures = [
      [100, 10],
      [20, 80],
      [60, 60],
      [90, 30],
    ] as const
    const cells = mixtures.map(([renewed, first]) => ({
      returned: 0.9 * renewed + 0.3 * first,
      due: new Map([
        ['renewed', renewed],
        ['first', first],
      ]),
    }))
    const rates = relativeReturnRates(cells, () => 1, 1, 500)
    expect(rates.get('renewed')! / rates.get('first')!).toBeGreaterThan(2.5)
    expect(rates.get('renewed')! / rates.get('first')!).toBeLessThan(3.1)
  })

  it('says nothing of nothing', () => {
    expect(relativeReturnRates([]).size).toBe(0)
    expect(relativeReturnRates([{ returned: 0, due: new Map([['a', 5]]) }]).size).toBe(0)
  })
})
