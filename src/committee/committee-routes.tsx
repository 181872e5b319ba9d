import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { issuanceDelays } from '../delays/delay-queries.ts'
import { Refusal } from '../errors.ts'
import { refused } from '../io/http/description.ts'
import { fileAnswer } from '../io/http/file-answer.ts'
import { originOf } from '../io/http/origin.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { TABLE_FORMATS, type TableFormat, tableAnswer } from '../io/http/table-answer.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { frenchList } from '../pure/french/french.ts'
import type { Paper } from '../pure/pages/paper.tsx'
import { PaperPage } from '../pure/pages/paper-page.tsx'
import { CommitteePage } from './committee-page.tsx'
import { committeePaper } from './committee-paper.ts'
import { committeeReport, committeeYears, keptRuns } from './committee-queries.ts'
import { committeeExports } from './committee-tables.ts'
import { atomFeed, feedEntries } from './feed.ts'
import { packRoutes } from './pack-routes.tsx'
import { registerOn } from './register.ts'
import { registerEntries } from './register-queries.ts'
import { tableRoutes } from './table-routes.tsx'

const MOST_RUNS = 20
const reportAnswer = z
  .object({
    year: z.int(),
    asOf: z.string(),
    lastPublishedOn: z.string().nullable(),
    tables: z.array(z.object({ code: z.string(), caption: z.string() }).loose()),
    register: z.array(
      z.object({ code: z.string(), state: z.enum(['open', 'promised', 'unknown', 'done']) }).loose(),
    ),
    differences: z.array(
      z.object({ figure: z.string(), period: z.string(), published: z.number(), other: z.number() }).loose(),
    ),
  })
  .loose()
  .openapi('CommitteeReport')

/** Forms of a committee's report. */
const REPORT_FORMATS = {
  json: { type: 'application/json', words: 'L’objet dont toutes les formes sont tirées' },
  html: { type: 'text/html; charset=utf-8', words: 'Le bilan comme page' },
  pdf: { type: 'application/pdf', words: 'Document balisé (PDF/UA-1)' },
  ods: TABLE_FORMATS.ods,
  xlsx: TABLE_FORMATS.xlsx,
}

/** What leaves the house: the committee's report, the meeting's pack, every table as a file, and the feed. */
export function reportRoutes(ground: Ground) {
  const router = createRouter()
  router.route('/', tableRoutes(ground))
  router.route('/', packRoutes(ground))
  router.route('/', committeeRoutes(ground))
  const { db, department, departmentName } = ground
  router.get(ROUTES.feed, async c => {
    const [series, runs] = await Promise.all([
      issuanceDelays(db, { place: department }),
      keptRuns(db, department, MOST_RUNS),
    ])
    return c.body(
      atomFeed(feedEntries(series, runs), {
        origin: originOf(c),
        placeName: departmentName,
        place: department,
      }),
      200,
      { 'content-type': 'application/atom+xml; charset=utf-8' },
    )
  })
  return router
}

/** The committee's report as data, page, document and spreadsheet. */
function committeeRoutes({ db, today, here }: Ground) {
  const router = createRouter()
  const reportOrRefuse = async (text: string) => {
    const department = here().code
    const report = /^(19|20|21)\d{2}$/.test(text)
      ? await committeeReport(db, department, Number(text), today())
      : undefined
    if (report !== undefined) return report
    const years = await committeeYears(db, department)
    const known =
      years.length === 0 ? 'aucune année n’en a' : `années publiées : ${frenchList(years.map(String))}`
    throw new Refusal('not-found', `Aucun chiffre de ${text} n’a été publié pour ce lieu : ${known}.`, {
      years,
    })
  }
  const page = (c: Context, paper: Paper, path: string, year: number) =>
    html(
      c,
      PaperPage({
        paper,
        path,
        trail: [{ label: 'Comité des usagers', href: paths.committee() }],
        document: 'le bilan',
        folded: true,
        print: paths.apiReport({ file: `${year}.pdf` }),
        links: ['ods', 'xlsx', 'json'].map(one => ({
          label: one.toUpperCase(),
          href: paths.apiReport({ file: `${year}.${one}` }),
        })),
      }),
    )
  for (const [format, { type, words }] of Object.entries(REPORT_FORMATS)) {
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: templateOf('apiReport').replace('{file}', `{year}.${format}`),
      summary: `Bilan du comité local des usagers pour une année : ${format}`,
      description: `${words}. Tableaux refaits depuis les chiffres publiés, écarts, raisons, projection et registre de ce qui a été demandé et promis.`,
      tags: ['Délais'],
      request: { params: z.object({ year: z.string().openapi({ example: '2021' }) }) },
      responses: {
        200: {
          description: words,
          content: { [type]: { schema: format === 'json' ? reportAnswer : z.string() } },
        },
        404: refused(
          'Aucun chiffre n’a été publié pour cette année passée ; le membre « years » dit lesquelles en ont',
        ),
      },
    })
  }
  router.get(ROUTES.apiReport, async c => {
    const [text = '', format = ''] = c.req.param('file').split('.')
    const report = await reportOrRefuse(text)
    const { year } = report
    if (format === 'json') return c.json(report)
    if (format === 'html') return page(c, committeePaper(report), c.req.path, year)
    const name = `comite-${here().code}-${year}`
    if (format === 'pdf') {
      const { pdf } = await printPaper(committeePaper(report))
      return fileAnswer(c, { type: 'application/pdf', name: `${name}.pdf`, shown: true }, pdf)
    }
    const [first, ...others] = committeeExports(report)
    if (first === undefined) throw new Refusal('not-found', `Aucun tableau pour ${year}.`)
    return tableAnswer(c, format as TableFormat, [first, ...others], name)
  })
  router.get(ROUTES.committee, async c => {
    const { code: department, name: placeName } = here()
    const [years, entries] = await Promise.all([
      committeeYears(db, department),
      registerEntries(db, department),
    ])
    const register = registerOn(entries, { day: today() })
    const next = yearOf(today())
    return html(c, CommitteePage({ department, placeName, years, next, register }))
  })
  router.get(ROUTES.committeeYear, async c => {
    const report = await reportOrRefuse(c.req.param('year'))
    return page(c, committeePaper(report), c.req.path, report.year)
  })
  return router
}
