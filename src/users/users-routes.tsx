import type { Kysely } from 'kysely'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { byWait } from '../places/town-hall.ts'
import { latestWaits, network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { RULES } from '../pure/law/rules.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { STEPS } from './step.ts'
import { UsersPage } from './users-page.tsx'

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
        fees: RULES.filter(rule => rule.subject === 'Ce que coûtent les titres'),
        today: day,
      }),
    )
  })
  return router
}
