import { z } from '@hono/zod-openapi'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { kilometres } from '../places/catchment.ts'
import { townsOf } from '../places/catchment-queries.ts'
import { placesMeasured } from '../places/place-queries.ts'
import { byWait } from '../places/town-hall.ts'
import { latestWaits, network } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { inForce } from '../pure/law/dated.ts'
import { FIRST_PERMIT_FEE, LICENCE_EXCHANGE_FEE, PERMIT_STAMP } from '../pure/law/fees.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { EMERGENCY_PASSPORT_YEARS } from '../pure/law/passport.ts'
import { pricesIn, RULES } from '../pure/law/rules.ts'
import { monthBand } from '../waits/wait-now.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { currentWait } from '../waits/wait-run-queries.ts'
import { stepsIn } from './step.ts'
import { byDistance, type KnownHall, townNamed } from './town.ts'
import { UsersPage } from './users-page.tsx'

/** What is paid for a title that is asked for online. */
const ONLINE = new Set([FIRST_PERMIT_FEE, PERMIT_STAMP, LICENCE_EXCHANGE_FEE].map(({ label }) => label))

/** The page for people who need a title. */
export function userRoutes({ db, today, here }: Ground) {
  const router = createRouter()
  router.get(ROUTES.users, async c => {
    const day = today()
    const { code: department, name } = here()
    const { ville } = queryOf(c, z.object({ ville: z.string().max(80).optional() }))
    const [{ townHalls }, demand, towns, measured, told] = await Promise.all([
      network(db, department),
      placeDemand(db, department, { place: department }, day),
      townsOf(db, department),
      placesMeasured(db, 'appointment-wait', department),
      currentWait(db, department, day),
    ])
    const listed = new Set(townHalls.map(hall => hall.insee))
    const unlisted = new Set(measured.map(({ code }) => code).filter(code => !listed.has(code)))
    const waits = await latestWaits(db, [...listed, ...unlisted])
    const search = ville === undefined ? undefined : townNamed(towns, ville)
    const ranked = byWait<KnownHall>(
      [
        ...townHalls.map(hall => ({ ...hall, listed: true })),
        // Whoever publishes a wait has a hall, even where the list of halls says nothing of it.
        ...towns
          .filter(({ code }) => unlisted.has(code) && waits.has(code))
          .map(town => ({ ...town, insee: town.code, withoutAppointment: false, listed: false })),
      ],
      waits,
    )
    const [early] = EARLY_RENEWAL.values
    const prices = pricesIn(department, day)
    return html(
      c,
      UsersPage({
        placeName: name,
        halls: search?.found === 'one' ? byDistance(ranked, point => kilometres(search.town, point)) : ranked,
        search,
        emergencyYears: inForce(EMERGENCY_PASSPORT_YEARS, day),
        wait: told && monthBand(told.now, day.slice(0, 7), WAIT_LIMIT_DAYS),
        coming:
          'reason' in demand
            ? demand
            : {
                wave: demand.explanation.find(line => line.code === 'wave'),
                source: demandSource(demand.run),
              },
        earlyRenewal: {
          from: early.from,
          travelEnd: OLD_CARD_TRAVEL_END.values[0].value,
          source: early.source.title,
        },
        steps: stepsIn(department),
        prices,
        fees: prices === undefined ? [] : RULES.filter(({ label }) => ONLINE.has(label)),
        today: day,
      }),
    )
  })
  return router
}
