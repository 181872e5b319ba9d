import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { briefPaper } from '../briefs/brief-paper.tsx'
import { briefGround, briefOf } from '../briefs/queries.ts'
import { issuanceDelays } from '../delays/queries.ts'
import { PROJECTED_TITLES, type ProjectedTitle } from '../demand/projection.ts'
import { placeDemand } from '../demand/queries.ts'
import { Refusal } from '../errors.ts'
import { pastImports } from '../imports/queries.ts'
import { zipStream } from '../io/archive.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, placeParameter, quarterParameter, titleParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { createRouter } from '../io/http/router.ts'
import { TABLE_FORMATS, type TableFormat, tableAnswer } from '../io/http/table-answer.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Site } from '../pure/pages/layout.tsx'
import type { Paper } from '../pure/pages/paper.tsx'
import { network, townHall } from '../town-halls/queries.ts'
import { appointmentWaits } from '../waits/queries.ts'
import { committeePaper } from './committee-paper.ts'
import { atomFeed, feedEntries } from './feed.ts'
import { CommitteePage, PaperPage } from './page.tsx'
import { committeeReport, committeeYears, keptRuns, packFiles } from './queries.ts'
import { seriesTable } from './series-table.ts'
import {
  briefFigures,
  briefTables,
  committeeExports,
  demandTable,
  importTable,
  townHallTable,
} from './tables.ts'

const MOST_IMPORTS = 10_000
const MOST_RUNS = 20
/** CSV for spreadsheets of these tables is given by their own slices. */
const NEW_FORMATS = ['open.csv', 'schema.json', 'xlsx', 'ods'] as const

const range = {
  place: placeParameter.optional(),
  from: quarterParameter.optional(),
  to: quarterParameter.optional(),
}
const delayQuery = z.object({ ...range, title: titleParameter.optional(), asOf: dayParameter.optional() })
const waitQuery = z.object({ ...range, asOf: dayParameter.optional() })
const demandQuery = z.object({
  ...range,
  title: z
    .string()
    .refine((text): text is ProjectedTitle => (PROJECTED_TITLES as readonly string[]).includes(text), {
      message: `un titre demandé en mairie : ${PROJECTED_TITLES.join(', ')}`,
      params: { code: 'invalid-title' },
    })
    .optional()
    .openapi({ type: 'string', enum: [...PROJECTED_TITLES] }),
})
const hallQuery = z.object({
  department: z
    .string()
    .regex(/^(\d{2}|2[AB]|9[78]\d)$/, { message: 'un code de département : 16, 2A, 971…' })
    .optional()
    .openapi({ example: '16' }),
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  departmentName: string
  site: Site
}

/** What leaves the house: the committee's report, the meeting's pack, every table as a file, and the feed. */
export function reportRoutes(ground: Ground) {
  const router = createRouter()
  router.route('/', exportRoutes(ground))
  router.route('/', sheetRoutes(ground))
  router.route('/', committeeRoutes(ground))
  const { db, department, departmentName } = ground
  router.get('/flux.atom', async c => {
    const [series, runs] = await Promise.all([
      issuanceDelays(db, { place: department }),
      keptRuns(db, department, MOST_RUNS),
    ])
    const { origin } = new URL(c.req.url)
    return c.body(
      atomFeed(feedEntries(series, runs), { origin, placeName: departmentName, place: department }),
      200,
      { 'content-type': 'application/atom+xml; charset=utf-8' },
    )
  })
  return router
}

/** Every table as a file, with the filters of its page. */
function exportRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  for (const format of NEW_FORMATS) {
    router.openapi(exportRoute('delays', format, 'Délais de délivrance', 'Délais', delayQuery), async c => {
      const { place = department, ...rest } = c.req.valid('query')
      const known = await knownPlaceOrRefuse(db, place)
      const series = await issuanceDelays(db, { place, ...rest })
      const about = {
        name: `delais-${place}`,
        title: `Délais de délivrance, ${known.name}`,
        filters: filtersOf(rest),
      }
      return tableAnswer(c, format, [seriesTable(series, about)])
    })
    router.openapi(
      exportRoute('waits', format, 'Attente d’un rendez-vous', 'Rendez-vous', waitQuery),
      async c => {
        const { place = department, ...rest } = c.req.valid('query')
        const known = await knownPlaceOrRefuse(db, place)
        const series = await appointmentWaits(db, { place, ...rest })
        const about = {
          name: `rendez-vous-${place}`,
          title: `Attente d’un rendez-vous, ${known.name}`,
          filters: filtersOf(rest),
        }
        return tableAnswer(c, format, [seriesTable(series, about)])
      },
    )
    router.openapi(exportRoute('demand', format, 'Demandes attendues', 'Demande', demandQuery), async c => {
      const { place = department, ...rest } = c.req.valid('query')
      const known = await knownPlaceOrRefuse(db, place)
      const hall = known.kind === 'commune' ? await hallOrRefuse(db, place) : undefined
      const found = await placeDemand(db, hall?.department ?? place, { place, ...rest }, today())
      if ('reason' in found) throw new Refusal('no-projection', found.reason)
      const about = { name: `demande-${place}`, placeName: known.name, filters: filtersOf(rest) }
      return tableAnswer(c, format, [demandTable(found, about)])
    })
  }
  for (const format of Object.keys(TABLE_FORMATS) as TableFormat[]) {
    router.openapi(exportRoute('town-halls', format, 'Mairies équipées', 'Mairies', hallQuery), async c => {
      const code = c.req.valid('query').department ?? department
      return tableAnswer(c, format, [townHallTable(await network(db, code), code)])
    })
    router.openapi(exportRoute('imports', format, 'Fichiers importés', 'Données', z.object({})), async c =>
      tableAnswer(c, format, [importTable(await pastImports(db, MOST_IMPORTS))]),
    )
  }
  return router
}

