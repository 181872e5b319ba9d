import type { Kysely } from 'kysely'
import { invite } from '../../../src/access/accounts/account-queries.ts'
import { openSession } from '../../../src/access/doors/session-queries.ts'
import { createToken } from '../../../src/access/tokens/token-queries.ts'
import type { Ground } from '../../../src/app.tsx'
import type { Database } from '../../../src/io/database/schema.ts'
import { SESSION_COOKIE } from '../../../src/io/http/identity.ts'
import { ANYBODY, type Identity, type Role, type Scope } from '../../../src/pure/access/identity.ts'

/** Somebody who asks: by the cookie of a session, by a token, or unknown. */
export interface Caller {
  name: string
  identity: Identity
  headers: Record<string, string>
}

/** Settings of a service where people sign in; its provider is nowhere, as nobody here goes through it. */
export const SIGN_IN: NonNullable<Ground['signIn']> = {
  publicUrl: 'http://localhost',
  administratorEmail: undefined,
  provider: {
    issuer: 'http://localhost:1',
    clientId: 'vigie',
    clientSecret: 'secret',
    pkce: false,
    acr: [],
    signature: 'RS256',
    userinfoSignature: undefined,
    redirectUri: 'http://localhost/connexion/retour',
    afterLogout: 'http://localhost/deconnexion/retour',
  },
}

const ACCOUNTS: readonly (readonly [role: Role, place: string | undefined])[] = [
  ['town-hall', '16102'],
  ['cert', '16'],
  ['prefecture', '16'],
  ['administrator', undefined],
]
const TOKEN_SCOPES: readonly Scope[] = ['read', 'imports']

/** The public, somebody of each role in a session, and tokens of the prefecture that may less than it. */
export async function callers(db: Kysely<Database>): Promise<Caller[]> {
  const all: Caller[] = [{ name: 'public', identity: ANYBODY, headers: {} }]
  for (const [role, place] of ACCOUNTS) {
    const email = `${role}@exemple.fr`
    const account = String(await invite(db, { email, role, place }, 'fuzz'))
    const session = await openSession(db, { subject: `fuzz ${role}`, email, name: role, idToken: '' })
    const identity = { role, place: place ?? '', account, name: role, scope: 'everything' } as const
    all.push({ name: role, identity, headers: { cookie: `${SESSION_COOKIE}=${session?.key}` } })
    if (role !== 'prefecture') continue
    for (const scope of TOKEN_SCOPES) {
      const key = await createToken(db, account, { label: scope, scope, days: 7 })
      all.push({
        name: `token ${scope}`,
        identity: { ...identity, scope },
        headers: { authorization: `Bearer ${key}` },
      })
    }
  }
  return all
}
