import { addMonths, type Month, monthNumber, monthOf } from '../../pure/calendar/period.ts'
import { ruleAt } from '../../pure/law/dated.ts'
import { LIGHT_LICENCE_YEARS, PINK_LICENCE_END } from '../../pure/law/driving-licence.ts'
import { type LagKernel, monthlyKernel } from '../../pure/numerics/series/lag-kernel.ts'
import { normal, type Random } from '../../pure/numerics/series/random.ts'

/** What the projection of licences stands on. */
export interface LicenceInputs {
  /** Licences issued in a year, all motives, and its standard error on the log scale. */
  perYear: number
  spread: number
  population: number
}

/** Licences asked in one month on one path, by what brings them. */
export interface LicenceMonth {
  /** First licences, losses, exchanges. */
  other: number
  /** Terms of one, two and five years after a medical visit. */
  medical: number
  /** Cards of fifteen years that end. */
  card: number
  /** Pink licences, void on a day fixed by law. */
  pink: number
}

/** A range that a path draws from, evenly. */
type Range = readonly [number, number]

/** What nobody counts, drawn on each path: assumptions without a source, wide on purpose. */
export const LICENCE_ASSUMPTIONS = {
  medicalShare: [0.05, 0.2],
  /** Holders of a card of fifteen years who come back: others have died, stopped, or had it made anew. */
  cardReturn: [0.6, 0.9],
  adultShare: [0.78, 0.8],
  holders: [0.75, 0.85],
  /** Holders whose licence is still pink in the year before it ends, and those of them who exchange it. */
  stillPink: [0.15, 0.45],
  pinkReturn: [0.5, 0.9],
} as const satisfies Record<string, Range>

/** A light card is renewed without a visit: few come early. */
const CARD_LAGS = monthlyKernel({ earlyMonths: 3, earlyShare: 0.3, meanDelay: 6, lateMonths: 24 })
/** Two years of exchanges before the day, more and more of them, then those who forgot. */
const PINK_LAGS = rampThenTail(24, 0.6, 4, 24)
/** Drift of the level by year, on the log scale. */
const YEARLY_DRIFT = 0.04

/**
 * Paths of the licences asked by month. A card issued since 16 September 2013 comes back after the years that the law gave
 * it that day; pink licences end on one day; the rest keeps the level of the volume known.
 *
 * Example: 1,200 a year, all light, all coming back: from September 2028 on, 100 a month more once lags are filled.
 */
export function licencePaths(
  { perYear, spread, population }: LicenceInputs,
  months: readonly Month[],
  count: number,
  random: Random,
): LicenceMonth[][] {
  const a = LICENCE_ASSUMPTIONS
  const drawn = ([low, high]: Range) => low + (high - low) * random()
  const due = months.map(cardsDue)
  const pinkEnd = monthNumber(monthOf(PINK_LICENCE_END.values[0].value))
  const ending = months.map(month => chance(PINK_LAGS, monthNumber(month) - pinkEnd))
  return Array.from({ length: count }, () => {
    const monthly = (perYear / 12) * Math.exp(spread * normal(random) - spread ** 2 / 2)
    const medicalShare = drawn(a.medicalShare)
    const light = (1 - medicalShare) * drawn(a.cardReturn)
    const pink =
      population * drawn(a.adultShare) * drawn(a.holders) * drawn(a.stillPink) * drawn(a.pinkReturn)
    let drift = 0
    return months.map((_, t) => {
      if (t % 12 === 0) drift += YEARLY_DRIFT * normal(random)
      const level = monthly * Math.exp(drift)
      return {
        other: (1 - medicalShare) * level,
        medical: medicalShare * level,
        card: light * monthly * due[t]!,
        pink: pink * ending[t]!,
      }
    })
  })
}

/** Months of issues of cards whose holders come back in a month: 0 before the first ends, 1 once lags are filled. */
function cardsDue(month: Month): number {
  const { first, probabilities } = CARD_LAGS
  return probabilities.reduce((sum, probability, i) => {
    const end = addMonths(month, -(first + i))
    return sum + probability * issuedFor(end)
  }, 0)
}

/** Whether cards of a month of issue end in a month: those of the months whose law gave them years that lead there. */
function issuedFor(end: Month): number {
  const years = LIGHT_LICENCE_YEARS.values.find(({ from, value }) => {
    const issued = addMonths(end, -12 * value)
    return issued >= monthOf(from) && ruleAt(LIGHT_LICENCE_YEARS, `${issued}-28`)?.value === value
  })
  return years === undefined ? 0 : 1
}

function chance({ first, probabilities }: LagKernel, lag: number): number {
  return probabilities[lag - first] ?? 0
}

/** Chances that rise evenly before the end, then fall by a geometric tail. Example: two months, .6: .2, .4, then .4. */
function rampThenTail(before: number, share: number, meanDelay: number, after: number): LagKernel {
  const rise = Array.from({ length: before }, (_, i) => ((i + 1) * share * 2) / (before * (before + 1)))
  const falls = Array.from({ length: after + 1 }, (_, i) => (meanDelay / (1 + meanDelay)) ** i)
  const all = falls.reduce((sum, fall) => sum + fall, 0)
  return { first: -before, probabilities: [...rise, ...falls.map(fall => ((1 - share) * fall) / all)] }
}
