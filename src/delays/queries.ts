import type { Kysely } from 'kysely'
import { publishedValues } from '../io/database/published.ts'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { settle } from '../pure/figures/observation.ts'
import { type QuarterlySeries, quarterlySeries, type Weights } from '../pure/figures/quarterly-series.ts'
import { TITLES, type Title } from '../pure/law/title.ts'

/** Which delays are wanted. `asOf` answers with what had been published by that day. */
export interface DelayRequest {
  place: string
  from?: Quarter | undefined
  to?: Quarter | undefined
  title?: Title | undefined
  asOf?: Day | undefined
}

/** Issuance delays of a place by title and quarter, in the order in which titles are usually listed. */
export async function issuanceDelays(
  db: Kysely<Database>,
  request: DelayRequest,
): Promise<QuarterlySeries[]> {
  const filter = {
    places: [request.place],
    ...(request.title ? { titles: [request.title] } : {}),
    ...(request.asOf ? { asOf: request.asOf } : {}),
  }
  const [rows, decisions] = await Promise.all([
    publishedValues(db, { ...filter, measure: 'issuance-delay' }),
    publishedValues(db, { ...filter, measure: 'decisions' }),
  ])
  const counts = new Map(
    [...groupBy(decisions, row => key(row.title, row.place, row.period))].map(([cell, published]) => [
      cell,
      settle(published)?.current.value,
    ]),
  )
  const weights: Weights = (title, place, month) => counts.get(key(title, place, month))
  const rank = (title: Title | '') => (title === '' ? -1 : TITLES.indexOf(title))
  return quarterlySeries(rows, weights, request).sort((a, b) => rank(a.title) - rank(b.title))
}

function key(title: string, place: string, period: string): string {
  return `${title}|${place}|${period}`
}
