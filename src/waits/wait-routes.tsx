import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import { bandOf, bandSchema, explanationSchema, parameterSchema, runSchema } from '../figures/band-answer.ts'
import { counterDecisions } from '../figures/event-queries.ts'
import { quarterlyAnswer, quarterlyAnswerSchema } from '../figures/quarterly-series-answer.ts'
import { vintageRows } from '../figures/vintage-answer.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { placeParameter, quarterParameter, vintageParameters } from '../io/http/parameters.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { network, townHall } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { CsvTable } from '../pure/figures/csv.ts'
import { seriesRows } from '../pure/figures/quarterly-series.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { outlookView, type PlaceOutlook, placeOutlook } from './place-outlook.ts'
import { DEFAULT_QUARTERS, hallSlotsPerWeek, MOST_QUARTERS } from './wait-outlook.ts'
import { WaitsPage } from './wait-page.tsx'
import type { WaitQuarterBand } from './wait-projection.ts'
import { appointmentWaits, projectedWaits, waitVintages } from './wait-queries.ts'

const request = {
  query: z.object({
    place: placeParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    ...vintageParameters,
  }),
}

const waits = createRoute({
  method: 'get',
  path: '/api/waits',
  summary: 'Attente d’un rendez-vous en mairie, par trimestre',
  description:
    'Même forme que les délais. Le lieu peut être un département, une mairie (code INSEE) ou FR. « mean-of-days » : au moins un mois est la moyenne de jours relevés.',
  tags: ['Rendez-vous'],
  request,
  responses: {
    200: {
      description: 'Une série par horloge de mesure',
      content: { 'application/json': { schema: quarterlyAnswerSchema } },
    },
    404: refused('Lieu inconnu'),
  },
})

const waitsCsv = createRoute({
  method: 'get',
  path: '/api/waits.csv',
  summary: 'Les mêmes attentes, pour un tableur',
  tags: ['Rendez-vous'],
  request,
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    404: refused('Lieu inconnu'),
  },
})

const projectionRequest = {
  params: z.object({
    place: placeParameter.openapi({
      param: { name: 'place', in: 'path' },
      example: '16102',
      description: 'Code INSEE d’une mairie équipée, ou code d’un département',
    }),
  }),
  query: z.object({
    quarters: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_QUARTERS)
      .default(DEFAULT_QUARTERS)
      .openapi({
        description: `Trimestres projetés, ${MOST_QUARTERS} au plus : au-delà, une capacité fixe n’a plus de sens`,
      }),
    limit: z.coerce.number().positive().max(1_000).default(30).openapi({
      description: 'Attente à ne pas dépasser, en jours ; 30 jours ont été demandés aux préfets pour 2023',
    }),
  }),
}
const projectionAnswer = z
  .object({
    place: z.string(),
    name: z.string(),
    status: z.literal('estimated'),
    run: runSchema,
    from: z.string(),
    limitDays: z.number(),
    paths: z.int(),
    start: z.object({
      days: z.number(),
      quarter: z.string(),
      known: z.enum(['own', 'department', 'none-by-design']),
      requests: z.number(),
      atLeast: z.boolean(),
    }),
    capacity: z.object({
      method: z.enum(['imported', 'slope-of-waits', 'taken-as-balanced']),
      requestsPerWeek: z.number(),
      logSpread: z.number(),
      readings: z.array(
        z.object({
          quarter: z.string(),
          waitDays: z.number(),
          impliedOverloadPct: z.number(),
          requestsPerDay: z.number(),
          slotsPerDay: z.number(),
        }),
      ),
    }),
    points: z.array(bandSchema),
    probabilityEverOver: z.number().nullable(),
    reason: z.enum(['no-appointment', 'no-slots']).nullable(),
    isolated: z.object({ meanOfHalls: z.array(bandSchema), meanOfRequests: z.array(bandSchema) }),
    pooled: z.array(bandSchema),
    halls: z.array(
      z.object({
        insee: z.string(),
        name: z.string(),
        points: z.array(bandSchema),
        reason: z.enum(['no-appointment', 'no-slots']).nullable(),
      }),
    ),
    parameters: z.array(parameterSchema),
    explanation: explanationSchema,
  })
  .openapi('WaitProjection')

