import { z } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { chapter, csvRoute, described, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import {
  dayParameter,
  estimateDay,
  placeParameter,
  quarterParameter,
  quartersTold,
} from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { type KnownPlace, nameAmong, placesByCode, placesMeasured } from '../places/place-queries.ts'
import { toldHallOrRefuse, townHall } from '../places/town-hall-queries.ts'
import { templateOf } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { frenchDay } from '../pure/french/french.ts'
import { LAST_QUARTER, TOLD_QUARTERS, waitQuarters } from './wait-now.ts'
import {
  projectionTable,
  type Told,
  todayAnswer,
  todaySchema,
  waitProjectionAnswer,
  waitProjectionSchema,
} from './wait-now-answer.ts'
import { narrowingsOf, placeWaitNow, type ToldWait } from './wait-now-queries.ts'
import { currentWait } from './wait-run-queries.ts'

const { get } = chapter('Rendez-vous')

const params = z.object({
  place: placeParameter.openapi({
    param: { name: 'place', in: 'path' },
    example: '16102',
    description: 'Code INSEE d’une mairie équipée, code d’un département, ou FR',
  }),
})
const refusals = {
  400: refused('Paramètre illisible : chaque défaut est dit'),
  404: refused('Aucun lieu ne porte ce code, ou cette mairie n’est pas équipée'),
  409: refused('Rien n’est publié : ce qu’il faut importer est dit'),
}
const knownParameters = {
  asOf: dayParameter.optional().openapi({ description: 'Refaite avec ce qui était publié ce jour-là' }),
  recordedBy: dayParameter.optional().openapi({ description: 'Avec ce qui était enregistré ici ce jour-là' }),
}
const projectionRequest = {
  params,
  query: z.object({
    from: quarterParameter.optional(),
    quarters: z.coerce
      .number()
      .int()
      .min(1)
      .max(40)
      .default(TOLD_QUARTERS)
      .openapi({
        description: `Trimestres, jusqu’à ${LAST_QUARTER} ; au-delà de ${TOLD_QUARTERS}, seules les différences entre scénarios ont un sens`,
      }),
    limit: z.coerce.number().positive().max(1_000).default(30).openapi({
      description: 'Attente à ne pas dépasser, en jours ; 30 jours ont été demandés aux préfets pour 2023',
    }),
    ...knownParameters,
  }),
}

const todayRoute = get(templateOf('apiWaitToday'), {
  summary: 'Attente estimée aujourd’hui, ce sur quoi elle repose et ce qui la préciserait',
  description:
    '« basis » : chaque valeur publiée qui pèse, avec son horloge, son âge en jours et sa part. « narrows » : la fourchette que donnerait une valeur du mois dernier. Tout est estimé.',
  request: { params, query: z.object(knownParameters) },
  responses: {
    200: described('L’attente du jour', todaySchema),
    ...refusals,
  },
})

const projectionRoute = get(templateOf('apiWaitProjection'), {
  summary: 'Attente d’une mairie, d’un département ou de la France, trimestre par trimestre',
  description:
    'Depuis le trimestre présent (ou « from ») : un trimestre passé que personne n’a observé est une estimation du passé. Les fermetures annoncées d’une mairie y comptent. « unchanged » : le scénario « créneaux inchangés », deux trimestres au plus. Une mairie a deux horloges : attente moyenne, premier créneau libre.',
  request: projectionRequest,
  responses: {
    200: described('Bandes par trimestre', waitProjectionSchema),
    ...refusals,
  },
})

const projectionCsvRoute = csvRoute(projectionRoute, templateOf('apiWaitProjectionCsv'), {
  summary: 'La même projection, pour un tableur',
})

/** The wait of the day and to come: API and spreadsheet. */
export function waitNowRoutes({ db, today }: Ground) {
  const router = createRouter()
  router.openapi(todayRoute, async c => {
    const { told, ...named } = await toldOrRefuse(
      db,
      c.req.valid('param').place,
      c.req.valid('query'),
      today(),
    )
    return c.json(todayAnswer({ ...named, now: told.now }, await narrowingsOf(told)), 200)
  })
  const projected = async (place: string, query: z.infer<typeof projectionRequest.query>) => {
    const { told, ...named } = await toldOrRefuse(db, place, query, today())
    const asked = query.from ?? quarterOf(told.now.asOf)
    const first = quarterOf(told.now.state.first)
    const { from, quarters: count } = quartersTold(asked, query.quarters, first, LAST_QUARTER)
    const quarters = waitQuarters(told.now, from, count, query.limit)
    return waitProjectionAnswer({ ...named, now: told.now }, quarters, query.limit)
  }
  router.openapi(projectionRoute, async c =>
    c.json(await projected(c.req.valid('param').place, c.req.valid('query')), 200),
  )
  router.openapi(projectionCsvRoute, async c => {
    const { place } = c.req.valid('param')
    return csvAnswer(
      c,
      `attente-projetee-${place}.csv`,
      projectionTable(await projected(place, c.req.valid('query'))),
    )
  })
  return router
}

/** What is asked of a wait: as of which knowledge, from which quarter and how far. */
interface Asked {
  asOf?: Day | undefined
  recordedBy?: Day | undefined
  from?: Quarter | undefined
  quarters?: number | undefined
}

/** A commune that is asked for: a hall of the list or assumed, or one of which a wait was published. @throws Refusal when it is neither. */
async function hallOrRefuse(db: Db, { code, parent }: KnownPlace) {
  const measured = parent === undefined ? [] : await placesMeasured(db, 'appointment-wait', parent)
  return measured.some(place => place.code === code) ? townHall(db, code) : toldHallOrRefuse(db, code)
}

/** The wait of a place as of a day. @throws Refusal when the place is no hall, or nothing speaks of it. */
async function toldOrRefuse(
  db: Db,
  code: string,
  { asOf, recordedBy, from, quarters = TOLD_QUARTERS }: Asked,
  today: Day,
): Promise<Omit<Told, 'now'> & { told: ToldWait }> {
  const known = await knownPlaceOrRefuse(db, code)
  const hall = known.kind === 'commune' ? await hallOrRefuse(db, known) : undefined
  const day = estimateDay(asOf, today)
  const far = addQuarters(from ?? quarterOf(day), quarters - 1) > addQuarters(quarterOf(day), TOLD_QUARTERS)
  const told =
    asOf === undefined && recordedBy === undefined && !far
      ? await currentWait(db, code, today)
      : await placeWaitNow(db, code, { asOf: day, recordedBy, to: far ? LAST_QUARTER : undefined })
  if (told === undefined)
    throw new Refusal(
      'no-projection',
      asOf === undefined && recordedBy === undefined
        ? 'Aucune attente n’est publiée, ni pour ce lieu ni pour la France : importez un fichier « rendez-vous ».'
        : `Aucune attente n’était ${recordedBy === undefined ? 'publiée' : 'enregistrée ici'} le ${frenchDay(recordedBy ?? day)}, ni pour ce lieu ni pour la France : demandez un jour plus récent.`,
    )
  return {
    told,
    nameOf: nameAmong(await placesByCode(db)),
    withoutAppointment: hall?.withoutAppointment ?? false,
  }
}
