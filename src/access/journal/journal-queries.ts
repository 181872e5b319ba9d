import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { actAsOwner } from '../../io/database/acting.ts'
import type { Db } from '../../io/database/schema.ts'
import { SECURITY_LOG_MONTHS } from '../lifetime.ts'

/** What the security log tells of. */
export type SecurityEventName =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'refused'
  | 'invited'
  | 'account-closed'
  | 'token-created'
  | 'token-revoked'

/** Something to log, with names that the log itself never holds. */
export interface SecurityNote {
  event: SecurityEventName
  account: string
  address: string
  detail?: string
}

/**
 * Writes a line of the security log: the account and the network address stand under a pseudonym of the month
 * (HMAC-SHA-256), so that lines of one author can be told together, and nobody named once the month's key is gone.
 */
export async function logSecurity(
  db: Db,
  { event, account, address, detail = '' }: SecurityNote,
): Promise<void> {
  await actAsOwner(async () => {
    const pseudonym = await pseudonyms(db)
    await db
      .insertInto('security_event')
      .values({ event, actor: pseudonym(account), address: pseudonym(address), detail })
      .execute()
  })
}

/** Forgets the lines and the keys that are older than a year. @returns how many lines went. */
export async function forgetOldSecurity(db: Db): Promise<number> {
  return actAsOwner(async () => {
    await sql`delete from security_key
      where month < to_char(now() - make_interval(months => ${SECURITY_LOG_MONTHS}), 'YYYY-MM')`.execute(db)
    const gone = await sql`delete from security_event
      where at < now() - make_interval(months => ${SECURITY_LOG_MONTHS})`.execute(db)
    return Number(gone.numAffectedRows!)
  })
}

/** What makes of a name its pseudonym of the month. */
export async function pseudonyms(db: Db): Promise<(name: string) => string> {
  const key = await keyOfMonth(db)
  return name => (name === '' ? '' : createHmac('sha256', key).update(name).digest('hex').slice(0, 12))
}

async function keyOfMonth(db: Db): Promise<Buffer> {
  const { rows } = await sql<{ key: Buffer }>`
    select key from security_key where month = to_char(now(), 'YYYY-MM')`.execute(db)
  if (rows[0]) return rows[0].key
  await forgetOldSecurity(db)
  await sql`insert into security_key (month, key) values (to_char(now(), 'YYYY-MM'), ${randomBytes(32)})
    on conflict do nothing`.execute(db)
  return keyOfMonth(db)
}

/** A line of the security log. */
export interface SecurityLine {
  at: string
  event: string
  actor: string
  address: string
  detail: string
}

/** The last lines of the security log, newest first. */
export async function securityLines(db: Db, limit: number): Promise<SecurityLine[]> {
  return actAsOwner(() =>
    db
      .selectFrom('security_event')
      .select(['at', 'event', 'actor', 'address', 'detail'])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  )
}

/** Something that somebody did to the figures, for ever. */
export interface Deed {
  at: string
  by: string
  deed: 'imported' | 'published' | 'planned' | 'scenario-saved' | 'invited' | 'warned'
  what: string
  place: string
}

/** Who imported, published, planned, saved, invited and was warned of what, newest first. Accounts by their name, or number. */
export async function deeds(db: Db, limit: number): Promise<Deed[]> {
  const { rows } = await actAsOwner(() =>
    sql<Deed>`
      with deed as (
        select recorded_at as at, recorded_by as by, 'imported' as deed,
               'n° ' || id || ' – ' || document as what, reach as place from release
        union all
        select p.published_at, p.published_by, 'published',
               'n° ' || r.id || ' – ' || r.document || coalesce(', embargo jusqu’au ' || p.embargo_until::text, ''),
               r.reach
          from publication p join release r on r.id = p.release_id
        union all
        select created_at, created_by, 'planned', id, place from staffing_plan
        union all
        select created_at, created_by, 'scenario-saved', name, place from scenario
        union all
        select invited_at, invited_by, 'invited', 'compte n° ' || id || ' (' || role || ')', coalesce(place, 'FR') from account
        union all
        select s.told_at, t.target, 'warned', s.words, t.place
          from alert_state s join subscription t on t.id = s.subscription_id where s.told_at is not null
      )
      select d.at, coalesce(nullif(a.name, ''), a.email, d.by) as by, d.deed, d.what, d.place
        from deed d
        left join account a on a.id::text = d.by
       order by d.at desc
       limit ${limit}`.execute(db),
  )
  return rows
}
