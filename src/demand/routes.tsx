import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { placeParameter, quarterParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import type { Day } from '../pure/calendar/day.ts'
import { townHall } from '../town-halls/queries.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { type PlaceDemand, placeDemand } from './queries.ts'
import { TITLE_CLASSES } from './title-class.ts'

const count = z.number().min(0)
const range = {
  from: quarterParameter.optional(),
  to: quarterParameter.optional(),
  title: z
    .string()
    .refine((text): text is CounterTitle => (COUNTER_TITLES as readonly string[]).includes(text), {
      message: `un titre demandé en mairie : ${COUNTER_TITLES.join(' ou ')}`,
      params: { code: 'invalid-title' },
    })
    .optional()
    .openapi({ type: 'string', enum: [...COUNTER_TITLES] }),
}
const answer = z
  .object({
    run: z.object({ id: z.string(), asOf: z.string(), version: z.string(), seed: z.int() }),
    points: z.array(
      z.object({
        quarter: z.string(),
        title: z.enum(COUNTER_TITLES),
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
    explanation: z.array(z.object({ title: z.string(), text: z.string() })),
  })
  .openapi('Demand')
const response = {
  200: {
    description: 'Demandes projetées par trimestre et par titre',
    content: { 'application/json': { schema: answer } },
  },
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

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
}

/** The projected demand, as data. */
export function demandRoutes({ db, today, department }: Ground) {
  return createRouter()
    .openapi(demandOfPlace, async c => {
      const { place = department, ...request } = c.req.valid('query')
      const known = await knownPlaceOrRefuse(db, place)
      if (known.kind === 'commune') await equippedOrRefuse(db, place)
      const found = await placeDemand(
        db,
        known.kind === 'commune' ? (known.parent ?? '') : place,
        { place, ...request },
        today(),
      )
      return c.json(answered(found), 200)
    })
    .openapi(demandOfTownHall, async c => {
      const { insee } = c.req.valid('param')
      const hall = await equippedOrRefuse(db, insee)
      const found = await placeDemand(db, hall.department, { place: insee, ...c.req.valid('query') }, today())
      return c.json(answered(found), 200)
    })
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
    explanation: found.explanation,
  }
}
