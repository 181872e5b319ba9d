import { sql } from 'kysely'
import { actAsOwner } from '../../io/database/acting.ts'
import type { Db } from '../../io/database/schema.ts'
import { digestOf, newSecret } from '../../io/key.ts'
import type { Identity, Role, Scope } from '../../pure/access/identity.ts'

/** What every token begins with, so that scanners of leaked secrets know it. */
const TOKEN_PREFIX = 'vigie_'

/** A token as its owner sees it: everything but its key. */
export interface Token {
  id: number
  label: string
  scope: Scope
  createdAt: string
  expiresAt: string
  revokedAt: string | null
  usedAt: string | null
  /** Whether its life is over, revoked or not. */
  over: boolean
}

/** Creates a token. @returns its key, which is shown once: only its digest is kept. */
export async function createToken(
  db: Db,
  account: string,
  { label, scope, days }: { label: string; scope: Scope; days: number },
): Promise<string> {
  const key = TOKEN_PREFIX + newSecret()
  await actAsOwner(() =>
    sql`insert into api_token (key_sha256, account_id, label, scope, expires_at)
        values (${digestOf(key)}, ${Number(account)}::integer, ${label}, ${scope}, now() + make_interval(days => ${days}))`.execute(
      db,
    ),
  )
  return key
}

/** The tokens of an account, newest first. */
export async function tokensOf(db: Db, account: string): Promise<Token[]> {
  return actAsOwner(() =>
    db
      .selectFrom('api_token')
      .select(['id', 'label', 'scope', 'created_at as createdAt', 'expires_at as expiresAt'])
      .select(['revoked_at as revokedAt', 'used_at as usedAt', sql<boolean>`expires_at <= now()`.as('over')])
      .where('account_id', '=', Number(account))
      .orderBy('id', 'desc')
      .execute(),
  )
}

/** Revokes a token of an account, from the next request on. @returns whether there was one to revoke. */
export async function revokeToken(db: Db, account: string, id: number): Promise<boolean> {
  const row = await actAsOwner(() =>
    db
      .updateTable('api_token')
      .set({ revoked_at: sql<string>`now()` })
      .where('id', '=', id)
      .where('account_id', '=', Number(account))
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  )
  return row !== undefined
}

/** In whose name a token acts, with the rights that its account has now; `undefined` once it is revoked or over. */
export async function tokenIdentity(db: Db, key: string): Promise<Identity | undefined> {
  if (!key.startsWith(TOKEN_PREFIX)) return undefined
  const { rows } = await actAsOwner(() =>
    sql<{
      id: number
      account: number
      role: Role
      place: string | null
      label: string
      scope: Scope
      fresh: boolean
    }>`
      select t.id, a.id as account, a.role, a.place, t.label, t.scope,
             coalesce(t.used_at > now() - interval '1 minute', false) as fresh
        from api_token t
        join account a on a.id = t.account_id
       where t.key_sha256 = ${digestOf(key)} and t.revoked_at is null and t.expires_at > now() and a.closed_at is null`.execute(
      db,
    ),
  )
  const [row] = rows
  if (row === undefined) return undefined
  if (!row.fresh) {
    await actAsOwner(() => sql`update api_token set used_at = now() where id = ${row.id}`.execute(db))
  }
  return {
    role: row.role,
    place: row.place ?? '',
    account: String(row.account),
    name: row.label,
    scope: row.scope,
  }
}
