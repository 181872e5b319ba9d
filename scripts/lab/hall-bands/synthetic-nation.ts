import { sampleDemand } from '../../../src/demand/demand-sample.ts'
import { type DemandInputs, type InputHall, modelOf } from '../../../src/demand/engine/demand.ts'
import { nationalFutures } from '../../../src/demand/engine/national-future.ts'
import { COUNTER_TITLES, type CounterTitle } from '../../../src/demand/engine/national-issues.ts'
import { nationalVolumes } from '../../../src/demand/engine/national-volumes.ts'
import { monthIndex } from '../../../src/demand/engine/simulated-month.ts'
import { expectedYear, yearCounts } from '../../../src/demand/year-requests.ts'
import { CENTRAL_CHOICE, type Residents } from '../../../src/places/catchment.ts'
import { drawings, peopleAmong, surroundings, type WorkingHall } from '../../../src/places/drawing.ts'
import { attractions } from '../../../src/places/equipped.ts'
import { readGrants, requestsTold } from '../../../src/places/granted.ts'
import { monthsBetween, yearOf } from '../../../src/pure/calendar/period.ts'
import { grant } from '../../../src/pure/law/grant.ts'
import { normal, type Random, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { sum } from '../../../src/pure/numerics/sum.ts'
import { shippedFacts } from '../backtest/shipped-facts.ts'

/** What is learnt in a department beside the places and inhabitants of its halls. */
export const EVIDENCE = ['nothing', 'grants', 'counts'] as const
/** One of them. */
export type Evidence = (typeof EVIDENCE)[number]

/** What one hall then tells of itself: an amount below the first step of the scale is only an upper bound. */
export const KNOWN = ['nothing', 'one grant', 'one grant below the first step', 'twelve months'] as const

/** The band told of a hall's requests of the year, and what came. */
export interface BandCase {
  known: (typeof KNOWN)[number]
  low: number
  high: number
  truth: number
}

const DAY = '2026-12-01'
const YEAR = 2027
const COUNTED = monthsBetween('2025-10', '2026-09')
/** Last year whose scale gives euros, and the year whose requests it counts. */
const GRANT_YEAR = 2024
const NATION = 68_000_000
const PATHS = 400
/** Noise of a hall's month around its level that no law explains, on the log scale. */
const MONTH_NOISE = 0.15
/**
 * How far the part of a hall moves each year, on the log scale: Nantes rose by 21 % from 2022 to 2023 and Surgères by 72 %
 * in two years, where the nation rose by a tenth.
 */
const YEAR_DRIFT = 0.08
const HALL_EFFECT = 0.25
const INTENSITY = { mean: 0.9, spread: 0.1 }

let facts: ReturnType<typeof nationalVolumes> | undefined

/**
 * A nation of nine departments: exponents .4–.9 and 1.5–3, an effect of .25 (log) a hall on what calls people there or on
 * what it receives, a path of the nation that the model holds possible. What the product tells of each hall, and what came.
 */
export function hallBands(
  seed: number,
  evidence: Evidence,
  effect: 'pull' | 'received',
  paths = PATHS,
): BandCase[] {
  const random = seededRandom(seed)
  const { residents, halls } = nationOf(random)
  const level = trueLevels(residents, halls, effect, random)
  const national = truePath(seed)
  return [...new Set(halls.map(({ department }) => department))].flatMap(department => {
    const intensity = INTENSITY.mean * Math.exp(INTENSITY.spread * normal(random))
    const own = halls.filter(hall => hall.department === department)
    const levelOf = new Map(own.map(hall => [hall.insee, (intensity * level.get(hall.insee)!) / NATION]))
    const drift = new Map(own.map(hall => [hall.insee, drifts(random)]))
    const count = (insee: string, title: CounterTitle, month: string) => {
      const expected =
        national[title][monthIndex(month)]! *
        levelOf.get(insee)! *
        Math.exp(drift.get(insee)!.get(yearOf(month))! + MONTH_NOISE * normal(random))
      return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(random)))
    }
    const year = (insee: string, of: number) =>
      monthsBetween(`${of}-01`, `${of}-12`).reduce(
        (sum, month) => sum + COUNTER_TITLES.reduce((both, title) => both + count(insee, title, month), 0),
        0,
      )
    const drawing = drawings(surroundings(residents, halls, department), department)
    const told =
      evidence === 'grants'
        ? readGrants(
            own.map(({ insee }) => ({ insee, year: GRANT_YEAR, euros: amount(year(insee, GRANT_YEAR - 1)) })),
            insee => drawing.get(insee)?.people,
          )
        : []
    const inputs: DemandInputs = {
      ...common(department, paths),
      departmentPopulation: own.reduce((sum, hall) => sum + (hall.population ?? 0), 0),
      halls: own.flatMap(({ insee }): InputHall[] => {
        const drawn = drawing.get(insee)
        const known = requestsTold(told.filter(one => one.insee === insee))
        return drawn === undefined
          ? []
          : [{ insee, ...drawn, ...(known.length === 0 ? {} : { told: known }) }]
      }),
      counted:
        evidence === 'counts'
          ? own.flatMap(({ insee }) =>
              COUNTER_TITLES.flatMap(title =>
                COUNTED.map(month => ({ insee, title, month, requests: count(insee, title, month) })),
              ),
            )
          : [],
    }
    const codes = own.map(({ insee }) => insee)
    const requests = yearCounts(sampleDemand({ inputs }, paths), { halls: codes, years: [YEAR] }).get(YEAR)
    return own.flatMap(({ insee }) => {
      const futures = requests?.get(insee)
      const quarter = { mean: sum(futures ?? []) / 4 / (futures?.length ?? 1) }
      const band = expectedYear(YEAR, [quarter, quarter, quarter, quarter], futures)
      const known = knownOf(evidence, inputs.halls.find(hall => hall.insee === insee)?.told)
      return band === undefined
        ? []
        : [{ known, low: band.low90, high: band.high90, truth: year(insee, YEAR) }]
    })
  })
}

