import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import { vintageAnswer, vintageSchema } from '../figures/vintage-answer.ts'
import type { Database } from '../io/database/schema.ts'
import { described, refused } from '../io/http/description.ts'
import { placeParameter, titleParameter } from '../io/http/parameters.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { isMeasure, MEASURES } from '../pure/figures/measure.ts'
import { figureVintages } from './vintage-queries.ts'

/** A measure, in an address. */
export const measureParameter = z
  .string()
  .refine(isMeasure, { message: `une mesure parmi ${Object.keys(MEASURES).join(', ')}` })
  .openapi({ type: 'string', enum: Object.keys(MEASURES), example: 'appointment-wait' })
/** Which figures of a measure, in an address. */
export const figureQuery = {
  title: titleParameter.optional(),
  place: placeParameter.optional(),
  period: z
    .string()
    .regex(/^\d{4}(-(Q[1-4]|\d{2}))?$/, { message: 'une période s’écrit 2022-Q1, 2022-03 ou 2022' })
    .optional(),
}

const vintagesRoute = createRoute({
  method: 'get',
  path: ROUTES.apiVintages,
  summary: 'Toutes les valeurs publiées d’un chiffre, et ce que chacune est devenue',
  description:
    'in-force : en vigueur ; conflict : publiée aussi, que rien ne remplace ; same : redit la valeur en vigueur ; replaced : remplacée par une révision de la même source ; withdrawn : retirée.',
  tags: ['Données'],
  request: { query: z.object({ measure: measureParameter, ...figureQuery }) },
  responses: {
    200: described(
      'Valeurs publiées, de la période la plus récente à la plus ancienne',
      z.object({
        vintages: z.array(vintageSchema),
      }),
    ),
    422: refused('Trop de chiffres à la fois : choisissez un lieu ou une période'),
  },
})

/** What was ever published for a figure. */
export function vintageRoutes({ db }: { db: Kysely<Database> }) {
  const router = createRouter()
  router.openapi(vintagesRoute, async c => {
    const found = await figureVintages(db, c.req.valid('query'))
    if (found === undefined)
      throw new Refusal(
        'too-many-figures',
        'Cette mesure est publiée pour trop de lieux : ajoutez place ou period.',
      )
    return c.json(
      {
        vintages: found.map(vintageAnswer),
      },
      200,
    )
  })
  return router
}
