import type { Month, Quarter } from '../../pure/calendar/period.ts'
import { monthNumber, monthsBetween, monthsOfQuarter } from '../../pure/calendar/period.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import { normal, type Random, seededRandom } from '../../pure/numerics/series/random.ts'
import { sum } from '../../pure/numerics/sum.ts'
import { ASSUMPTIONS, type AssumptionName, type Draw } from './assumption.ts'
import { type NationalModel, nationalModel, nationalPath } from './cohort-path.ts'
import { futureSeed, nationalFutures, type Origins } from './national-future.ts'
import { COUNTER_TITLES, type CounterTitle, type YearVolume } from './national-issues.ts'
import { type Contributions, KIND } from './part-tally.ts'
import type { ResidenceInputs } from './residence.ts'
import { monthIndex } from './simulated-month.ts'
import { drawLevels, type HallLevel, hallLevels, type SharingHall, type ToldYear } from './town-share.ts'

/** One counted month of a hall: requests received for one title. */
export interface CountedMonth {
  insee: string
  title: CounterTitle
  month: Month
  requests: number
}

/** A hall of a projection, and what it draws. */
export interface InputHall extends Omit<SharingHall, 'counted' | 'told'> {
  closedOn?: string | undefined
  /** What its grants tell of the requests of whole years, for both titles. */
  told?: readonly ToldYear[] | undefined
}

/** Everything a projection stands on; kept whole with the run, so that it can be done again. */
export interface DemandInputs {
  department: string
  departmentPopulation: number
  nationalPopulation: number
  volumes: Record<CounterTitle, YearVolume[]>
  /** Volumes of both titles together, where none is known of one alone. */
  totals: YearVolume[]
  /** Requests not made during the crisis, as counted; absent where nobody had counted them. */
  suppressed: Partial<Record<CounterTitle, number>>
  /** Last year of which a volume was known, where that is too long ago to say what came since. */
  unknownSince?: number
  halls: InputHall[]
  /** No list of the halls was imported: those are assumed by the rule of `places/equipped`. */
  hallsAssumed?: boolean
  counted: CountedMonth[]
  residence: ResidenceInputs
  /** Months not to learn from: lockdowns. */
  exceptional: Month[]
  firstQuarter: Quarter
  lastQuarter: Quarter
  paths: number
  seed: number
}

/** Correlation of what two titles of one hall draw from elsewhere: people ask for both at the same counter. */
const TITLE_CORRELATION = 0.8

/** One possible future: requests of the nation by month, and the part of them that each hall receives. */
export interface DemandPath {
  index: number
  /** By month index (`monthIndex`). */
  national: Readonly<Record<CounterTitle, Float64Array>>
  /** In the order of the halls of the inputs, while all are open. */
  levels: Record<CounterTitle, number[]>
  random: Random
  draw: Draw
  seed: number
}

/**
 * Draws the paths of a projection one after the other, and hands each to `visit`: a future of the nation, shared by all
 * departments, and the levels of these halls on it, drawn from a sequence that is the department's own. The same inputs
 * give the same paths. @returns what counts where the requests of the nation come from on average.
 */
export function demandPaths(inputs: DemandInputs, visit: (path: DemandPath) => void): () => Origins {
  const model = modelOf(inputs)
  const central = centralPath(model)
  const levels = levelsOf(inputs, central)
  const shifts = pathShifts(inputs, levels, central)
  const received = sum(inputs.halls.map(hall => hall.people)) / inputs.nationalPopulation
  const { futures, origins } = nationalFutures(model, inputs.paths, inputs.seed)
  for (const [index, { draw, national, seed }] of futures.entries()) {
    const random = departmentRandom(inputs, index)
    const shared = inputs.halls.map(() => normal(random))
    const drawn = (title: CounterTitle) =>
      drawLevels(
        levels[title],
        draw.localIntensity * received,
        hall => {
          const own = Math.sqrt(1 - TITLE_CORRELATION) * normal(random)
          return Math.sqrt(TITLE_CORRELATION) * (shared[hall] ?? 0) + own
        },
        shifts(title, national),
      )
    const own = { cni: drawn('cni'), passport: drawn('passport') }
    visit({ index, national, levels: own, random, draw, seed })
  }
  return origins
}

/** Random numbers that belong to the department of a projection, on one of its paths. */
export function departmentRandom({ department, seed }: DemandInputs, path: number): Random {
  return seededRandom(futureSeed(seed, path), Number.parseInt(department, 36))
}

/** The central path, with the titles of the department that come back in each month. */
export function centralFuture(inputs: DemandInputs): {
  national: Record<CounterTitle, Float64Array>
  due: Float64Array
} {
  const model = modelOf(inputs)
  const due = new Float64Array(model.months)
  // What a department does not ask for, others do: the intensity of the nation is 1.
  const intensity =
    inputs.departmentPopulation === inputs.nationalPopulation ? 1 : ASSUMPTIONS.localIntensity.value
  const share = (intensity * inputs.departmentPopulation) / inputs.nationalPopulation
  const national = centralPath(model, {
    add: (kind, _title, month, amount) => {
      if (kind === KIND.end || kind === KIND.travelEnd || kind === KIND.early) due[month]! += amount * share
    },
  })
  return { national, due }
}

