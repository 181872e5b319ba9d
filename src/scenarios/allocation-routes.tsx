import { z } from '@hono/zod-openapi'
import { projectedOrRefuse } from '../errors.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { allocationAnswer } from './allocation-answer.ts'
import { AllocationPage } from './allocation-page.tsx'
import { allocated } from './allocation-queries.ts'

const { post } = chapter('Scénarios')

const allocationBody = z.strictObject({
  stations: z.number().int().min(1).max(50),
  weeks: z.number().int().min(1).max(52).default(26),
  department: z.string().optional(),
})
const allocate = post(ROUTES.apiAllocations, {
  summary: 'Où envoyer des stations mobiles, selon deux objectifs',
  description:
    '« person-weeks » épargne le plus de semaines d’attente, personne par personne, et favorise les grandes villes ; « longest-wait » soulage la plus longue attente. Les deux répartitions sont exactes, et toujours données ensemble.',
  request: { body: jsonBody(allocationBody) },
  responses: {
    200: described('Les deux répartitions', allocationAnswer),
    400: refused('Nombre de stations ou de semaines hors bornes : chaque défaut est dit'),
    404: refused('Aucun département ne porte ce code'),
    409: refused('Pas de projection pour ce département : ce qu’il faut importer est dit'),
  },
})

/** Where mobile stations should go: data and page. */
export function allocationRoutes({ db, today, department, here }: Ground) {
  const router = createRouter()
  router.openapi(allocate, async c => {
    const { stations, weeks, department: asked } = c.req.valid('json')
    const { code } = await knownPlaceOrRefuse(db, asked ?? department)
    const found = projectedOrRefuse(await allocated(db, code, { stations, weeks }, today()))
    return c.json({ status: 'estimated' as const, ...found }, 200)
  })
  router.get(ROUTES.allocation, async c => {
    const asked = queryOf(
      c,
      z.object({
        stations: z.coerce.number().int().min(1).max(50).default(2),
        weeks: z.coerce.number().int().min(1).max(52).default(26),
      }),
    )
    const { code, name } = here()
    const found = await allocated(db, code, asked, today())
    return html(c, AllocationPage({ placeName: name, asked, found }))
  })
  return router
}
