import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { placeParameter, quarterParameter } from '../io/http/parameters.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { network, townHall } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { CsvTable } from '../pure/figures/csv.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { DemandPage } from './demand-page.tsx'
import { PROJECTED_TITLES, type ProjectedTitle } from './engine/projection.ts'
import { TITLE_CLASSES } from './engine/title-class.ts'
import { type DemandRequest, type PlaceDemand, placeDemand } from './run-queries.ts'

const count = z.number().min(0)
const range = {
  from: quarterParameter.optional(),
  to: quarterParameter.optional(),
  title: z
    .string()
    .refine((text): text is ProjectedTitle => (PROJECTED_TITLES as readonly string[]).includes(text), {
      message: `un titre demandé en mairie : ${PROJECTED_TITLES.join(', ')}`,
      params: { code: 'invalid-title' },
    })
    .optional()
    .openapi({
      type: 'string',
      enum: [...PROJECTED_TITLES],
      description: 'Les deux titres séparément quand il est absent ; cni-passport pour leur somme',
    }),
}
const answer = z
  .object({
    run: z.object({ id: z.string(), asOf: z.string(), version: z.string(), seed: z.int() }),
    points: z.array(
      z.object({
        quarter: z.string(),
        title: z.enum(PROJECTED_TITLES),
        mean: count,
        quantiles: z.object({
          p05: count,
          p10: count,
          p25: count,
          p50: count,
          p75: count,
          p90: count,
          p95: count,
        }),
        parts: z.object({
          renewals: count,
          other: count,
          end: count,
          travelEnd: count,
          early: count,
          suppressed: count,
          cohorts: z.array(z.object({ titleClass: z.enum(TITLE_CLASSES), issuedIn: z.int(), mean: count })),
        }),
        status: z.literal('estimated'),
      }),
    ),
    gate: z
      .array(z.object({ year: z.int(), dueLastYear: count, due: count, shift: count, opening: count }))
      .openapi({
        description:
          'Titres du département arrivant à échéance, année projetée par année projetée, face à la dernière : shift en bruits de comptage, opening de 0 (les erreurs passées décident) à 1 (les cohortes sont suivies)',
      }),
    explanation: z.array(z.object({ title: z.string(), text: z.string() })),
  })
  .openapi('Demand')
const response = {
  200: {
    description: 'Demandes projetées par trimestre et par titre',
    content: { 'application/json': { schema: answer } },
  },
  404: refused('Lieu ou mairie équipée inconnus'),
  409: refused('Pas encore de projection : la réponse dit ce qu’il faut importer'),
}

const demandOfPlace = createRoute({
  method: 'get',
  path: '/api/demand',
  summary: 'Demandes attendues dans un département',
  description:
    'Cartes d’identité et passeports demandés en mairie, par trimestre. Chaque point est une estimation ; la somme des mairies fait le département.',
  tags: ['Demande'],
  request: { query: z.object({ place: placeParameter.optional(), ...range }) },
  responses: response,
})

const demandOfTownHall = createRoute({
  method: 'get',
  path: '/api/demand/{insee}',
  summary: 'Demandes attendues dans une mairie équipée',
  tags: ['Demande'],
  request: {
    params: z.object({
      insee: z.string().openapi({ example: '16102', description: 'Code INSEE de la commune' }),
    }),
    query: z.object(range),
  },
  responses: response,
})

const demandCsv = createRoute({
  method: 'get',
  path: '/api/demand.csv',
  summary: 'Les mêmes demandes, pour un tableur',
  tags: ['Demande'],
  request: { query: z.object({ place: placeParameter.optional(), ...range }) },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    404: refused('Lieu inconnu'),
    409: refused('Pas encore de projection : la réponse dit ce qu’il faut importer'),
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

/** The projected demand: data, spreadsheet and page. */
export function demandRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  const demandAt = async (place: string, request: Omit<DemandRequest, 'place'>) => {
    const known = await knownPlaceOrRefuse(db, place)
    const hall = known.kind === 'commune' ? await equippedOrRefuse(db, place) : undefined
    const found = await placeDemand(db, hall?.department ?? place, { place, ...request }, today())
    return { place: { code: place, name: known.name }, found }
  }
  router.openapi(demandOfPlace, async c => {
    const { place = department, ...request } = c.req.valid('query')
    const { found } = await demandAt(place, request)
    return c.json(answered(found), 200)
  })
  router.openapi(demandOfTownHall, async c => {
    const { insee } = c.req.valid('param')
    const hall = await equippedOrRefuse(db, insee)
    const found = await placeDemand(db, hall.department, { place: insee, ...c.req.valid('query') }, today())
    return c.json(answered(found), 200)
  })
  router.openapi(demandCsv, async c => {
    const { place = department, ...request } = c.req.valid('query')
    const { found } = await demandAt(place, request)
    if ('reason' in found) throw new Refusal('no-projection', found.reason)
    return csvAnswer(c, `demande-${place}.csv`, demandRows(found))
  })
  router.get('/demande', async c => {
    const { place = department, ...rest } = queryOf(
      c,
      z.object({
        place: placeParameter.optional(),
        from: quarterParameter.optional(),
        to: quarterParameter.optional(),
      }),
    )
    const [at, { townHalls }, whole] = await Promise.all([
      demandAt(place, {}),
      network(db, department),
      knownPlaceOrRefuse(db, department),
    ])
    const places = [
      { code: department, name: `${whole.name} (département)` },
      ...townHalls.map(hall => ({ code: hall.insee, name: hall.name })),
    ]
    const projected = 'reason' in at.found ? [] : at.found.both.map(point => point.quarter)
    const from = rest.from ?? projected[0] ?? ''
    const to = rest.to ?? projected.at(-1) ?? ''
    return html(
      c,
      DemandPage({
        site,
        places,
        place: at.place,
        carried: place === department ? undefined : place,
        from,
        to,
        demand: at.found,
        csv: `/api/demand.csv?${new URLSearchParams({ place, title: 'cni-passport', ...(rest.from ? { from } : {}), ...(rest.to ? { to } : {}) })}`,
      }),
    )
  })
  return router
}

function demandRows({ run, points }: PlaceDemand): CsvTable {
  return {
    header: [
      'titre',
      'lieu',
      'trimestre',
      'statut',
      'moyenne',
      'p05',
      'p25',
      'médiane',
      'p75',
      'p95',
      'renouvellements',
      'autres demandes',
      'projection',
      'connue au',
    ],
    rows: points.map(({ title, place, quarter, mean, quantiles: q, parts }) => [
      title,
      place,
      quarter,
      'estimated',
      ...[mean, q.p05, q.p25, q.p50, q.p75, q.p95, parts.renewals, parts.other].map(
        value => Math.round(value * 10) / 10,
      ),
      run.id,
      run.asOf,
    ]),
  }
}

async function equippedOrRefuse(db: Kysely<Database>, insee: string) {
  const hall = await townHall(db, insee)
  if (hall === undefined) {
    throw new Refusal(
      'town-hall-not-found',
      `Aucune mairie équipée connue ne porte le code INSEE ${insee} : la liste est à /api/town-halls.`,
      { insee },
    )
  }
  return hall
}

function answered(found: PlaceDemand | { reason: string }) {
  if ('reason' in found) throw new Refusal('no-projection', found.reason)
  const { id, asOf, version, seed } = found.run
  return {
    run: { id, asOf, version, seed },
    points: found.points.map(({ place: _, ...point }) => ({ ...point, status: 'estimated' as const })),
    gate: found.gate,
    explanation: found.explanation,
  }
}
