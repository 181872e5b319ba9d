import type { Kysely } from 'kysely'
import { publishedValues } from '../io/database/published.ts'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { type QuarterlySeries, quarterlySeries } from '../pure/figures/quarterly-series.ts'

/** Which appointment waits are wanted: a department, a town hall or the nation. */
export interface WaitRequest {
  place: string
  from?: Quarter | undefined
  to?: Quarter | undefined
  asOf?: Day | undefined
}

/** Appointment waits of a place by quarter, one series per measuring clock. */
export async function appointmentWaits(
  db: Kysely<Database>,
  request: WaitRequest,
): Promise<QuarterlySeries[]> {
  const rows = await publishedValues(db, {
    measure: 'appointment-wait',
    places: [request.place],
    ...(request.asOf ? { asOf: request.asOf } : {}),
  })
  return quarterlySeries(rows, () => undefined, request)
}
