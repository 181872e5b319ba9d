import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { sampleOf } from '../demand/demand-sample.ts'
import { currentRun } from '../demand/run-queries.ts'
import { Refusal } from '../errors.ts'
import { runSchema } from '../figures/band-answer.ts'
import type { Database } from '../io/database/schema.ts'
import { fileAnswer } from '../io/http/file-answer.ts'
import { html } from '../io/http/page.ts'
import { dayParameter } from '../io/http/parameters.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { TABLE_FORMATS, tableAnswer } from '../io/http/table-answer.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import { townHallOrRefuse } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { PaperPage } from '../pure/pages/paper-page.tsx'
import type { Brief } from './brief.ts'
import { briefPaper } from './brief-paper.tsx'
import { briefOf } from './brief-queries.ts'
import { briefFigures, briefTables } from './brief-tables.ts'
import { grantOutlook, grantWords } from './grant-outlook.ts'
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
    404: refused('Aucune mairie équipée connue ne porte ce code'),
    409: refused('Demande non projetée, ou barème sans montant'),
  },
})

const sheetAnswer = z
  .object({
    insee: z.string(),
    name: z.string(),
    asOf: z.string(),
    lastPublishedOn: z.string().nullable(),
    remember: z.array(z.object({ title: z.string(), text: z.string() })).length(3),
    method: z.array(z.string()).length(5),
  })
  .loose()
  .openapi('TownSheet', {
    description:
      'Tout ce que montrent la page et le PDF. Une partie qui ne peut pas être dite est { reason } : wait.projection, demand, capacity, levers, grant.',
  })

const sheetQuery = z.object({
  asOf: dayParameter
    .optional()
    .openapi({ description: 'La fiche qui aurait été faite ce jour-là, et ce qui est venu depuis' }),
})

/** Forms of a town sheet, all drawn from the same object. */
const SHEET_FORMATS = {
  json: { type: 'application/json', words: 'L’objet dont toutes les formes sont tirées' },
  html: { type: 'text/html; charset=utf-8', words: 'La fiche comme page' },
  pdf: { type: 'application/pdf', words: 'Deux pages balisées (PDF/UA-1)' },
  csv: TABLE_FORMATS.csv,
  xlsx: TABLE_FORMATS.xlsx,
  ods: TABLE_FORMATS.ods,
}
type SheetFormat = keyof typeof SHEET_FORMATS

interface Ground {
  db: Kysely<Database>
  today: () => Day
  site: Site
}

/** The sheet of a town hall. */
export function briefRoutes({ db, today, site }: Ground) {
  const router = createRouter()
  router.openapi(grants, async c => {
    const { insee } = c.req.valid('param')
    const hall = await townHallOrRefuse(db, insee)
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
  const page = (c: Context, brief: Brief, asked: string) =>
    html(
      c,
      PaperPage({
        site,
        paper: briefPaper(brief),
        path: c.req.path,
        trail: [
          { label: 'Accueil', href: '/' },
          { label: 'Mairies', href: '/mairies' },
          { label: brief.name, href: `/mairies/${brief.insee}` },
        ],
        document: 'la fiche',
        print: `/api/briefs/${brief.insee}.pdf${asked}`,
        links: ['xlsx', 'ods', 'csv', 'json'].map(format => ({
          label: format.toUpperCase(),
          href: `/api/briefs/${brief.insee}.${format}${asked}`,
        })),
      }),
    )
  for (const [format, { type, words }] of Object.entries(SHEET_FORMATS)) {
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: `/api/briefs/{insee}.${format}`,
      summary: `Fiche d’une mairie : ${format}`,
      description: words,
      tags: ['Mairies'],
      request: {
        params: z.object({ insee: z.string().openapi({ example: '16102' }) }),
        query: sheetQuery,
      },
      responses: {
        200: {
          description: words,
          content: { [type]: { schema: format === 'json' ? sheetAnswer : z.string() } },
        },
        404: refused('Aucune mairie équipée connue ne porte ce code'),
      },
    })
  }
  router.get('/api/briefs/:file{[^/]+\\.(json|html|pdf|csv|xlsx|ods)}', async c => {
    const { file } = c.req.param()
    const dot = file.lastIndexOf('.')
    const format = file.slice(dot + 1) as SheetFormat
    const { asOf } = queryOf(c, sheetQuery)
    const brief = await briefOf(db, await townHallOrRefuse(db, file.slice(0, dot)), today(), asOf)
    if (format === 'json') return c.json(brief)
    if (format === 'html') return page(c, brief, asOf === undefined ? '' : `?asOf=${asOf}`)
    const name = `fiche-${brief.insee}${asOf === undefined ? '' : `-${asOf}`}`
    if (format === 'pdf') {
      const { pdf } = await printPaper(briefPaper(brief))
      return fileAnswer(c, { type: 'application/pdf', name: `${name}.pdf`, shown: true }, pdf)
    }
    const figures = briefFigures([brief])
    return tableAnswer(c, format, format === 'csv' ? [figures] : [figures, ...briefTables([brief])], name)
  })
  return router
}
