/** How much of the demand that an exceptional period suppressed comes back, and over how many periods. */
export interface ReturnOfDemand {
  /** Share of the missing requests that return, 0 to 1. In the United Kingdom less than half did in a year. */
  share: number
  /** Periods over which they return, evenly. */
  periods: number
  /** Periods between the end of the event and the first return. */
  delay?: number
}

/** Requests that did not come: what was expected less what was seen, never negative, over the exceptional periods. */
export function suppressedDemand(
  expected: readonly number[],
  observed: readonly (number | undefined)[],
): number {
  return expected.reduce((sum, requests, t) => {
    const seen = observed[t]
    return seen === undefined ? sum : sum + Math.max(0, requests - seen)
  }, 0)
}

/**
 * Requests added to each projected period by a scenario of return. It adds up to share × suppressed when the
 * horizon is long enough. Worked example: 1,200 missing, half back over three periods: 200, 200, 200, 0 …
 */
export function returningDemand(
  suppressed: number,
  { share, periods, delay = 0 }: ReturnOfDemand,
  horizon: number,
): number[] {
  const each = periods > 0 ? (suppressed * Math.min(1, Math.max(0, share))) / periods : 0
  return Array.from({ length: horizon }, (_, h) => (h >= delay && h < delay + periods ? each : 0))
}
