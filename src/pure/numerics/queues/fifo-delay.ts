import type { FifoDays } from './fifo-queue.ts'

/**
 * Backward delay of a period: mean age of the files issued from day `first` to day `last`, both included,
 * weighted by their number. It is the figure that prefectures publish. `undefined` when nothing was issued.
 */
export function backwardDelay(days: FifoDays, first: number, last: number): number | undefined {
  let issued = 0
  let fileDays = 0
  for (let day = first; day <= last; day++) {
    issued += days.issued[day]!
    fileDays += days.issuedFileDays[day]!
  }
  return issued > 0 ? fileDays / issued : undefined
}

/**
 * Forward delay met by the files that arrived from day `first` to day `last`, weighted by their number (plain
 * mean of the days when none arrived). `Infinity` when the capacity known does not reach that far.
 */
export function forwardDelay(days: FifoDays, first: number, last: number): number {
  let arrived = 0
  let fileDays = 0
  let plain = 0
  for (let day = first; day <= last; day++) {
    const files = days.arrived[day]!
    arrived += files
    if (files > 0) fileDays += files * days.forwardDays[day]!
    plain += days.forwardDays[day]!
  }
  return arrived > 0 ? fileDays / arrived : plain / (last - first + 1)
}
