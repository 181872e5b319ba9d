import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { actAsOwner, readAsOwner } from '../io/database/acting.ts'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { WAIT_MODEL, WAIT_SEED } from './wait-futures.ts'
import type { WaitPair } from './wait-hindcast.ts'
import { placeWaitNow, type ToldWait, waitFacts } from './wait-now-queries.ts'
import { judged, type RunClock, type RunPoint, rivals, runPoints } from './wait-run.ts'

/** Runs known to be kept: a page asks for the same one all day. */
const kept = new WeakMap<Db, Set<string>>()

/**
 * The wait of a place on the present day, kept as it is told, whoever asks first, so that it is judged when facts come.
 * @returns `undefined` when nothing speaks of it.
 */
export async function currentWait(db: Db, code: string, today: Day): Promise<ToldWait | undefined> {
  const told = await placeWaitNow(db, code, { asOf: today })
  if (told !== undefined) await keep(db, told)
  return told
}

async function keep(db: Db, { now, question: { volumes } }: ToldWait): Promise<void> {
  const inputs = JSON.stringify({ place: now.place, facts: now.state.facts, volumes })
  const id = createHash('sha256')
    .update(JSON.stringify([WAIT_MODEL, WAIT_SEED, quarterOf(now.asOf), inputs]))
    .digest('hex')
    .slice(0, 16)
  const known = kept.get(db) ?? new Set()
  kept.set(db, known)
  if (known.has(id)) return
  await actAsOwner(async () => {
    const there = await db.selectFrom('wait_run').select('id').where('id', '=', id).executeTakeFirst()
    if (there === undefined) await insertRun(db, { id, inputs, now })
  })
  known.add(id)
}

async function insertRun(
  db: Db,
  { id, inputs, now }: { id: string; inputs: string } & Pick<ToldWait, 'now'>,
): Promise<void> {
  const points = runPoints(now)
  const { last, usual } = rivals(now)
  await db.transaction().execute(async trx => {
    const row = await trx
      .insertInto('wait_run')
      .values({
        id,
        place: now.place.code,
        as_of: now.asOf,
        version: WAIT_MODEL,
        seed: WAIT_SEED,
        last_month: now.state.last,
        last_value: last,
        usual_value: usual,
        inputs,
      })
      .onConflict(conflict => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    // Whoever else tells the same wait at this moment keeps it.
    if (row === undefined) return
    const column = <T>(of: (point: RunPoint) => T) => points.map(of)
    await sql`
      insert into wait_run_point (run_id, clock, month, p05, p25, p50, p75, p95)
      select ${id}::text, t.* from unnest(
        ${column(point => point.clock)}::text[], ${column(point => point.month)}::text[],
        ${column(point => point.band.low90)}::double precision[], ${column(point => point.band.low50)}::double precision[],
        ${column(point => point.band.median)}::double precision[], ${column(point => point.band.high50)}::double precision[],
        ${column(point => point.band.high90)}::double precision[]) as t`.execute(trx)
  })
}

/** What kept runs said of some places, beside every fact that came since and that who asks may read. */
export async function judgedWaits(db: Db, places: readonly string[], today: Day): Promise<WaitPair[]> {
  const facts = await waitFacts(db, places, { asOf: today })
  if (facts.length === 0) return []
  const claims = await readAsOwner(() =>
    db
      .selectFrom('wait_run_point as point')
      .innerJoin('wait_run as run', 'run.id', 'point.run_id')
      .select([
        'run.id as run',
        'run.place',
        'run.as_of as asOf',
        'run.last_month as lastMonth',
        'run.last_value as lastValue',
        'run.usual_value as usualValue',
        'point.clock',
        'point.month',
        'point.p05 as low90',
        'point.p50 as median',
        'point.p95 as high90',
      ])
      .where('run.place', 'in', [...new Set(facts.map(fact => fact.place))])
      .orderBy('run.created_at')
      .orderBy('point.month')
      .execute(),
  )
  return judged(
    claims.map(claim => ({ ...claim, clock: claim.clock as RunClock })),
    facts,
  )
}
