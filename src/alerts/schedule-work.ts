import { clockInParis } from '../io/clock.ts'
import { hasSubscriptions } from './alert-queries.ts'
import { type AlertGround, tellAll, watchAll } from './alert-work.ts'

/** Name of the queue of alerts. */
export const WARN = 'warn'

/** Hour of Paris from which the mail of the day goes out. */
const MAIL_HOUR = '07:00'
/** Hour after which what is found waits for the next day. */
const MAIL_ENDS = '08:00'

/**
 * Looks at what is watched, then tells what is new: calls at once, and mail once a day, between seven and eight, all the
 * news of a reader together.
 */
export async function warnOfAll(
  ground: AlertGround,
  report: (error: unknown) => void,
  clock: () => string = clockInParis,
): Promise<void> {
  if (!(await hasSubscriptions(ground.db))) return
  await watchAll(ground, report)
  const hour = clock().slice(11, 16)
  const mail = hour >= MAIL_HOUR && hour < MAIL_ENDS ? ground.mail : undefined
  await tellAll({ ...ground, mail }, report)
}
