import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How often the service looks whether it rests. */
const LOOK_MILLIS = 20_000
/** Part of the time that the loop works when nobody asks anything but how the service does. */
const AT_REST = 0.05
/** What is worth a collection, in bytes. */
const WORTH = 16 * 2 ** 20

/**
 * Gives memory back once the service rests: V8 collects as it allocates, so that what a last visit left stays for as long as
 * nobody comes. A whole collection takes a tenth of a second, which nobody waits for then.
 */
export function giveBackAtRest(lookMillis = LOOK_MILLIS): NodeJS.Timeout {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let [before, kept] = [performance.eventLoopUtilization(), 0]
  return setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > AT_REST || process.memoryUsage().heapUsed < kept + WORTH) return
    collect()
    kept = process.memoryUsage().heapUsed
  }, lookMillis).unref()
}
