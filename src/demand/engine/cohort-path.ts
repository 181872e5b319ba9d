import { type Month, monthOfNumber } from '../../pure/calendar/period.ts'
import {
  ASSUMPTIONS,
  type Draw,
  GROWTH_RAMPS,
  MONTH_SHARES,
  OTHER_DRIFT,
  SUPPRESSED_RETURN,
} from './assumption.ts'
import {
  COUNTER_TITLES,
  type CounterTitle,
  type FilledYear,
  fillYears,
  type YearVolume,
} from './national-issues.ts'
import { type Contributions, KIND } from './part-tally.ts'
import { RETURN_LAGS, sendBack } from './renewal.ts'
import { FIRST_YEAR, monthIndex, monthOfIndex } from './simulated-month.ts'
import { type Term, TITLE_CLASSES, type TitleClass, termOf } from './title-class.ts'

/** Last year before the health crisis: the level of other requests is measured on it, or on the last known before. */
export const LAST_CALM_YEAR = 2019
const RETURN_START = monthIndex(SUPPRESSED_RETURN.from)
/** Share of the suppressed requests still to come that comes back each month. */
const MONTHLY_CATCH_UP = 1 - 0.5 ** (1 / SUPPRESSED_RETURN.halfLifeMonths)

/** Published national volumes, and the law of a department, prepared once for all paths. */
export interface NationalModel {
  department: string
  /** Months simulated, from January of `FIRST_YEAR`. */
  months: number
  volumes: Record<CounterTitle, readonly YearVolume[]>
  /** The same, a volume for each year. */
  years: Record<CounterTitle, readonly FilledYear[]>
  /** Volumes of both titles together, of years in which none is known of one alone. */
  totals: readonly YearVolume[]
  /** Requests not made in 2020 and 2021, by title, in titles; absent where nobody has counted them yet. */
  suppressed: Partial<Record<CounterTitle, number>>
  terms: Record<TitleClass, readonly (Term | undefined)[]>
}

/** A standard normal number at each call; always 0 for the central path. */
export type Noise = () => number

/** One path of a title: its requests by month, and what its assumptions expected of each year that is known. */
export interface TitlePath {
  demand: Float64Array
  /** Requests that the path would have foretold for a whole year, known or not, by year from `FIRST_YEAR`; 0 before 2022. */
  expected: Float64Array
}

/** Reads the law once: the term of every class and month of issue up to the horizon. */
export function nationalModel(
  { volumes, totals, suppressed }: Pick<NationalModel, 'volumes' | 'totals' | 'suppressed'>,
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
  const filled = (title: CounterTitle) =>
    fillYears(volumes[title], FIRST_YEAR, ASSUMPTIONS.unknownYears.spread)
  return {
    department,
    months,
    volumes,
    years: { cni: filled('cni'), passport: filled('passport') },
    totals,
    suppressed,
    terms: terms as NationalModel['terms'],
  }
}

function indexed(term: Term | undefined): Term | undefined {
  const index = (month: number | undefined) => (month === undefined ? undefined : month - monthOfIndex(0))
  return (
    term && {
      end: index(term.end)!,
      printedEnd: index(term.printedEnd),
      travelEnd: index(term.travelEnd),
      early: term.early && { from: index(term.early.from)!, to: index(term.early.to)! },
    }
  )
}

/**
 * One path of the national demand of a title by month. Titles issued come back around the end that the law gives them;
 * what the cohorts do not explain in the published years is the level of other requests, measured on the last calm year
 * and grown from the date of its growth; requests not made in the crisis come back with a delay; requests become new
 * cohorts in their turn. Month `t` of a title: renewals(t) + other(t) + suppressed(t).
 */
