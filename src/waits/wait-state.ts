import { type Month, monthNumber } from '../pure/calendar/period.ts'
import {
  type Belief,
  type Component,
  filterComponents,
  type Moments,
  marginal,
  type Sighting,
  smoothedSums,
  weightsOf,
} from '../pure/numerics/series/component-filter.ts'
import type { LevelSighting } from '../pure/numerics/series/momentum-reversion.ts'
import {
  constantComponent,
  monthlyPersistence,
  stateComponents,
} from '../pure/numerics/series/state-prior.ts'
import {
  daySpread,
  factErrors,
  factKind,
  factLog,
  factMonth,
  isFirstSlot,
  type WaitFact,
} from './wait-fact.ts'

/** The place asked for, and the places whose waits speak of it. */
export interface WaitPlace {
  code: string
  kind: 'nation' | 'department' | 'hall'
  /** Department of a hall or the department itself; absent for the nation. */
  department?: string | undefined
  /** Halls of the department, with the largest of them: its own wait is closest to the department's. */
  halls: readonly string[]
  largest?: string | undefined
}

/** Prior of the state, in logs and at quarter pace; each line is shown with its origin. */
export const STATE_PRIOR = {
  nation: { persistence: 0.8, noise: 0.45, level: Math.log(15), levelSpread: 0.4 },
  department: { always: 0.35, passing: 0.35, halving: 4 },
  hall: { largest: 0.3, other: 0.6, wider: [1, 2, 4], doubt: 1 },
  season: [0.08, 0.2, -0.08, -0.2],
  origin:
    'Points nationaux de 2019 à 2025 et paires datées de quelques départements ; la saison est une hypothèse, aucune série mensuelle française n’a été trouvée',
} as const

/** Where the components of a place stand in what is believed of it; the nation has two, a department four, a hall all. */
export const COMPONENTS = { level: 0, nation: 1, always: 2, passing: 3, hall: 4, slot: 5 } as const

/** The state of a place from all that was published of it and around it. */
export interface WaitState {
  place: WaitPlace
  first: Month
  /** Last month of which something published speaks. */
  last: Month
  facts: readonly WaitFact[]
  /** Share of what is said of the place on the day that each fact carries, sign included. */
  weights: number[]
  /** Log wait in each month, without season, everything known being taken into account; and that of the first free slot. */
  wait: Moments[]
  firstSlot: Moments[] | undefined
  nation: Moments[]
  /** What is believed of each component at the last month. */
  belief: Belief
  /** How many times further apart than the prior says the halls of its department are taken to be. */
  hallsApart: number
  /** Values of the day told, read in the week before it. */
  read: Record<'wait' | 'firstSlot', DayRead | undefined>
}

/** A value of one day: by how much it parts the day from its month. */
interface DayRead {
  /** Its place among the facts. */
  at: number
  /** Its log, without season. */
  value: number
  /** Variance of a day around its month, and the share of it in the error of the value. */
  apart: number
  share: number
}

/** Month of the state that a fact speaks of: that of the day told where it was read in the week before it. */
function stateMonth(fact: WaitFact): Month {
  return fact.today ?? factMonth(fact)
}

/** Season of a month on the log scale: the value of its quarter at its middle, straight lines between. */
export function seasonOf(month: Month): number {
  const position = (monthNumber(month) % 12) / 3 - 1 / 3
  const quarter = Math.floor(position)
  const part = position - quarter
  const at = (q: number) => STATE_PRIOR.season[(q + 4) % 4]!
  return (1 - part) * at(quarter) + part * at(quarter + 1)
}

/**
 * The log waits of nation, departments and halls by month: nation `n′ = μ + φ (n − μ) + e`, department `n + a + u`, hall
 * `department + t`; a first free slot is the hall's wait plus an offset of its own, as wide as the spread between halls.
 * Quarterly constants of the prior, brought to the month. Places of one department are seen together: what is said of one
 * does not depend on which others are asked for.
 *
 * @returns Nothing when no fact speaks of the places nor of the nation.
 */
