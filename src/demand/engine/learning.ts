import type { Day } from '../../pure/calendar/day.ts'
import { ASSUMPTIONS, type AssumptionName, type Draw } from './assumption.ts'
import type { NationalModel, TitlePath } from './cohort-path.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { FIRST_YEAR } from './simulated-month.ts'

/** A year that came after the assumptions apply, beside which each draw says what it would have foretold. */
export interface NationalFact {
  titles: readonly CounterTitle[]
  year: number
  volume: number
  /** Standard deviation of the logarithm: of the figure, and of the model on a year. */
  spread: number
  publishedOn: Day | undefined
  source: string | undefined
}

/** What the facts made of one assumption: before any of them, after each in order of publication, and now. */
export interface Learnt {
  assumption: AssumptionName
  prior: { mean: number; spread: number }
  now: { mean: number; spread: number }
  steps: {
    year: number
    titles: readonly CounterTitle[]
    day: Day | undefined
    source: string | undefined
    mean: number
  }[]
}

/**
 * How far a year may fall from what the right assumptions foretell, on the log scale. Titles issued are what counters let
 * through: with 77 days of wait in 2022 they are a floor of what was asked. Chosen after seeing 2022 to 2024.
 */
const YEAR_SPREAD = 0.12

/** The years that judge the assumptions, in order of publication. */
export function nationalFacts({
  volumes,
  totals,
}: Pick<NationalModel, 'volumes' | 'totals'>): NationalFact[] {
  const of = (titles: readonly CounterTitle[], years: NationalModel['totals']): NationalFact[] =>
    years
      .filter(({ untold }) => !untold)
      .map(({ year, volume, spread, publishedOn, source }) => ({
        titles,
        year,
        volume,
        spread: Math.hypot(spread, YEAR_SPREAD),
        publishedOn,
        source,
      }))
  return [...COUNTER_TITLES.flatMap(title => of([title], volumes[title])), ...of(COUNTER_TITLES, totals)]
    .filter(({ year }) => year >= FIRST_JUDGED)
    .sort((a, b) => (a.publishedOn ?? '').localeCompare(b.publishedOn ?? '') || a.year - b.year)
}

/** The first year in which requests come back and grow: earlier ones set the level, and judge nothing. */
const FIRST_JUDGED = 2022

/**
 * Logarithm of the likelihood of each fact under a draw: −½ ((ln V − ln E) ÷ s)², V what came and E what the draw foretold.
 *
 * Example: 110 foretold, 100 came, s = .1: −½ (.0953 ÷ .1)² = −.454.
 */
export function logLikelihoods(
  facts: readonly NationalFact[],
  paths: Record<CounterTitle, Pick<TitlePath, 'expected'>>,
): number[] {
  return facts.map(({ titles, year, volume, spread }) => {
    const foretold = titles.reduce((sum, title) => sum + (paths[title].expected[year - FIRST_YEAR] ?? 0), 0)
    return foretold > 0 ? -0.5 * (Math.log(volume / foretold) / spread) ** 2 : 0
  })
}

/** Indices of draws in proportion to their weights, evenly spaced along their sum (systematic resampling, Kitagawa 1996). */
export function resampled(logs: readonly (readonly number[])[], count: number): number[] {
  const weights = weightsOf(logs.map(each => each.reduce((sum, log) => sum + log, 0)))
  const chosen: number[] = []
  let reached = 0
  let index = -1
  for (let i = 0; i < count; i++) {
    while (reached <= (i + 0.5) / count && index < weights.length - 1) reached += weights[++index]!
    chosen.push(Math.max(0, index))
  }
  return chosen
}

/** What each fact, added to those published before it, makes of every assumption that it moves. */
export function learnt(
  facts: readonly NationalFact[],
  drawn: readonly { draw: Draw; logs: readonly number[] }[],
): Learnt[] {
  const names = Object.keys(ASSUMPTIONS) as AssumptionName[]
  const after = facts.map((_, upTo) =>
    weightsOf(drawn.map(({ logs }) => logs.slice(0, upTo + 1).reduce((sum, log) => sum + log, 0))),
  )
  const even = drawn.map(() => 1 / drawn.length)
  return names.map(assumption => {
    const values = drawn.map(({ draw }) => draw[assumption])
    return {
      assumption,
      prior: momentsOf(values, even),
      now: momentsOf(values, after.at(-1) ?? even),
      steps: facts.map(({ year, titles, publishedOn, source }, i) => ({
        year,
        titles,
        day: publishedOn,
        source,
        mean: momentsOf(values, after[i]!).mean,
      })),
    }
  })
}

function momentsOf(values: readonly number[], weights: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0)
  const variance = values.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0)
  return { mean, spread: Math.sqrt(variance) }
}

function weightsOf(logs: readonly number[]): number[] {
  const highest = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY)
  const masses = logs.map(log => Math.exp(log - highest))
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  return masses.map(mass => mass / total)
}