export function titlePath(
  model: NationalModel,
  title: CounterTitle,
  draw: Draw,
  noise: Noise,
  tally?: Contributions,
): TitlePath {
  const years = model.years[title]
  const volumes = drawnVolumes(years, draw, noise)
  const lastYear = years.at(-1)?.year ?? FIRST_YEAR - 1
  const calmYear = Math.min(LAST_CALM_YEAR, lastYear)
  const demand = new Float64Array(model.months)
  const returns = new Returns(model, title, draw, tally)
  const growth = growthOf(title, title === 'cni' ? draw.cardGrowth : draw.passportGrowth, calmYear)
  const expected = new Float64Array(Math.ceil(model.months / 12))
  const calm = volumes[calmYear - FIRST_YEAR] ?? 0
  const crisis = volumes.filter(
    (_, i) => FIRST_YEAR + i > calmYear && monthIndex(`${FIRST_YEAR + i}-12`) < RETURN_START,
  )
  let waiting =
    draw.suppressedReturn *
    (model.suppressed[title] ?? crisis.reduce((sum, volume) => sum + Math.max(0, calm - volume), 0))
  let calmOther = 0
  let lastOther = 0
  let drift = 0
  for (let month = 0; month < model.months; month++) {
    const season = MONTH_SHARES[month % 12]!
    const year = Math.floor(month / 12)
    const told = FIRST_YEAR + year <= lastYear
    returns.arrive(month)
    const renewals = returns.adultAt(month) + returns.minorAt(month)
    const caughtUp = month < RETURN_START ? 0 : waiting * MONTHLY_CATCH_UP
    waiting -= caughtUp
    const grown = told && month < RETURN_START ? 0 : calmOther * growth(month) * season
    if (month >= RETURN_START) expected[year]! += renewals + grown + caughtUp
    let other: number
    let back = 0
    if (told) {
      other = Math.max(0, volumes[year]! * season - renewals)
      if (FIRST_YEAR + year === calmYear) calmOther += other
      if (month % 12 === 0) lastOther = 0
      lastOther += other
    } else {
      if (month % 12 === 0) drift += OTHER_DRIFT.value * noise()
      // A crisis that has begun lasts until requests come back: the last year known is nearer than the calm one.
      const level = crisis.length > 0 && month < RETURN_START ? lastOther * season : grown
      other = level * Math.exp(drift)
      back = caughtUp
    }
    const total = renewals + other + back
    demand[month] = total
    tally?.add(KIND.other, returns.titleIndex, month, other)
    tally?.add(KIND.suppressed, returns.titleIndex, month, back)
    const minors = told ? total * draw.minorShare : returns.minorAt(month) + (other + back) * draw.minorShare
    returns.issue(ADULT, month, total - minors)
    returns.issue(MINOR, month, minors)
  }
  return { demand, expected }
}

/**
 * How other requests have grown in a month since the calm year, the growth being reached in a straight line of logarithms.
 *
 * Example: growth 1.4 over 24 months gives √1.4 after twelve, 1.4 after twenty-four and for ever.
 */
function growthOf(title: CounterTitle, growth: number, calmYear: number): (month: number) => number {
  const { from, months } = GROWTH_RAMPS[title]
  const start = monthIndex(from)
  const reached = (month: number) => Math.min(1, Math.max(0, (month - start) / months))
  const already = reached(monthIndex(`${calmYear}-07`))
  const whole = growth ** (1 - already)
  return month => (month >= start + months ? whole : growth ** (reached(month) - already))
}

/** Who returns, as an index: the holders of a title for adults, or for minors. */
const ADULT = 0
const MINOR = 1

/** Titles of one kind on their way back, by month of return and by age of the holder who returns. */
class Returns {
  readonly titleIndex: number
  readonly #first: number
  readonly #terms: readonly (readonly (Term | undefined)[])[]
  readonly #draw: Draw
  readonly #tally: Contributions | undefined
  readonly #comingOfAge: number
  readonly #months: number
  readonly #ends: number
  // Adults then minors by month of return, then titles of adults and of minors by the month in which they end, for those
  // who come back around it: one piece of memory for a path.
  readonly #titles: Float64Array

  constructor(model: NationalModel, title: CounterTitle, draw: Draw, tally: Contributions | undefined) {
    this.titleIndex = COUNTER_TITLES.indexOf(title)
    this.#first = TITLE_CLASSES.indexOf(`${title}-adult`)
    this.#comingOfAge = title === 'cni' ? draw.comingOfAgeCard : draw.comingOfAgePassport
    this.#terms = [model.terms[`${title}-adult`], model.terms[`${title}-minor`]]
    this.#draw = draw
    this.#tally = tally
    this.#months = model.months
    this.#ends = model.months - RETURN_LAGS.first
    this.#titles = new Float64Array(2 * this.#months + 2 * this.#ends)
  }

