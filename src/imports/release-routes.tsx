import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { described, jsonBody, refused } from '../io/http/description.ts'
import { identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { effectAnswer, effectSchema } from './effect-answer.ts'
import { effectOf, type Patience, type Projections } from './effect-queries.ts'
import { kindName } from './kinds.ts'
import { pastImportOrRefuse } from './past-import-queries.ts'
import { ReleasePage } from './release-page.tsx'
import { mayWithdraw, withdraw } from './release-queries.ts'
import { factNames } from './store-queries.ts'

const releaseParameter = z.object({
  release: z.coerce
    .number()
    .int({ message: 'le numéro d’un import' })
    .min(1)
    .max(2_147_483_647)
    .openapi({ type: 'integer', example: 12, description: 'Numéro de l’import' }),
})
const order = z
  .strictObject({ reason: z.string().trim().min(1, { message: 'le motif du retrait' }).max(500) })
  .openapi('WithdrawalRequest')
const withdrawn = z
  .object({
    release: z.int(),
    kind: z.string(),
    withdrawnAt: z.string(),
    reason: z.string(),
    effect: effectSchema.openapi({ description: 'Ce que le fichier changeait, et qui est défait' }),
  })
  .openapi('Withdrawal')

const withdrawalRoute = createRoute({
  method: 'post',
  path: templateOf('apiWithdrawal'),
  summary: 'Retirer un fichier importé : ce qu’il changeait est défait',
  description:
    'Rien n’est effacé : l’historique raconte le fichier et son retrait. Qui peut publier un fichier peut le retirer. Le même fichier, envoyé de nouveau, est de nouveau en vigueur.',
  tags: ['Données'],
  request: {
    params: releaseParameter,
    body: jsonBody(order),
  },
  responses: {
    201: described('Retiré', withdrawn),
    403: refused('Le compte ne répond pas de ce fichier'),
    404: refused('Import inconnu'),
    409: refused('Import déjà retiré'),
  },
})

const effectRoute = createRoute({
  method: 'get',
  path: templateOf('apiReleaseEffect'),
  summary: 'Ce qu’un fichier change : la différence entre ce qui est connu avec lui et sans lui',
  tags: ['Données'],
  request: { params: releaseParameter },
  responses: {
    200: described(
      'Chiffres et faits changés',
      z.object({
        release: z.int(),
        kind: z.string(),
        standing: z.enum(['public', 'draft', 'embargo', 'withdrawn']),
        effect: effectSchema,
      }),
    ),
    404: refused('Import inconnu'),
  },
})

interface Ground {
  db: Kysely<Database>
  projections?: Projections | undefined
}

/** A file once imported: what it changes, and its withdrawal. */
export function releaseRoutes({ db, projections }: Ground) {
  const router = createRouter()
  const fileAndEffect = async (c: Context, release: number, patience: Patience | undefined) => {
    const file = await pastImportOrRefuse(db, release)
    const asked = { id: release, kind: file.kind, standing: file.standing }
    const effect = await effectOf(db, asked, identityOf(c), patience && { projections, patience })
    return { file, effect }
  }
  router.openapi(withdrawalRoute, async c => {
    const { release } = c.req.valid('param')
    // Before it is gone.
    const { effect } = await fileAndEffect(c, release, 'whole')
    const done = await withdraw(db, { release, by: identityOf(c), reason: c.req.valid('json').reason })
    return c.json({ ...done, effect: effectAnswer(effect) }, 201)
  })
  router.openapi(effectRoute, async c => {
    const { file, effect } = await fileAndEffect(c, c.req.valid('param').release, 'whole')
    return c.json(
      { release: file.release, kind: file.kind, standing: file.standing, effect: effectAnswer(effect) },
      200,
    )
  })
  router.get(ROUTES.release, async c => {
    const asked = c.req.query('projections') !== undefined
    const { file, effect } = await fileAndEffect(
      c,
      Number(c.req.param('release')),
      asked ? 'whole' : undefined,
    )
    const places = await placesByCode(db)
    return html(
      c,
      ReleasePage({
        file,
        effect: asked ? effect : { ...effect, pending: identityOf(c).role !== 'public' },
        kindName: kindName(file.kind),
        mayWithdraw: mayWithdraw(identityOf(c), file, places.get(file.place)?.parent),
        placeName: nameAmong(places),
        factNames: factNames(file.kind),
      }),
    )
  })
  router.post(ROUTES.releaseWithdrawal, async c => {
    const release = Number(c.req.param('release'))
    const given = order.safeParse(await c.req.parseBody())
    if (!given.success) {
      throw new Refusal('invalid-body', 'Donnez le motif du retrait, en 500 caractères au plus.')
    }
    await withdraw(db, { release, by: identityOf(c), reason: given.data.reason })
    return c.redirect(paths.release({ release }), 303)
  })
  return router
}
