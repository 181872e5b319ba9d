import { performance } from 'node:perf_hooks'
import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../../errors.ts'
import { COST_BOUNDS, type Cost, type CostBound } from '../../pure/access/cost.ts'
import { othersFirst } from '../others-first.ts'

/** Whom answers cost, and how long one caller may keep the service busy in a minute; no limit when undefined. */
export interface TurnsGround {
  costOf: (c: Context) => Cost | undefined
  callerOf: (c: Context) => string
  secondsPerMinute: number | undefined
}

/** A reader who takes a pack in slowly holds the others no longer than this. */
const LONGEST_MILLIS = 300_000
const BUSY_SECONDS = 5

/**
 * Makes what costs in turn, by kind, and refuses before the first byte what cannot be: too much of one caller (429), or
 * of all (503), each with the time to wait. A caller may keep the service busy as long as one who waits for each answer.
 */
export function turns({ costOf, callerOf, secondsPerMinute }: TurnsGround): MiddlewareHandler {
  if (secondsPerMinute === undefined) return (_, next) => next()
  const spent = new Spending(secondsPerMinute)
  const lines = new Map<Cost, Line>()
  return async (c, next) => {
    const cost = costOf(c)
    if (cost === undefined) return next()
    const line = lines.get(cost) ?? new Line(COST_BOUNDS[cost])
    lines.set(cost, line)
    const caller = callerOf(c)
    const account = `${cost} ${caller}`
    const wait = spent.secondsToWait(account)
    if (wait > 0) throw tooMuch(wait)
    const leave = await line.enter(caller, c.req.raw.signal)
    const begun = performance.now()
    const end = once(() => {
      leave()
      spent.spend(account, (performance.now() - begun) / 1_000)
    })
    try {
      // Between two computations, what only has to be read is answered.
      await othersFirst()
      await next()
    } catch (error) {
      end()
      throw error
    }
    if (cost !== 'pack' || c.res.body === null) end()
    else {
      setTimeout(end, LONGEST_MILLIS).unref()
      c.res = new Response(untilRead(c.res.body, end), c.res)
    }
  }
}

function tooMuch(seconds: number): Refusal {
  const retryAfter = Math.ceil(seconds)
  return new Refusal(
    'too-many-requests',
    `Vos demandes ont occupé le service plus que leur part : redemandez dans ${retryAfter} s, une à la fois.`,
    { retryAfter },
  )
}

/** Callers who wait for answers of one kind, and those whose answer is being made. */
class Line {
  readonly #bound: CostBound
  readonly #made: string[] = []
  readonly #waiting: { caller: string; go: () => void }[] = []

  constructor(bound: CostBound) {
    this.#bound = bound
  }

  /** Waits for a turn. @returns what ends it. @throws Refusal when there is no room. */
  async enter(caller: string, signal: AbortSignal): Promise<() => void> {
    const { atOnce, forOne, waiting, perCaller } = this.#bound
    const own = this.#of(caller) + this.#waiting.filter(other => other.caller === caller).length
    if (own >= perCaller) throw tooMuch(BUSY_SECONDS)
    if (this.#made.length < atOnce && this.#of(caller) < forOne) {
      this.#made.push(caller)
      return once(() => this.#leave(caller))
    }
    if (this.#waiting.length >= waiting)
      throw new Refusal(
        'service-busy',
        'Le service fait déjà autant de réponses de cette sorte qu’il peut : redemandez un peu plus tard.',
        { retryAfter: BUSY_SECONDS },
      )
    await new Promise<void>((resolve, reject) => {
      const one = { caller, go: resolve }
      const giveUp = () => {
        const at = this.#waiting.indexOf(one)
        if (at < 0) return
        this.#waiting.splice(at, 1)
        reject(new Refusal('service-busy', 'La demande a été abandonnée.', { retryAfter: BUSY_SECONDS }))
      }
      this.#waiting.push(one)
      signal.addEventListener('abort', giveUp, { once: true })
      if (signal.aborted) giveUp()
    })
    return once(() => this.#leave(caller))
  }

  #of(caller: string): number {
    return this.#made.filter(other => other === caller).length
  }

  /** The turn goes to whoever has fewest answers being made, then to whoever came first. */
  #leave(caller: string): void {
    this.#made.splice(this.#made.indexOf(caller), 1)
    const made = ({ caller }: { caller: string }) => this.#of(caller)
    const [next] = this.#waiting
      .filter(one => made(one) < this.#bound.forOne)
      .sort((a, b) => made(a) - made(b))
    if (next === undefined) return
    this.#waiting.splice(this.#waiting.indexOf(next), 1)
    this.#made.push(next.caller)
    next.go()
  }
}

const MOST_KNOWN = 10_000

/** Seconds that each caller has left: they come back with time, up to those of a minute. */
class Spending {
  readonly #perMinute: number
  readonly #left = new Map<string, { seconds: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  secondsToWait(caller: string): number {
    return Math.max(0, (-this.#of(caller) * 60) / this.#perMinute)
  }

  spend(caller: string, seconds: number): void {
    this.#left.set(caller, { seconds: this.#of(caller) - seconds, at: performance.now() })
    if (this.#left.size <= MOST_KNOWN) return
    for (const known of [...this.#left.keys()])
      if (this.#of(known) >= this.#perMinute) this.#left.delete(known)
  }

  #of(caller: string): number {
    const known = this.#left.get(caller)
    if (known === undefined) return this.#perMinute
    const back = ((performance.now() - known.at) / 60_000) * this.#perMinute
    return Math.min(this.#perMinute, known.seconds + back)
  }
}

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    act()
  }
}

function untilRead(body: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        end()
        controller.close()
      } catch (error) {
        end()
        controller.error(error)
      }
    },
    async cancel(reason) {
      end()
      await reader.cancel(reason)
    },
  })
}
