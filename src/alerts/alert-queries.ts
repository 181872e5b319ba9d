import { sql } from 'kysely'
import type { Db } from '../io/database/schema.ts'
import { newSecret } from '../io/key.ts'
import type { Subscription } from './alert-answer.ts'
import type { Holding, Rule } from './rule.ts'

type KeptOrder = Omit<Subscription, 'id' | 'holding'> & { secret: Buffer | null }

/** Subscribes. @returns the number. */
export async function subscribe(db: Db, order: KeptOrder): Promise<number> {
  const { id } = await db
    .insertInto('subscription')
    .values({ ...order, leave_key: newSecret() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The subscriptions that the present request may see, with what holds of each. */
export async function subscriptions(db: Db): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .select(['id', 'place', 'rule', 'days', 'quarters', 'probability', 'channel', 'target'])
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
  const states = await db
    .selectFrom('alert_state')
    .select(['subscription_id as subscription', 'words', 'since', 'told_at as toldAt'])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    ...row,
    holding: states
      .filter(({ subscription }) => subscription === row.id)
      .map(({ subscription: _, ...state }) => state),
  }))
}

/** Ends a subscription of a place that the present request answers for. @returns whether there was one. */
export async function unsubscribe(db: Db, id: number): Promise<boolean> {
  const row = await db
    .updateTable('subscription')
    .set({ closed_at: sql<string>`now()` })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What a link ends: the place and the rule of its subscription, whether it holds or ended; `undefined` of no link. */
export function subscriptionOfLink(db: Db, key: string): Promise<{ place: string; rule: Rule } | undefined> {
  return db
    .selectFrom('subscription')
    .select(['place', 'rule'])
    .where('leave_key', '=', key)
    .executeTakeFirst()
}

/** Ends the subscription of a link, which may be followed twice, or all those of whom the link was sent to. */
export async function leave(
  db: Db,
  key: string,
  whole: 'this-alert' | 'all-alerts' = 'this-alert',
): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ closed_at: sql<string>`coalesce(closed_at, now())` })
    .where(({ eb, selectFrom }) =>
      whole === 'this-alert'
        ? eb('leave_key', '=', key)
        : eb(
            sql`(channel, target)`,
            'in',
            selectFrom('subscription as one')
              .select(['one.channel', 'one.target'])
              .where('one.leave_key', '=', key),
          ),
    )
    .execute()
}

/** Every subscription that holds, by place. */
export async function watched(db: Db) {
  return db
    .selectFrom('subscription')
    .select(['id', 'place', 'rule', 'days', 'quarters', 'probability'])
    .where('closed_at', 'is', null)
    .orderBy('place')
    .orderBy('id')
    .execute()
}

/** Notes what holds of some subscriptions now: new states wait to be told, those that no longer hold end. */
export async function noteHoldings(
  db: Db,
  held: readonly { subscription: number; holdings: readonly Holding[] }[],
): Promise<void> {
  const rows = held.flatMap(({ subscription, holdings }) =>
    holdings.map(({ subject, words }) => ({ subscription_id: subscription, subject, words })),
  )
  await db.transaction().execute(async trx => {
    await sql`
      update alert_state a set ended_at = clock_timestamp()
       where a.ended_at is null and a.subscription_id = any (${held.map(one => one.subscription)}::integer[])
         and not exists (
           select from unnest(${rows.map(row => row.subscription_id)}::integer[], ${rows.map(row => row.subject)}::text[])
             as now(subscription, subject)
            where now.subscription = a.subscription_id and now.subject = a.subject)`.execute(trx)
    await sql`
      insert into alert_state (subscription_id, subject, words)
      select * from unnest(${rows.map(row => row.subscription_id)}::integer[], ${rows.map(row => row.subject)}::text[],
                           ${rows.map(row => row.words)}::text[])
      on conflict (subscription_id, subject) where ended_at is null do nothing`.execute(trx)
  })
}

/** News that wait to be told to one target. */
export interface Untold {
  channel: 'mail' | 'webhook'
  target: string
  secret: Buffer | undefined
  news: { id: number; place: string; rule: Rule; words: string; leaveKey: string }[]
}

/** Targets that something waits to be told to. */
export async function targetsToTell(db: Db): Promise<{ channel: 'mail' | 'webhook'; target: string }[]> {
  return db
    .selectFrom('alert_state as a')
    .innerJoin('subscription as s', 's.id', 'a.subscription_id')
    .select(['s.channel', 's.target'])
    .distinct()
    .where('a.told_at', 'is', null)
    .where('s.closed_at', 'is', null)
    .orderBy('s.target')
    .execute()
}

/**
 * Tells a target what waits for it, by `send`, and notes it in the same transaction, while no other process may. What goes
 * together is chosen first (all of it in a mail, each by itself in a call): when `send` fails, or the process dies before the
 * note, the same message is sent again, and what came since goes in another. @returns how many were told.
 */
export async function tellTarget(
  db: Db,
  { channel, target }: { channel: 'mail' | 'webhook'; target: string },
  send: (untold: Untold) => Promise<void>,
): Promise<number> {
  const waiting = sql`a.told_at is null and a.subscription_id in (
    select id from subscription where channel = ${channel} and target = ${target} and closed_at is null)`
  await sql`
    update alert_state set mail = chosen.mail
      from (select a.id, case when ${channel} = 'mail' then min(a.id) over () else a.id end as mail
              from alert_state a where a.mail is null and ${waiting}) chosen
     where alert_state.id = chosen.id and alert_state.mail is null`.execute(db)
  const { rows: mails } = await sql<{ mail: number }>`
    select distinct a.mail from alert_state a where ${waiting} order by a.mail`.execute(db)
  let told = 0
  for (const { mail } of mails) told += await tellMail(db, { channel, target, mail }, send)
  return told
}

function tellMail(
  db: Db,
  { channel, target, mail }: Pick<Untold, 'channel' | 'target'> & { mail: number },
  send: (untold: Untold) => Promise<void>,
): Promise<number> {
  return db.transaction().execute(async trx => {
    const rows = await trx
      .selectFrom('alert_state as a')
      .innerJoin('subscription as s', 's.id', 'a.subscription_id')
      .select(['a.id', 's.place', 's.rule', 'a.words', 's.leave_key as leaveKey', 's.secret'])
      .where('a.mail', '=', mail)
      .where('a.told_at', 'is', null)
      .where('s.closed_at', 'is', null)
      .orderBy('a.id')
      .forUpdate(['a'])
      .skipLocked()
      .execute()
    const [first] = rows
    if (first === undefined) return 0
    await send({ channel, target, secret: first.secret ?? undefined, news: rows })
    await trx
      .updateTable('alert_state')
      .set({ told_at: sql<string>`clock_timestamp()` })
      .where(
        'id',
        'in',
        rows.map(row => row.id),
      )
      .execute()
    return rows.length
  })
}

/** Whether anybody is to be warned of anything. */
export async function hasSubscriptions(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('id')
    .where('closed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
