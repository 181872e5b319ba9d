import { sendBack } from '../../../src/demand/engine/renewal.ts'
import { normal, type Random, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { kernelFor, validityRule } from '../backtest/issue-cases.ts'
import type { CountSeries } from '../backtest/issue-counts.ts'
import type { Validity } from '../backtest/options.ts'

interface ToldLaw {
  kind: 'true' | 'true change' | 'steadily wrong' | 'change that never was'
  validities: Validity[]
  /** First year in which a change told shows, if there is one. */
  effect?: number
}

interface SyntheticCountry {
  series: CountSeries
  laws: ToldLaw[]
}

const VALIDITIES = [2, 5, 10]
/** Years lived before the first one counted, so that echoes are there, and those in which nothing comes back yet. */
const BEFORE = 30
const YOUNG = 10
const LAST_YEAR = 2019

/**
 * Draws a country or permit whose truth is known, with the laws that may be told of it: renewals of what was issued, and other requests that drift with shocks of 2 to 12 % a year; histories of
 * 9 to 50 years, one in five with years missing.
 */
export function syntheticCountry(seed: number, stepsAYear: 1 | 12): SyntheticCountry {
  const random = seededRandom(seed)
  const between = (low: number, high: number) => low + (high - low) * random()
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  const truth = VALIDITIES[whole(0, 2)]!
  const others = VALIDITIES.filter(years => years !== truth)
  const years = stepsAYear === 1 ? whole(12, 50) : whole(6, 20)
  const first = LAST_YEAR - years + 1
  const change = whole(first + Math.ceil(years / 4), LAST_YEAR - 2)
  const changed = others[whole(0, 1)]!
  const really = random() < 0.4
  const steady = [{ years: truth, from: Number.NEGATIVE_INFINITY, share: 1 }]
  const withChange = [...steady, { years: changed, from: change * 12, share: 1 }]
  const values = counts(random, {
    stepsAYear,
    first,
    years,
    validities: really ? withChange : steady,
    rate: between(0.5, 0.85),
    shock: Math.exp(between(Math.log(0.02), Math.log(0.12))),
    growth: between(-0.02, 0.05),
    level: Math.exp(between(Math.log(2_000), Math.log(3_000_000))),
  })
  const missing = random() < 0.2 ? whole(1, 3) : 0
  for (let i = 0; i < missing; i++) {
    const year = whole(1, years - 6)
    values.fill(undefined, year * stepsAYear, (year + 1) * stepsAYear)
  }
  const laws: ToldLaw[] = really
    ? [{ kind: 'true change', validities: withChange, effect: change + Math.min(truth, changed) }]
    : [
        { kind: 'true', validities: steady },
        ...others.map(
          (told): ToldLaw => ({
            kind: 'steadily wrong',
            validities: [{ ...steady[0]!, years: told }],
          }),
        ),
        ...others.map(
          (told): ToldLaw => ({
            kind: 'change that never was',
            validities: [...steady, { years: told, from: change * 12, share: 1 }],
            effect: change + Math.min(truth, told),
          }),
        ),
      ]
  return {
    series: { name: `${truth} years, seed ${seed}`, stepsAYear, start: first * stepsAYear, values },
    laws,
  }
}

interface Truth {
  stepsAYear: 1 | 12
  first: number
  years: number
  validities: Validity[]
  rate: number
  shock: number
  growth: number
  level: number
}

function counts(
  random: Random,
  { stepsAYear, first, years, validities, rate, shock, growth, level }: Truth,
): (number | undefined)[] {
  const kernel = kernelFor({ stepsAYear })
  const rule = validityRule(validities, stepsAYear)
  const start = (first - BEFORE) * stepsAYear
  const periods = (BEFORE + years) * stepsAYear
  const back = new Float64Array(periods)
  const season = Array.from({ length: stepsAYear }, () =>
    stepsAYear === 12 ? Math.exp(0.2 * normal(random)) : 1,
  )
  // A wave long ago, as where a title became compulsory or borders opened.
  const wave = { at: random() * BEFORE * stepsAYear, size: 1 + 2 * random() }
  let other = (level / stepsAYear) * (1 - rate)
  const values: number[] = []
  for (let t = 0; t < periods; t++) {
    other *= Math.exp(growth / stepsAYear + (shock * normal(random)) / Math.sqrt(stepsAYear))
    const surge = Math.abs(t - wave.at) < stepsAYear ? wave.size : 1
    const early = t < YOUNG * stepsAYear ? (level / stepsAYear) * rate : 0
    const mean = surge * (back[t]! + (other + early) * season[t % stepsAYear]!)
    const issued = Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
    values.push(issued)
    for (const { share, periods: lasts } of rule(start + t))
      sendBack({ issued: t, end: t + lasts, titles: rate * share * issued }, kernel, (period, titles) => {
        if (period < periods && t + lasts >= YOUNG * stepsAYear) back[period]! += titles
      })
  }
  return values.slice(BEFORE * stepsAYear)
}
