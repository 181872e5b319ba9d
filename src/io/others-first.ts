import { setImmediate } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/**
 * Lets what came meanwhile be answered, between two steps of a computation. Those who wait here go on one for each turn of
 * the event loop: Node would take up all of them in the same turn, and their steps would hold the others one after another.
 */
export function othersFirst(): Promise<unknown> {
  last = last.then(() => setImmediate())
  return last
}
