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
import { isPlaceCode } from '../pure/figures/place-code.ts'
import { SpeakersPage } from './speaker-page.tsx'
import { decideSpeaker, speakers } from './speaker-queries.ts'

const route = chapter('Données')
const decision = z
  .strictObject({
    publisher: z.string().trim().min(1).max(200),
    role: z.enum(['town-hall', 'cert', 'prefecture']),
    place: z.string().refine(place => place !== 'FR' && isPlaceCode(place)),
    speaks: z.boolean().openapi({ description: 'false : ne parle plus au nom de cette source' }),
    reason: z.string().trim().min(1).max(500),
  })
  .openapi('SpeakerDecision')
const list = z.object({
  speakers: z.array(
    z
      .object({
        publisher: z.string(),
        role: z.string(),
        place: z.string(),
        reason: z.string().nullable(),
        decidedAt: z.string(),
      })
      .openapi('Speaker'),
  ),
})

const listRoute = route.get(ROUTES.apiSpeakers, {
  summary: 'Qui peut apporter des fichiers au nom de chaque source',
  responses: { 200: described('Par source', list) },
})

const decideRoute = route.post(ROUTES.apiSpeakers, {
  summary: 'Accorder ou retirer le droit de parler au nom d’une source',
  request: { body: jsonBody(decision) },
  responses: {
    201: described('Décidé', list),
    404: refused('Aucun lieu de ce code'),
  },
})

/** Who speaks for which publisher, and the administrators who decide it. */
export function speakerRoutes({ db }: Pick<Ground, 'db'>) {
  const router = createRouter()
  const answer = async () => ({ speakers: await speakers(db) })
  router.openapi(listRoute, async c => c.json(await answer(), 200))
  router.openapi(decideRoute, async c => {
    await decideSpeaker(db, { ...c.req.valid('json'), by: identityOf(c).account })
    return c.json(await answer(), 201)
  })
  const page = async (c: Context, outcome: { done?: string; fault?: string } = {}) => {
    const [known, places] = await Promise.all([speakers(db), placesByCode(db)])
    const decides = mayUse(identityOf(c), ruleOf(`POST ${ROUTES.speakers}`))
    const props = { speakers: known, placeName: nameAmong(places), decides, ...outcome }
    return html(c, SpeakersPage(props), outcome.fault === undefined ? 200 : 422)
  }
  router.get(ROUTES.speakers, c => page(c))
  router.post(ROUTES.speakers, async c => {
    const form = await c.req.parseBody()
    const given = decision.safeParse({ ...form, speaks: form['speaks'] !== 'non' })
    if (!given.success)
      return page(c, { fault: 'Donnez une source, un rôle, le code d’un lieu, et dites pourquoi.' })
    const by = identityOf(c).account
    const fault = await refusedInWords(() => decideSpeaker(db, { ...given.data, by }))
    return page(c, fault ? { fault } : { done: `Décidé pour « ${given.data.publisher} »` })
  })
  return router
}
