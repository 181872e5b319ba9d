import { type Day, daysBetween } from '../pure/calendar/day.ts'
import {
  addQuarters,
  lastDay,
  type Month,
  monthNumber,
  monthOf,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { type Clock, followedStatistic, type Statistic } from '../pure/figures/measure.ts'
import type { Title } from '../pure/law/title.ts'
import {
  advanced,
  type Filtered,
  filterComponents,
  type Moments,
  smoothedSums,
  sumOf,
  weightsOf,
} from '../pure/numerics/series/component-filter.ts'
import { logNormalBand, type PathBand } from '../pure/numerics/series/path-band.ts'
import { constantComponent, stateComponents } from '../pure/numerics/series/state-prior.ts'
import { factErrors, factKind, factLog, type WaitFact } from '../waits/wait-fact.ts'

/** One published delay, of any grain, with its title and its statistic. */
export type DelayFact = WaitFact & { title: Title; statistic: Statistic }

/** Titles whose queue at the CERT is followed. */
export const CERT_TITLES = ['cni-passport', 'driving-licence'] as const
/** A title whose queue at the CERT is followed. */
export type CertTitle = (typeof CERT_TITLES)[number]

/** Prior of a delay, in logs and at quarter pace. */
export const DELAY_PRIOR = {
  level: { days: 25, spread: 0.7 },
  nation: { persistence: 0.85, noise: 0.22 },
  department: { always: 0.35, passing: 0.5, halving: 4 },
  clock: 0.3,
  title: 0.2,
  statistic: 0.3,
  origin:
    'Délais moyens nationaux de 2022 à 2024 (rapport du Sénat) et trimestres de la Charente en 2021 ; hypothèse : aucun autre lieu ne la confirme encore',
} as const

/** Quarters of a delay told ahead when nobody asks. */
export const DELAY_QUARTERS = 12
/** A delay is told between one day and two years. */
const LIMITS = { shortest: 1, longest: 730 }
const MOST_FACTS = 12

/** Statistics that tell of the middle of the files: percentiles and extremes are shown, and say nothing of it here. */
const CENTRAL: readonly Statistic[] = ['mean', 'median']

/** Titles whose published delays speak of one. */
const NEAR: Partial<Record<Title, readonly Title[]>> = {
  'cni-passport': ['cni', 'passport'],
  cni: ['cni-passport'],
  passport: ['cni-passport'],
}

/** The titles to read for one: its own, and those issued with it by the same centres. */
export function nearTitles(title: Title): Title[] {
  return [title, ...(NEAR[title] ?? [])]
}

/** What is known on a day of the delay of a title in a place. */
export interface DelayNow {
  place: string
  title: Title
  asOf: Day
  /** What the delay told counts: that of the place's own newest value, else of the nation's. */
  clock: Clock
  /** A mean, or the median where only medians are published. */
  statistic: Statistic
  facts: readonly DelayFact[]
  first: Month
  filtered: Filtered
  /** The log delay told, month by month, everything known being taken into account. */
  smoothed: Moments[]
  /** Components that sum to the log delay told. */
  of: number[]
}

/** A delay in one quarter, of the past, of the present or to come; always an estimate. */
export interface DelayQuarter {
  quarter: Quarter
  tense: 'past' | 'present' | 'future'
  band: PathBand
}

/**
 * The log delay of a title by month: nation `n′ = μ + φ (n − μ) + e`, department `n + a + u` with a passing part `u`, plus
 * what sets apart another clock, the median from the mean, or a title issued with it (Kalman filter forward, smoother back). What is known fades
 * towards the usual level as it ages, and its band widens.
 *
 * @returns `undefined` when nothing published by the day speaks of the title in the place or in the nation.
 */
export function delayNow(
  place: string,
  title: Title,
  all: readonly DelayFact[],
  asOf: Day,
): DelayNow | undefined {
  const facts = all
    .filter(
      fact =>
        (fact.place === place || fact.place === 'FR') &&
        nearTitles(title).includes(fact.title) &&
        CENTRAL.includes(followedStatistic(fact.statistic)) &&
        fact.days >= 0 &&
        fact.publishedOn <= asOf &&
        delayMonth(fact) <= monthOf(asOf),
    )
    .sort((a, b) => (delayMonth(a) < delayMonth(b) ? -1 : 1))
  const own = facts.filter(fact => fact.place === place && fact.title === title)
  const means = own.filter(fact => followedStatistic(fact.statistic) === 'mean')
  const newest =
    (means.length > 0 ? means : own).at(-1) ?? facts.findLast(fact => fact.title === title) ?? facts.at(-1)
  if (newest === undefined) return undefined
  const clock = newest.clock
  const statistic = followedStatistic(newest.statistic)
  const first = delayMonth(facts[0]!)
  const { days, spread: wide } = DELAY_PRIOR.level
  const components = stateComponents({ mean: Math.log(days), spread: wide }, DELAY_PRIOR)
  const extras = new Map<string, number>()
  const extra = (key: string, spread: number) => {
    const at = extras.get(key) ?? components.push(constantComponent(spread)) - 1
    extras.set(key, at)
    return at
  }
  const placed = (code: string) => (code === 'FR' ? [0, 1] : [0, 1, 2, 3])
  const errors = factErrors(
    facts,
    fact => `${fact.place} ${fact.title} ${fact.clock} ${followedStatistic(fact.statistic)}`,
  )
  const sightings = facts.map((fact, i) => ({
    step: monthNumber(delayMonth(fact)) - monthNumber(first),
    of: [
      ...placed(fact.place),
      ...(fact.clock === clock ? [] : [extra(`clock ${fact.clock}`, DELAY_PRIOR.clock)]),
      ...(followedStatistic(fact.statistic) === statistic
        ? []
        : [extra(`statistic ${fact.statistic}`, DELAY_PRIOR.statistic)]),
      ...(fact.title === title ? [] : [extra(`title ${fact.title}`, DELAY_PRIOR.title)]),
    ],
    value: factLog(fact),
    error: errors[i]!,
    kind: factKind(fact),
  }))
  const filtered = filterComponents(components, sightings, sightings.at(-1)!.step + 1)
  return {
    place,
    title,
    asOf,
    clock,
    statistic,
    facts,
    first,
    filtered,
    smoothed: smoothedSums(filtered, [placed(place)])[0]!,
    of: placed(place),
  }
}

/** Log delay of a month: smoothed up to the last one of which something is known, fading after it. */
export function delayLog(now: DelayNow, month: Month): { mean: number; spread: number } {
  const at = Math.max(0, monthNumber(month) - monthNumber(now.first))
  const last = now.smoothed.length - 1
  const { mean, variance } =
    at <= last
      ? now.smoothed[at]!
      : sumOf(advanced(now.filtered.components, now.filtered.beliefs.at(-1)!, at - last), now.of)
  return { mean, spread: Math.sqrt(variance) }
}

/** The delay of the day, with the chances of passing a target. */
export function delayToday(now: DelayNow, targetDays = Number.POSITIVE_INFINITY): PathBand {
  return logNormalBand(delayLog(now, monthOf(now.asOf)), targetDays, LIMITS)
}

/** The delay by quarter, each with its tense on the day; a quarter is told at its middle. */
export function delayQuarters(
  now: DelayNow,
  from: Quarter,
  count: number,
  targetDays = Number.POSITIVE_INFINITY,
): DelayQuarter[] {
  const present = quarterOf(now.asOf)
  return Array.from({ length: count }, (_, i): DelayQuarter => {
    const quarter = addQuarters(from, i)
    return {
      quarter,
      tense: quarter < present ? 'past' : quarter === present ? 'present' : 'future',
      band: logNormalBand(delayLog(now, monthsOfQuarter(quarter)[1]), targetDays, LIMITS),
    }
  })
}

/** The delay of the quarter after that of the day. */
export function nextDelay(now: DelayNow): DelayQuarter {
  return delayQuarters(now, addQuarters(quarterOf(now.asOf), 1), 1)[0]!
}

/** What the estimate of the day rests on, each value with its share of what the facts say, the heaviest first. */
export function delayBasis({ filtered, of, facts, asOf }: DelayNow) {
  const weights = weightsOf(filtered, of).map(Math.abs)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return facts
    .map((fact, i) => ({
      fact,
      ageDays: Math.max(0, daysBetween(lastDay(delayMonth(fact)), asOf)),
      weight: all > 0 ? weights[i]! / all : 0,
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_FACTS)
}

/** Month that a published delay stands for: the middle of its quarter or of its year. */
function delayMonth({ period, granularity }: Pick<DelayFact, 'period' | 'granularity'>): Month {
  if (granularity === 'quarter') return monthsOfQuarter(period)[1]
  return granularity === 'year' ? `${period}-07` : period.slice(0, 7)
}