function knownOf(evidence: Evidence, told: InputHall['told']): BandCase['known'] {
  if (evidence === 'counts') return 'twelve months'
  if (told === undefined) return 'nothing'
  return told.every(year => year.brackets.every(({ low }) => low === 0))
    ? 'one grant below the first step'
    : 'one grant'
}

/** How far the part of a hall was, in each year, from what it is in the year told. */
function drifts(random: Random): Map<number, number> {
  let at = 0
  return new Map(
    [YEAR, 2026, 2025, 2024, 2023].map(year => {
      const there = at
      at += YEAR_DRIFT * normal(random)
      return [year, there]
    }),
  )
}

function common(department: string, paths = PATHS) {
  if (facts === undefined) {
    const { issued, notMade } = shippedFacts()
    facts = nationalVolumes(issued, notMade, DAY)
  }
  return {
    department,
    departmentPopulation: 0,
    nationalPopulation: NATION,
    ...facts,
    residence: { first: [], renewals: [] },
    exceptional: [],
    halls: [],
    counted: [],
    firstQuarter: '2026-Q4',
    lastQuarter: '2028-Q4',
    paths,
    seed: 20_220_405,
  } satisfies DemandInputs
}

function truePath(seed: number): Readonly<Record<CounterTitle, Float64Array>> {
  const inputs = common('A')
  const { futures } = nationalFutures(modelOf(inputs), 64, 7)
  return futures[seed % futures.length]!.national
}

function nationOf(random: Random): { residents: Residents[]; halls: WorkingHall[] } {
  const residents = Array.from({ length: 1_500 }, (_, i) => {
    const [lat, lon] = [45 + 3 * random(), 4 * random()]
    return {
      code: String(i),
      department: `X${Math.floor(lat - 45)}${Math.floor((3 * lon) / 4)}`,
      population: Math.round(300 * Math.exp(1.3 * normal(random))),
      lat,
      lon,
    }
  })
  const halls = residents
    .toSorted((a, b) => b.population - a.population)
    .slice(0, 140)
    .map(({ code, department, population, lat, lon }) => ({
      insee: code,
      department,
      population,
      stations: undefined,
      lat,
      lon,
      from: undefined,
      to: undefined,
    }))
  return { residents, halls }
}

/** Inhabitants whose requests each hall receives in truth. */
function trueLevels(
  residents: readonly Residents[],
  halls: readonly WorkingHall[],
  effect: 'pull' | 'received',
  random: Random,
): Map<string, number> {
  const choice = {
    ...CENTRAL_CHOICE,
    sizeExponent: 0.4 + 0.5 * random(),
    distanceExponent: 1.5 + 1.5 * random(),
  }
  const effects = halls.map(() => HALL_EFFECT * normal(random))
  const sites = attractions(halls).map((site, h) => ({
    ...site,
    attraction: site.attraction * (effect === 'pull' ? Math.exp(effects[h]! / choice.sizeExponent) : 1),
  }))
  const people = peopleAmong(
    residents,
    sites,
    halls.map(() => true),
    choice,
  )
  return new Map(
    halls.map(({ insee }, h) => [insee, people[h]! * (effect === 'received' ? Math.exp(effects[h]!) : 1)]),
  )
}

/** The grant that the State gives for some requests: as many stations as they need. */
function amount(requests: number): number {
  const stations = Math.max(1, Math.round(requests / 4_000))
  const given = grant(GRANT_YEAR, { stations, connectedStations: stations, requests })
  return 'reason' in given ? 0 : given.total
}
