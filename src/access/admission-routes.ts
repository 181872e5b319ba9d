import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { matchedRoutes } from 'hono/route'
import { Refusal } from '../errors.ts'
import { actAs } from '../io/database/acting.ts'
import type { Db } from '../io/database/schema.ts'
import { identify, identityOf, SESSION_COOKIE } from '../io/http/identity.ts'
import { wantsPage } from '../io/http/problem.ts'
import type { Ground } from '../io/http/router.ts'
import { type BodyBound, bodyBound } from '../pure/access/body-bound.ts'
import type { Cost } from '../pure/access/cost.ts'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR } from '../pure/access/identity.ts'
import { paths } from '../pure/access/paths.ts'
import { sessionIdentity } from './doors/session-queries.ts'
import { refusalLog } from './journal/refusals-work.ts'
import { RECENT_MINUTES } from './lifetime.ts'
import { mayUse, POLICY, type Rule, ruleOf } from './policy.ts'
import { tokenIdentity } from './tokens/token-queries.ts'

const RULES = 'rules'

interface AdmissionGround extends Pick<Ground, 'db' | 'addressOf'> {
  /** Whether people sign in; otherwise everybody on this machine is its administrator. */
  signsIn: boolean
}

/**
 * Stands before every route: finds out who asks, looks the route up in the policy, and runs the rest in the name of that
 * person, reading only when the method only reads. A route without a line in the policy is closed.
 */
export function admission({ db, signsIn, addressOf }: AdmissionGround): MiddlewareHandler {
  const logRefusal = refusalLog(db)
  return async (c, next) => {
    // What a page of another site asks of this machine is asked by anybody.
    const identity = signsIn ? await whoAsks(c, db) : isFromElsewhere(c) ? ANYBODY : LOCAL_ADMINISTRATOR
    identify(c, identity)
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    const routes = matchedRoutes(c)
      .filter(route => route.method === method)
      .map(route => `${method} ${route.path}`)
    if (routes.some(route => !mayUse(identity, ruleOf(route)))) {
      const detail = routes[0]!
      await logRefusal({ account: identity.account, address: addressOf(c), detail })
      if (identity.role !== 'public') {
        throw new Refusal(
          'forbidden',
          'Demandez à un administrateur du service le rôle qu’il faut pour cela.',
        )
      }
      if (wantsPage(c) && method === 'GET') return c.redirect(paths.signIn({ retour: c.req.path }), 303)
      throw new Refusal(
        'sign-in-required',
        'Connectez-vous à /connexion, ou donnez un jeton : Authorization: Bearer vigie_….',
      )
    }
    const rules = routes.flatMap(route => ruleOf(route) ?? [])
    if (rules.some(rule => rule.recent) && (identity.signedInSeconds ?? 0) > 60 * RECENT_MINUTES)
      throw new Refusal(
        'sign-in-again',
        `Cela demande une connexion de moins de ${RECENT_MINUTES} minutes : reconnectez-vous à /connexion, puis recommencez.`,
      )
    c.set(RULES, rules)
    const access = method === 'GET' || method === 'OPTIONS' ? 'read only' : 'read write'
    return actAs({ identity, access }, next)
  }
}

function isFromElsewhere(c: Context): boolean {
  const origin = c.req.header('origin')
  return origin !== undefined && origin !== new URL(c.req.url).origin
}

/** How much an admitted request may bring, as the line of the policy that let it in says. */
export function boundOf(c: Context): BodyBound {
  const rules: readonly Rule[] = c.get(RULES) ?? []
  return bodyBound(identityOf(c).role, rules.find(rule => rule.brings !== undefined)?.brings)
}

/** What the answer costs, as the line of the policy says; nothing where nobody was let in. */
export function costOf(c: Context): Cost | undefined {
  const rules: readonly Rule[] = c.get(RULES) ?? []
  return rules.find(rule => rule.costs !== undefined)?.costs
}

/** Whether what was asked is data open to all, and not asked in somebody's name by a page of another site. */
export function isOpen(c: Context): boolean {
  const rules: readonly Rule[] = c.get(RULES) ?? []
  const isData = /^\/(api\/|openapi\.json$|flux\.atom$)/.test(c.req.path)
  // A page of another site always says where it comes from.
  const unknown = identityOf(c).role === 'public' || c.req.header('origin') === undefined
  return isData && unknown && rules.some(rule => rule.may.includes('public'))
}

/** Whether anybody may call an operation, its path written as OpenAPI does. */
export function opensTo(method: string, path: string): boolean {
  const bare = path.replace(/\{(\w+)\}/g, ':$1')
  return POLICY.some(
    rule =>
      rule.may.includes('public') &&
      rule.routes.some(route => route.replace(/(:\w+)\{.*\}$/, '$1') === `${method} ${bare}`),
  )
}

async function whoAsks(c: Context, db: Db): Promise<Identity> {
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (bearer !== undefined) {
    const identity = await tokenIdentity(db, bearer)
    if (identity === undefined)
      throw new Refusal(
        'sign-in-required',
        'Ce jeton est inconnu, révoqué ou périmé : créez-en un à /jetons.',
      )
    return identity
  }
  const key = getCookie(c, SESSION_COOKIE)
  return (key === undefined ? undefined : await sessionIdentity(db, key)) ?? ANYBODY
}
