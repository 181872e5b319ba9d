import type { NationalModel } from './cohort-path.ts'
import { type Contributions, KIND } from './part-tally.ts'
import { monthOfIndex } from './simulated-month.ts'
import { TITLE_CLASSES } from './title-class.ts'

/** Holders whose titles end by the same law and may be renewed from the same day. */
export const HOLDERS = [
  'old-card-adult',
  'new-card-adult',
  'card-minor',
  'passport-adult',
  'passport-minor',
] as const
/** One group of holders. */
export type Holders = (typeof HOLDERS)[number]

/** Renewals by holders, by month in which their title ends and by month in which they ask, both counted from `first`. */
export interface RenewalFlow {
  /** Number of the first month (`monthNumber`). */
  first: number
  months: number
  /** At `(holders × months + end) × months + asked`. */
  requests: Float64Array
  /** Share of the holders who ask for another title. */
  returnRate: number
}

/** Counts where the renewals of one path stand, early exchanges apart: they are made already when anybody is told. */
export class FlowTally implements Contributions {
  readonly requests: Float64Array
  readonly #model: NationalModel
  readonly #first: number
  readonly #months: number

  /** For `months` months from a first one on, as numbers. */
  constructor(model: NationalModel, first: number, months: number) {
    this.requests = new Float64Array(HOLDERS.length * months * months)
    this.#model = model
    this.#first = first - monthOfIndex(0)
    this.#months = months
  }

  /** Counts the titles of one class and month of issue that come back in a month. */
  add(kind: number, _title: number, month: number, amount: number, titleClass = -1, issued = 0): void {
    if (titleClass < 0 || (kind !== KIND.end && kind !== KIND.travelEnd)) return
    const name = TITLE_CLASSES[titleClass]!
    const term = this.#model.terms[name][issued]
    if (term === undefined) return
    const end = term.end - this.#first
    const asked = month - this.#first
    if (end < 0 || end >= this.#months || asked < 0 || asked >= this.#months) return
    const card = term.early === undefined ? 'new-card-adult' : 'old-card-adult'
    const holders: Holders = name === 'cni-adult' ? card : name === 'cni-minor' ? 'card-minor' : name
    this.requests[(HOLDERS.indexOf(holders) * this.#months + end) * this.#months + asked]! += amount
  }
}
