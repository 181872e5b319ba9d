/** Constants of a queue whose capacity answers, at quarter pace; `drawResponse` draws them from their priors. */
export interface Response {
  /** Share of an overload (log of demand ÷ slots) that capacity makes good in a quarter. */
  kappa: number
  /** What capacity gains in a quarter for each unit of log wait above the usual one; idle stations close too. */
  lambda: number
  /** Share of demand that gives up or goes elsewhere for each unit of log wait above the usual one. */
  eta: number
  /** Wait at which nobody opens or closes slots, in days. */
  usualDays: number
}

/** Where a queue stands: its wait in days, and the log of demand ÷ slots. */
export interface QueueState {
  days: number
  overload: number
}

/** Shortest mean wait where appointments are given: choice and notice take some days even without a queue. */
const SHORTEST_DAYS = 3
/** Longest mean wait told, two years: slots always follow before, and no published wait came near. */
export const LONGEST_DAYS = 730
const MONTH_DAYS = 365.25 / 12

/** Prior of the answer of capacity, at quarter pace; `origin` is what the page tells of it. */
export const RESPONSE_PRIOR = {
  kappa: { mean: 0.3, spread: 0.12, low: 0.05, high: 0.95 },
  lambda: { mean: 0.05, spread: 0.03, low: 0, high: 0.3 },
  eta: 0.05,
  usualDays: { mean: 20, logSpread: 0.4 },
  overloadSpread: 0.08,
  noise: 0.07,
  origin:
    'Créneaux offerts en France : 780 000 par mois en janvier 2022, 1,4 million en mars 2023 (Assemblée nationale, mai 2023)',
} as const

/** Draws the constants of one future from standard normal numbers. */
export function drawResponse(normal: () => number, ratio = 1): Response {
  const { kappa, lambda, eta, usualDays } = RESPONSE_PRIOR
  return {
    kappa: clamp(kappa.mean + kappa.spread * normal(), kappa.low, kappa.high),
    lambda: clamp(lambda.mean + lambda.spread * normal(), lambda.low, lambda.high),
    eta,
    usualDays: usualDays.mean * ratio * Math.exp(usualDays.logSpread * normal()),
  }
}

/**
 * One month of a fluid queue (Newell 1982) whose capacity answers. With `l = log(demand ÷ slots)`, `x = log(wait ÷ usual)`:
 *
 *     growth of slots  a = k l + λ x / 3 + added,  k = 1 − (1 − κ)^(1/3)
 *     wait             W′ = (W + 30.4 (exp(l − η x) − 1)) exp(−a), held between 3 days and two years
 *     overload         l′ = l − a + growth of demand
 *
 * κ and λ are those of a quarter. `added` is what a lever does to the log of the slots in that month: it serves the
 * backlog faster at once, and the others then answer less.
 *
 * Example: 20 days, the usual wait, 10 % more demand than slots, κ = .3, λ = .05: slots grow by 1.07 %, the wait is 22.9
 * days after a month, and the overload 8.5 %.
 */
export function nextMonth(
  { days, overload }: QueueState,
  { kappa, lambda, eta, usualDays }: Response,
  demandGrowth: number,
  added = 0,
): QueueState {
  const above = Math.log(days / usualDays)
  const answer = (1 - (1 - kappa) ** (1 / 3)) * overload + (lambda / 3) * above + added
  return {
    days: clamp(
      (days + MONTH_DAYS * (Math.exp(overload - eta * above) - 1)) * Math.exp(-answer),
      SHORTEST_DAYS,
      LONGEST_DAYS,
    ),
    overload: overload - answer + demandGrowth,
  }
}

/**
 * Log waits of a queue month after month, the first after one month, written into `into`.
 * @param growth growth of the log demand in each month. @param added what levers add to the log slots in each month.
 */
export function queuePath(
  start: QueueState,
  response: Response,
  growth: ArrayLike<number>,
  added: ArrayLike<number> | undefined,
  into: Float64Array,
): Float64Array {
  let state = { days: clamp(start.days, SHORTEST_DAYS, LONGEST_DAYS), overload: start.overload }
  for (let m = 0; m < into.length; m++) {
    state = nextMonth(state, response, growth[m] ?? 0, added?.[m] ?? 0)
    into[m] = Math.log(state.days)
  }
  return into
}

/** What a decision adds in each month: to the log of the slots, to the log of the demand. */
export interface QueueChange {
  slots?: ArrayLike<number>
  demand?: ArrayLike<number>
}

/**
 * What a change does to the log wait, month after month: the path with it less the path without. While a change has only
 * given slots, or taken demand, the difference is never above zero, and never below while it only did the contrary: what
 * others then do less, or more, may undo a change, it does not turn it round.
 */
export function leverEffect(
  start: QueueState,
  response: Response,
  growth: ArrayLike<number>,
  { slots = [], demand = [] }: QueueChange,
  months: number,
): Float64Array {
  const without = queuePath(start, response, growth, undefined, new Float64Array(months))
  const asked = Float64Array.from({ length: months }, (_, m) => (growth[m] ?? 0) + (demand[m] ?? 0))
  const effect = queuePath(start, response, asked, slots, new Float64Array(months))
  let level = 0
  let gave = false
  let took = false
  for (let m = 0; m < months; m++) {
    level += (slots[m] ?? 0) - (demand[m] ?? 0)
    gave ||= level > 1e-12
    took ||= level < -1e-12
    const difference = effect[m]! - without[m]!
    effect[m] =
      gave && took ? difference : gave ? Math.min(0, difference) : took ? Math.max(0, difference) : 0
  }
  return effect
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
