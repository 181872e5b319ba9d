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
 * Steps that the capacity from step `from` on needs to clear a backlog; inside the last step, pro rata.
 *
 * This is not stock ÷ rate: 12,000 files, 150 a day for 31 days then 250 take 31 + (12,000 − 4,650) ÷ 250
 * = 60.4 days, where the two rates say 80 and 48.
 *
 * @param reached running totals of the capacity (`cumulative`).
 * @returns `Infinity` when the capacity known ends before the backlog does.
 */
export function timeToClear(backlog: number, reached: Float64Array, from = 0): number {
  if (backlog <= NOTHING) return 0
  const goal = (reached[from] ?? Number.NaN) + backlog
  if (!(goal - NOTHING <= reached[reached.length - 1]!)) return Number.POSITIVE_INFINITY
  let low = from
  let high = reached.length - 1
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (reached[middle]! >= goal - NOTHING) high = middle
    else low = middle
  }
  return high - 1 - from + partOfStep(goal, reached, high)
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

/** Steps of a run, both ends included. */
export interface Steps {
  first: number
  last: number
}

/** What enters a queue, even over each stretch of time: `perStep[k]` at each of `lengths[k]` steps. */
export interface EvenInflow {
  perStep: ArrayLike<number>
  lengths: readonly number[]
}

/**
 * Mean time to clear over each span of a path: what `backlogPath`, `timesToClear` and a mean give, in one pass and without
 * an array of steps. Before a span only the backlog is followed, and a stretch whose capacity cannot empty it is one sum.
 *
 * @param spans in order, none over another. @param means where the answer is written, one for each span.
 */
export function meanTimesToClear(
  start: number,
  { perStep, lengths }: EvenInflow,
  capacity: ArrayLike<number>,
  reached: Float64Array,
  spans: readonly Steps[],
  means = new Float64Array(spans.length),
): Float64Array {
  const end = reached.length - 1
  const all = reached[end]!
  let backlog = start
  let at = 1
  let t = 0
  let s = 0
  let sum = 0
  let until = 0
  for (let k = 0; k < lengths.length && s < spans.length; k++) {
    const came = perStep[k]!
    until += lengths[k]!
    while (t < until && s < spans.length) {
      const { first, last } = spans[s]!
      const before = Math.min(first, until)
      const served = reached[Math.min(before, end)]! - reached[Math.min(t, end)]!
      if (t < before && backlog > served) {
        backlog += (before - t) * came - served
        t = before
      }
      for (; t < before; t++) backlog = Math.max(0, backlog + came - (capacity[t] ?? 0))
      for (const stop = Math.min(last + 1, until); t < stop; t++) {
        if (backlog > NOTHING) {
          const goal = reached[t]! + backlog
          const enough = goal - NOTHING
          if (enough <= all) {
            if (at <= t) at = t + 1
            while (at < end && reached[at]! < enough) at++
            while (at > t + 1 && reached[at - 1]! >= enough) at--
            sum += at - 1 - t + partOfStep(goal, reached, at)
          } else sum = Number.POSITIVE_INFINITY
        }
        backlog = Math.max(0, backlog + came - (capacity[t] ?? 0))
      }
      if (t > last) {
        means[s++] = sum / (last - first + 1)
        sum = 0
      }
    }
  }
  return means
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
