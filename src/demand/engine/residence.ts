import { type Month, monthNumber, monthsOfQuarter, type Quarter } from '../../pure/calendar/period.ts'
import type { LagKernel } from '../../pure/numerics/series/lag-kernel.ts'
import { normal, type Random } from '../../pure/numerics/series/random.ts'
import { sum } from '../../pure/numerics/sum.ts'
import type { Draw } from './assumption.ts'
import { cohortsUnderLaw } from './cohort-part.ts'
import type { CohortSource } from './demand-record.ts'
import { type PermitsIssued, permitPath, renewalsIn } from './permit-kinds.ts'
import { cohortsOf } from './renewal.ts'

/** Positive decisions of one month in a department. */
export interface Decisions {
  month: Month
  decisions: number
}

/** What the projection of residence-permit renewals stands on. */
export interface ResidenceInputs {
  /** First permits delivered during the application period of the withdrawal agreement, by month. */
  first: readonly Decisions[]
  /** Renewals, by month, whole years only. */
  renewals: readonly Decisions[]
  /** Permits issued by kind and month, where a file tells the kinds. */
  issued?: readonly PermitsIssued[]
}

/** Months of the « Article 50 » permits: portal open from October 2020, permit compulsory on 1 January 2022. */
export const WITHDRAWAL_MONTHS: { from: Month; to: Month } = { from: '2020-10', to: '2021-12' }
/** The exchange is done within the three months before the end; a short tail comes late. */
const EXCHANGE_LAGS: LagKernel = { first: -3, probabilities: [0.2, 0.25, 0.25, 0.15, 0.1, 0.05] }
/** Exchanges of the permits of the withdrawal agreement, had all of them lasted so many years. */
const exchangesAfter = (first: readonly Decisions[], years: number): CohortSource => {
  const validities = () => [{ share: 1, periods: 12 * years }]
  return cohortsUnderLaw({
    titles: first
      .filter(({ month }) => month >= WITHDRAWAL_MONTHS.from && month <= WITHDRAWAL_MONTHS.to)
      .flatMap(({ month, decisions }) => cohortsOf(monthNumber(month), [decisions], validities)),
    validities,
    kernel: EXCHANGE_LAGS,
    dueKnownFrom: monthNumber(WITHDRAWAL_MONTHS.from),
    ends: 'known',
    counted: 'requests',
  })
}
/** Share of holders still there who exchange or renew; a permit is compulsory to stay, some have left. An assumption. */
const STAYING = { five: 0.9, ten: 0.8, spread: 0.05 } as const
/** Errors of the ordinary flow, on the log scale: its level, and its drift by year. */
const LEVEL_SPREAD = 0.15
const YEARLY_DRIFT = 0.05

/**
 * One path of the permit renewals of a department by quarter. Where permits are told by kind, each kind ends by its law, and
 * the ordinary flow is what they did not explain of the last year counted. Otherwise five-year permits of the withdrawal agreement, a share of
 * the first permits of 2021, come back in 2026; ten-year ones in 2031, the same year as the identity cards. The ordinary
 * flow keeps the level of the last year counted. First permits of other nationalities cannot be told apart in the
 * counts: the figure is an upper one.
 */
export function residencePath(
  inputs: ResidenceInputs,
  quarters: readonly Quarter[],
  draw: Draw,
  random: Random,
) {
  const past = inputs.renewals.slice(-12)
  const lastYear = sum(past.map(row => row.decisions))
  const last = quarters.at(-1)
  const kinds =
    inputs.issued && last ? permitPath(inputs.issued, monthsOfQuarter(last)[2], random) : undefined
  const explained = kinds
    ? renewalsIn(
        kinds,
        Array.from(past, row => row.month),
      )
    : 0
  const level =
    (Math.max(0, lastYear - explained) / 12) * Math.exp(LEVEL_SPREAD * normal(random) - LEVEL_SPREAD ** 2 / 2)
  const staying = (share: number) => Math.min(1, Math.max(0, share + STAYING.spread * normal(random)))
  const [five, ten] = [staying(STAYING.five), staying(STAYING.ten)]
  const [afterFive, afterTen] = [exchangesAfter(inputs.first, 5), exchangesAfter(inputs.first, 10)]
  let drift = 0
  return quarters.map((quarter, q) => {
    if (q % 4 === 0) drift += YEARLY_DRIFT * normal(random)
    const months = monthsOfQuarter(quarter).map(monthNumber)
    const due = (cohorts: CohortSource) => sum(cohorts.due(months[0]!, 3))
    return {
      exchanged: kinds
        ? renewalsIn(kinds, monthsOfQuarter(quarter))
        : draw.brexitFiveYears * five * due(afterFive) + (1 - draw.brexitFiveYears) * ten * due(afterTen),
      other: 3 * level * Math.exp(drift),
    }
  })
}
