import { sql } from 'kysely'
import { actAsOwner } from '../../io/database/acting.ts'
import type { Db } from '../../io/database/schema.ts'
import { digestOf, newSecret } from '../../io/key.ts'
import type { Identity, Role } from '../../pure/access/identity.ts'
import { SESSION_HOURS, SESSION_IDLE_MINUTES, SIGN_IN_MINUTES } from '../lifetime.ts'
import type { Person, SignInChecks } from './openid-work.ts'

/** Keeps what the return from the provider must match, and forgets the sign-ins that nobody ended. */
export async function beginSignIn(
  db: Db,
  { state, nonce, verifier }: SignInChecks,
  returnTo: string,
): Promise<void> {
  await actAsOwner(async () => {
    await sql`delete from sign_in where started_at < now() - make_interval(mins => ${SIGN_IN_MINUTES})`.execute(
      db,
    )
    await db
      .insertInto('sign_in')
      .values({ state_sha256: digestOf(state), nonce, verifier: verifier ?? null, return_to: returnTo })
      .execute()
  })
}

/** Takes away, once, what a return from the provider must match. */
export async function takeSignIn(
  db: Db,
  state: string,
): Promise<(SignInChecks & { returnTo: string }) | undefined> {
  const row = await actAsOwner(() =>
    db
      .deleteFrom('sign_in')
      .where('state_sha256', '=', digestOf(state))
      .where(sql<boolean>`started_at > now() - make_interval(mins => ${SIGN_IN_MINUTES})`)
      .returning(['nonce', 'verifier', 'return_to'])
      .executeTakeFirst(),
  )
  return row && { state, nonce: row.nonce, verifier: row.verifier ?? undefined, returnTo: row.return_to }
}

/**
 * Opens a session for a person who was invited, recognised by their subject, or the first time by the address of their
 * invitation. @returns the key for their cookie and their account, or `undefined` when nobody invited them.
 */
export async function openSession(
  db: Db,
  person: Person,
): Promise<{ key: string; account: string } | undefined> {
  return actAsOwner(() =>
    db.transaction().execute(async trx => {
      const known = await trx
        .updateTable('account')
        .set({ name: person.name })
        .where('subject', '=', person.subject)
        .where('closed_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      const account =
        known ??
        (await trx
          .updateTable('account')
          .set({ name: person.name, subject: person.subject })
          .where('email', '=', person.email)
          .where('subject', 'is', null)
          .where('closed_at', 'is', null)
          .returning('id')
          .executeTakeFirst())
      if (account === undefined) return undefined
      const key = newSecret()
      await trx
        .insertInto('session')
        .values({ key_sha256: digestOf(key), account_id: account.id, id_token: person.idToken })
        .execute()
      return { key, account: String(account.id) }
    }),
  )
}

/** Who holds the key of an open session, whose idle time starts again. */
export async function sessionIdentity(db: Db, key: string): Promise<Identity | undefined> {
  const { rows } = await actAsOwner(() =>
    sql<{
      account: number
      role: Role
      place: string | null
      name: string
      email: string
      idle: number
      age: number
    }>`
      select a.id as account, a.role, a.place, a.name, a.email, extract(epoch from now() - s.seen_at)::float8 as idle,
             extract(epoch from now() - s.started_at)::float8 as age
        from session s
        join account a on a.id = s.account_id
       where s.key_sha256 = ${digestOf(key)} and a.closed_at is null
         and s.started_at > now() - make_interval(hours => ${SESSION_HOURS})
         and s.seen_at > now() - make_interval(mins => ${SESSION_IDLE_MINUTES})`.execute(db),
  )
  const [row] = rows
  if (row === undefined) return undefined
  // To the minute: a page with its pictures does not write each time.
  if (row.idle > 60) {
    await actAsOwner(() =>
      sql`update session set seen_at = now() where key_sha256 = ${digestOf(key)}`.execute(db),
    )
  }
  return {
    role: row.role,
    place: row.place ?? '',
    account: String(row.account),
    name: row.name || row.email,
    scope: 'everything',
    signedInSeconds: row.age,
  }
}

/**
 * Ends a session at once, with all the others of its account when `everywhere`, and forgets those that ended by themselves.
 * @returns its identity token for the provider.
 */
export async function closeSession(
  db: Db,
  key: string,
  { everywhere = false } = {},
): Promise<string | undefined> {
  const row = await actAsOwner(async () => {
    await sql`delete from session
      where started_at < now() - make_interval(hours => ${SESSION_HOURS})
         or seen_at < now() - make_interval(mins => ${SESSION_IDLE_MINUTES})`.execute(db)
    const own = await db
      .deleteFrom('session')
      .where('key_sha256', '=', digestOf(key))
      .returning(['id_token', 'account_id'])
      .executeTakeFirst()
    if (everywhere && own !== undefined)
      await db.deleteFrom('session').where('account_id', '=', own.account_id).execute()
    return own
  })
  return row?.id_token
}
