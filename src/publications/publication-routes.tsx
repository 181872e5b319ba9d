import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { isDay } from '../pure/calendar/day.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { MOST_SHOWN, PublicationsPage } from './publication-page.tsx'
import { drafts, type Published, publish } from './publication-queries.ts'

const MOST_AT_ONCE = 1_000
const route = chapter('Données')

const embargo = z
  .string()
  .refine(text => isDay(text.slice(0, 10)) && /^.{10}T([01]\d|2[0-3]):[0-5]\d$/.test(text), {
    message: 'un embargo s’écrit 2026-12-01T08:00, à l’heure de Paris',
    params: { code: 'invalid-body' },
  })
  .openapi({ type: 'string', example: '2026-12-01T08:00', description: 'Heure de Paris' })
const order = z
  .strictObject({
    releases: z.array(z.int().min(1).max(2_147_483_647)).min(1).max(MOST_AT_ONCE),
    embargoUntil: embargo.optional(),
    reason: z.string().max(500).optional(),
  })
  .openapi('PublicationRequest')
const published = z.object({
  publications: z.array(
    z
      .object({ release: z.int(), publishedAt: z.string(), embargoUntil: z.string().nullable() })
      .openapi('Publication'),
  ),
})

const publishRoute = route.post(ROUTES.apiPublications, {
  summary: 'Publier des brouillons, ensemble',
  description: 'Une seule transaction : tous les imports sont publiés, ou aucun.',
  request: { body: jsonBody(order) },
  responses: {
    201: described('Publié', published),
    404: refused('Un import n’existe pas'),
    409: refused('Un import est déjà publié'),
  },
})

const change = z.object({
  measure: z.string(),
  title: z.string(),
  place: z.string(),
  variant: z.string(),
  period: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
})
const draft = z
  .object({
    release: z.int(),
    kind: z.string(),
    releaseKind: z.string(),
    publisher: z.string(),
    document: z.string(),
    reason: z.string().nullable(),
    publishedOn: z.string(),
    recordedAt: z.string(),
    rows: z.int(),
    embargoUntil: z.string().nullable(),
    changed: z.int().openapi({ description: 'Combien de chiffres il changerait ou ajouterait' }),
    changes: z.array(change).openapi({ description: 'Ceux qui changent d’abord, puis ceux qui s’ajoutent' }),
    next: z.string().nullable().openapi({ description: 'Adresse de la suite de `changes` ; null à la fin' }),
  })
  .openapi('Draft')

/** Changes of a draft in one answer: a nation’s draft has 166,080. */
const CHANGES_AT_ONCE = 1_000
const window = z.object({
  release: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  skipped: z.coerce.number().int().min(0).max(2_147_483_647).optional().openapi({
    description: 'Changements déjà lus, de chaque brouillon',
  }),
})

const draftsRoute = route.get(ROUTES.apiPublications, {
  summary: 'Ce qui attend sa publication, et ce qu’elle changerait',
  description: `Au plus ${CHANGES_AT_ONCE} changements de chaque brouillon ; \`next\` donne la suite.`,
  request: { query: window },
  responses: {
    200: described(
      'Brouillons et fichiers sous embargo, du plus ancien au plus récent',
      z.object({
        drafts: z.array(draft),
      }),
    ),
  },
})

/** What waits for its publication, what it would change, and its publication. */
export function publicationRoutes({ db }: Pick<Ground, 'db'>) {
  const router = createRouter()
  router.openapi(publishRoute, async c =>
    c.json({ publications: await publish(db, { ...c.req.valid('json'), by: identityOf(c).account }) }, 201),
  )
  router.openapi(draftsRoute, async c => {
    const { release, skipped = 0 } = c.req.valid('query')
    const waiting = await drafts(db, { most: CHANGES_AT_ONCE, skipped, release })
    const told = waiting.map(({ changes, ...one }) => {
      const read = skipped + changes.length
      const isLast = changes.length === 0 || read >= one.changed
      return answerOf(draft, {
        ...one,
        changes: changes.map(({ row, ...values }) => answerOf(change, { ...row, ...values })),
        next: isLast ? null : paths.apiPublications({ release: one.release, skipped: read }),
      })
    })
    return c.json({ drafts: told }, 200)
  })
  const page = async (c: Context, done?: readonly Published[]) => {
    const [waiting, places] = await Promise.all([drafts(db, { most: MOST_SHOWN }), placesByCode(db)])
    return html(
      c,
      PublicationsPage({
        drafts: waiting,
        published: done,
        placeName: nameAmong(places),
      }),
    )
  }
  router.get(ROUTES.publications, c => page(c))
  router.post(ROUTES.publications, async c => {
    const form = await c.req.parseBody({ all: true })
    const given = order.safeParse({
      releases: [form['releases'] ?? []].flat().map(Number),
      ...(form['embargoUntil'] ? { embargoUntil: form['embargoUntil'] } : {}),
      ...(form['reason'] ? { reason: form['reason'] } : {}),
    })
    if (!given.success) {
      throw new Refusal('invalid-body', 'Cochez au moins un fichier, puis publiez.')
    }
    return page(c, await publish(db, { ...given.data, by: identityOf(c).account }))
  })
  return router
}
