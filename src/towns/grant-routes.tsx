import { z } from '@hono/zod-openapi'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { yearRequestsOf } from '../demand/run-queries.ts'
import { toldQuarters, yearFutures } from '../demand/year-requests.ts'
import { projectedOrRefuse, Refusal } from '../errors.ts'
import { runSchema, toldRun } from '../figures/band-answer.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { townHallOrRefuse } from '../places/town-hall-queries.ts'
import { templateOf } from '../pure/access/paths.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { grantOutlook, grantWords } from './grant-outlook.ts'

const { get } = chapter('Mairies')

const money = z.number()
const grantAnswer = z
  .object({
    insee: z.string(),
    status: z.literal('estimated'),
    run: runSchema,
    year: z.int(),
    requestsYear: z.int().openapi({ description: 'Les demandes comptées sont celles de l’année précédente' }),
    requests: z.object({ mean: z.number(), p05: z.number(), p50: z.number(), p95: z.number() }),
    stations: z.object({
      count: z.int(),
      known: z
        .boolean()
        .openapi({ description: 'Faux : nombre non publié, calcul pour une station, par hypothèse' }),
      deduced: z.boolean().openapi({ description: 'Déduit du montant d’une dotation' }),
    }),
    scaleYear: z.int().openapi({ description: 'Année du barème appliqué' }),
    reason: z
      .string()
      .nullable()
      .openapi({ description: 'Pourquoi le barème de l’année n’est pas appliqué' }),
    euros: z.object({ fixed: money, variable: money, total: money }),
    levels: z.array(
      z.object({ from: z.number(), to: z.number().nullable(), euros: money, probability: z.number() }),
    ),
    nearestStep: z.object({ at: z.number(), away: z.number() }).nullable(),
    nextStep: z.object({ at: z.number(), gain: money.nullable() }).nullable(),
    keptFrom: z.object({ at: z.number(), loss: money.nullable() }).nullable(),
    source: z.object({ title: z.string(), href: z.string().nullable() }),
    note: z.string().nullable(),
    words: z.string(),
  })
  .openapi('GrantOutlook')

const grants = get(templateOf('apiGrants'), {
  summary: 'Dotation pour les titres sécurisés d’une commune, d’après ses demandes projetées',
  description:
    'Les seuils font sauter la part variable : chaque palier est donné avec ses chances, et le seuil le plus proche. Sans barème publié pour l’année, le dernier connu est appliqué et « reason » le dit.',
  request: {
    params: z.object({ insee: z.string().openapi({ example: '16102' }) }),
    query: z.object({
      year: z.coerce
        .number()
        .int()
        .min(2018)
        .max(2034)
        .optional()
        .openapi({ description: 'Année de la dotation ; l’année prochaine par défaut' }),
    }),
  },
  responses: {
    200: described('Dotation estimée', grantAnswer),
    404: refused('Aucune mairie équipée connue ne porte ce code'),
    409: refused('Demande non projetée, ou barème sans montant'),
  },
})

/** The grant that a town hall may expect. */
export function grantRoutes({ db, today }: Ground) {
  const router = createRouter()
  router.openapi(grants, async c => {
    const { insee } = c.req.valid('param')
    const hall = await townHallOrRefuse(db, insee)
    const demand = projectedOrRefuse(await placeDemand(db, hall.department, { place: insee }, today()))
    const year = c.req.valid('query').year ?? yearOf(today()) + 1
    const futures = (await yearRequestsOf(demand.run, [insee], year - 1))(insee, year - 1)
    const quarters = toldQuarters(demand).filter(point => yearOf(point.quarter) === year - 1)
    const found = grantOutlook(futures && yearFutures(quarters, futures), hall, year)
    if (!('requests' in found)) throw new Refusal('no-projection', found.reason)
    const { atMedian, levels, nearest } = found
    const { fixed, variable, total, nextStep, keptFrom, source } = atMedian
    return c.json(
      answerOf(grantAnswer, {
        ...atMedian,
        ...found,
        insee,
        status: 'estimated',
        run: toldRun(demand.run),
        euros: { fixed, variable, total },
        levels: levels.map(level => ({ ...level, to: level.to ?? null })),
        nearestStep: nearest,
        nextStep: nextStep && { at: nextStep.at, gain: nextStep.gain ?? null },
        keptFrom: keptFrom && { at: keptFrom.at, loss: keptFrom.loss ?? null },
        source: { title: source.title, href: source.href ?? null },
        words: grantWords(found),
      }),
      200,
    )
  })
  return router
}