/** Requests of the nation with every assumption at its prior value. */
export function centralPath(model: NationalModel, tally?: Contributions): Record<CounterTitle, Float64Array> {
  const { cni, passport } = nationalPath(model, CENTRAL, () => 0, tally)
  return { cni: cni.demand, passport: passport.demand }
}

/** The law and the published volumes of a projection, up to its last month. */
export function modelOf(inputs: DemandInputs): NationalModel {
  const lastMonth = monthsOfQuarter(inputs.lastQuarter)[2]
  return nationalModel(inputs, inputs.department, lastMonth)
}

/** Every assumption at its central value. */
const CENTRAL = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Draw

/** The halls of a projection, with their counts of one title beside those of the nation in the same months. */
export function sharingHalls(
  inputs: DemandInputs,
  title?: CounterTitle,
  national?: Record<CounterTitle, Float64Array>,
): SharingHall[] {
  const counted = countedMonthsOf(inputs, title)
  return inputs.halls.map(hall => {
    const months = counted.get(hall.insee) ?? []
    return {
      insee: hall.insee,
      people: hall.people,
      spread: hall.spread,
      presence: hall.presence,
      told:
        national &&
        hall.told?.map(({ year, brackets }) => ({
          brackets,
          nationalRequests: nationalYear(national, year),
          years: yearsAfter(inputs, monthsOfYear(year)),
        })),
      counted:
        months.length === 0 || title === undefined || national === undefined
          ? undefined
          : {
              months: months.map(({ month, requests }) => ({
                requests,
                nationalRequests: national[title][monthIndex(month)] ?? 0,
              })),
              years: yearsAfter(
                inputs,
                months.map(({ month }) => month),
              ),
            },
    }
  })
}

/**
 * What a path adds to the levels that were counted: a hall that received a hundredth of what the central path asked
 * received less of a path that asked for more in the same months. Halls counted in the same months are summed once.
 */
function pathShifts(
  inputs: DemandInputs,
  levels: Record<CounterTitle, readonly HallLevel[]>,
  central: DemandPath['national'],
): (title: CounterTitle, national: DemandPath['national']) => (hall: number) => number {
  const periods: { titles: readonly CounterTitle[]; months: readonly Month[] }[] = []
  const known = new Map<string, number>()
  const periodOf = (titles: readonly CounterTitle[], months: readonly Month[]) => {
    const key = `${titles} ${months}`
    const at = known.get(key) ?? periods.push({ titles, months }) - 1
    known.set(key, at)
    return at
  }
  const countedAt = COUNTER_TITLES.map(title => countedMonthsOf(inputs, title))
  const anchors = COUNTER_TITLES.map((title, t) =>
    inputs.halls.map(({ insee, told = [] }) => {
      const counted = countedAt[t]!.get(insee)
      return [
        ...told.map(({ year }) => periodOf(COUNTER_TITLES, monthsOfYear(year))),
        ...(counted === undefined
          ? []
          : [
              periodOf(
                [title],
                counted.map(({ month }) => month),
              ),
            ]),
      ]
    }),
  )
  const asked = (national: DemandPath['national']) =>
    periods.map(({ titles, months }) =>
      sum(titles.flatMap(title => months.map(month => national[title][monthIndex(month)] ?? 0))),
    )
  const usual = asked(central)
  return (title, national) => {
    const path = asked(national)
    return hall =>
      sum(
        anchors[COUNTER_TITLES.indexOf(title)]![hall]!.map((at, i) => {
          const weight = levels[title][hall]!.follows[i] ?? 0
          return weight > 0 && path[at]! > 0 ? weight * Math.log(usual[at]! / path[at]!) : 0
        }),
      )
  }
}

/** Years from the middle of some months to the end of the first year projected; a year at least. */
function yearsAfter({ firstQuarter }: DemandInputs, months: readonly Month[]): number {
  const middle = sum(months.map(monthNumber)) / months.length
  return Math.max(1, 1 + (monthNumber(monthsOfQuarter(firstQuarter)[0]) - middle) / 12)
}

/** Months of a title that were counted and may be learnt from, by hall. */
function countedMonthsOf({ counted, exceptional }: DemandInputs, title: CounterTitle | undefined) {
  const left = new Set(exceptional)
  return groupBy(
    counted.filter(row => row.title === title && !left.has(row.month)),
    row => row.insee,
  )
}

function levelsOf(
  inputs: DemandInputs,
  national: Record<CounterTitle, Float64Array>,
): Record<CounterTitle, HallLevel[]> {
  const of = (title: CounterTitle) =>
    hallLevels(sharingHalls(inputs, title, national), inputs.nationalPopulation)
  return { cni: of('cni'), passport: of('passport') }
}

function nationalYear(national: Record<CounterTitle, Float64Array>, year: number): number {
  const months = monthsOfYear(year).map(monthIndex)
  return sum(COUNTER_TITLES.flatMap(title => months.map(month => national[title][month] ?? 0)))
}

function monthsOfYear(year: number): Month[] {
  return monthsBetween(`${year}-01`, `${year}-12`)
}