function exportRoute<Query extends z.ZodObject>(
  table: string,
  format: TableFormat,
  name: string,
  tag: string,
  query: Query,
) {
  const { type, words } = TABLE_FORMATS[format]
  return createRoute({
    method: 'get',
    path: `/api/${table}.${format}`,
    summary: `${name} : ${format}`,
    description: words,
    tags: [tag],
    request: { query },
    responses: { 200: { description: words, content: { [type]: { schema: z.string() } } } },
  })
}

function filtersOf(asked: Record<string, string | undefined>): string {
  return Object.entries(asked)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]))
    .join(', ')
}

/** Town sheets as page and spreadsheets, and the pack of a meeting. */
function sheetRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  const file = createRoute({
    method: 'get',
    path: '/api/briefs/{insee}.{format}',
    summary: 'Fiche d’une mairie, en page ou en tableur',
    description: 'Les mêmes chiffres que /api/briefs/{insee}.json et .pdf : html, csv, xlsx ou ods.',
    tags: ['Mairies'],
    request: { params: z.object({ insee: z.string(), format: z.enum(['html', 'csv', 'xlsx', 'ods']) }) },
    responses: { 200: { description: 'La fiche' } },
  })
  router.openAPIRegistry.registerPath(file)
  router.get('/api/briefs/:file{\\d[\\dAB]\\d{3}\\.(html|csv|xlsx|ods)}', async c => {
    const [insee = '', format] = c.req.param('file').split('.')
    const hall = await hallOrRefuse(db, insee)
    const brief = await briefOf(db, hall, await briefGround(db, hall.department, today()))
    const figures = briefFigures([brief])
    if (format !== 'html')
      return tableAnswer(
        c,
        format as TableFormat,
        format === 'csv' ? [figures] : [figures, ...briefTables([brief])],
        `fiche-${insee}`,
      )
    return html(
      c,
      PaperPage({
        site,
        paper: briefPaper(brief),
        path: `/api/briefs/${insee}.html`,
        trail: [
          { label: 'Accueil', href: '/' },
          { label: 'Mairies', href: '/mairies' },
          { label: hall.name, href: `/mairies/${insee}` },
        ],
        links: ['pdf', 'xlsx', 'ods', 'csv', 'json'].map(one => ({
          label: `Cette fiche (${one.toUpperCase()})`,
          href: `/api/briefs/${insee}.${one}`,
        })),
      }),
    )
  })
  router.openAPIRegistry.registerPath(
    createRoute({
      method: 'get',
      path: '/api/briefs.zip',
      summary: 'Dossier de la réunion des maires',
      description:
        'Toutes les fiches, la couverture du département, les tableurs. L’archive part à mesure qu’elle se fait.',
      tags: ['Mairies'],
      responses: { 200: { description: 'ZIP' } },
    }),
  )
  router.get('/api/briefs.zip', async c => {
    await knownPlaceOrRefuse(db, department)
    return c.body(zipStream(packFiles(db, department, today())), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="fiches-${department}.zip"`,
    })
  })
  return router
}

/** The committee's report as data, page, document and spreadsheet. */
function committeeRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  const reportOrRefuse = async (year: number) => {
    const report = await committeeReport(db, department, year, today())
    if (report === undefined)
      throw new Refusal('not-found', `Aucun chiffre de ${year} n’a été publié pour ce département.`, { year })
    return report
  }
  const page = (c: Context, paper: Paper, path: string, year: number) =>
    html(
      c,
      PaperPage({
        site,
        paper,
        path,
        trail: [
          { label: 'Accueil', href: '/' },
          { label: 'Comité des usagers', href: '/comite' },
        ],
        links: ['pdf', 'ods', 'xlsx', 'json'].map(one => ({
          label: `Ce bilan (${one.toUpperCase()})`,
          href: `/api/reports/committee/${year}.${one}`,
        })),
      }),
    )
  router.openAPIRegistry.registerPath(
    createRoute({
      method: 'get',
      path: '/api/reports/committee/{year}.{format}',
      summary: 'Bilan du comité local des usagers pour une année',
      description:
        'Tableaux refaits depuis les chiffres publiés, écarts, raisons et projection : json, html, pdf, ods ou xlsx.',
      tags: ['Délais'],
      request: {
        params: z.object({
          year: z.string().openapi({ example: '2021' }),
          format: z.enum(['json', 'html', 'pdf', 'ods', 'xlsx']),
        }),
      },
      responses: { 200: { description: 'Le bilan' } },
    }),
  )
  router.get('/api/reports/committee/:file{\\d{4}\\.(json|html|pdf|ods|xlsx)}', async c => {
    const [text = '', format = ''] = c.req.param('file').split('.')
    const year = Number(text)
    const report = await reportOrRefuse(year)
    if (format === 'json') return c.json(report)
    if (format === 'html') return page(c, committeePaper(report), c.req.path, year)
    const name = `comite-${department}-${year}`
    if (format === 'pdf') {
      const { pdf } = await printPaper(committeePaper(report))
      return c.body(new Uint8Array(pdf), 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}.pdf"`,
      })
    }
    const [first, ...others] = committeeExports(report)
    if (first === undefined) throw new Refusal('not-found', `Aucun tableau pour ${year}.`)
    return tableAnswer(c, format as TableFormat, [first, ...others], name)
  })
  router.get('/comite', async c => {
    const [years, place] = await Promise.all([
      committeeYears(db, department),
      knownPlaceOrRefuse(db, department),
    ])
    return html(c, CommitteePage({ site, placeName: place.name, years }))
  })
  router.get('/comite/:year{\\d{4}}', async c => {
    const year = Number(c.req.param('year'))
    return page(c, committeePaper(await reportOrRefuse(year)), c.req.path, year)
  })
  return router
}

async function hallOrRefuse(db: Kysely<Database>, insee: string) {
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
