import { performance } from 'node:perf_hooks'
import { isConnectionLate } from './unavailable.ts'

const MOST_TIMES = 3
const BUSY = 0.5

/**
 * Waits for a connection, and again where this process computed most of the time that it waited: a connection that is
 * ready is not seen then, and a timer that ran out says nothing of the server.
 */
export async function awaitedConnection<T>(acquire: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times++) {
    const before = performance.eventLoopUtilization()
    try {
      return await acquire()
    } catch (error) {
      const busy = performance.eventLoopUtilization(before).utilization >= BUSY
      if (!busy || !isConnectionLate(error) || times >= MOST_TIMES) throw error
    }
  }
}
