import { type Month, monthNumber } from '../pure/calendar/period.ts'
import {
  type Belief,
  type Filtered,
  filterComponents,
  type Sighting,
  smoothed,
  sumOf,
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
  hall: { largest: 0.3, other: 0.6 },
  season: [0.08, 0.2, -0.08, -0.2],
  origin:
    'Points nationaux de 2019 à 2025 et paires datées de quelques départements ; la saison est une hypothèse, aucune série mensuelle française n’a été trouvée',
} as const

const COMPONENTS = { level: 0, nation: 1, always: 2, passing: 3 } as const

/** The state of a place from all that was published of it and around it. */
export interface WaitState {
  place: WaitPlace
  first: Month
  /** Last month of which something published speaks. */
  last: Month
  facts: readonly WaitFact[]
  filtered: Filtered
  smoothed: Belief[]
  /** Components that sum to the log wait of the place without season, and to its first free slot. */
  wait: number[]
  firstSlot: number[] | undefined
  /** The same on the day told, with what parts it from its month where a value of the day was read. */
  today: { wait: number[]; firstSlot: number[] | undefined }
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
 * Quarterly constants of the prior, brought to the month.
 *
 * @returns `undefined` when no fact speaks of the place or of the nation.
 */
export function waitState(place: WaitPlace, facts: readonly WaitFact[]): WaitState | undefined {
  const places = new Set(['FR', place.code, place.department ?? '', ...place.halls])
  const known = facts.filter(fact => places.has(fact.place) && fact.days >= 0)
  const months = known.map(stateMonth).sort()
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const { level: mean, levelSpread: spread } = STATE_PRIOR.nation
  const components = stateComponents({ mean, spread }, STATE_PRIOR)
  const extras = new Map<string, number>()
  const extra = (key: string, spread: number) => {
    const at = extras.get(key) ?? components.length
    if (at === components.length) components.push(constantComponent(spread))
    extras.set(key, at)
    return at
  }
  const spreadOf = (code: string) =>
    code === place.largest || !place.halls.includes(code) ? STATE_PRIOR.hall.largest : STATE_PRIOR.hall.other
  const sumFor = (code: string): number[] => {
    const { level, nation, always, passing } = COMPONENTS
    if (code === 'FR') return [level, nation]
    if (code === place.department) return [level, nation, always, passing]
    return [level, nation, always, passing, extra(`hall ${code}`, spreadOf(code))]
  }
  const firstSlotOf = (code: string) => [...sumFor(code), extra(`slot ${code}`, spreadOf(code))]
  const wait = sumFor(place.code)
  const firstSlot = place.kind === 'hall' ? firstSlotOf(place.code) : undefined
  const inOrder = known.toSorted((a, b) =>
    stateMonth(a) < stateMonth(b) ? -1 : stateMonth(a) > stateMonth(b) ? 1 : 0,
  )
  const sightings = levelSightings(inOrder, first).map((seen, i): Sighting => {
    const fact = inOrder[i]!
    const of = isFirstSlot(fact) ? firstSlotOf(fact.place) : sumFor(fact.place)
    const apart = daySpread(fact)
    if (fact.today === undefined || fact.place !== place.code) return { ...seen, of }
    const day = extra(isFirstSlot(fact) ? 'day of slot' : 'day of wait', apart)
    return { ...seen, of: [...of, day], error: Math.sqrt(seen.error ** 2 - apart ** 2) }
  })
  const onDay = (of: number[], key: string) => [...of, ...(extras.has(key) ? [extras.get(key)!] : [])]
  const filtered = filterComponents(components, sightings, monthNumber(last) - monthNumber(first) + 1)
  return {
    place,
    first,
    last,
    facts: inOrder,
    filtered,
    smoothed: smoothed(filtered),
    wait,
    firstSlot,
    today: { wait: onDay(wait, 'day of wait'), firstSlot: firstSlot && onDay(firstSlot, 'day of slot') },
  }
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

/** Smoothed log wait of a month up to the last one seen, season included; before the first one, that of the first. */
export function pastLog(state: WaitState, month: Month, of = state.wait): { mean: number; spread: number } {
  const at = Math.max(0, Math.min(state.smoothed.length - 1, monthNumber(month) - monthNumber(state.first)))
  const { mean, variance } = sumOf(state.smoothed[at]!, of)
  return { mean: mean + seasonOf(month), spread: Math.sqrt(variance) }
}

/** Share of what is said of the place at the last month that each fact carries; shares sum to one. */
export function factWeights(state: WaitState): { fact: WaitFact; weight: number }[] {
  const weights = weightsOf(state.filtered, state.today.wait).map(Math.abs)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return state.facts
    .map((fact, i) => ({ fact, weight: all > 0 ? weights[i]! / all : 0 }))
    .sort((a, b) => b.weight - a.weight)
}

/** The same components by name, for who draws futures: those of the nation, those that keep the place apart for ever. */
export function partsOf(state: WaitState): {
  nation: number[]
  apart: number[]
  passing: number | undefined
} {
  const { level, nation, passing } = COMPONENTS
  const own = state.place.kind !== 'nation'
  return {
    nation: [level, nation],
    apart: own ? state.wait.filter(i => i !== level && i !== nation && i !== passing) : [],
    passing: own ? passing : undefined,
  }
}

/** What is believed at the last month of which something published speaks. */
export function lastBelief(state: WaitState): Belief {
  return state.filtered.beliefs.at(-1)!
}

/** Monthly persistence of the part of a department that passes. */
export const PASSING_PERSISTENCE = monthlyPersistence(STATE_PRIOR.department.halving)
