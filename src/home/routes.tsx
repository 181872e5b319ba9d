import type { Kysely } from 'kysely'
import { issuanceDelays } from '../delays/queries.ts'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/queries.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { appointmentWaits } from '../waits/queries.ts'
import { HomePage, type Outlook } from './page.tsx'
import { lastPublished } from './queries.ts'

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

/** The home page. */
export function homeRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  router.get('/', async c => {
    const day = today()
    const [place, delays, waits, demand, last] = await Promise.all([
      knownPlaceOrRefuse(db, department),
      issuanceDelays(db, { place: department }),
      appointmentWaits(db, { place: department }),
      placeDemand(db, department, { place: department }, day),
      lastPublished(db, department),
    ])
    return html(
      c,
      HomePage({
        site,
        placeName: place.name,
        delays,
        waits,
        outlook: outlookOf(demand, day),
        lastPublished: last,
        today: day,
      }),
    )
  })
  return router
}

/** The year after today's when it is projected, else the first whole year projected. */
function outlookOf(
  demand: Awaited<ReturnType<typeof placeDemand>>,
  today: Day,
): Outlook | { reason: string } {
  if ('reason' in demand) return demand
  const years = [...new Set(demand.both.map(point => yearOf(point.quarter)))].filter(
    year => demand.both.filter(point => yearOf(point.quarter) === year).length === 4,
  )
  const year = years.find(one => one === yearOf(today) + 1) ?? years[0]
  if (year === undefined) return { reason: 'Aucune année entière projetée.' }
  return {
    year,
    mean: demand.both
      .filter(point => yearOf(point.quarter) === year)
      .reduce((sum, point) => sum + point.mean, 0),
    wave: demand.explanation.find(line => line.title.startsWith('La vague')),
    source: demandSource(demand.run),
  }
}
