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
/** Days of a mean month. */
export const MONTH_DAYS = 365.25 / 12
/** A log below which no slot was added nor taken. */
const NOTHING = 1e-12

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
 *     growth of slots  a = k l + λ x / 3,  k = 1 − (1 − κ)^(1/3)
 *     wait             W′ = (W + 30.4 (exp(l − η x) − 1)) exp(−a), held between 3 days and two years
 *     overload         l′ = l − a + noise
 *
 * κ and λ are those of a quarter.
 *
 * Example: 20 days, the usual wait, 10 % more demand than slots, κ = .3, λ = .05: slots grow by 1.07 %, the wait is 22.9
 * days after a month, and the overload 8.5 %.
 */
export function nextMonth({ days, overload }: QueueState, response: Response, noise: number): QueueState {
  const answer = answerOf({ days, overload }, response)
  const above = Math.log(days / response.usualDays)
  return {
    days: held((days + MONTH_DAYS * (Math.exp(overload - response.eta * above) - 1)) * Math.exp(-answer)),
    overload: overload - answer + noise,
  }
}

/** What changes in each month beside what the queue does by itself: the log of the demand, and that of the slots. */
export interface QueueChange {
  demand?: ArrayLike<number> | undefined
  slots?: ArrayLike<number> | undefined
}

/**
 * Log waits of a queue month after month, the first after one month, written into `into`. What a change brings is undone at
 * the pace κ: others open slots for the demand that came, and close some where a lever gave them, until nothing of it is
 * left in the overload.
 *
 *     demand left  d′ = (1 − k) d + demand          slots left  s′ = (1 − k) s + slots
 *     backlog      B′ = (B + 30.4 (exp(l + d − η x) − exp(s))) exp(−a), in days of the slots without the change
 *     wait         W = B exp(−s)
 *
 * `l` and `a` are those of the queue without the change, so that the change alone can only go one way: more demand never
 * shortens a wait in any month, more slots never lengthen it, the less so the more there are.
 */
export function queuePath(
  start: QueueState,
  response: Response,
  noise: ArrayLike<number>,
  { demand, slots }: QueueChange,
  into: Float64Array,
): Float64Array {
  const { eta, kappa, usualDays } = response
  const left = (1 - kappa) ** (1 / 3)
  let state = { days: held(start.days), overload: start.overload }
  let backlog = state.days
  let [demanded, given, level] = [0, 0, 0]
  for (let m = 0; m < into.length; m++) {
    const above = Math.log(held(backlog * Math.exp(-given)) / usualDays)
    const came = Math.exp(state.overload + demanded - eta * above)
    backlog = held((backlog + MONTH_DAYS * (came - Math.exp(given))) * Math.exp(-answerOf(state, response)))
    state = nextMonth(state, response, noise[m] ?? 0)
    demanded = left * demanded + (demand?.[m] ?? 0)
    level += slots?.[m] ?? 0
    const kept = left * given + (slots?.[m] ?? 0)
    // What was closed because a station came opens again when it leaves: its end takes away no more than is left of it.
    given = level > NOTHING ? Math.max(0, kept) : level < -NOTHING ? Math.min(0, kept) : 0
    into[m] = Math.log(held(backlog * Math.exp(-given)))
  }
  return into
}

/** What a change does to the log wait, month after month: the path with it less the path without. */
export function changeEffect(
  start: QueueState,
  response: Response,
  noise: ArrayLike<number>,
  { without = {}, change }: { without?: QueueChange; change: QueueChange },
  months: number,
): Float64Array {
  const before = queuePath(start, response, noise, without, new Float64Array(months))
  return queuePath(start, response, noise, { ...without, ...change }, new Float64Array(months)).map(
    (log, m) => log - before[m]!,
  )
}

/** Growth of the log of the slots in a month, to what asks for it and to the wait. */
function answerOf({ days, overload }: QueueState, { kappa, lambda, usualDays }: Response): number {
  return (1 - (1 - kappa) ** (1 / 3)) * overload + (lambda / 3) * Math.log(days / usualDays)
}

function held(days: number): number {
  return clamp(days, SHORTEST_DAYS, LONGEST_DAYS)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
