import type { Kysely } from 'kysely'
import { sampleOf } from '../demand/demand-sample.ts'
import { placeDemand } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { grantsRead } from '../places/grant-queries.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { townHallOrRefuse } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { narrowingsOf } from '../waits/wait-now-queries.ts'
import { waitNowView } from '../waits/wait-now-view.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { currentWait } from '../waits/wait-run-queries.ts'
import { grantOutlook } from './grant-outlook.ts'
import { TownPage } from './town-page.tsx'
import { catchmentFor, standingOf } from './town-queries.ts'
import { expectedYear, yearRequests } from './year-requests.ts'

interface Ground {
  db: Kysely<Database>
  today: () => Day
  site: Site
}

/** The page of a town hall, which is its sheet: on screen here, on paper at `/api/briefs/{insee}.pdf`. */
export function townRoutes({ db, today, site }: Ground) {
  const router = createRouter()
  router.get('/mairies/:insee/fiche', c => c.redirect(`/mairies/${c.req.param('insee')}`, 308))
  router.get('/mairies/:insee', async c => {
    const insee = c.req.param('insee')
    const hall = await townHallOrRefuse(db, insee)
    const day = today()
    const nextYear = yearOf(day) + 1
    const [department, ownWaits, demand, told, grants] = await Promise.all([
      knownPlaceOrRefuse(db, hall.department),
      appointmentWaits(db, { place: insee }),
      placeDemand(db, hall.department, { place: insee }, day),
      currentWait(db, insee, day),
      grantsRead(db, hall.department),
    ])
    const requests = 'reason' in demand ? undefined : yearRequests(sampleOf(demand.run))
    const yearOfHall = (year: number) =>
      'reason' in demand
        ? undefined
        : expectedYear(
            year,
            demand.both.filter(point => yearOf(point.quarter) === year),
            requests?.(insee, year),
          )
    const [catchment, standing] =
      'reason' in demand
        ? [demand, undefined]
        : await Promise.all([
            catchmentFor(db, hall, demand.run, nextYear),
            standingOf(db, hall, demand.run, nextYear),
          ])
    return html(
      c,
      TownPage({
        site,
        hall,
        departmentName: department.name,
        ownWaits,
        demand,
        expected: yearOfHall(nextYear),
        thisYear: yearOfHall(nextYear - 1),
        standing,
        catchment,
        grants: grants.get(insee) ?? [],
        view:
          told === undefined || hall.withoutAppointment
            ? undefined
            : waitNowView(told.now, hall.name, narrowingsOf(told)),
        grant: 'reason' in demand ? demand : grantOutlook(requests!, hall, nextYear),
      }),
    )
  })
  return router
}
