import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import type { CohortSource } from '../../../src/demand/engine/demand-record.ts'
import { bridgedCounts, cohortsOf, type ValidityRule } from '../../../src/demand/engine/renewal.ts'
import { monthOfNumber, quarterOfNumber } from '../../../src/pure/calendar/period.ts'
import { type LagKernel, monthlyKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'
import type { Case } from './demand-backtest.ts'
import type { CountSeries, StepsAYear } from './issue-counts.ts'
import { coarserKernel } from './observed-returns.ts'
import type { Options, Validity } from './options.ts'
import { exceptionalPeriods, monthsOf, regimeOf } from './regimes.ts'

/** The cases of a series of issue counts: one per origin, knowing nothing after it. @throws without any. */
export function issueCases(series: CountSeries, options: Options, kernel = kernelFor(series)): Case[] {
  const { stepsAYear, start, values } = series
  const horizon = options.horizon ?? usualHorizon(stepsAYear)
  const last = start + values.length - 1
  const cases = originsOf(options, series).flatMap(origin => {
    const observed = values.slice(0, origin - start + 1)
    const exceptional = exceptionalPeriods(options.exceptional, start, origin, stepsAYear)
    const usable = observed.filter((value, t) => value !== undefined && !exceptional.has(start + t))
    if (usable.length < 3) return []
    const periods = Array.from({ length: horizon }, (_, h) => origin + 1 + h)
    return [
      {
        id: `${series.name}@${labelOf(origin, stepsAYear)}`,
        horizon,
        record: {
          start,
          observed,
          stepsAYear,
          cohorts: issuedUnderLaw(series, observed, options.validities, kernel),
          exceptional,
        },
        actual: periods.map(period => values[period - start]),
        regime: periods.map(period => regimeOf(period, stepsAYear, options.exceptional, options.regimes)),
      },
    ]
  })
  if (cases.length === 0)
    throw new Error(
      `Trop peu d'années pour ${series.name} : il faut au moins trois périodes avant l'origine et une après. Données de ${labelOf(start, stepsAYear)} à ${labelOf(last, stepsAYear)} ; changez --origins.`,
    )
  return cases
}

/** How far a series is projected where nobody says it: six years, eight quarters, twelve months. */
export function usualHorizon(stepsAYear: StepsAYear): number {
  return { 1: 6, 4: 8, 12: 12 }[stepsAYear]
}

/** The prior kernel at the step of a series. */
export function kernelFor({ stepsAYear }: Pick<CountSeries, 'stepsAYear'>): LagKernel {
  return coarserKernel(monthlyKernel(), 12 / stepsAYear)
}

/** A period as people write it. */
export function labelOf(period: number, stepsAYear: StepsAYear): string {
  if (stepsAYear === 1) return String(period)
  return stepsAYear === 4 ? quarterOfNumber(period) : monthOfNumber(period)
}

/** Origins asked for, or by default the last ten years that leave something to compare with. */
export function originsOf(options: Options, { stepsAYear, start, values }: CountSeries): number[] {
  const last = start + values.length - 1
  const period = (month: number) => Math.floor(month / (12 / stepsAYear))
  const asked = options.origins
  const candidates =
    asked === undefined
      ? Array.from({ length: 10 }, (_, i) => yearEnd(last, stepsAYear) - (10 - i) * stepsAYear)
      : 'months' in asked
        ? asked.months.map(period)
        : range(period(asked.from), period(asked.to), asked.each === 'year' ? stepsAYear : 1)
  return [...new Set(candidates)].filter(origin => origin >= start && origin < last)
}

function yearEnd(period: number, stepsAYear: StepsAYear): number {
  return Math.floor((period + 1) / stepsAYear) * stepsAYear - 1
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step)
}

/** Validities as a rule on periods; a year that a change cuts in two is shared by its months. */
export function validityRule(validities: readonly Validity[], stepsAYear: StepsAYear): ValidityRule {
  const inMonth = (month: number) => {
    const shares = new Map<number, number>()
    for (const { from, years, share } of validities) {
      if (month < from) continue
      for (const [other, part] of shares) shares.set(other, part * (1 - share))
      shares.set(years, (shares.get(years) ?? 0) + share)
    }
    return shares
  }
  return period => {
    const shares = new Map<number, number>()
    const months = monthsOf(period, stepsAYear)
    for (const month of months)
      for (const [years, share] of inMonth(month))
        shares.set(years, (shares.get(years) ?? 0) + share / months.length)
    return [...shares]
      .filter(([, share]) => share > 0)
      .map(([years, share]) => ({ share, periods: years * stepsAYear }))
  }
}

/**
 * The observed titles as cohorts; missing periods between counts are filled, never none. Titles due are known once the
 * first cohort after the last gap that is too long to be filled has come back, its first late year included.
 */
function issuedUnderLaw(
  { start, stepsAYear }: CountSeries,
  observed: readonly (number | undefined)[],
  told: readonly Validity[],
  kernel: LagKernel,
): CohortSource {
  const validities = validityRule(told, stepsAYear)
  const counts = bridgedCounts(observed, stepsAYear)
  const known = counts.findLastIndex(count => count !== undefined)
  const from = start + counts.slice(0, known + 1).lastIndexOf(undefined) + 1
  const longest = Math.max(...validities(from).map(({ periods }) => periods))
  return cohortsUnderLaw({
    titles: told.length === 0 ? [] : cohortsOf(start, counts, validities),
    dueKnownFrom: told.length === 0 ? Number.POSITIVE_INFINITY : from + longest + stepsAYear,
    validities,
    kernel,
    ends: 'told',
    counted: 'requests',
  })
}
