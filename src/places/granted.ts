import { groupBy } from '../pure/figures/group-by.ts'
import {
  fittingReading,
  type GrantCombination,
  type GrantReading,
  grantCombinations,
  toldStations,
} from '../pure/law/grant-inverse.ts'

/** What the State gave a commune in a year, as published. */
export interface GrantAmount {
  insee: string
  year: number
  euros: number
}

/** An amount read backwards. */
export interface GrantRead extends GrantAmount {
  /** The requests that count are those of the year before. */
  requestsYear: number
  /** The reading of the thresholds that fits the amounts of the department in that year. */
  reading: GrantReading
  /** How many of the department's amounts each reading explains, of how many. */
  explained: Record<GrantReading, number>
  towns: number
  combinations: GrantCombination[]
}

/** Requests of a year for each inhabitant whose requests a hall receives, before anything local is known. */
const REQUESTS_PER_HEAD = {
  value: 0.18,
  origin: '12,1 millions de titres délivrés en 2022 pour 68 millions d’habitants (DGEF, INSEE)',
}

/**
 * The amounts of a department read backwards, newest year first: the reading of the thresholds is the one that fits all
 * towns of a year, and the inhabitants that a hall draws make some combinations likelier than others.
 */
export function readGrants(
  amounts: readonly GrantAmount[],
  peopleOf: (insee: string) => number | undefined,
): GrantRead[] {
  const expectedOf = (insee: string) => {
    const people = peopleOf(insee)
    return people === undefined ? undefined : Math.max(1, people * REQUESTS_PER_HEAD.value)
  }
  return [...groupBy(amounts, ({ year }) => year)]
    .sort(([a], [b]) => b - a)
    .flatMap(([year, towns]) => {
      const { reading, explained } = fittingReading(
        year,
        towns.map(({ insee, euros }) => ({ euros, expected: expectedOf(insee) })),
      )
      return towns.map(amount => ({
        ...amount,
        requestsYear: year - 1,
        reading,
        explained,
        towns: towns.length,
        combinations: grantCombinations(year, amount.euros, reading, expectedOf(amount.insee)),
      }))
    })
}

/** A combination less likely than this says nothing that the others do not. */
const LEAST_PROBABILITY = 0.005

/**
 * The requests that the grants of a hall tell, year after year, as the projection takes them beside counts: brackets with
 * the chance of each, open below where the amount only tells an upper bound.
 */
export function requestsTold(
  reads: readonly GrantRead[],
): { year: number; brackets: { low: number; high: number; probability: number }[] }[] {
  return reads.flatMap(({ requestsYear: year, combinations }) => {
    const brackets = combinations
      .filter(({ probability }) => probability > LEAST_PROBABILITY)
      .map(({ requestsFrom: low, requests: high, probability }) => ({ low, high, probability }))
    return brackets.length === 0 ? [] : [{ year, brackets }]
  })
}

/** How sure the number of stations must be to stand where no list gives it. */
const SURE = 0.75

/** The stations that the newest grant of a hall tells; `undefined` when several numbers stand. */
export function stationsTold(
  reads: readonly GrantRead[],
): { stations: number; probability: number; year: number } | undefined {
  const newest = reads[0]
  const [likeliest] = newest === undefined ? [] : toldStations(newest.combinations)
  return newest === undefined || likeliest === undefined || likeliest.probability < SURE
    ? undefined
    : { ...likeliest, year: newest.year }
}
