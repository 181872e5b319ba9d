import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { mayUse, ruleOf } from '../access/policy.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { refusedInWords } from '../io/http/form.ts'
import { identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { ThresholdsPage } from './threshold-page.tsx'
import { decideThreshold, givenAway, sourceThresholds } from './threshold-queries.ts'

const route = chapter('Données')
const decision = z
  .strictObject({
    publisher: z.string().min(1).max(300),
    threshold: z
      .int()
      .min(1)
      .max(1_000)
      .nullable()
      .openapi({ description: 'De 1, qui ne cache rien, à 1 000 ; null pour le seuil d’usage, 11' }),
    reason: z.string().trim().min(1).max(500),
  })
  .openapi('ThresholdDecision')
const threshold = z
  .object({
    publisher: z.string(),
    threshold: z.int(),
    usual: z.boolean(),
    reason: z.string().nullable(),
    decidedAt: z.string().nullable(),
    hidden: z.int(),
  })
  .openapi('Threshold')
const thresholds = z.object({ thresholds: z.array(threshold) })

const list = route.get(ROUTES.apiThresholds, {
  summary: 'Seuil sous lequel le public ne lit pas les volumes de chaque source',
  responses: {
    200: described('Par source', thresholds),
  },
})

const decide = route.post(ROUTES.apiThresholds, {
  summary: 'Choisir le seuil d’une source',
  description: 'Ce qui devient secret est caché dans la même transaction ; ce qui l’était le reste.',
  request: { body: jsonBody(decision) },
  responses: {
    201: described('Décidé', thresholds),
    404: refused('Aucune source de ce nom'),
  },
})

const MOST_LISTED = 100

/** The thresholds of the secret: who reads them, and who decides. */
export function thresholdRoutes({ db }: Pick<Ground, 'db'>) {
  const router = createRouter()
  const answer = async () => ({
    thresholds: (await sourceThresholds(db)).map(one => answerOf(threshold, one)),
  })
  router.openapi(list, async c => c.json(await answer(), 200))
  router.openapi(decide, async c => {
    await decideThreshold(db, { ...c.req.valid('json'), by: identityOf(c).account })
    return c.json(await answer(), 201)
  })
  const page = async (c: Context, outcome: { done?: string; fault?: string } = {}) => {
    const decides = mayUse(identityOf(c), ruleOf(`POST ${ROUTES.thresholds}`))
    const [sources, places, lost] = await Promise.all([
      sourceThresholds(db),
      placesByCode(db),
      decides ? givenAway(db, MOST_LISTED) : [],
    ])
    return html(
      c,
      ThresholdsPage({ sources, lost, placeName: nameAmong(places), decides, ...outcome }),
      outcome.fault === undefined ? 200 : 422,
    )
  }
  router.get(ROUTES.thresholds, c => page(c))
  router.post(ROUTES.thresholds, async c => {
    const form = await c.req.parseBody()
    const given = decision.safeParse({
      publisher: form['publisher'],
      threshold: form['threshold'] ? Number(form['threshold']) : null,
      reason: form['reason'],
    })
    if (!given.success)
      return page(c, {
        fault: 'Choisissez une source, un nombre entier de 1 à 1 000 ou rien, et dites pourquoi.',
      })
    const by = identityOf(c).account
    const fault = await refusedInWords(() => decideThreshold(db, { ...given.data, by }))
    return page(c, fault ? { fault } : { done: `Seuil appliqué à ${given.data.publisher}` })
  })
  return router
}
