import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../../errors.ts'
import { identityOf, isLocal } from '../../io/http/identity.ts'
import { html } from '../../io/http/page.ts'
import { createRouter, type Ground } from '../../io/http/router.ts'
import { SCOPES } from '../../pure/access/identity.ts'
import { ROUTES } from '../../pure/access/paths.ts'
import { logSecurity } from '../journal/journal-queries.ts'
import { TOKEN_DAYS } from '../lifetime.ts'
import { TokensPage } from './token-page.tsx'
import { createToken, revokeToken, tokensOf } from './token-queries.ts'

const order = z.object({
  label: z.string().trim().min(1).max(120),
  scope: z.enum(SCOPES),
  days: z.coerce.number().refine(days => (TOKEN_DAYS as readonly number[]).includes(days)),
})

/** The tokens of the person who asks: create, see, revoke. */
export function tokenRoutes({ db, addressOf }: Pick<Ground, 'db' | 'addressOf'>) {
  const router = createRouter()
  const owner = (c: Context): string => {
    if (isLocal(c))
      throw new Refusal(
        'not-found',
        'Ce service n’écoute que cette machine : un programme n’y a pas besoin de jeton.',
      )
    return identityOf(c).account
  }
  const page = async (c: Context, outcome: { created?: string; done?: string; fault?: string } = {}) => {
    const tokens = await tokensOf(db, owner(c))
    return html(c, TokensPage({ tokens, ...outcome }), outcome.fault === undefined ? 200 : 422)
  }
  router.get(ROUTES.tokens, c => page(c))
  router.post(ROUTES.tokens, async c => {
    const account = owner(c)
    const given = order.safeParse(await c.req.parseBody())
    if (!given.success)
      return page(c, {
        fault: 'Dites à quoi il servira, en 120 caractères au plus, et choisissez droits et durée.',
      })
    const created = await createToken(db, account, given.data)
    const detail = given.data.scope
    await logSecurity(db, { event: 'token-created', account, address: addressOf(c), detail })
    c.header('cache-control', 'no-store')
    return page(c, { created })
  })
  router.post(ROUTES.tokenRevocation, async c => {
    const account = owner(c)
    if (!(await revokeToken(db, account, Number(c.req.param('id')))))
      throw new Refusal('token-not-found', 'Vous n’avez pas de jeton en vie de ce numéro.')
    await logSecurity(db, { event: 'token-revoked', account, address: addressOf(c) })
    return page(c, { done: 'Jeton révoqué' })
  })
  return router
}
