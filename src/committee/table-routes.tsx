import { createRoute, z } from '@hono/zod-openapi'
import { issuanceDelays } from '../delays/delay-queries.ts'
import { PROJECTED_TITLES } from '../demand/engine/projection.ts'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { projectedOrRefuse } from '../errors.ts'
import { pastImports } from '../imports/past-import-queries.ts'
import { refused } from '../io/http/description.ts'
import {
  dayParameter,
  departmentParameter,
  placeParameter,
  quarterParameter,
  titleAmong,
  titleParameter,
} from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { TABLE_FORMATS, type TableFormat, tableAnswer } from '../io/http/table-answer.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { network, townHallOrRefuse } from '../places/town-hall-queries.ts'
import { ROUTES, type RouteName } from '../pure/access/paths.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { demandTable, importTable, townHallTable } from './committee-tables.ts'
import { seriesTable } from './series-table.ts'

const MOST_IMPORTS = 10_000
/** CSV for spreadsheets of these tables is given by their own slices. */
const NEW_FORMATS = ['open.csv', 'schema.json', 'xlsx', 'ods'] as const

const range = {
  place: placeParameter.optional(),
  from: quarterParameter.optional(),
  to: quarterParameter.optional(),
}
const waitQuery = z.object({ ...range, asOf: dayParameter.optional() })
const delayQuery = waitQuery.extend({ title: titleParameter.optional() })
const demandQuery = z.object({
  ...range,
  title: titleAmong(PROJECTED_TITLES, 'un titre demandé en mairie :').optional(),
})
const hallQuery = z.object({
  department: departmentParameter.optional(),
})

/** Published series, as their slices read them. */
const SERIES = [
  ['apiDelays', 'Délais de délivrance', 'Délais', 'delais', delayQuery, issuanceDelays],
  ['apiWaits', 'Attente d’un rendez-vous', 'Rendez-vous', 'rendez-vous', waitQuery, appointmentWaits],
] as const

/** Every table as a file, with the filters of its page. */
export function tableRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  for (const format of NEW_FORMATS) {
    for (const [table, title, tag, file, query, read] of SERIES)
      router.openapi(exportRoute(table, format, title, tag, query), async c => {
        const { place = department, ...rest } = c.req.valid('query')
        const known = await knownPlaceOrRefuse(db, place)
        const about = { name: `${file}-${place}`, title: `${title}, ${known.name}`, filters: filtersOf(rest) }
        return tableAnswer(c, format, [seriesTable(await read(db, { place, ...rest }), about)])
      })
    router.openapi(
      exportRoute('apiDemand', format, 'Demandes attendues', 'Demande', demandQuery),
      async c => {
        const { place = department, ...rest } = c.req.valid('query')
        const known = await knownPlaceOrRefuse(db, place)
        const hall = known.kind === 'commune' ? await townHallOrRefuse(db, place) : undefined
        const found = projectedOrRefuse(
          await placeDemand(db, hall?.department ?? place, { place, ...rest }, today()),
        )
        const about = { name: `demande-${place}`, placeName: known.name, filters: filtersOf(rest) }
        return tableAnswer(c, format, [demandTable(found, about)])
      },
    )
  }
  for (const format of Object.keys(TABLE_FORMATS) as TableFormat[]) {
    router.openapi(exportRoute('apiTownHalls', format, 'Mairies équipées', 'Mairies', hallQuery), async c => {
      const code = c.req.valid('query').department ?? department
      return tableAnswer(c, format, [townHallTable(await network(db, code), code)])
    })
    router.openapi(exportRoute('apiImports', format, 'Fichiers importés', 'Données', z.object({})), async c =>
      tableAnswer(c, format, [importTable(await pastImports(db, MOST_IMPORTS))]),
    )
  }
  return router
}

function exportRoute<Query extends z.ZodObject>(
  table: RouteName,
  format: TableFormat,
  name: string,
  tag: string,
  query: Query,
) {
  const { type, words } = TABLE_FORMATS[format]
  return createRoute({
    method: 'get',
    path: `${ROUTES[table]}.${format}`,
    summary: `${name} : ${format}`,
    description: words,
    tags: [tag],
    request: { query },
    responses: {
      200: {
        description: words,
        content: { [type]: { schema: format === 'schema.json' ? z.looseObject({}) : z.string() } },
      },
      404: refused('Lieu inconnu'),
      409: refused('Pas encore de projection'),
    },
  })
}

function filtersOf(asked: Record<string, string | undefined>): string {
  return Object.entries(asked)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]))
    .join(', ')
}
