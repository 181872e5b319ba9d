/**
 * Erlang's loss formula B (Erlang 1917): probability that an arrival finds all `servers` busy and leaves, at a load of
 * `erlangs` (arrivals × mean service, no unit). Computed by its recurrence, which never overflows.
 *
 * Examples: `erlangB(1, 1)` is 0.5, `erlangB(2, 1)` is 0.2.
 *
 * @throws RangeError unless the load is a finite number ≥ 0 and the servers a whole number ≥ 0.
 */
export function erlangB(servers: number, erlangs: number): number {
  refuse(servers, erlangs)
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (erlangs * blocked) / (n + erlangs * blocked)
  return blocked
}

/**
 * Erlang's delay formula C (Erlang 1917): probability that an arrival waits, in a queue without limit or abandonment.
 * 1 when the load reaches the servers: the queue then grows for ever.
 *
 * Examples: `erlangC(2, 0.5 / 0.7)` is 0.187969924812, `erlangC(14, 10)` 0.174131934.
 */
export function erlangC(servers: number, erlangs: number): number {
  const blocked = erlangB(servers, erlangs)
  if (erlangs >= servers) return 1
  return (servers * blocked) / (servers - erlangs * (1 - blocked))
}

/**
 * Long-run means of the M/M/c queue, times in the unit of the service time: Erlang C and Little's law (1961), `L = λ W`. Rates in events per unit of time.
 *
 * Example: `multiServerQueue({ arrivalRate: 5, serviceRate: 10, servers: 2 })` has 0.5333 in the system, 0.0333 waiting,
 * a time of 0.10667 in it, a wait of 0.00667, and is empty 60 % of the time.
 *
 * @returns `undefined` when the servers cannot keep up: no long run exists.
 */
export function multiServerQueue(queue: { arrivalRate: number; serviceRate: number; servers: number }) {
  const { arrivalRate, serviceRate, servers } = queue
  const erlangs = arrivalRate / serviceRate
  if (!(erlangs < servers)) return undefined
  const probabilityOfWaiting = erlangC(servers, erlangs)
  const waiting = (probabilityOfWaiting * erlangs) / (servers - erlangs)
  let term = 1
  let sum = 1
  for (let n = 1; n < servers; n++) {
    term *= erlangs / n
    sum += term
  }
  term *= erlangs / servers
  return {
    inSystem: waiting + erlangs,
    waiting,
    timeInSystem: (waiting + erlangs) / arrivalRate,
    wait: waiting / arrivalRate,
    occupancy: erlangs / servers,
    probabilityOfWaiting,
    probabilityEmpty: 1 / (sum + term / (1 - erlangs / servers)),
  }
}

/**
 * Share of arrivals of an M/M/c queue served within `target` of their arrival:
 * `1 − C(c, a) e^{−(c − a) target ÷ service}`; both times in one unit. Example: 14 agents, 10 erlangs, 20 seconds of
 * a service of 3 minutes: 0.8883500192.
 */
export function serviceLevel(servers: number, erlangs: number, target: number, serviceTime: number): number {
  if (erlangs >= servers) return 0
  return 1 - erlangC(servers, erlangs) * Math.exp((-(servers - erlangs) * target) / serviceTime)
}

/** What is asked of a counter or a telephone desk; times in one unit. */
export interface DeskQuestion {
  arrivals: number
  interval: number
  serviceTime: number
  /** Time within which `serviceLevel` of the arrivals must be served. */
  target: number
  serviceLevel: number
  maxOccupancy: number
  /** Share of paid time not at the desk. */
  shrinkage: number
}

/**
 * Fewest agents that reach a service level without passing an occupancy (Erlang C), then divided by presence. It starts
 * from the first number that keeps up, `⌊a⌋ + 1`; a search from `round(a + 1)` would miss 11 agents at 10.5 erlangs.
 *
 * Example: 100 calls in 30 minutes of 3 minutes, 80 % within 20 seconds, occupancy ≤ 0.85, shrinkage 0.3: 14 at the
 * desk, 20 employed, level 0.88835, occupancy 0.714.
 *
 * @throws RangeError when a share is outside ]0, 1].
 */
export function deskStaffing(question: DeskQuestion) {
  const { arrivals, interval, serviceTime, target, maxOccupancy, shrinkage } = question
  if (!(question.serviceLevel >= 0 && question.serviceLevel < 1)) {
    throw new RangeError(`not a service level: ${question.serviceLevel}`)
  }
  if (!(maxOccupancy > 0 && maxOccupancy <= 1)) throw new RangeError(`not an occupancy: ${maxOccupancy}`)
  if (!(shrinkage >= 0 && shrinkage < 1)) throw new RangeError(`not a shrinkage: ${shrinkage}`)
  const erlangs = (arrivals / interval) * serviceTime
  let agents = Math.max(Math.floor(erlangs) + 1, Math.floor(erlangs / maxOccupancy))
  const reached = () => serviceLevel(agents, erlangs, target, serviceTime)
  while (reached() < question.serviceLevel || erlangs / agents > maxOccupancy) agents++
  return {
    agentsAtDesk: agents,
    // A whole number of agents must not become one more by the last bit of a division.
    agentsEmployed: Math.ceil(agents / (1 - shrinkage) - 1e-9),
    serviceLevel: reached(),
    occupancy: erlangs / agents,
    probabilityOfWaiting: erlangC(agents, erlangs),
  }
}