const projectionRefusals = {
  400: refused('Paramètre illisible : chaque défaut est dit'),
  404: refused('Aucun lieu ne porte ce code, ou cette mairie n’est pas équipée'),
  409: refused('Pas de projection pour ce lieu : ce qu’il faut importer est dit'),
}

const projection = createRoute({
  method: 'get',
  path: '/api/waits/{place}/projection',
  summary: 'Attente projetée d’une mairie ou d’un département, à créneaux inchangés',
  description:
    '« points » : l’attente de la mairie, chacun restant dans la sienne (ou la moyenne du département, pondérée par les demandes). « pooled » : tous les créneaux mis en commun, la meilleure des deux bornes. Tout est estimé ; « parameters » dit ce qui est supposé et d’où cela vient. Une valeur null est plus loin que le calendrier connu du modèle.',
  tags: ['Rendez-vous'],
  request: projectionRequest,
  responses: {
    200: {
      description: 'Bandes par trimestre',
      content: { 'application/json': { schema: projectionAnswer } },
    },
    ...projectionRefusals,
  },
})

const projectionCsv = createRoute({
  method: 'get',
  path: '/api/waits/{place}/projection.csv',
  summary: 'La même projection, pour un tableur',
  tags: ['Rendez-vous'],
  request: projectionRequest,
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    ...projectionRefusals,
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

/** The appointment waits: data, spreadsheet and page. */
export function waitRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  router.openapi(waits, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    return c.json(quarterlyAnswer(await waitVintages(db, { place, ...rest }), rest.includeHistory), 200)
  })
  router.openapi(waitsCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const { series, history } = await waitVintages(db, { place, ...rest })
    const table = rest.includeHistory === 'true' ? vintageRows(history) : seriesRows(series)
    return csvAnswer(c, `rendez-vous-${place}.csv`, table)
  })
  router.openapi(projection, async c =>
    c.json(projected(await outlookAt(db, c.req.valid('param').place, c.req.valid('query'), today())), 200),
  )
  router.openapi(projectionCsv, async c => {
    const { place } = c.req.valid('param')
    const answer = projected(await outlookAt(db, place, c.req.valid('query'), today()))
    return csvAnswer(c, `attente-projetee-${place}.csv`, projectionRows(answer))
  })
  router.get('/rendez-vous', async c => {
    const { place = department, ...rest } = queryOf(c, request.query)
    const known = await knownPlaceOrRefuse(db, place)
    const [all, { townHalls }, whole, nation, found, decided] = await Promise.all([
      appointmentWaits(db, { place, ...(rest.asOf ? { asOf: rest.asOf } : {}) }),
      network(db, department),
      knownPlaceOrRefuse(db, department),
      appointmentWaits(db, { place: 'FR', ...rest }),
      known.kind === 'department' ? projectedWaits(db, place, today()) : undefined,
      counterDecisions(db, place),
    ])
    const quarters = all.flatMap(one => one.points.map(point => point.quarter)).sort()
    const from = rest.from ?? quarters[0] ?? ''
    const to = rest.to ?? quarters.at(-1) ?? ''
    const { series, notices } = await waitVintages(db, { place, ...rest })
    const outlook =
      found === undefined || 'reason' in found
        ? found
        : outlookView(
            placeOutlook(found, { code: place, name: known.name }, { limitDays: 30 }),
            today(),
            decided,
          )
    return html(
      c,
      WaitsPage({
        site,
        place: { code: place, name: known.name },
        carried: place === department ? undefined : place,
        places: [
          { code: department, name: `${whole.name} (département)` },
          ...townHalls.map(hall => ({ code: hall.insee, name: hall.name })),
        ],
        quarters,
        from,
        to,
        series: series.filter(one => one.points.length > 0),
        notices,
        nation: nation.filter(one => one.points.length > 0),
        csv: `/api/waits.csv?${new URLSearchParams({ place, ...(rest.from ? { from: rest.from } : {}), ...(rest.to ? { to: rest.to } : {}) })}`,
        outlook,
      }),
    )
  })
  return router
}

