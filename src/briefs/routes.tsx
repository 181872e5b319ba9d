import type { Kysely } from 'kysely'
import { placeDemand } from '../demand/queries.ts'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { townHall } from '../town-halls/queries.ts'
import { appointmentWaits } from '../waits/queries.ts'
import { TownPage } from './page.tsx'

interface Ground {
  db: Kysely<Database>
  today: () => Day
  site: Site
}

/** The sheet of a town hall. */
export function briefRoutes({ db, today, site }: Ground) {
  const router = createRouter()
  router.get('/mairies/:insee', async c => {
    const insee = c.req.param('insee')
    const hall = await townHall(db, insee)
    if (hall === undefined) {
      throw new Refusal(
        'town-hall-not-found',
        `Aucune mairie équipée connue ne porte le code INSEE ${insee}.`,
        { insee },
      )
    }
    const [department, ownWaits, departmentWaits, demand] = await Promise.all([
      knownPlaceOrRefuse(db, hall.department),
      appointmentWaits(db, { place: insee }),
      appointmentWaits(db, { place: hall.department }),
      placeDemand(db, hall.department, { place: insee }, today()),
    ])
    return html(
      c,
      TownPage({ site, hall, departmentName: department.name, ownWaits, departmentWaits, demand }),
    )
  })
  return router
}
