/** Below a billionth of a file nothing waits: sums of fractions must not hold a user until the next open day. */
const NOTHING = 1e-9

/** Running totals with a leading zero: `cumulative([3, 4])` is `[0, 3, 7]`. */
export function cumulative(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!
  return sums
}

/**
 * Backlog of a fluid queue at the start of each step (Lindley 1952): `B(t+1) = max(0, B(t) + D(t) − C(t))`.
 *
 * Units: whatever is queued, and one step of time. Example: 10 waiting, 6 then 2 more, 5 served each step:
 * `backlogPath(10, [6, 2], [5, 5])` is `[10, 11, 8]`.
 *
 * @returns one value more than there are steps: the last is what is left at the end.
 */
export function backlogPath(
  start: number,
  inflow: ArrayLike<number>,
  capacity: ArrayLike<number>,
): Float64Array {
  const backlog = new Float64Array(inflow.length + 1)
  backlog[0] = start
  for (let t = 0; t < inflow.length; t++) {
    backlog[t + 1] = Math.max(0, backlog[t]! + inflow[t]! - (capacity[t] ?? 0))
  }
  return backlog
}

/**
 * `timeToClear` for a whole path of backlogs, in time proportional to its length: the moment of clearing only
 * moves forward along a path of `backlogPath`, so that one finger on the calendar follows it.
 */
export function timesToClear(backlog: ArrayLike<number>, reached: Float64Array): Float64Array {
  const times = new Float64Array(backlog.length)
  const last = reached.length - 1
  let end = 1
  for (let t = 0; t < backlog.length; t++) {
    const waiting = backlog[t]!
    if (waiting <= NOTHING) continue
    const goal = (reached[t] ?? Number.NaN) + waiting
    if (!(goal - NOTHING <= reached[last]!)) {
      times[t] = Number.POSITIVE_INFINITY
      continue
    }
    if (end <= t) end = t + 1
    while (end < last && reached[end]! < goal - NOTHING) end++
    while (end > t + 1 && reached[end - 1]! >= goal - NOTHING) end--
    times[t] = end - 1 - t + partOfStep(goal, reached, end)
  }
  return times
}

/**
 * Backlog behind a wait: the capacity of the next `wait` steps, the last one pro rata. Inverse of `timeToClear`
 * wherever capacity is positive; a wait longer than the capacity known gives all of it.
 */
export function backlogOfTime(wait: number, reached: Float64Array, from = 0): number {
  const end = Math.min(from + Math.max(0, wait), reached.length - 1)
  const whole = Math.floor(end)
  const part = end - whole
  const inside = part > 0 ? part * (reached[whole + 1]! - reached[whole]!) : 0
  return reached[whole]! + inside - reached[from]!
}

function partOfStep(goal: number, reached: Float64Array, step: number): number {
  const capacity = reached[step]! - reached[step - 1]!
  return capacity > 0 ? Math.min(1, (goal - reached[step - 1]!) / capacity) : 0
}
