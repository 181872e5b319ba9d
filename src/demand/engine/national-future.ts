import { remembered } from '../../pure/figures/remembered.ts'
import { normal, seededRandom } from '../../pure/numerics/series/random.ts'
import { type Draw, drawAssumptions } from './assumption.ts'
import { type NationalModel, nationalPath } from './cohort-path.ts'
import type { CounterTitle } from './national-issues.ts'
import { type Contributions, PartTally } from './part-tally.ts'

/** One possible future of the nation: the assumptions drawn, and the requests that follow from them. */
export interface NationalFuture {
  draw: Draw
  /** Requests by month index (`monthIndex`). */
  national: Readonly<Record<CounterTitle, Float64Array>>
}

/** Draws one future: its assumptions once, so that errors of level persist, then the cohorts that follow. */
export function nationalFuture(model: NationalModel, seed: number, origins?: Contributions): NationalFuture {
  const random = seededRandom(seed)
  const draw = drawAssumptions(random)
  return { draw, national: nationalPath(model, draw, () => normal(random), origins) }
}

/** Seed of one future among those of a seed. */
export function futureSeed(seed: number, index: number): number {
  return seed + 7919 * index
}

/** Possible futures of the nation under the law of one department, with where their requests come from on average. */
export interface NationalFutures {
  futures: readonly NationalFuture[]
  origins: PartTally
}

// The law differs between departments in the month of the new card only: a nation has four sets of futures.
const kept = remembered<NationalFutures>(4)

/**
 * Futures of the nation, the same for all departments under the same law: what departments share they get wrong together,
 * and it is computed once.
 */
export function nationalFutures(model: NationalModel, count: number, seed: number): NationalFutures {
  const { months, volumes, suppressed, terms } = model
  return kept(JSON.stringify([months, volumes, suppressed, terms, count, seed]), () => {
    const origins = new PartTally(months, count)
    const futures = Array.from({ length: count }, (_, index) =>
      nationalFuture(model, futureSeed(seed, index), origins),
    )
    return { futures, origins }
  })
}
