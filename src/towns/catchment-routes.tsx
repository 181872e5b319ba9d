import { z } from '@hono/zod-openapi'
import { placeDemand } from '../demand/place-demand-queries.ts'
import { projectedOrRefuse } from '../errors.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { dayParameter, estimateDay } from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { hallOrigins } from '../places/catchment-queries.ts'
import { grantsRead } from '../places/grant-queries.ts'
import { toldHallOrRefuse } from '../places/town-hall-queries.ts'
import { templateOf } from '../pure/access/paths.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { meanOfYear } from '../pure/figures/whole-year.ts'
import { catchmentSchema } from './catchment-answer.ts'
import { grantsAnswer, grantsSchema } from './grants-answer.ts'
import { catchmentFor } from './town-queries.ts'

const { get } = chapter('Mairies')

const hall = z.object({ insee: z.string().openapi({ example: '16102' }) })
const unknownHall = refused('Aucune mairie équipée connue ne porte ce code')

const catchment = get(templateOf('apiCatchment'), {
  summary: 'D’où viennent les demandes d’une mairie, commune par commune',
  description:
    'Modèle de Huff : chacun choisit selon la taille des mairies et leur éloignement, y compris hors du département. Estimé, hypothèses comprises.',
  request: {
    params: hall,
    query: z.object({
      year: z.coerce
        .number()
        .int()
        .min(2018)
        .max(2034)
        .optional()
        .openapi({ description: 'Année des demandes ; l’année prochaine par défaut' }),
      asOf: dayParameter.optional().openapi({
        description:
          'Demandes attendues avec ce qui était connu ce jour-là, entre les mairies connues aujourd’hui',
      }),
    }),
  },
  responses: {
    200: described('Communes', catchmentSchema),
    404: unknownHall,
    409: refused('Demande non projetée, ou mairie sans position'),
  },
})

const grants = get(templateOf('apiTownHallGrants'), {
  summary: 'Ce que les dotations publiées d’une mairie disent de ses stations et de ses demandes',
  description:
    'Chaque montant donne les combinaisons de stations, de stations raccordées et de demandes qui l’expliquent, avec leurs probabilités.',
  request: { params: hall },
  responses: {
    200: described('Dotations, de la plus récente à la plus ancienne', grantsSchema),
    404: unknownHall,
  },
})

/** Where the requests of a hall come from, and what its grants tell. */
export function catchmentRoutes({ db, today }: Ground) {
  const router = createRouter()
  router.openapi(catchment, async c => {
    const { insee } = c.req.valid('param')
    const { asOf, year: asked } = c.req.valid('query')
    const day = estimateDay(asOf, today())
    const year = asked ?? yearOf(day) + 1
    const hall = await toldHallOrRefuse(db, insee)
    const known = { place: insee, asOf: day < today() ? day : undefined }
    const { run, both } = projectedOrRefuse(await placeDemand(db, hall.department, known, today()))
    const origins = await hallOrigins(db, hall, `${year}-Q3`)
    const told = await catchmentFor(db, hall, run, year, origins, meanOfYear(both, year))
    return c.json(projectedOrRefuse(told), 200)
  })
  router.openapi(grants, async c => {
    const { insee } = c.req.valid('param')
    const { department } = await toldHallOrRefuse(db, insee)
    const reads = await grantsRead(db, department)
    return c.json(grantsAnswer(insee, reads.get(insee) ?? []), 200)
  })
  return router
}
