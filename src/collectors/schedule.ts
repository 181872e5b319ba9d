import { addDays, type Day } from '../pure/calendar/day.ts'

interface Scheduled {
  hour: string
  paused: boolean
  lastReading: { day: Day; state: string } | undefined
}

/** States after which a collector waits for the next day. */
const DONE_FOR_THE_DAY = ['read', 'partial', 'refused', 'running']

/**
 * When a collector is read next, on the clocks of Paris (`2026-11-30T06:00`): today at its hour, or now when it has passed,
 * unless it was read today; an editor found away is tried again every hour.
 */
export function nextReading({ hour, paused, lastReading }: Scheduled, now: string): string | undefined {
  if (paused) return undefined
  const today = now.slice(0, 10)
  const isDone = lastReading?.day === today && DONE_FOR_THE_DAY.includes(lastReading.state)
  const next = `${isDone ? addDays(today, 1) : today}T${hour}`
  return next < now ? now : next
}
