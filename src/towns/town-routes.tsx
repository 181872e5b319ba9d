import { z } from '@hono/zod-openapi'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, estimateDay } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { hallOrigins } from '../places/catchment-queries.ts'
import { grantsRead } from '../places/grant-queries.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { toldHallOrRefuse } from '../places/town-hall-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { narrowingsOf, placeWaitNow } from '../waits/wait-now-queries.ts'
import { waitNowView } from '../waits/wait-now-view.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { currentWait } from '../waits/wait-run-queries.ts'
import { briefOf } from './brief-queries.ts'
import { TownPage } from './town-page.tsx'
import { catchmentFor, standingOf } from './town-queries.ts'

/** The page of a town hall, which is its sheet: on screen here, on paper at `/api/briefs/{insee}.pdf`. */
export function townRoutes({ db, today }: Ground) {
  const router = createRouter()
  router.get(ROUTES.townHallSheet, c => c.redirect(paths.townHall({ insee: c.req.param('insee') }), 308))
  router.get(ROUTES.townHall, async c => {
    const insee = c.req.param('insee')
    const { asOf } = queryOf(c, z.object({ asOf: dayParameter.optional() }))
    const now = today()
    const day = estimateDay(asOf, now)
    const past = day < now ? day : undefined
    const hall = await toldHallOrRefuse(db, insee)
    const nextYear = yearOf(day) + 1
    // A replay is made once: the sheet first, then what the page tells beside it. What rests on no demand waits for none.
    const wait = past === undefined ? currentWait(db, insee, now) : placeWaitNow(db, insee, { asOf: past })
    const [brief, told, narrows, origins, ownWaits, grants] = await Promise.all([
      briefOf(db, hall, now, past, wait),
      wait,
      wait.then(one => one && narrowingsOf(one)),
      hallOrigins(db, hall, `${nextYear}-Q3`),
      appointmentWaits(db, { place: insee, asOf: past }),
      grantsRead(db, hall.department, { asOf: past }),
    ])
    const demand = await placeDemand(db, hall.department, { place: insee, asOf: past }, now)
    const [catchment, standing] =
      'reason' in demand
        ? [demand, undefined]
        : await Promise.all([
            catchmentFor(
              db,
              hall,
              demand.run,
              nextYear,
              origins,
              'reason' in brief.demand ? undefined : brief.demand.next.mean,
            ),
            standingOf(db, hall, demand.run, nextYear),
          ])
    return html(
      c,
      TownPage({
        hall,
        brief,
        past,
        ownWaits,
        demand,
        standing,
        catchment,
        grants: grants.get(insee) ?? [],
        view:
          told === undefined || narrows === undefined || hall.withoutAppointment
            ? undefined
            : waitNowView(told.now, nameAmong(await placesByCode(db)), narrows, past),
      }),
    )
  })
  return router
}
