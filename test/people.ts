import { invite } from '../src/access/accounts/account-queries.ts'
import { createToken } from '../src/access/tokens/token-queries.ts'
import type { Ground } from '../src/app.tsx'

export { SIGN_IN } from '../scripts/lab/fuzz/callers.ts'

import { type Identity, ROLES, type Role, type Scope } from '../src/pure/access/identity.ts'

/** Somebody with an account and a token; the public has neither. */
export interface Someone {
  identity: Identity
  headers: Record<string, string>
}

const PLACES: Record<Role, string | undefined> = {
  public: undefined,
  'town-hall': '16102',
  cert: '16',
  prefecture: '16',
  administrator: undefined,
}

/** Gives an account and a token to somebody of a role, for the places of Charente or another. */
export async function someone(
  db: Ground['db'],
  role: Role,
  { place = PLACES[role], scope = 'everything' }: { place?: string | undefined; scope?: Scope } = {},
): Promise<Someone> {
  if (role === 'public')
    return { identity: { role, place: '', account: '', name: '', scope: 'everything' }, headers: {} }
  const email = `${role}-${scope}-${place ?? 'partout'}@exemple.fr`
  const id = await invite(db, { email, role, place }, 'test')
  const key = await createToken(db, String(id), { label: email, scope, days: 7 })
  return {
    identity: { role, place: place ?? '', account: String(id), name: email, scope },
    headers: { authorization: `Bearer ${key}` },
  }
}

/** One person of each role. */
export async function oneOfEach(db: Ground['db']): Promise<Record<Role, Someone>> {
  const all = await Promise.all(ROLES.map(async role => [role, await someone(db, role)] as const))
  return Object.fromEntries(all) as Record<Role, Someone>
}