/** The projection of a hall or a department. @throws Refusal when the place is no hall, or nothing can be projected. */
async function outlookAt(
  db: Kysely<Database>,
  code: string,
  { quarters, limit }: { quarters: number; limit: number },
  today: Day,
) {
  const known = await knownPlaceOrRefuse(db, code)
  const hall = known.kind === 'department' ? undefined : await townHall(db, code)
  if (known.kind !== 'department' && hall === undefined) {
    throw new Refusal(
      'town-hall-not-found',
      `Aucune mairie équipée connue ne porte le code ${code} : la liste est à /api/town-halls.`,
      { insee: code },
    )
  }
  const found = await projectedWaits(db, hall?.department ?? code, today)
  if ('reason' in found) throw new Refusal('no-projection', found.reason)
  return placeOutlook(found, { code, name: known.name }, { quarters, limitDays: limit })
}

function projected(outlook: PlaceOutlook): z.infer<typeof projectionAnswer> {
  const { run, place, projection, hall } = outlook
  const { from, start, capacity, requestsPerWeek, halls } = outlook.outlook
  const bands = (quarters: readonly WaitQuarterBand[]) => quarters.map(one => bandOf(one.quarter, one.wait))
  const own = projection.halls.find(one => one.hall === hall?.insee)
  return {
    place: place.code,
    name: place.name,
    status: 'estimated',
    run: { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed },
    from,
    limitDays: projection.limitDays,
    paths: projection.paths,
    start: {
      days: hall?.startDays ?? start.days,
      quarter: start.quarter,
      known: hall?.startFrom ?? 'department',
      requests: hall?.start.requests ?? halls.reduce((sum, one) => sum + one.start.requests, 0),
      atLeast: hall?.start.known === 'at-least',
    },
    capacity: {
      method: hall?.capacity === 'imported' ? 'imported' : capacity.method,
      requestsPerWeek: hall === undefined ? requestsPerWeek : hallSlotsPerWeek(hall),
      logSpread: hall?.capacity === 'imported' ? 0 : capacity.spread,
      readings: capacity.readings.map(({ overload, ...reading }) => ({
        ...reading,
        impliedOverloadPct: 100 * overload,
      })),
    },
    points: bands(outlook.quarters),
    probabilityEverOver: own !== undefined && 'quarters' in own ? own.probabilityEverOver : null,
    reason: own !== undefined && 'reason' in own ? own.reason : null,
    isolated: {
      meanOfHalls: bands(projection.meanOfHalls),
      meanOfRequests: bands(projection.meanOfRequests),
    },
    pooled: bands(projection.pooled),
    halls: projection.halls
      .filter(one => hall === undefined || one.hall === hall.insee)
      .map(one => ({
        insee: one.hall,
        name: halls.find(known => known.insee === one.hall)?.name ?? one.hall,
        points: 'quarters' in one ? bands(one.quarters) : [],
        reason: 'reason' in one ? one.reason : null,
      })),
    parameters: outlook.parameters,
    explanation: outlook.explanation,
  }
}

function projectionRows({
  place,
  run,
  limitDays,
  points,
  pooled,
}: z.infer<typeof projectionAnswer>): CsvTable {
  return {
    header: [
      'lieu',
      'trimestre',
      'statut',
      'p05',
      'p25',
      'médiane',
      'p75',
      'p95',
      `probabilité de dépasser ${limitDays} jours`,
      'médiane créneaux en commun',
      'projection',
    ],
    rows: points.map(({ quarter, quantiles: q, probabilityOver }, i) => [
      place,
      quarter,
      'estimated',
      ...[q.p05, q.p25, q.p50, q.p75, q.p95].map(days =>
        days === null ? undefined : Math.round(days * 10) / 10,
      ),
      Math.round(probabilityOver * 1_000) / 1_000,
      pooled[i]?.quantiles.p50 ?? undefined,
      run.id,
    ]),
  }
}
