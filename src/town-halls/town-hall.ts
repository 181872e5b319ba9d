import type { Day } from '../pure/calendar/day.ts'
import type { Status } from '../pure/figures/measure.ts'

/** A town hall with biometric stations (dispositifs de recueil). `stations` is `undefined` when nobody published it. */
export interface TownHall {
  insee: string
  name: string
  department: string
  population: number | undefined
  stations: number | undefined
  lat: number | undefined
  lon: number | undefined
  openedOn: string | undefined
  closedOn: string | undefined
  status: 'confirmed' | 'to-confirm'
  withoutAppointment: boolean
  source: { publisher: string; document: string; locator: string }
}

/** Town halls of a department, with the number that its prefecture announces. */
export interface Network {
  townHalls: TownHall[]
  expected: number | undefined
}

/** The last wait published for a place, with the period it speaks of. */
export interface LatestWait {
  days: number
  status: Status
  /** `2022-Q1`, `2022-03` or `2022`. */
  period: string
  /** Last day of the period. */
  until: Day
  publisher: string
  publishedOn: Day
}

/** A town hall beside the last wait that somebody published for it. */
export interface HallWait {
  hall: TownHall
  /** `undefined` where no wait is published. */
  wait: LatestWait | undefined
}

/** Town halls from the shortest wait to the longest: without appointment first, unpublished last. */
export function byWait(townHalls: readonly TownHall[], waits: ReadonlyMap<string, LatestWait>): HallWait[] {
  const rank = ({ hall, wait }: HallWait) =>
    hall.withoutAppointment ? -1 : (wait?.days ?? Number.POSITIVE_INFINITY)
  return townHalls
    .map(hall => ({ hall, wait: waits.get(hall.insee) }))
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

/** A number of requests as an estimate deserves it: two figures that count. */
export function roundedEstimate(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / unit) * unit
}

/** Three rising limits that part some values into four groups of about one size, rounded to two figures. */
export function quartileSteps(values: readonly number[]): [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => roundedEstimate(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  const first = Math.max(1, at(0.25))
  const second = Math.max(first + 1, at(0.5))
  return [first, second, Math.max(second + 1, at(0.75))]
}