export function waitStates(places: readonly WaitPlace[], facts: readonly WaitFact[]): WaitState[] {
  const around = new Set(['FR', ...places.flatMap(one => [one.code, one.department ?? '', ...one.halls])])
  const known = facts.filter(fact => around.has(fact.place) && fact.days >= 0)
  const months = known.map(stateMonth).sort()
  const [first, last] = [months[0], months.at(-1)]
  const [anyPlace] = places
  if (first === undefined || last === undefined || anyPlace === undefined) return []
  const { department, halls, largest } = anyPlace
  const { level: mean, levelSpread: spread } = STATE_PRIOR.nation
  const components = stateComponents({ mean, spread }, STATE_PRIOR)
  const extras = new Map<string, number>()
  const extra = (key: string, code: string) => {
    const { hall } = STATE_PRIOR
    const near = code === largest || !halls.includes(code)
    const at = extras.get(key) ?? components.push(constantComponent(near ? hall.largest : hall.other)) - 1
    extras.set(key, at)
    return at
  }
  const sumFor = (code: string): number[] => {
    const { level, nation, always, passing } = COMPONENTS
    if (code === 'FR') return [level, nation]
    if (code === department) return [level, nation, always, passing]
    return [level, nation, always, passing, extra(`hall ${code}`, code)]
  }
  const firstSlotOf = (code: string) => [...sumFor(code), extra(`slot ${code}`, code)]
  const inOrder = known.toSorted((a, b) =>
    stateMonth(a) < stateMonth(b) ? -1 : stateMonth(a) > stateMonth(b) ? 1 : 0,
  )
  const sightings = levelSightings(inOrder, first).map((seen, i) => {
    const { place } = inOrder[i]!
    return { ...seen, of: isFirstSlot(inOrder[i]!) ? firstSlotOf(place) : sumFor(place) }
  })
  const sums = places.map(({ code, kind }) => ({
    wait: sumFor(code),
    firstSlot: kind === 'hall' ? firstSlotOf(code) : undefined,
  }))
  const { filtered, hallsApart } = likeliest(
    components,
    sightings,
    monthNumber(last) - monthNumber(first) + 1,
  )
  const nation = sumFor('FR')
  const lines = smoothedSums(filtered, [
    nation,
    ...sums.flatMap(one => [one.wait, one.firstSlot ?? one.wait]),
  ])
  return places.map((place, p) => {
    const { wait, firstSlot } = sums[p]!
    const readOf = (slot: boolean): DayRead | undefined => {
      const at = inOrder.findIndex(
        fact => fact.place === place.code && fact.today !== undefined && isFirstSlot(fact) === slot,
      )
      if (at < 0) return undefined
      const { value, error } = filtered.updates[at]!
      const apart = daySpread(inOrder[at]!) ** 2
      return { at, value, apart, share: apart / error }
    }
    const read = { wait: readOf(false), firstSlot: readOf(true) }
    const ofDay = (weight: number, i: number) => {
      const { at, share } = read.wait ?? { at: -1, share: 0 }
      return (1 - share) * weight + (i === at ? share : 0)
    }
    return {
      place,
      first,
      last,
      facts: inOrder,
      weights: weightsOf(filtered, wait).map(ofDay),
      wait: lines[1 + 2 * p]!,
      firstSlot: firstSlot && lines[2 + 2 * p],
      nation: lines[0]!,
      belief: marginal(filtered.beliefs.at(-1)!, firstSlot ?? wait),
      hallsApart,
      read,
    }
  })
}

/**
 * The state under the distance between halls that makes what was seen likeliest (empirical Bayes, Morris 1983), twice or four
 * times the prior's being doubted: halls that are read far apart are so, and none is told the wait of the others.
 */
function likeliest(components: readonly Component[], sightings: readonly Sighting[], steps: number) {
  const { wider, doubt } = STATE_PRIOR.hall
  const known = components.length > COMPONENTS.hall
  const under = (known ? wider : [1]).map(hallsApart => {
    const apart = components.map((one, i) =>
      i < COMPONENTS.hall ? one : { ...one, variance: one.variance * hallsApart ** 2 },
    )
    const filtered = filterComponents(apart, sightings, steps)
    return { hallsApart, filtered, support: filtered.evidence - (Math.log(hallsApart) / doubt) ** 2 / 2 }
  })
  return under.reduce((best, one) => (one.support > best.support ? one : best))
}

/** What some facts say of the log wait without its season, steps counted in months from the first. */
export function levelSightings(facts: readonly WaitFact[], first: Month): LevelSighting[] {
  const errors = factErrors(facts)
  return facts.map((fact, i) => {
    const month = stateMonth(fact)
    return {
      step: monthNumber(month) - monthNumber(first),
      value: factLog(fact) - (fact.granularity === 'year' ? 0 : seasonOf(month)),
      error: Math.hypot(errors[i]!, daySpread(fact)),
      kind: factKind(fact),
    }
  })
}

/**
 * Smoothed log wait of a month up to the last one seen, season included; before the first one, that of the first. On the day
 * told, what was read of it parts it from its month `m`: of a value `y`, a share `k` of whose error is the day's own,
 * `(1 − k) m + k y`.
 */
export function pastLog(
  state: WaitState,
  month: Month,
  clock: 'wait' | 'firstSlot' = 'wait',
  ofDay = false,
): { mean: number; spread: number } {
  const line = state[clock] ?? state.wait
  const at = Math.max(0, Math.min(line.length - 1, monthNumber(month) - monthNumber(state.first)))
  const { mean, variance } = line[at]!
  const { value, apart, share } = (ofDay ? state.read[clock] : undefined) ?? { value: 0, apart: 0, share: 0 }
  return {
    mean: (1 - share) * mean + share * value + seasonOf(month),
    spread: Math.sqrt((1 - share) ** 2 * variance + (1 - share) * apart),
  }
}

/** Share of what is said of the place on the day that each fact carries; shares sum to one. */
export function factWeights({ facts, weights }: WaitState): { fact: WaitFact; weight: number }[] {
  const all = weights.reduce((sum, weight) => sum + Math.abs(weight), 0)
  return facts
    .map((fact, i) => ({ fact, weight: all > 0 ? Math.abs(weights[i]!) / all : 0 }))
    .sort((a, b) => b.weight - a.weight)
}

/** Monthly persistence of the part of a department that passes. */
export const PASSING_PERSISTENCE = monthlyPersistence(STATE_PRIOR.department.halving)
