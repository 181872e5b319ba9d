import { z } from '@hono/zod-openapi'
import { issuanceDelays } from '../delays/delay-queries.ts'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { chapter, refused } from '../io/http/description.ts'
import { createRouter } from '../io/http/router.ts'
import { placesMeasured } from '../places/place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { isUsual } from '../pure/figures/measure.ts'
import { type PiloteIndicator, zoneOf } from '../pure/figures/pilote-indicator.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { waitsByPlace } from '../waits/wait-queries.ts'
import { piloteFile, piloteRows } from './pilote.ts'

const { get } = chapter('Données')

const route = get(ROUTES.apiPilote, {
  summary: 'Délais et attentes dans le format d’import de PILOTE',
  responses: {
    200: {
      description: 'Valeur initiale (vi), actuelle (va) et cible (vc) par indicateur et par zone',
      content: { 'text/csv': { schema: z.string() } },
    },
    409: refused('PILOTE_INDICATORS n’est pas réglé'),
  },
})

/** What is published, in the form in which prefectures already report. */
export function piloteRoutes({
  db,
  piloteIndicators,
}: {
  db: Db
  piloteIndicators?: readonly PiloteIndicator[] | undefined
}) {
  const router = createRouter()
  router.openapi(route, async c => {
    if (piloteIndicators === undefined || piloteIndicators.length === 0)
      throw new Refusal(
        'pilote-not-configured',
        'La personne qui tient le service règle PILOTE_INDICATORS, par exemple IND-123=appointment-wait,IND-124=issuance-delay:passport.',
      )
    const rows = await Promise.all(
      piloteIndicators.map(async indicator => {
        const { measure } = indicator
        const places = (await placesMeasured(db, measure)).filter(({ code }) => zoneOf(code) !== undefined)
        const names = new Map(places.map(({ code, name }) => [code, name]))
        const series = await seriesOf(db, indicator, [...names.keys()])
        return series.flatMap(one => piloteRows(indicator, one, names.get(one.place) ?? one.place))
      }),
    )
    return c.body(piloteFile(rows.flat()), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="pilote.csv"',
    })
  })
  return router
}

async function seriesOf(
  db: Db,
  { measure, title }: PiloteIndicator,
  places: readonly string[],
): Promise<QuarterlySeries[]> {
  if (places.length === 0) return []
  if (measure === 'appointment-wait') {
    const byPlace = await waitsByPlace(db, places)
    return [...byPlace.values()].flatMap(series => longest(series) ?? [])
  }
  const all = await Promise.all(places.map(place => issuanceDelays(db, { place })))
  return all.flatMap(series => longest(series.filter(one => one.title === title)) ?? [])
}

/** Clocks and statistics are not mixed in one indicator: of those that tell what is usual, the one published longest. */
function longest(series: readonly QuarterlySeries[]): QuarterlySeries | undefined {
  return series.filter(one => isUsual(one.statistic)).sort((a, b) => b.points.length - a.points.length)[0]
}
