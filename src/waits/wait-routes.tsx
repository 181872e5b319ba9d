import { z } from '@hono/zod-openapi'
import { grainParameter, quarterlyAnswer, quarterlyAnswerSchema } from '../figures/quarterly-series-answer.ts'
import { vintageRows } from '../figures/vintage-answer.ts'
import { chapter, csvRoute, described, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import { html } from '../io/http/page.ts'
import { estimateDay, placeParameter, quarterParameter, vintageParameters } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { toldName } from '../places/town-hall.ts'
import { toldHall, toldHalls } from '../places/town-hall-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { grainedSeries, seriesRows } from '../pure/figures/grained-series.ts'
import { narrowingsOf, placeWaitNow } from './wait-now-queries.ts'
import { waitNowView } from './wait-now-view.ts'
import { WaitsPage } from './wait-page.tsx'
import { waitVintages } from './wait-queries.ts'
import { currentWait } from './wait-run-queries.ts'

const { get } = chapter('Rendez-vous')

const request = {
  query: z.object({
    place: placeParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    grain: grainParameter,
    ...vintageParameters,
  }),
}

const waits = get(ROUTES.apiWaits, {
  summary: 'Attente d’un rendez-vous en mairie, par trimestre',
  description:
    'Même forme que les délais. Le lieu peut être un département, une mairie (code INSEE) ou FR. « mean-of-days » : au moins un mois est la moyenne de jours relevés.',
  request,
  responses: {
    200: described('Une série par horloge de mesure', quarterlyAnswerSchema),
    404: refused('Lieu inconnu'),
  },
})

const waitsCsv = csvRoute(waits, ROUTES.apiWaitsCsv, { summary: 'Les mêmes attentes, pour un tableur' })

/** The appointment waits: data, spreadsheet and page. */
export function waitRoutes({ db, today, department, here }: Ground) {
  const router = createRouter()
  router.openapi(waits, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const told = await waitVintages(db, { place, ...rest })
    return c.json(
      quarterlyAnswer(told, grainedSeries(told.rows, told.series, rest), rest.includeHistory),
      200,
    )
  })
  router.openapi(waitsCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const { rows, series, history } = await waitVintages(db, { place, ...rest })
    const table =
      rest.includeHistory === 'true' ? vintageRows(history) : seriesRows(grainedSeries(rows, series, rest))
    return csvAnswer(c, `rendez-vous-${place}.csv`, table)
  })
  router.get(ROUTES.waits, async c => {
    const { place = department, ...asked } = queryOf(c, request.query)
    const known = await knownPlaceOrRefuse(db, place)
    const { from: _from, to: _to, ...always } = asked
    const whole = here()
    const [told, halls, within, hall] = await Promise.all([
      asked.asOf === undefined && asked.recordedBy === undefined
        ? currentWait(db, place, today())
        : placeWaitNow(db, place, { asOf: estimateDay(asked.asOf, today()), recordedBy: asked.recordedBy }),
      toldHalls(db, whole.code),
      waitVintages(db, { place, ...asked }),
      place.length === 5 ? toldHall(db, place) : undefined,
    ])
    const missed = (asked.from ?? asked.to) !== undefined && within.rows.length === 0
    const rest: typeof asked = missed ? always : asked
    const { series, notices, rows } = missed ? await waitVintages(db, { place, ...rest }) : within
    const published = grainedSeries(rows, series, { ...rest, grain: rest.grain ?? 'all' })
    const quarters = series.flatMap(one => one.points.map(point => point.quarter)).sort()
    const from = rest.from ?? quarters[0] ?? ''
    const to = rest.to ?? quarters.at(-1) ?? ''
    const silent = hall?.withoutAppointment === true || (place.length === 5 && hall === undefined)
    return html(
      c,
      WaitsPage({
        place: { code: place, name: known.name },
        carried: place === department ? undefined : place,
        places: [
          { code: whole.code, name: `${whole.name} (toutes ses mairies)` },
          ...halls.map(hall => ({ code: hall.insee, name: toldName(hall) })),
        ],
        quarters,
        from,
        to,
        asked: (rest.from ?? rest.to) !== undefined,
        missed,
        series: series.filter(one => one.points.length > 0),
        published,
        notices,
        csv: paths.apiWaitsCsv({ place, grain: 'all', from: rest.from, to: rest.to }),
        view:
          told === undefined || silent
            ? undefined
            : waitNowView(told.now, nameAmong(await placesByCode(db)), await narrowingsOf(told), asked.asOf),
      }),
    )
  })
  return router
}
