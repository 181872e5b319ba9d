import { addYears, type Day } from '../pure/calendar/day.ts'
import type { Status } from '../pure/figures/measure.ts'
import { twoFigures } from '../pure/french/french.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'

/** A town hall with biometric stations (dispositifs de recueil). `stations` is `undefined` when nobody published it. */
export interface TownHall {
  insee: string
  name: string
  department: string
  population: number | undefined
  stations: number | undefined
  /** Where the number of stations comes from: a list, or the amount of a grant. */
  stationsFrom?: 'list' | 'grant' | undefined
  lat: number | undefined
  lon: number | undefined
  openedOn: string | undefined
  closedOn: string | undefined
  /** `assumed`: nobody named it; the rule of `places/equipped` supposes it where no list was imported. */
  status: 'confirmed' | 'to-confirm' | 'assumed'
  withoutAppointment: boolean
  source: { publisher: string; document: string; locator: string }
}

/** The name of a hall where it stands alone: « Ajaccio (supposée) » for one that no list names. */
export function toldName({
  name,
  status,
}: Pick<TownHall, 'name'> & Partial<Pick<TownHall, 'status'>>): string {
  return status === 'assumed' ? `${name} (supposée)` : name
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

/** Whether a wait says nothing of today: beyond a year. */
export function isOldWait({ until }: LatestWait, today: Day): boolean {
  return until < addYears(today, -1)
}

/** A town hall beside the last wait that somebody published for it. */
export interface HallWait<Hall = TownHall> {
  hall: Hall
  /** `undefined` where no wait is published. */
  wait: LatestWait | undefined
}

/** Town halls from the shortest wait to the longest: without appointment first, unpublished last. */
export function byWait<Hall extends Pick<TownHall, 'insee' | 'withoutAppointment'>>(
  townHalls: readonly Hall[],
  waits: ReadonlyMap<string, LatestWait>,
): HallWait<Hall>[] {
  const rank = ({ hall, wait }: HallWait<Hall>) =>
    hall.withoutAppointment ? -1 : (wait?.days ?? Number.POSITIVE_INFINITY)
  return townHalls
    .map(hall => ({ hall, wait: waits.get(hall.insee) }))
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

/**
 * Three rising limits that part the span of some counts into four equal ratios, rounded to two figures: halls of one size
 * share a colour, and one that is twice as large stands out. Example: 2,700 to 8,800 gives 3,600, 4,900 and 6,500.
 */
export function ratioSteps(counts: readonly number[]): [number, number, number] {
  const low = Math.max(1, smallest(counts))
  const ratio = Math.max(1.05, largest(counts) / low)
  const at = (share: number) => twoFigures(low * ratio ** share)
  const first = at(1 / 4)
  const second = Math.max(first + 1, at(2 / 4))
  return [first, second, Math.max(second + 1, at(3 / 4))]
}
