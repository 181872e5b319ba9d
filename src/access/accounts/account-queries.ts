import { sql } from 'kysely'
import { Refusal } from '../../errors.ts'
import { actAsOwner } from '../../io/database/acting.ts'
import type { Db } from '../../io/database/schema.ts'
import type { Role } from '../../pure/access/identity.ts'

/** A person who may sign in. */
export interface Account {
  id: number
  email: string
  name: string
  role: Role
  place: string | null
  invitedAt: string
  /** Whether the person signed in at least once. */
  known: boolean
  closedAt: string | null
}

/** An invitation: an address, a role, and the place that it answers for. */
export interface Invitation {
  email: string
  role: Role
  place: string | undefined
}

/** Every account, the open ones first. */
export async function accounts(db: Db): Promise<Account[]> {
  return actAsOwner(() =>
    db
      .selectFrom('account')
      .select(['id', 'email', 'name', 'role', 'place', 'invited_at as invitedAt', 'closed_at as closedAt'])
      .select(sql<boolean>`subject is not null`.as('known'))
      .orderBy(sql`closed_at is not null`)
      .orderBy('email')
      .orderBy('id')
      .execute(),
  )
}

/** Invites a person by address. @throws Refusal when an open account has it. */
export async function invite(db: Db, { email, role, place }: Invitation, by: string): Promise<number> {
  const row = await actAsOwner(() =>
    db
      .insertInto('account')
      .values({ email: email.toLowerCase(), role, place: place ?? null, invited_by: by })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst(),
  )
  if (row === undefined) {
    throw new Refusal(
      'account-exists',
      `${email} a déjà un compte ouvert : fermez-le pour changer de rôle ou de lieu.`,
    )
  }
  return row.id
}

/**
 * Closes an account: its sessions end and its tokens are worth nothing from the next request on.
 * @throws Refusal for the last open administrator, after whom nobody could invite another.
 */
export async function closeAccount(db: Db, id: number): Promise<void> {
  const closed = await actAsOwner(() =>
    db.transaction().execute(async trx => {
      // Held together: two administrators may close each other at once.
      const left = await trx
        .selectFrom('account')
        .select('id')
        .where('role', '=', 'administrator')
        .where('closed_at', 'is', null)
        .orderBy('id')
        .forUpdate()
        .execute()
      if (left.length === 1 && left[0]?.id === id)
        throw new Refusal(
          'last-administrator',
          'C’est le dernier compte d’administrateur ouvert : invitez d’abord un autre administrateur.',
        )
      await trx.deleteFrom('session').where('account_id', '=', id).execute()
      return trx
        .updateTable('account')
        .set({ closed_at: sql<string>`now()`, subject: null })
        .where('id', '=', id)
        .where('closed_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
    }),
  )
  if (closed === undefined) throw new Refusal('account-not-found', `Aucun compte ouvert n’a le n° ${id}.`)
}

/**
 * Invites the address of ADMINISTRATOR_EMAIL at the first start: somebody must invite the others. Whose account was closed
 * since stays out, as long as another administrator is there.
 */
export async function inviteAdministrator(db: Db, email: string): Promise<void> {
  await actAsOwner(() =>
    sql`
      insert into account (email, role, place, invited_by)
      select lower(${email}), 'administrator', null, 'ADMINISTRATOR_EMAIL'
       where not exists (select from account where email = lower(${email}))
          or not exists (select from account where role = 'administrator' and closed_at is null)
          on conflict do nothing`.execute(db),
  )
}
