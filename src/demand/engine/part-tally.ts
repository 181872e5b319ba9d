import { type Quarter, quarterNumber } from '../../pure/calendar/period.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { RETURN_LAGS, sendBack } from './renewal.ts'
import { monthOfIndex } from './simulated-month.ts'
import { TITLE_CLASSES, type TitleClass } from './title-class.ts'

/** Titles of one class and year of issue that come back. */
export interface CohortPart {
  titleClass: TitleClass
  issuedIn: number
  mean: number
}

/** Parts of a mean: `renewals + other` make it; renewals = end + travelEnd + early; other holds suppressed. */
export interface Parts {
  renewals: number
  other: number
  /** Titles reaching their legal end. */
  end: number
  /** Old cards changed because they stop serving in Europe. */
  travelEnd: number
  /** Old cards exchanged before their end. */
  early: number
  /** Requests not made in 2020 and 2021 that come back. */
  suppressed: number
  /** Renewals by class and year of issue; they add up to `renewals`. */
  cohorts: CohortPart[]
}

/** Why a request comes, as an index: plain numbers keep the inner loop of the paths quick. */
export const KIND = { end: 0, travelEnd: 1, early: 2, suppressed: 3, other: 4 } as const
const KINDS = Object.keys(KIND).length
/** `end` and `travelEnd`. */
const RETURNING_KINDS = 2

/** Receives every contribution of a path to a month, the last projected one or a later one, by kind and title, with the cohort that comes back. */
export interface Contributions {
  add(kind: number, title: number, month: number, amount: number, titleClass?: number, issued?: number): void
  /** Titles by the month in which they end, for whoever sends them back around it once, for all paths together. */
  ending?(kind: number, titleClass: number, issued: number, end: number, titles: number): void
}

/** Adds up, over all paths, where the requests of each quarter come from: means of national requests. */
export class PartTally implements Contributions {
  readonly #years: number
  readonly #quarters: number
  readonly #paths: number
  readonly #kinds: Float64Array
  readonly #cohorts: Float64Array
  readonly #months: number
  // Titles at `((kind × classes + class) × years of issue + year) × months + end`.
  #ending: Float64Array

  /** For `paths` paths of so many months from January of `FIRST_YEAR`. */
  constructor(months: number, paths: number) {
    this.#years = Math.ceil(months / 12)
    this.#quarters = Math.ceil(months / 3)
    this.#paths = paths
    this.#kinds = new Float64Array(COUNTER_TITLES.length * KINDS * this.#quarters)
    this.#cohorts = new Float64Array(TITLE_CLASSES.length * this.#years * this.#quarters)
    this.#months = months - RETURN_LAGS.first
    this.#ending = new Float64Array(RETURNING_KINDS * TITLE_CLASSES.length * this.#years * this.#months)
  }

  /** Counts a contribution to a month; `cohort` names the class and month of issue of titles that come back. */
  add(kind: number, title: number, month: number, amount: number, titleClass = -1, issued = 0): void {
    const quarter = Math.floor(month / 3)
    if (quarter >= this.#quarters) return
    this.#kinds[(title * KINDS + kind) * this.#quarters + quarter]! += amount
    if (titleClass < 0) return
    this.#cohorts[(titleClass * this.#years + Math.floor(issued / 12)) * this.#quarters + quarter]! += amount
  }

  /** Counts titles of a class and month of issue that end in a month: no return is nearer its issue than the kernel is long. */
  ending(kind: number, titleClass: number, issued: number, end: number, titles: number): void {
    const row = (kind * TITLE_CLASSES.length + titleClass) * this.#years + Math.floor(issued / 12)
    if (end < this.#months) this.#ending[row * this.#months + end]! += titles
  }

  #sendBack(): void {
    for (let at = 0; at < this.#ending.length; at++) {
      const titles = this.#ending[at]!
      if (titles === 0) continue
      const row = Math.floor(at / this.#months)
      const titleClass = Math.floor(row / this.#years) % TITLE_CLASSES.length
      const kind = Math.floor(row / this.#years / TITLE_CLASSES.length)
      const issued = 12 * (row % this.#years)
      const title = COUNTER_TITLES.findIndex(one => TITLE_CLASSES[titleClass]!.startsWith(one))
      sendBack({ issued, end: at % this.#months, titles }, RETURN_LAGS, (month, amount) =>
        this.add(kind, title, month, amount, titleClass, issued),
      )
    }
    this.#ending = new Float64Array()
  }

  /** The parts of the national requests of one quarter. */
  parts(title: CounterTitle, quarter: Quarter): Parts {
    this.#sendBack()
    const q = quarterNumber(quarter) - Math.floor(monthOfIndex(0) / 3)
    const mean = (sums: Float64Array, row: number) => (sums[row * this.#quarters + q] ?? 0) / this.#paths
    const of = (kind: number) => mean(this.#kinds, COUNTER_TITLES.indexOf(title) * KINDS + kind)
    return {
      renewals: of(KIND.end) + of(KIND.travelEnd) + of(KIND.early),
      other: of(KIND.other) + of(KIND.suppressed),
      end: of(KIND.end),
      travelEnd: of(KIND.travelEnd),
      early: of(KIND.early),
      suppressed: of(KIND.suppressed),
      cohorts: TITLE_CLASSES.flatMap((titleClass, k) =>
        titleClass.startsWith(title)
          ? Array.from({ length: this.#years }, (_, year) => ({
              titleClass,
              issuedIn: Math.floor(monthOfIndex(0) / 12) + year,
              mean: mean(this.#cohorts, k * this.#years + year),
            })).filter(cohort => cohort.mean > 0)
          : [],
      ),
    }
  }
}

/** The parts of two titles together. */
export function addParts(a: Parts, b: Parts): Parts {
  return { ...amounts(name => a[name] + b[name]), cohorts: [...a.cohorts, ...b.cohorts] }
}

/** The same parts for a place that receives a share of them. */
export function shareOf(parts: Parts, share: number): Parts {
  const cohorts = parts.cohorts.map(cohort => ({ ...cohort, mean: cohort.mean * share }))
  return { ...amounts(name => parts[name] * share), cohorts }
}

type Amount = Exclude<keyof Parts, 'cohorts'>
const AMOUNTS: readonly Amount[] = ['renewals', 'other', 'end', 'travelEnd', 'early', 'suppressed']

function amounts(of: (name: Amount) => number): Record<Amount, number> {
  return Object.fromEntries(AMOUNTS.map(name => [name, of(name)])) as Record<Amount, number>
}
