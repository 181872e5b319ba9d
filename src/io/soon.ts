import { setTimeout as delay } from 'node:timers/promises'

/** What comes within some milliseconds; `undefined` when it is later, which holds nothing back. */
export function soon<T>(answer: Promise<T>, millis: number): Promise<T | undefined> {
  return Promise.race([answer, delay(millis, undefined, { ref: false })])
}
