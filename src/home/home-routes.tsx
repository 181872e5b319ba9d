import { delayOfDay, delayPlaces, issuanceDelays } from '../delays/delay-queries.ts'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { wholeRequestsOf } from '../demand/run-queries.ts'
import { expectedYear } from '../demand/year-requests.ts'
import type { Db } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { monthsBetween, yearOf } from '../pure/calendar/period.ts'
import { wholeYears } from '../pure/figures/whole-year.ts'
import { sum } from '../pure/numerics/sum.ts'
import { triggers } from '../scenarios/trigger-queries.ts'
import { waitNowView } from '../waits/wait-now-view.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { currentWait } from '../waits/wait-run-queries.ts'
import { breaches, lastYears } from './attention.ts'
import { HomePage, type Outlook, type Reminder } from './home-page.tsx'
import { freshness, lastArrivals } from './home-queries.ts'

const LISTED_ARRIVALS = 3

/** The home page. */
export function homeRoutes({ db, today, here }: Ground) {
  const router = createRouter()
  router.get(ROUTES.home, async c => {
    const day = today()
    const { code: department, name } = here()
    const [places, delays, nation, waits, told, demand, known, reminders, arrivals] = await Promise.all([
      placesByCode(db),
      issuanceDelays(db, { place: department }),
      issuanceDelays(db, { place: 'FR' }),
      appointmentWaits(db, { place: department }),
      currentWait(db, department, day),
      placeDemand(db, department, { place: department }, day),
      delayPlaces(db, department, day).then(places =>
        freshness(
          db,
          department,
          places.map(({ code }) => code),
        ),
      ),
      decisionsDue(db, department, day),
      lastArrivals(db, department, LISTED_ARRIVALS),
      delayOfDay(db, department, 'cni-passport', day),
    ])
    return html(
      c,
      HomePage({
        placeName: name,
        breaches: breaches(delays),
        delays,
        reminders,
        arrivals,
        waits,
        wait: told && waitNowView(told.now, nameAmong(places), []),
        issued: lastYears(nation),
        delay: (await delayOfDay(db, department, 'cni-passport', day))?.value,
        outlook: await outlookOf(demand, day),
        known,
        today: day,
      }),
    )
  })
  return router
}

/** The levers whose threshold the projection passes with more chances than their scenario accepts. */
async function decisionsDue(db: Db, department: string, today: Day): Promise<Reminder[]> {
  const found = await triggers(db, department, today)
  return found.flatMap(({ scenario, name, quarter, probability, triggered }) =>
    triggered && quarter !== null && probability !== null
      ? [{ scenario: scenario.name, lever: name, quarter, chances: 100 * probability }]
      : [],
  )
}

/** The year after today's when it is projected, else the first whole year projected. */
async function outlookOf(
  demand: Awaited<ReturnType<typeof placeDemand>>,
  today: Day,
): Promise<Outlook | { reason: string }> {
  if ('reason' in demand) return demand
  const years = wholeYears(demand.both)
  const whole = years.find(({ year }) => year === yearOf(today) + 1) ?? years[0]
  if (whole === undefined) return { reason: 'Aucune année entière projetée.' }
  const { year, points } = whole
  const paths = await wholeRequestsOf(demand.run, monthsBetween(`${year}-01`, `${year}-12`))
  const expected = expectedYear(
    year,
    points,
    paths.map(sum).sort((a, b) => a - b),
  )
  if (expected === undefined) return { reason: 'Aucune année entière projetée.' }
  return {
    expected,
    byHall: !demand.run.inputs.hallsAssumed,
    wave: demand.explanation.find(line => line.code === 'wave'),
    source: demandSource(demand.run),
  }
}
