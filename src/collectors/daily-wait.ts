import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Reason, SlotState } from './collector.ts'

/**
 * The request whose wait is the figure of a hall: the card is the commonest title, and a hall that gives slots for cards
 * gives them for passports at the same desks. The two other reasons are kept beside.
 */
export const FIGURE_REASON: Reason = 'CNI'

/** What a reading told of one point of a hall. */
export interface PointDay {
  hall: string
  day: Day
  reading: number
  state: SlotState
  firstSlotDays: number | undefined
  horizonDays: number
}

/** The wait of a hall on a day: days to its first free slot, or more than the horizon when no slot was found within it. */
export interface DailyWait {
  hall: string
  day: Day
  days: number
  status: 'observed' | 'censored'
}

/**
 * The waits of halls by day, from every reading of their points. Each day takes its first reading that answers, so that a
 * later one revises nothing. A hall with several points is as quick as the quickest that answered; it is full only when
 * all said so, for a point that was not read may have had a slot.
 */
export function dailyWaits(points: readonly PointDay[]): DailyWait[] {
  const waits = new Map<string, DailyWait>()
  const readings = [...groupBy(points, ({ hall, day, reading }) => `${hall} ${day} ${reading}`).values()]
  for (const own of readings.sort((a, b) => a[0]!.reading - b[0]!.reading)) {
    const { hall, day, horizonDays } = own[0]!
    const key = `${hall} ${day}`
    if (waits.has(key)) continue
    const seen = own.flatMap(point => (point.state === 'read' ? (point.firstSlotDays ?? []) : []))
    if (seen.length > 0)
      waits.set(key, { hall, day, days: seen.reduce((a, b) => Math.min(a, b)), status: 'observed' })
    else if (own.every(point => point.state === 'no-slot-within-horizon'))
      waits.set(key, { hall, day, days: horizonDays, status: 'censored' })
  }
  return [...waits.values()]
}

/** What figures to publish so that those published become those that readings give now. */
export interface FigureChanges {
  added: DailyWait[]
  /** Days of which another value was published. */
  corrected: DailyWait[]
  /** Days that no reading tells of any more: their hall was another one. */
  withdrawn: { hall: string; day: Day }[]
}

/** Compares the waits that readings give with those published from them. */
export function figureChanges(waits: readonly DailyWait[], published: readonly DailyWait[]): FigureChanges {
  const keyOf = ({ hall, day }: Pick<DailyWait, 'hall' | 'day'>) => `${hall} ${day}`
  const before = new Map(published.map(wait => [keyOf(wait), wait]))
  const now = new Map(waits.map(wait => [keyOf(wait), wait]))
  const differs = (wait: DailyWait, old: DailyWait) => wait.days !== old.days || wait.status !== old.status
  return {
    added: waits.filter(wait => !before.has(keyOf(wait))),
    corrected: waits.filter(wait => {
      const old = before.get(keyOf(wait))
      return old !== undefined && differs(wait, old)
    }),
    withdrawn: published.filter(wait => !now.has(keyOf(wait))).map(({ hall, day }) => ({ hall, day })),
  }
}

/** The figures as a file of waits, of the kind that a person would import: one way in for both. */
export function waitsFile(
  about: { source: string; document: string; publishedOn: Day; reason?: string },
  waits: readonly DailyWait[],
  withdrawn: FigureChanges['withdrawn'] = [],
): string {
  const clean = (text: string) => text.replace(/\s+/g, ' ').trim()
  return [
    '# type : appointment-waits',
    `# source : ${clean(about.source)}`,
    `# document : ${clean(about.document)}`,
    `# publié le : ${about.publishedOn}`,
    ...(about.reason === undefined ? [] : ['# nature : correction', `# motif : ${clean(about.reason)}`]),
    'jour du relevé;lieu;jours;horloge;statistique;unité;statut',
    ...waits.map(
      ({ day, hall, days, status }) =>
        `${day};${hall};${days};first-free-slot;minimum;calendar-day;${status}`,
    ),
    ...withdrawn.map(({ day, hall }) => `${day};${hall};;first-free-slot;minimum;calendar-day;withdrawn`),
    '',
  ].join('\n')
}
