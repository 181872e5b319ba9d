import { type Month, monthOfNumber } from '../../pure/calendar/period.ts'
import { monthlyKernel } from '../../pure/numerics/series/lag-kernel.ts'
import { ASSUMPTIONS, type Draw, MONTH_SHARES, OTHER_DRIFT } from './assumption.ts'
import {
  COUNTER_TITLES,
  type CounterTitle,
  type FilledYear,
  fillYears,
  type YearVolume,
} from './national-issues.ts'
import { type Contributions, KIND } from './part-tally.ts'
import { FIRST_YEAR, monthIndex, monthOfIndex } from './simulated-month.ts'
import { type Term, TITLE_CLASSES, type TitleClass, termOf } from './title-class.ts'

/** Last year before the health crisis: the level of other requests is measured on it, or on the last known before. */
const LAST_CALM_YEAR = 2019
/** When holders come back around the end of their title. */
const RETURN_LAGS = monthlyKernel()
/** Share of the suppressed requests still to come that comes back each month: half of them in eight months. */
const MONTHLY_CATCH_UP = 1 - 0.5 ** (1 / 8)

/** Published national volumes, and the law of a department, prepared once for all paths. */
export interface NationalModel {
  department: string
  /** Months simulated, from January of `FIRST_YEAR`. */
  months: number
  volumes: Record<CounterTitle, readonly YearVolume[]>
  /** Requests not made in 2020 and 2021, by title, in titles. */
  suppressed: Record<CounterTitle, number>
  terms: Record<TitleClass, readonly (Term | undefined)[]>
}

/** A standard normal number at each call; always 0 for the central path. */
export type Noise = () => number

/** Reads the law once: the term of every class and month of issue up to the horizon. */
export function nationalModel(
  volumes: NationalModel['volumes'],
  suppressed: NationalModel['suppressed'],
  department: string,
  lastMonth: Month,
): NationalModel {
  const months = monthIndex(lastMonth) + 1
  const terms: Partial<NationalModel['terms']> = Object.fromEntries(
    TITLE_CLASSES.map(titleClass => [
      titleClass,
      Array.from({ length: months }, (_, i) =>
        indexed(termOf(titleClass, monthOfNumber(monthOfIndex(i)), department)),
      ),
    ]),
  )
  return { department, months, volumes, suppressed, terms: terms as NationalModel['terms'] }
}

function indexed(term: Term | undefined): Term | undefined {
  return (
    term && {
      end: term.end - monthOfIndex(0),
      travelEnd: term.travelEnd === undefined ? undefined : term.travelEnd - monthOfIndex(0),
      early: term.early && { from: term.early.from - monthOfIndex(0), to: term.early.to - monthOfIndex(0) },
    }
  )
}

/**
 * One path of the national demand by month. Titles issued come back around the end that the law gives them; what the
 * cohorts do not explain in the published years is the level of other requests, measured on the last calm year;
 * requests become new cohorts in their turn. Month `t` of a title: renewals(t) + other(t) + suppressed(t).
 */
export function nationalPath(
  model: NationalModel,
  draw: Draw,
  noise: Noise,
  tally?: Contributions,
): Record<CounterTitle, Float64Array> {
  return {
    cni: titlePath(model, 'cni', draw, noise, tally),
    passport: titlePath(model, 'passport', draw, noise, tally),
  }
}

