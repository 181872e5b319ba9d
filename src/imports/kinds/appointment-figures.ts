import { quantileSorted } from 'simple-statistics'
import { type Day, daysBetween } from '../../pure/calendar/day.ts'
import { firstDay, lastDay, type Month, monthOf } from '../../pure/calendar/period.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import type { Measure } from '../../pure/figures/measure.ts'
import type { Title } from '../../pure/law/title.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { Row } from '../file-kind.ts'
import { type ObservationRow, USUAL_TERMS } from './observation-row.ts'

/** What became of an appointment. */
export type Outcome = 'seen' | 'absent' | 'cancelled' | 'unknown'

/** One appointment, of whose person nothing is read. */
export interface AppointmentRow extends Row {
  bookedOn: Day
  heldOn: Day
  place: string
  /** `undefined` for anything but a request of a card or a passport: a title handed over, a wedding. */
  title: Title | undefined
  /** As written, to be told when none is a request. */
  reason: string
  outcome: Outcome
  /** Commune where the person lives; `undefined` when it is not known. */
  residence: string | undefined
}

/** Appointments under which a month gives no median and no share: one more would move them by a tenth. */
const FEWEST = 10

/** Days that a month may lack at its edge, closed halls and Sundays, and still be whole. */
const EDGE_DAYS = 4

/**
 * What appointments amount to, hall by hall and month by month: requests by month of booking and title, the wait from
 * booking to appointment (median, and 80th percentile) by month of appointment, no-shows and people from elsewhere. A
 * month of which the file may hold a part only gives nothing. *Example:* 20 appointments in March, 10 booked a week before
 * and 10 three weeks before, wait 14 days in the middle and 21 at the 80th percentile.
 */
export function appointmentFigures(rows: readonly AppointmentRow[], remarks: RemarkLog): ObservationRow[] {
  remarks.add(
    'personal-data-dropped',
    'Seuls des comptes par mois sont gardés : ni les lignes, ni les noms, ni le fichier lui-même',
  )
  const asked = rows.filter(row => row.title !== undefined)
  if (asked.length < rows.length)
    for (const { title, line } of rows)
      if (title === undefined)
        remarks.add(
          'rows-left-aside',
          'Rendez-vous qui n’est pas une demande de carte d’identité ou de passeport, laissé de côté',
          line,
        )
  return [...groupBy(asked, row => row.place).values()].flatMap(own => hallFigures(own, remarks))
}

function hallFigures(rows: readonly AppointmentRow[], remarks: RemarkLog): ObservationRow[] {
  const kept = rows.filter(row => row.outcome !== 'cancelled')
  const known = kept.filter(row => row.heldOn >= row.bookedOn)
  const booked = boundsOf(rows.map(row => row.bookedOn))
  const held = boundsOf(rows.map(row => row.heldOn))
  const waits = known.map(wait).sort((a, b) => a - b)
  const usual = waits.length === 0 ? 0 : quantileSorted(waits, 0.9)
  // Whoever booked in a month was seen in it or later, whoever was seen in a month booked in it or before.
  const isAsked = (month: Month) =>
    isCovered(month, { first: held.first < booked.first ? booked.first : held.first, last: booked.last }) &&
    daysBetween(lastDay(month), held.last) >= usual
  const isHeld = (month: Month) =>
    isCovered(month, { first: held.first, last: held.last < booked.last ? held.last : booked.last }) &&
    daysBetween(booked.first, firstDay(month)) >= usual
  const partial = new Set<Month>()
  const figures: ObservationRow[] = []
  for (const [key, some] of groupBy(kept, row => `${monthOf(row.bookedOn)}|${row.title}`)) {
    const month = key.split('|')[0]!
    if (!isAsked(month)) partial.add(month)
    else
      figures.push(
        figureOf(some, month, { measure: 'applications', title: some[0]!.title, value: some.length }),
      )
  }
  for (const [month, all] of groupBy(rows, row => monthOf(row.heldOn))) {
    if (!isHeld(month)) {
      partial.add(month)
      continue
    }
    const some = all.filter(row => row.outcome !== 'cancelled')
    const days = some
      .filter(row => row.outcome !== 'absent' && row.heldOn >= row.bookedOn)
      .map(wait)
      .sort((a, b) => a - b)
    if (days.length >= FEWEST) {
      const terms = { clock: 'booked-to-seen', unit: 'calendar-day' } as const
      const [middle, most] = [0.5, 0.8].map(share => quantileSorted(days, share)) as [number, number]
      figures.push(
        figureOf(some, month, { measure: 'appointment-wait', statistic: 'median', ...terms, value: middle }),
        figureOf(some, month, { measure: 'appointment-wait-p80', ...terms, value: most }),
      )
    }
    const told = some.filter(row => row.outcome === 'seen' || row.outcome === 'absent')
    if (told.length >= FEWEST && told.some(row => row.outcome === 'seen'))
      figures.push(rateOf(told, month, 'no-show-rate', row => row.outcome === 'absent'))
    const housed = some.filter(row => row.residence !== undefined)
    if (housed.length >= FEWEST)
      figures.push(rateOf(housed, month, 'non-resident-rate', row => row.residence !== row.place))
    if (some.length > 0 && days.length < FEWEST)
      remarks.add('rows-left-aside', `Mois de moins de ${FEWEST} rendez-vous : ni attente, ni part`)
  }
  if (partial.size > 0)
    remarks.add(
      'rows-left-aside',
      `Mois dont le fichier ne tient peut-être qu’une partie, laissés de côté : ${[...partial].toSorted().join(', ')}`,
    )
  return figures
}

function wait({ bookedOn, heldOn }: AppointmentRow): number {
  return daysBetween(bookedOn, heldOn)
}

function rateOf(
  rows: readonly AppointmentRow[],
  month: Month,
  measure: Measure,
  has: (row: AppointmentRow) => boolean,
): ObservationRow {
  const value = Math.round((rows.filter(has).length / rows.length) * 1_000) / 10
  return figureOf(rows, month, { measure, value })
}

function boundsOf(days: readonly Day[]): { first: Day; last: Day } {
  const sorted = days.toSorted()
  return { first: sorted[0]!, last: sorted.at(-1)! }
}

function isCovered(month: Month, { first, last }: { first: Day; last: Day }): boolean {
  return daysBetween(firstDay(month), first) <= EDGE_DAYS && daysBetween(last, lastDay(month)) <= EDGE_DAYS
}

/** A figure drawn from appointments; terms that are not told are the usual ones of its measure. */
function figureOf(
  rows: readonly AppointmentRow[],
  month: Month,
  figure: Pick<ObservationRow, 'measure' | 'value'> & Partial<ObservationRow>,
): ObservationRow {
  const { statistic, unit, clock } = USUAL_TERMS[figure.measure]
  return {
    statistic,
    unit,
    clock,
    title: undefined,
    variant: '',
    targetDays: undefined,
    ...figure,
    line: rows[0]!.line,
    period: month,
    granularity: 'month',
    place: rows[0]!.place,
    status: 'derived',
    locator: `${rows.length} rendez-vous`,
  }
}
