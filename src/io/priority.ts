import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Nice value of what computes: of a core that both want, nine tenths are for the thread that answers. */
export const BEHIND_ANSWERS = 10

/** Leaves the processor to whoever answers: on Linux each thread has a priority of its own, elsewhere this does nothing. */
export function giveWay(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), BEHIND_ANSWERS)
  } catch {
    // Threads share as they always do.
  }
}
