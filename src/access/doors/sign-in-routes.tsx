import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Refusal } from '../../errors.ts'
import { identityOf, isLocal, SESSION_COOKIE } from '../../io/http/identity.ts'
import { html } from '../../io/http/page.ts'
import { createRouter, type Ground } from '../../io/http/router.ts'
import { paths, ROUTES } from '../../pure/access/paths.ts'
import { logSecurity, type SecurityEventName } from '../journal/journal-queries.ts'
import { SESSION_HOURS, SIGN_IN_MINUTES } from '../lifetime.ts'
import type { Provider } from './openid-work.ts'
import { beginSignIn, closeSession, openSession, takeSignIn } from './session-queries.ts'
import { SignedOutPage, SignInPage } from './sign-in-page.tsx'

interface SignInGround extends Pick<Ground, 'db' | 'addressOf' | 'report'> {
  provider: Provider | undefined
}

/** Binds a sign-in to the browser that began it: an answer that another browser brings is refused. */
const STATE_COOKIE = '__Host-vigie-connexion'
const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** Signing in at an OpenID Connect provider, and out of it. */
export function signInRoutes({ db, provider, addressOf, report }: SignInGround) {
  const router = createRouter()
  const log = (c: Context, event: SecurityEventName, account: string, detail = '') =>
    logSecurity(db, { event, account, address: addressOf(c), detail })
  const known = (): Provider => {
    if (provider === undefined)
      throw new Refusal('not-found', 'Ce service n’écoute que cette machine : personne ne s’y connecte.')
    return provider
  }

  router.get(ROUTES.signIn, c =>
    html(c, SignInPage({ returnTo: pageOfThisSite(c.req.query('retour')), local: isLocal(c) })),
  )
  router.get(ROUTES.signInDeparture, async c => {
    const { address, checks } = await known()
      .begin()
      .catch((error: unknown) => {
        report(error, { id: c.get('requestId'), method: c.req.method, path: c.req.path })
        throw new Refusal(
          'sign-in-unavailable',
          'Le fournisseur d’identité ne répond pas : réessayez dans quelques minutes. Ce qui est publié se lit sans compte.',
        )
      })
    await beginSignIn(db, checks, pageOfThisSite(c.req.query('retour')))
    setCookie(c, STATE_COOKIE, checks.state, { ...COOKIE, maxAge: SIGN_IN_MINUTES * 60 })
    return c.redirect(address, 303)
  })
  router.get(ROUTES.signInReturn, async c => {
    const state = c.req.query('state') ?? ''
    const begun = getCookie(c, STATE_COOKIE) ?? ''
    deleteCookie(c, STATE_COOKIE, COOKIE)
    const checks = sameText(state, begun) ? await takeSignIn(db, state) : undefined
    if (checks === undefined) {
      await log(c, 'sign-in-refused', '', 'state')
      throw new Refusal('sign-in-failed', 'Cette connexion a expiré ou a commencé ailleurs : recommencez-la.')
    }
    const person = await known()
      .finish(new URL(c.req.url), checks)
      .catch(async (error: unknown) => {
        report(error, { id: c.get('requestId'), method: c.req.method, path: c.req.path })
        await log(c, 'sign-in-refused', '', 'provider')
        throw new Refusal(
          'sign-in-failed',
          'Le fournisseur d’identité n’a pas confirmé votre identité au niveau demandé : recommencez, ou voyez avec lui.',
        )
      })
    const session = await openSession(db, person)
    if (session === undefined) {
      await log(c, 'sign-in-refused', '', 'not-invited')
      throw new Refusal(
        'sign-in-failed',
        `${person.email} n’est pas invité : demandez une invitation à un administrateur de Vigie Titres.`,
      )
    }
    await log(c, 'signed-in', session.account)
    // The session that this browser had is nobody's any more.
    const before = getCookie(c, SESSION_COOKIE)
    if (before !== undefined) await closeSession(db, before)
    setCookie(c, SESSION_COOKIE, session.key, { ...COOKIE, maxAge: SESSION_HOURS * 3_600 })
    return c.redirect(checks.returnTo, 303)
  })
  router.post(ROUTES.signOut, async c => {
    const key = getCookie(c, SESSION_COOKIE)
    const everywhere = (await c.req.parseBody())['partout'] === 'oui'
    const idToken = key === undefined ? undefined : await closeSession(db, key, { everywhere })
    deleteCookie(c, SESSION_COOKIE, COOKIE)
    await log(c, 'signed-out', identityOf(c).account)
    // The session here is closed, whether the provider can be reached or not.
    const elsewhere =
      idToken === undefined
        ? undefined
        : await known()
            .endSession(idToken)
            .catch(() => undefined)
    return c.redirect(elsewhere ?? paths.signOutReturn(), 303)
  })
  router.get(ROUTES.signOutReturn, c => html(c, SignedOutPage()))
  return router
}

/** An address of this site, and nothing that a browser would take for another. */
function pageOfThisSite(address: string | undefined): string {
  return address !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(address) ? address : '/'
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return a !== '' && left.length === right.length && timingSafeEqual(left, right)
}
