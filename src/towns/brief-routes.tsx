import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { refused } from '../io/http/description.ts'
import { fileAnswer } from '../io/http/file-answer.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, estimateDay } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { TABLE_FORMATS, tableAnswer } from '../io/http/table-answer.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import { townHallOrRefuse } from '../places/town-hall-queries.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { PaperPage } from '../pure/pages/paper-page.tsx'
import type { Brief } from './brief.ts'
import { briefPaper } from './brief-paper.tsx'
import { briefOf } from './brief-queries.ts'
import { briefFigures, briefTables } from './brief-tables.ts'

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

/** The sheet of a town hall. */
export function briefRoutes({ db, today }: Ground) {
  const router = createRouter()
  const page = (c: Context, brief: Brief, asOf: Day | undefined) =>
    html(
      c,
      PaperPage({
        paper: briefPaper(brief),
        path: c.req.path,
        trail: [
          { label: 'Mairies', href: paths.townHalls() },
          { label: brief.name, href: paths.townHall({ insee: brief.insee }) },
        ],
        document: 'la fiche',
        print: paths.apiBrief({ file: `${brief.insee}.pdf`, asOf }),
        links: ['xlsx', 'ods', 'csv', 'json'].map(format => ({
          label: format.toUpperCase(),
          href: paths.apiBrief({ file: `${brief.insee}.${format}`, asOf }),
        })),
      }),
    )
  for (const [format, { type, words }] of Object.entries(SHEET_FORMATS)) {
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: templateOf('apiBrief').replace('{file}', `{insee}.${format}`),
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
  router.get(ROUTES.apiBrief, async c => {
    const { file } = c.req.param()
    const dot = file.lastIndexOf('.')
    const format = file.slice(dot + 1) as SheetFormat
    const { asOf } = queryOf(c, sheetQuery)
    estimateDay(asOf, today())
    const brief = await briefOf(db, await townHallOrRefuse(db, file.slice(0, dot)), today(), asOf)
    if (format === 'json') return c.json(brief)
    if (format === 'html') return page(c, brief, asOf)
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