/** A queue whose users leave before service after an exponential patience; rates and times in one unit of time. */
export interface ImpatientQueue {
  arrivalRate: number
  serviceRate: number
  servers: number
  /** Mean time that a user is ready to wait. */
  patience: number
}

const NEGLIGIBLE = 1e-14
const LARGE = 1e200

/**
 * The Erlang A queue M/M/c+M (Palm 1946; Garnett, Mandelbaum and Reiman 2002): birth and death with rate
 * `min(n, c) μ + max(0, n − c) ÷ patience` from state n. It has a long run at any load, and
 * takes time and memory in proportion to its servers and to those who may wait (arrivals × patience).
 *
 * Example: 100 calls in 30 minutes of 3 minutes, patience 5, 14 agents, 20 seconds: waits 0.14526, abandoned 0.013984,
 * occupancy 0.704297, mean wait 0.069919, served within 0.916792.
 *
 * @returns long-run means: `wait` of all, served or not; `servedWithin`, a share of all arrivals.
 */
export function impatientQueue(queue: ImpatientQueue, target: number) {
  const { arrivalRate, serviceRate, servers, patience } = queue
  refuse(servers, arrivalRate / serviceRate)
  if (!(patience > 0)) throw new RangeError(`not a patience: ${patience}`)
  const states = stateProbabilities(queue)
  let waits = 0
  let waiting = 0
  let busy = 0
  for (const [n, probability] of states.entries()) {
    if (n >= servers) waits += probability
    waiting += Math.max(0, n - servers) * probability
    busy += Math.min(n, servers) * probability
  }
  return {
    probabilityOfWaiting: Math.min(1, waits),
    abandonedShare: Math.min(1, waiting / patience / arrivalRate),
    occupancy: Math.min(1, busy / servers),
    wait: waiting / arrivalRate,
    servedWithin: Math.min(1, 1 - waits + servedByTarget(states.slice(servers), queue, target)),
  }
}

function stateProbabilities({ arrivalRate, serviceRate, servers, patience }: ImpatientQueue): number[] {
  let weights = [1]
  let total = 1
  for (let n = 1; ; n++) {
    const leaving = Math.min(n, servers) * serviceRate + Math.max(0, n - servers) / patience
    const weight = (weights[n - 1]! * arrivalRate) / leaving
    weights.push(weight)
    total += weight
    if (n > servers && weight < NEGLIGIBLE * total) break
    if (total > LARGE) {
      weights = weights.map(known => known / LARGE)
      total /= LARGE
    }
  }
  return weights.map(weight => weight / total)
}

/**
 * Share of arrivals that wait and are served within the target. Who finds `k` waiting ahead would wait a sum of
 * exponentials of rates `c μ + j ÷ patience`, j = 0 … k, whose `e^{−wait ÷ patience}` follows a Beta(α, k + 1) with
 * `α = c μ × patience`; that is also the chance of still being there. Hence `α ÷ (α + k + 1) (1 − I_x(α + 1, k + 1))`
 * with `x = e^{−target ÷ patience}`, where `I_x(p, q + 1) = I_x(p, q) + x^p (1 − x)^q Γ(p + q) ÷ (Γ(p) q!)` (Abramowitz
 * and Stegun 26.5.16).
 */
function servedByTarget(arrivals: readonly number[], queue: ImpatientQueue, target: number): number {
  const { serviceRate, servers, patience } = queue
  const alpha = servers * serviceRate * patience
  const p = alpha + 1
  const logOthers = Math.log(-Math.expm1(-target / patience))
  let logTerm = (-target / patience) * p
  let late = Math.exp(logTerm)
  let served = 0
  for (const [k, probability] of arrivals.entries()) {
    served += ((probability * alpha) / (alpha + k + 1)) * Math.max(0, 1 - late)
    logTerm += logOthers + Math.log((p + k) / (k + 1))
    late += Math.exp(logTerm)
  }
  return served
}

function refuse(servers: number, erlangs: number): void {
  if (!(Number.isInteger(servers) && servers >= 0))
    throw new RangeError(`not a number of servers: ${servers}`)
  if (!(erlangs >= 0 && erlangs < Number.POSITIVE_INFINITY)) throw new RangeError(`not a load: ${erlangs}`)
}
