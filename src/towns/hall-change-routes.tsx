import { z } from '@hono/zod-openapi'
import { currentRun, yearRequestsOf } from '../demand/run-queries.ts'
import { projectedOrRefuse, Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { toldName } from '../places/town-hall.ts'
import { toldHalls } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { quarterOf, yearOf } from '../pure/calendar/period.ts'
import { compareFrench, frenchMonth, writtenMonth } from '../pure/french/french.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import {
  type ChangeEffect,
  changedWait,
  changeEffect,
  firstWholeYear,
  movedMost,
  quarterRead,
} from './hall-change.ts'
import { type AskedChange, askedChange, changeSchema } from './hall-change-answer.ts'
import { HallChangePage } from './hall-change-page.tsx'
import { movedPeople } from './town-queries.ts'

const { get } = chapter('Mairies')

const changes = get(ROUTES.apiHallChanges, {
  summary: 'Ce qu’une mairie qui ouvre, ferme ou s’agrandit prend à ses voisines',
  description:
    'Les habitants choisissent de nouveau, selon les mêmes poids, parmi les mairies du département : ce que l’une gagne, les autres le perdent.',
  request: { query: askedChange },
  responses: {
    200: described('Effet sur chaque mairie', changeSchema),
    404: refused('Commune inconnue, ou sans mairie équipée'),
    409: refused('Demande non projetée'),
  },
})

const written = z.string().optional()
const FORM = z.object({
  commune: written,
  change: askedChange.shape.change.unwrap().optional(),
  from: written,
  stations: written,
  factor: written,
})

/** A hall that opens, closes or offers more: what it does to its neighbours. */
export function hallChangeRoutes({ db, today, department: own, here }: Ground) {
  const router = createRouter()
  router.openapi(changes, async c => {
    const query = c.req.valid('query')
    const place = await knownPlaceOrRefuse(db, query.commune)
    const { asked, ...effect } = await effectOf(db, place.parent ?? own, today(), query)
    const { commune: insee, change, from } = asked
    return c.json({ status: 'estimated' as const, insee, change, from, ...effect }, 200)
  })
  router.get(ROUTES.hallChange, async c => {
    const query = queryOf(c, FORM)
    const typed = query.from || `${yearOf(today()) + 1}-03`
    const month = writtenMonth(typed)
    const factor = query.factor || '1,5'
    const { code: department, name: placeName } = here()
    const [places, halls] = await Promise.all([placesByCode(db), toldHalls(db, department)])
    const communes = [...places.values()]
      .filter(
        ({ kind, parent, mergedInto }) =>
          kind === 'commune' && parent === department && mergedInto === undefined,
      )
      .sort((a, b) => compareFrench(a.name, b.name))
    const shown = {
      commune: query.commune ?? '',
      change: query.change ?? (halls.some(({ insee }) => insee === query.commune) ? 'offer' : 'open'),
      from: month === undefined ? typed : frenchMonth(month),
      stations: query.stations ?? '',
      factor,
    }
    const read = askedChange.safeParse({
      ...shown,
      from: month ?? typed,
      factor: factor.replace(',', '.'),
      stations: query.stations || undefined,
    })
    // A form that cannot be computed is shown again with what was typed, and why.
    const effect =
      query.commune === undefined
        ? undefined
        : read.success
          ? await effectOf(db, department, today(), read.data).catch(refusedReason)
          : { reason: 'Écrivez un mois (mars 2027), de 1 à 60 stations, une offre de 0,1 à 10.' }
    return html(c, HallChangePage({ placeName, communes, shown, effect }))
  })
  return router
}

function refusedReason(error: unknown): { reason: string } {
  if (error instanceof Refusal) return { reason: error.message }
  throw error
}

/** Halls whose wait is told after a change: those that it moves most. */
const WAITS_TOLD = 5

async function effectOf(db: Db, department: string, today: Day, change: AskedChange): Promise<ChangeEffect> {
  const run = projectedOrRefuse(await currentRun(db, department, today))
  const [moved, townHalls, places] = await Promise.all([
    movedPeople(db, department, change),
    toldHalls(db, department),
    placesByCode(db),
  ])
  if (moved === undefined)
    throw new Refusal(
      'town-hall-not-found',
      `Aucune ${change.change === 'open' ? 'commune' : 'mairie équipée connue'} ne porte ici le code INSEE ${change.commune}.`,
      { insee: change.commune },
    )
  const codes = moved.map(({ insee }) => insee)
  const requests = await yearRequestsOf(run, codes, firstWholeYear(change.from))
  const effect = changeEffect(change, moved, requests, {
    nameOf: insee => {
      const hall = townHalls.find(one => one.insee === insee)
      return hall ? toldName(hall) : nameAmong(places)(insee)
    },
    stationsOf: insee => townHalls.find(hall => hall.insee === insee)?.stations,
  })
  const ahead = quarterRead(effect) >= quarterOf(today)
  for (const hall of ahead ? movedMost(effect, WAITS_TOLD) : []) {
    const walkIn = townHalls.find(one => one.insee === hall.insee)?.withoutAppointment
    const told = walkIn
      ? undefined
      : await placeWaitNow(db, hall.insee, { asOf: today, to: quarterRead(effect) })
    hall.wait = told === undefined ? null : changedWait(told.now, hall, effect)
  }
  return effect
}
