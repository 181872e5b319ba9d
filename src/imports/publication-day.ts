import type { Day } from '../pure/calendar/day.ts'
import { firstDay, lastDay, monthOf, quarterOf } from '../pure/calendar/period.ts'
import type { Measure } from '../pure/figures/measure.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import { frenchDay, frenchPeriod } from '../pure/french/french.ts'
import { flawed, type Reading } from './cells/fault.ts'
import type { Granularity } from './cells/period-cell.ts'
import type { ObservationRow } from './kinds/observation-row.ts'

/** When the values of a measure can be known: at any moment of their period, or before it; the others once it is over. */
const KNOWN: Partial<Record<Measure, 'moment' | 'before'>> = {
  'issuance-delay': 'moment',
  'oldest-file-age': 'moment',
  'appointment-wait': 'moment',
  'appointment-wait-p80': 'moment',
  'weekly-opening': 'moment',
  stock: 'moment',
  'equipped-town-halls': 'moment',
  'requests-not-made': 'moment',
  'digital-identities': 'moment',
  'electronic-cards': 'moment',
  grant: 'before',
  population: 'before',
}

/** What is told of a figure left aside for its day of publication, in a file that nobody edits. */
export const NOT_OVER = 'Chiffre d’une période que sa publication n’a pas vue finir, laissé de côté'

/**
 * A figure as its day of publication lets it be. A count or a mean of a whole period is refused before the end of that
 * period, as any figure is before its beginning; a wait or a delay read inside its period is of the day of its reading.
 * *Example:* a first free slot « in May 2022 », published on 15 May, is that of 15 May.
 */
export function datedFigure(row: ObservationRow, publishedOn: Day, today: Day): Reading<ObservationRow> {
  const { period, granularity, measure, status } = row
  const current = periodOf(publishedOn, granularity)
  if (period < current || KNOWN[measure] === 'before' || status === 'withdrawn') return { value: row }
  const last = edgeOf(row, 'last')
  const isDelay = MEASURES[measure].unit === 'day'
  const isWhole = KNOWN[measure] === undefined || (isDelay && isOfWholePeriod(row))
  const earliest = isWhole ? last : edgeOf(row, 'first')
  if (publishedOn < earliest) return tooEarly(row, publishedOn, today, earliest)
  // What was computed, as the running quarter of an export is, nobody read.
  if (publishedOn >= last || !isDelay || status === 'derived') return { value: row }
  return { value: { ...row, period: publishedOn, granularity: 'day' } }
}

function isOfWholePeriod({ granularity, statistic, clock }: ObservationRow): boolean {
  if (granularity === 'day') return false
  return (
    statistic === 'mean' ||
    statistic === 'median' ||
    statistic === 'p80' ||
    statistic === 'p90' ||
    clock === 'issued-in-period' ||
    clock === 'decided-in-period' ||
    clock === 'booked-to-seen'
  )
}

function periodOf(day: Day, granularity: Granularity): string {
  switch (granularity) {
    case 'day':
      return day
    case 'month':
      return monthOf(day)
    case 'quarter':
      return quarterOf(day)
    case 'year':
      return day.slice(0, 4)
  }
}

function edgeOf({ period, granularity }: ObservationRow, edge: 'first' | 'last'): Day {
  if (granularity === 'day') return period
  if (granularity === 'year') return edge === 'first' ? `${period}-01-01` : `${period}-12-31`
  return edge === 'first' ? firstDay(period) : lastDay(period)
}

function tooEarly({ period, measure }: ObservationRow, publishedOn: Day, today: Day, earliest: Day) {
  const told = frenchDay(earliest)
  return flawed(
    'early-publication',
    `${MEASURES[measure].name}, ${frenchPeriod(period)} : publié le ${frenchDay(publishedOn)}, rien ne peut en être connu avant le ${told}.`,
    earliest > today
      ? `Ôtez cette ligne, et renvoyez-la à partir du ${told}.`
      : `Corrigez le jour de publication (« # publié le »), au plus tôt le ${told}, ou la période.`,
  )
}
