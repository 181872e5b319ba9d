import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { demandSource } from '../demand/explanation.ts'
import { placeDemand } from '../demand/place-demand-queries.ts'
import type { Database } from '../io/database/schema.ts'
import type { Ground } from '../io/http/ground.ts'
import { html } from '../io/http/page.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { kilometres } from '../places/catchment.ts'
import { residentsOf } from '../places/catchment-queries.ts'
import { placesByCode, placesMeasured } from '../places/place-queries.ts'
import { byWait } from '../places/town-hall.ts'
import { latestWaits, network } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { inForce } from '../pure/law/dated.ts'
import { FIRST_PERMIT_FEE, LICENCE_EXCHANGE_FEE, PERMIT_STAMP } from '../pure/law/fees.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { EMERGENCY_PASSPORT_YEARS } from '../pure/law/passport.ts'
import { pricesIn, RULES } from '../pure/law/rules.ts'
import { STEPS } from './step.ts'
import { byDistance, type KnownHall, type Town, townNamed } from './town.ts'
import { UsersPage } from './users-page.tsx'

/** What is paid for a title that is asked for online. */
const ONLINE = new Set([FIRST_PERMIT_FEE, PERMIT_STAMP, LICENCE_EXCHANGE_FEE].map(({ label }) => label))

/** The page for people who need a title. */
export function userRoutes({ db, today, here, site }: Ground) {
  const router = createRouter()
  router.get(ROUTES.users, async c => {
    const day = today()
    const { code: department, name } = here()
    const { ville } = queryOf(c, z.object({ ville: z.string().max(80).optional() }))
    const [{ townHalls }, demand, towns, measured] = await Promise.all([
      network(db, department),
      placeDemand(db, department, { place: department }, day),
      townsOf(db, department),
      placesMeasured(db, 'appointment-wait', department),
    ])
    const listed = new Set(townHalls.map(hall => hall.insee))
    const unlisted = new Set(measured.map(({ code }) => code).filter(code => !listed.has(code)))
    const waits = await latestWaits(db, ['FR', ...listed, ...unlisted])
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
        site,
        placeName: name,
        halls: search?.found === 'one' ? byDistance(ranked, point => kilometres(search.town, point)) : ranked,
        search,
        emergencyYears: inForce(EMERGENCY_PASSPORT_YEARS, day),
        nation: waits.get('FR'),
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
        steps: STEPS,
        prices,
        fees: prices === undefined ? [] : RULES.filter(({ label }) => ONLINE.has(label)),
        today: day,
      }),
    )
  })
  return router
}

/** The communes of a department, by name, where they are. */
async function townsOf(db: Kysely<Database>, department: string): Promise<Town[]> {
  const [residents, places] = await Promise.all([residentsOf(db), placesByCode(db)])
  return residents
    .filter(one => one.department === department)
    .map(({ code, lat, lon }) => ({ code, name: places.get(code)?.name ?? code, lat, lon }))
}
