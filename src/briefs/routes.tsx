import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { sampleOf } from '../demand/demand-sample.ts'
import { currentRun, placeDemand } from '../demand/queries.ts'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { runSchema } from '../io/http/band-schema.ts'
import { html } from '../io/http/page.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { PaperBlocks } from '../pure/pages/paper.tsx'
import { townHall } from '../town-halls/queries.ts'
import { outlookView, placeOutlook } from '../waits/place-outlook.ts'
import { appointmentWaits, projectedWaits } from '../waits/queries.ts'
import { briefPaper } from './brief-paper.tsx'
import { grantOutlook, grantWords } from './grant-outlook.ts'
import { TownPage } from './page.tsx'
import { briefGround, briefOf } from './queries.ts'
import { yearRequests } from './year-requests.ts'

const money = z.number()
const grantAnswer = z
  .object({
    insee: z.string(),
    status: z.literal('estimated'),
    run: runSchema,
    year: z.int(),
    requestsYear: z.int().openapi({ description: 'Les demandes comptées sont celles de l’année précédente' }),
    requests: z.object({ p05: z.number(), p50: z.number(), p95: z.number() }),
    stations: z.object({
      count: z.int(),
      known: z
        .boolean()
        .openapi({ description: 'Faux : nombre non publié, calcul pour une station, par hypothèse' }),
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

const grants = createRoute({
  method: 'get',
  path: '/api/grants/{insee}',
  summary: 'Dotation pour les titres sécurisés d’une commune, d’après ses demandes projetées',
  description:
    'Les seuils font sauter la part variable : chaque palier est donné avec ses chances, et le seuil le plus proche. Sans barème publié pour l’année, le dernier connu est appliqué et « reason » le dit.',
  tags: ['Mairies'],
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
    200: { description: 'Dotation estimée', content: { 'application/json': { schema: grantAnswer } } },
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  site: Site
}

/** The sheet of a town hall. */
export function briefRoutes({ db, today, site }: Ground) {
  const router = createRouter()
  const hallOrRefuse = async (insee: string) => {
    const hall = await townHall(db, insee)
    if (hall === undefined) {
      throw new Refusal(
        'town-hall-not-found',
        `Aucune mairie équipée connue ne porte le code INSEE ${insee}.`,
        { insee },
      )
    }
    return hall
  }
  router.openapi(grants, async c => {
    const { insee } = c.req.valid('param')
    const hall = await hallOrRefuse(insee)
    const run = await currentRun(db, hall.department, today())
    if ('reason' in run) throw new Refusal('no-projection', run.reason)
    const year = c.req.valid('query').year ?? yearOf(today()) + 1
    const found = grantOutlook(yearRequests(sampleOf(run)), hall, year)
    if (!('requests' in found)) throw new Refusal('no-projection', found.reason)
    const { atMedian, levels, nearest, reason, ...told } = found
    const { fixed, variable, total, nextStep, keptFrom, source, note } = atMedian
    return c.json(
      {
        insee,
        status: 'estimated' as const,
        run: { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed },
        ...told,
        reason: reason ?? null,
        euros: { fixed, variable, total },
        levels: levels.map(level => ({ ...level, to: level.to ?? null })),
        nearestStep: nearest ?? null,
        nextStep: nextStep ? { at: nextStep.at, gain: nextStep.gain ?? null } : null,
        keptFrom: keptFrom ? { at: keptFrom.at, loss: keptFrom.loss ?? null } : null,
        source: { title: source.title, href: source.href ?? null },
        note: note ?? null,
        words: grantWords(found),
      },
      200,
    )
  })
  const briefAt = async (insee: string) => {
    const hall = await hallOrRefuse(insee)
    return briefOf(db, hall, await briefGround(db, hall.department, today()))
  }
  router.get('/api/briefs/:file{\\d[\\dAB]\\d{3}\\.json}', async c =>
    c.json(await briefAt(c.req.param('file').slice(0, 5))),
  )
  router.get('/api/briefs/:file{\\d[\\dAB]\\d{3}\\.pdf}', async c => {
    const file = c.req.param('file')
    const { pdf } = await printPaper(briefPaper(await briefAt(file.slice(0, 5))))
    return c.body(new Uint8Array(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="fiche-${file}"`,
    })
  })
  router.get('/mairies/:insee/fiche', async c => {
    const brief = await briefAt(c.req.param('insee'))
    const paper = briefPaper(brief)
    return html(
      c,
      Page({
        site,
        title: paper.title,
        path: `/mairies/${brief.insee}/fiche`,
        trail: [
          { label: 'Accueil', href: '/' },
          { label: 'Mairies', href: '/mairies' },
          { label: brief.name, href: `/mairies/${brief.insee}` },
        ],
        lead: paper.subtitle,
        children: PaperBlocks({ blocks: paper.blocks }),
      }),
    )
  })
  router.get('/mairies/:insee', async c => {
    const insee = c.req.param('insee')
    const hall = await hallOrRefuse(insee)
    const [department, ownWaits, departmentWaits, demand, found] = await Promise.all([
      knownPlaceOrRefuse(db, hall.department),
      appointmentWaits(db, { place: insee }),
      appointmentWaits(db, { place: hall.department }),
      placeDemand(db, hall.department, { place: insee }, today()),
      projectedWaits(db, hall.department, today()),
    ])
    const outlook =
      'reason' in found
        ? found
        : outlookView(placeOutlook(found, { code: insee, name: hall.name }, { limitDays: 30 }))
    const grant =
      'reason' in demand
        ? demand
        : grantOutlook(yearRequests(sampleOf(demand.run)), hall, yearOf(today()) + 1)
    return html(
      c,
      TownPage({
        site,
        hall,
        departmentName: department.name,
        ownWaits,
        departmentWaits,
        demand,
        outlook,
        grant,
      }),
    )
  })
  return router
}
