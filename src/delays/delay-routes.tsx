import { z } from '@hono/zod-openapi'
import { HORIZON } from '../demand/engine/projection.ts'
import { Refusal } from '../errors.ts'
import { grainParameter } from '../figures/quarterly-series-answer.ts'
import { vintageRows } from '../figures/vintage-answer.ts'
import { chapter, csvRoute, described, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import {
  dayParameter,
  estimateDay,
  placeOrCertParameter,
  quarterParameter,
  quartersTold,
  titleParameter,
  vintageParameters,
} from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { grainedSeries, seriesRows } from '../pure/figures/grained-series.ts'
import { MOST_QUARTERS } from './cert-outlook.ts'
import {
  delayProjectionAnswer,
  delayProjectionSchema,
  delayProjectionTable,
  delaysAnswer,
  delaysTold,
} from './delay-answer.ts'
import { CERT_TITLES } from './delay-now.ts'
import { delayVintages, placeDelaysNow, projectedCert } from './delay-queries.ts'

const { get } = chapter('Délais')

/** What is asked of delays, by the API and by the pages. */
export const delaysRequest = {
  query: z.object({
    place: placeOrCertParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    title: titleParameter.optional(),
    grain: grainParameter,
    ...vintageParameters,
  }),
}

const delays = get(ROUTES.apiDelays, {
  summary: 'Délais de délivrance par titre et par trimestre',
  description:
    'Une série par titre, horloge et statistique. Un CERT est un lieu (cert-16) ; « says » dit quand les chiffres d’un département tiennent lieu de ceux de son CERT, ou l’inverse. Les valeurs publiées en double sont gardées et signalées. « impliedOverloadPct » : demandes au-delà de la capacité depuis le trimestre précédent, déduites de la pente du délai.',
  request: delaysRequest,
  responses: {
    200: described('Une série par titre', delaysAnswer),
    404: refused('Lieu inconnu'),
  },
})

const delaysCsv = csvRoute(delays, ROUTES.apiDelaysCsv, { summary: 'Les mêmes délais, pour un tableur' })

/** Longest span of quarters told at once: ten years of the past, three to come. */
const MOST_TOLD = 52
const projectionRequest = {
  query: z.object({
    place: placeOrCertParameter.optional(),
    title: titleParameter,
    from: quarterParameter.optional(),
    quarters: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_TOLD)
      .default(MOST_QUARTERS)
      .openapi({ description: `Trimestres, depuis le trimestre présent ou « from », ${MOST_TOLD} au plus` }),
    asOf: dayParameter.optional().openapi({ description: 'Refaite avec ce qui était publié ce jour-là' }),
    recordedBy: dayParameter
      .optional()
      .openapi({ description: 'Avec ce qui était enregistré ici ce jour-là' }),
  }),
}
const projectionRefusals = {
  400: refused('Titre manquant ou paramètre illisible : chaque défaut est dit'),
  404: refused('Aucun lieu ne porte ce code'),
  409: refused('Pas de projection pour ce lieu : ce qu’il faut importer est dit'),
}

const projection = get(ROUTES.apiDelayProjection, {
  summary: 'Délai d’un titre aujourd’hui et à venir, dans un département ou en France',
  description:
    'Estimé depuis toutes les valeurs publiées du lieu et de la France, de toute longueur de période ; un trimestre passé que personne n’a observé est une estimation. « basis » : ce sur quoi l’estimation repose. « team » : la file du CERT depuis aujourd’hui, à équipe inchangée. Tout est estimé.',
  request: projectionRequest,
  responses: {
    200: described('Bandes par trimestre', delayProjectionSchema),
    ...projectionRefusals,
  },
})

const projectionCsv = csvRoute(projection, ROUTES.apiDelayProjectionCsv, {
  summary: 'La même projection, pour un tableur',
})

/** The delays of titles: data and spreadsheet; their pages are `delay-page-routes.tsx`. */
export function delayRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  router.openapi(delays, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    const told = await delayVintages(db, { place, ...rest })
    return c.json(delaysTold(told, grainedSeries(told.rows, told.series, rest), rest.includeHistory), 200)
  })
  router.openapi(delaysCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    const { rows, series, history } = await delayVintages(db, { place, ...rest })
    const table =
      rest.includeHistory === 'true' ? vintageRows(history) : seriesRows(grainedSeries(rows, series, rest))
    return csvAnswer(c, `delais-${place}.csv`, table)
  })
  const projected = async (query: z.infer<typeof projectionRequest.query>) => {
    const { place = department, title, quarters, recordedBy } = query
    const asOf = estimateDay(query.asOf, today())
    const from = query.from ?? quarterOf(asOf)
    const { kind } = await knownPlaceOrRefuse(db, place)
    const told = (await placeDelaysNow(db, place, { asOf, recordedBy })).get(title)
    if (told === undefined) throw new Refusal('no-projection', NOTHING_SAID)
    const atCert = CERT_TITLES.find(one => one === title)
    // What a past day knew of teams and demand is not put back here: the level is.
    const present =
      query.asOf === undefined && recordedBy === undefined && (kind === 'department' || kind === 'cert')
    const cert = atCert && present ? await projectedCert(db, place, atCert, today()) : undefined
    return delayProjectionAnswer(told, cert && 'reason' in cert ? undefined : cert, {
      place,
      ...quartersTold(from, quarters, quarterOf(told.now.first), HORIZON),
    })
  }
  router.openapi(projection, async c => c.json(await projected(c.req.valid('query')), 200))
  router.openapi(projectionCsv, async c => {
    const answer = await projected(c.req.valid('query'))
    return csvAnswer(c, `delai-projete-${answer.title}.csv`, delayProjectionTable(answer))
  })
  return router
}

const NOTHING_SAID =
  'Aucun délai de ce titre n’est publié, ni pour ce lieu ni pour la France : importez un fichier « délais ».'
