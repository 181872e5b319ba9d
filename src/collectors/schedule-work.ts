import { clockInParis } from '../io/clock.ts'
import { dueCollectors } from './collector-queries.ts'
import type { CollectorGround } from './ground-work.ts'
import { beginToRead, endDeadReadings } from './reading-work.ts'

/** Name of the queue of daily readings. */
export const COLLECT = 'collect'

/** Reads every collector whose hour has come and that was not read today. One that fails takes no other with it. */
export async function readDue(
  ground: CollectorGround,
  report: (error: unknown) => void,
  clock: () => string = clockInParis,
): Promise<void> {
  await endDeadReadings(ground)
  const now = clock()
  const due = await dueCollectors(ground.db, { day: now.slice(0, 10), hour: now.slice(11, 16) })
  await Promise.all(
    due.map(async id => {
      const begun = await beginToRead(ground, id, 'schedule')
      await begun?.done.catch(report)
    }),
  )
}