function titlePath(
  model: NationalModel,
  title: CounterTitle,
  draw: Draw,
  noise: Noise,
  tally: Contributions | undefined,
): Float64Array {
  const years = drawnYears(model.volumes[title], draw, noise)
  const calmYear = Math.min(LAST_CALM_YEAR, years.at(-1)?.year ?? LAST_CALM_YEAR)
  const knownMonths = years.length * 12
  const demand = new Float64Array(model.months)
  const returns = new Returns(model, title, draw, tally)
  let calmOther = 0
  let comeBack = 0
  let waiting = 0
  let drift = 0
  for (let month = 0; month < model.months; month++) {
    const season = MONTH_SHARES[month % 12]!
    const year = years[Math.floor(month / 12)]
    const renewals = returns.adult[month]! + returns.minor[month]!
    let other: number
    let caughtUp = 0
    if (year) {
      other = Math.max(0, year.volume * season - renewals)
      if (year.year === calmYear) calmOther += other
      if (year.year > calmYear + 1) comeBack += other - calmOther * season
    } else {
      if (month === knownMonths) {
        waiting = Math.max(0, draw.suppressedReturn * model.suppressed[title] - Math.max(0, comeBack))
      }
      if (month % 12 === 0) drift += OTHER_DRIFT.value * noise()
      other = calmOther * draw.otherGrowth * Math.exp(drift) * season
      caughtUp = waiting * MONTHLY_CATCH_UP
      waiting -= caughtUp
    }
    const total = renewals + other + caughtUp
    demand[month] = total
    tally?.add(KIND.other, returns.titleIndex, month, other)
    tally?.add(KIND.suppressed, returns.titleIndex, month, caughtUp)
    const minors = year
      ? total * draw.minorShare
      : returns.minor[month]! + (other + caughtUp) * draw.minorShare
    returns.issue(returns.adultClass, month, total - minors)
    returns.issue(returns.minorClass, month, minors)
  }
  return demand
}

/** Titles of one kind on their way back, by month of return and by age of the holder who returns. */
class Returns {
  readonly adult: Float64Array
  readonly minor: Float64Array
  readonly titleIndex: number
  readonly adultClass: number
  readonly minorClass: number
  readonly #model: NationalModel
  readonly #draw: Draw
  readonly #tally: Contributions | undefined
  readonly #comingOfAge: number

  constructor(model: NationalModel, title: CounterTitle, draw: Draw, tally: Contributions | undefined) {
    this.adult = new Float64Array(model.months)
    this.minor = new Float64Array(model.months)
    this.titleIndex = COUNTER_TITLES.indexOf(title)
    this.adultClass = TITLE_CLASSES.indexOf(`${title}-adult`)
    this.minorClass = TITLE_CLASSES.indexOf(`${title}-minor`)
    this.#comingOfAge = title === 'cni' ? draw.comingOfAgeCard : draw.comingOfAgePassport
    this.#model = model
    this.#draw = draw
    this.#tally = tally
  }

  /** Sends the titles issued in a month to the months in which they come back. */
  issue(titleClass: number, issued: number, amount: number): void {
    const term = this.#model.terms[TITLE_CLASSES[titleClass]!][issued]
    if (term === undefined || amount === 0) return
    const early = this.#renewEarly(term, titleClass, issued, amount)
    const { returnRate, travelShare } = this.#draw
    const leavers = term.travelEnd === undefined ? 0 : travelShare
    const { first, probabilities } = RETURN_LAGS
    for (let i = 0; i < probabilities.length; i++) {
      const back = (amount - early) * returnRate * probabilities[i]!
      this.#add(KIND.end, titleClass, issued, term.end + first + i, back * (1 - leavers))
      if (term.travelEnd !== undefined) {
        this.#add(KIND.travelEnd, titleClass, issued, term.travelEnd + first + i, back * leavers)
      }
    }
  }

  #renewEarly(term: Term, titleClass: number, issued: number, amount: number): number {
    if (term.early === undefined) return 0
    const from = Math.max(term.early.from, issued + 1)
    const length = term.early.to - from + 1
    if (length <= 0) return 0
    const early = amount * this.#draw.earlyUptake
    for (let month = from; month <= term.early.to; month++)
      this.#add(KIND.early, titleClass, issued, month, early / length)
    return early
  }

  #add(kind: number, titleClass: number, issued: number, month: number, amount: number): void {
    if (month <= issued || month >= this.adult.length) return
    const grown = titleClass === this.adultClass ? 1 : this.#comingOfAge
    this.adult[month]! += amount * grown
    this.minor[month]! += amount * (1 - grown)
    this.#tally?.add(kind, this.titleIndex, month, amount, titleClass, issued)
  }
}

function drawnYears(volumes: readonly YearVolume[], draw: Draw, noise: Noise): FilledYear[] {
  const gapError = Math.log(draw.unknownYears)
  return fillYears(volumes, FIRST_YEAR, ASSUMPTIONS.unknownYears.spread).map(year => ({
    ...year,
    volume:
      year.volume *
      Math.exp(
        year.known ? year.spread * noise() : (year.spread / ASSUMPTIONS.unknownYears.spread) * gapError,
      ),
  }))
}
