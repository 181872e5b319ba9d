import type { Quarter } from '../src/pure/calendar/period.ts'
import type { QuarterlySeries, QuarterPoint } from '../src/pure/figures/quarterly-series.ts'

/** A series of delays printed by quarter for Charente, as a prefecture publishes it: licences unless told otherwise. */
export function printedSeries(
  days: Readonly<Record<Quarter, number>>,
  targetDays: number | null,
  title: QuarterlySeries['title'] = 'driving-licence',
): QuarterlySeries {
  const measured = { clock: 'issued-in-period', statistic: 'mean', unit: 'unspecified-day' } as const
  const points = Object.entries(days).map(
    ([quarter, value]): QuarterPoint => ({
      ...measured,
      quarter,
      days: value,
      method: 'as-published',
      methods: [],
      status: 'observed',
      source: { publisher: '', document: '', locator: '', publishedOn: '2022-04-05', release: 1 },
      conflicts: [],
      impliedOverloadPct: null,
    }),
  )
  return { ...measured, title, place: '16', targetDays, years: [], points }
}
