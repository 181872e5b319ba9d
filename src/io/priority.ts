import { readlinkSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/** Nice values between what answers and what computes: of a core that both want, nine tenths go to the first. */
const BEHIND = 10

/** Puts a process behind this one for the processor, so that answers come first. */
export function putBehind(pid: number): void {
  try {
    setPriority(pid, Math.min(constants.priority.PRIORITY_LOW, getPriority() + BEHIND))
  } catch {
    // It has ended, or the system shares as it always does.
  }
}

/** Puts this thread behind the others of its process: on Linux each has a priority of its own, elsewhere nothing is done. */
export function giveWay(): void {
  try {
    putBehind(Number(readlinkSync('/proc/thread-self').split('/').at(-1)))
  } catch {
    // Threads share as they always do.
  }
}
