import type { Kysely } from 'kysely'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/queries.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import type { Day } from '../pure/calendar/day.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { latestWaits, network } from '../town-halls/queries.ts'
import { byWait } from '../town-halls/town-hall.ts'
import { appointmentWaits } from '../waits/queries.ts'
import { UsersPage } from './page.tsx'
import { STEPS } from './step.ts'

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

/** The page for people who need a title. */
export function userRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  router.get('/usagers', async c => {
    const day = today()
    const [place, { townHalls }, series, demand] = await Promise.all([
      knownPlaceOrRefuse(db, department),
      network(db, department),
      appointmentWaits(db, { place: department }),
      placeDemand(db, department, { place: department }, day),
    ])
    const waits = await latestWaits(db, ['FR', ...townHalls.map(hall => hall.insee)])
    const [early] = EARLY_RENEWAL.values
    return html(
      c,
      UsersPage({
        site,
        placeName: place.name,
        halls: byWait(townHalls, waits),
        lastQuarters: series[0]?.points.slice(-2) ?? [],
        nation: waits.get('FR'),
        coming:
          'reason' in demand
            ? demand
            : {
                wave: demand.explanation.find(line => line.title.startsWith('La vague')),
                source: demandSource(demand.run),
              },
        earlyRenewal: {
          from: early.from,
          travelEnd: OLD_CARD_TRAVEL_END.values[0].value,
          source: early.source.title,
        },
        steps: STEPS,
        today: day,
      }),
    )
  })
  return router
}
