import { nationalModel } from '../../../src/demand/engine/cohort-path.ts'
import { nationalFutures } from '../../../src/demand/engine/national-future.ts'
import { nationalVolumes, type VolumeFact } from '../../../src/demand/engine/national-volumes.ts'
import { monthIndex } from '../../../src/demand/engine/simulated-month.ts'
import type { Day } from '../../../src/pure/calendar/day.ts'
import type { Month } from '../../../src/pure/calendar/period.ts'
import { quantilesOf } from '../../../src/pure/numerics/quantiles.ts'

const PATHS = 1000
const SEED = 20_220_405

/** Cards made from January 2023 to October 2024, foretold at the end of 2022, beside what the number in circulation says. */
export interface CardsRow {
  asOf: Day
  from: Month
  to: Month
  median: number
  p05: number
  p95: number
  fact: number
  factLow: number
  factHigh: number
  factKind: 'derived'
  errorPct: number
  within: boolean
}

/** About 25 million electronic cards in October 2024, less 2.9 million of 2021 and 6.6 of 2022. */
const CARDS = { from: '2023-01', to: '2024-10', made: 15_500_000, low: 13_500_000, high: 17_500_000 } as const

/** The cards made since the end of a year, foretold on that day; nothing where too little was known. */
export function cardsHindcast(issued: readonly VolumeFact[], notMade: readonly VolumeFact[]): CardsRow {
  const asOf = '2022-12-31'
  const inputs = nationalVolumes(
    issued.filter(fact => fact.year <= 2022),
    notMade.filter(fact => fact.year <= 2022),
  )
  const { futures } = nationalFutures(nationalModel(inputs, '', '2024-12'), PATHS, SEED)
  const [first, last] = [monthIndex(CARDS.from), monthIndex(CARDS.to)]
  const sample = Float64Array.from(futures, ({ national }) =>
    national.cni.slice(first, last + 1).reduce((sum, cards) => sum + cards, 0),
  )
  const { p05, p50, p95 } = quantilesOf(sample)
  return {
    asOf,
    from: CARDS.from,
    to: CARDS.to,
    median: p50,
    p05,
    p95,
    fact: CARDS.made,
    factLow: CARDS.low,
    factHigh: CARDS.high,
    factKind: 'derived',
    errorPct: 100 * (p50 / CARDS.made - 1),
    within: p05 <= CARDS.made && CARDS.made <= p95,
  }
}