  /** Adults who return in a month. */
  adultAt(month: number): number {
    return this.#titles[month]!
  }

  /** Minors who return in a month. */
  minorAt(month: number): number {
    return this.#titles[this.#months + month]!
  }

  /**
   * Adds those who come back in a month around an end, of the titles issued before it: one sum for all that end together,
   * where each cohort sent ahead would take one of its own.
   */
  arrive(month: number): void {
    const { first, probabilities } = RETURN_LAGS
    const titles = this.#titles
    const adultEnd = 2 * this.#months + month - first
    const minorEnd = adultEnd + this.#ends
    let adults = 0
    let minors = 0
    for (let i = Math.min(month - first, probabilities.length - 1); i >= 0; i--) {
      adults += titles[adultEnd - i]! * probabilities[i]!
      minors += titles[minorEnd - i]! * probabilities[i]!
    }
    titles[month]! += adults + this.#comingOfAge * minors
    titles[this.#months + month]! += (1 - this.#comingOfAge) * minors
  }

  /** Sends the titles issued in a month to the months in which they come back. */
  issue(holder: number, issued: number, amount: number): void {
    const term = this.#terms[holder]![issued]
    if (term === undefined || amount === 0) return
    const early = this.#renewEarly(term, holder, issued, amount)
    const { returnRate, travelShare, expiredLooks } = this.#draw
    const back = (amount - early) * returnRate
    const looked = term.printedEnd === undefined ? 0 : back * expiredLooks
    const leaving = term.travelEnd === undefined ? 0 : (back - looked) * travelShare
    this.#send(KIND.end, holder, issued, term.end, back - looked - leaving)
    if (term.printedEnd !== undefined) this.#send(KIND.end, holder, issued, term.printedEnd, looked)
    if (term.travelEnd !== undefined) this.#send(KIND.travelEnd, holder, issued, term.travelEnd, leaving)
  }

  #send(kind: number, holder: number, issued: number, end: number, titles: number): void {
    if (end < this.#ends) this.#titles[2 * this.#months + holder * this.#ends + end]! += titles
    const tally = this.#tally
    if (tally?.ending !== undefined) tally.ending(kind, this.#first + holder, issued, end, titles)
    else if (tally !== undefined)
      sendBack({ issued, end, titles }, RETURN_LAGS, (month, amount) =>
        tally.add(kind, this.titleIndex, month, amount, this.#first + holder, issued),
      )
  }

  #renewEarly(term: Term, holder: number, issued: number, amount: number): number {
    if (term.early === undefined) return 0
    const from = Math.max(term.early.from, issued + 1)
    const length = term.early.to - from + 1
    if (length <= 0) return 0
    const early = amount * this.#draw.earlyUptake
    const adults = holder === ADULT ? 1 : this.#comingOfAge
    for (let month = from; month <= term.early.to; month++) {
      this.#tally?.add(KIND.early, this.titleIndex, month, early / length, this.#first + holder, issued)
      if (month >= this.#months) continue
      this.#titles[month]! += (early / length) * adults
      this.#titles[this.#months + month]! += (early / length) * (1 - adults)
    }
    return early
  }
}

function drawnVolumes(filled: readonly FilledYear[], draw: Draw, noise: Noise): number[] {
  const gapError = Math.log(draw.unknownYears)
  return filled.map(
    ({ volume, spread, known }) =>
      volume * Math.exp(known ? spread * noise() : (spread / ASSUMPTIONS.unknownYears.spread) * gapError),
  )
}

/** Both titles of the nation, one path each under the same draw. */
export function nationalPath(
  model: NationalModel,
  draw: Draw,
  noise: Noise,
  tally?: Contributions,
): Record<CounterTitle, TitlePath> {
  return {
    cni: titlePath(model, 'cni', draw, noise, tally),
    passport: titlePath(model, 'passport', draw, noise, tally),
  }
}
