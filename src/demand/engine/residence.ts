import {
  addMonths,
  type Month,
  monthNumber,
  monthsOfQuarter,
  type Quarter,
} from '../../pure/calendar/period.ts'
import { normal, type Random } from '../../pure/numerics/series/random.ts'
import type { Draw } from './assumption.ts'

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
}

/** Renewals of one quarter on one path: permits of the withdrawal agreement that end, and the ordinary flow. */
export interface ResidenceQuarter {
  exchanged: number
  other: number
}

/** Months of the « Article 50 » permits: portal open from October 2020, permit compulsory on 1 January 2022. */
export const WITHDRAWAL_MONTHS: { from: Month; to: Month } = { from: '2020-10', to: '2021-12' }
/** The exchange is done within the three months before the end; a short tail comes late. */
const EXCHANGE_LAGS = [
  { months: -3, share: 0.2 },
  { months: -2, share: 0.25 },
  { months: -1, share: 0.25 },
  { months: 0, share: 0.15 },
  { months: 1, share: 0.1 },
  { months: 2, share: 0.05 },
] as const
/** Share of holders still there who exchange or renew; a permit is compulsory to stay, some have left. An assumption. */
const STAYING = { five: 0.9, ten: 0.8, spread: 0.05 } as const
/** Errors of the ordinary flow, on the log scale: its level, and its drift by year. */
const LEVEL_SPREAD = 0.15
const YEARLY_DRIFT = 0.05

/**
 * One path of the permit renewals of a department by quarter. Five-year permits of the withdrawal agreement, a share of
 * the first permits of 2021, come back in 2026; ten-year ones in 2031, the same year as the identity cards. The ordinary
 * flow keeps the level of the last year counted. First permits of other nationalities cannot be told apart in the
 * counts: the figure is an upper one.
 */
export function residencePath(
  inputs: ResidenceInputs,
  quarters: readonly Quarter[],
  draw: Draw,
  random: Random,
): ResidenceQuarter[] {
  const lastYear = inputs.renewals.slice(-12).reduce((sum, row) => sum + row.decisions, 0)
  const level = (lastYear / 12) * Math.exp(LEVEL_SPREAD * normal(random) - LEVEL_SPREAD ** 2 / 2)
  const staying = (share: number) => Math.min(1, Math.max(0, share + STAYING.spread * normal(random)))
  const [five, ten] = [staying(STAYING.five), staying(STAYING.ten)]
  const back = new Map<number, number>()
  for (const { month, decisions } of inputs.first) {
    if (month < WITHDRAWAL_MONTHS.from || month > WITHDRAWAL_MONTHS.to) continue
    for (const { months, share } of EXCHANGE_LAGS) {
      const add = (years: number, permits: number) => {
        const at = monthNumber(addMonths(month, 12 * years)) + months
        back.set(at, (back.get(at) ?? 0) + permits * share)
      }
      add(5, decisions * draw.brexitFiveYears * five)
      add(10, decisions * (1 - draw.brexitFiveYears) * ten)
    }
  }
  let drift = 0
  return quarters.map((quarter, q) => {
    if (q % 4 === 0) drift += YEARLY_DRIFT * normal(random)
    const months = monthsOfQuarter(quarter).map(monthNumber)
    return {
      exchanged: months.reduce((sum, month) => sum + (back.get(month) ?? 0), 0),
      other: 3 * level * Math.exp(drift),
    }
  })
}
