import { monthOfNumber, type Quarter, quarterOf, quartersBetween } from '../../pure/calendar/period.ts'
import { remembered } from '../../pure/figures/remembered.ts'
import { normal, seededRandom } from '../../pure/numerics/series/random.ts'
import { type Draw, drawAssumptions } from './assumption.ts'
import { type NationalModel, nationalPath, type TitlePath } from './cohort-path.ts'
import { type Learnt, learnt, logLikelihoods, nationalFacts, resampled } from './learning.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { type Contributions, type Parts, PartTally } from './part-tally.ts'
import { FIRST_YEAR, monthOfIndex } from './simulated-month.ts'

/** One possible future of the nation: the assumptions drawn, and the requests that follow from them. */
export interface NationalFuture {
  draw: Draw
  /** Requests by month index (`monthIndex`). */
  national: Readonly<Record<CounterTitle, Float64Array>>
  /** What it was drawn from: the same seed tells the same future again. */
  seed: number
}

/** Where the requests of futures come from, quarter by quarter. */
export type Origins = Pick<PartTally, 'parts'>

/** Futures with all that is asked of them, as they are put away. */
type PutAway = Omit<NationalFutures, 'origins'> & { parts: ReadonlyMap<string, Parts> }

/** Possible futures of the nation under the law of one department, with where their requests come from on average. */
export interface NationalFutures {
  futures: readonly NationalFuture[]
  /** Where the requests of the futures come from on average: counted when it is asked for, as few ask. */
  origins: () => Origins
  /** What national facts have made of the assumptions. */
  learnt: Learnt[]
}

/** Draws of the prior for one future that is kept: those that foretold the facts badly are dropped. */
const DRAWS_A_FUTURE = 1.5

/** Seed of one future among those of a seed. */
export function futureSeed(seed: number, index: number): number {
  return seed + 7919 * index
}

// The law differs between departments in the month of the new card only: a nation has four sets of futures.
const kept = remembered<NationalFutures>(4)

/**
 * Futures of the nation, the same for all departments under the same law: what departments share they get wrong together,
 * and it is computed once. The prior is drawn, each draw is weighed by how well it foretold the years that are known, and
 * futures are kept in proportion (sampling importance resampling, Rubin 1987).
 */
export function nationalFutures(model: NationalModel, count: number, seed: number): NationalFutures {
  return kept(keyOf(model, count, seed), () => {
    const { facts, drawn, chosen } = draws(model, count, seed)
    const futures = chosen.map(({ logs: _, ...kept }) => kept)
    const origins = remembered<PartTally>(1)
    return {
      futures,
      learnt: learnt(facts, drawn),
      origins: () =>
        origins('', () => {
          const tally = new PartTally(model.months, count)
          for (const each of futures) future(model, each.seed, tally)
          return tally
        }),
    }
  })
}

function keyOf(model: NationalModel, count: number, seed: number): string {
  const { months, volumes, totals, suppressed, terms } = model
  return JSON.stringify([months, volumes, totals, suppressed, terms, count, seed], inOrder)
}

/** What was read back from the database has its fields in another order, and is the same. */
function inOrder(_: string, value: unknown): unknown {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isPlain ? Object.fromEntries(Object.entries(value).sort()) : value
}

const recalled = remembered<Promise<void>>(4)

/** Knows the futures of a nation from where they were put away under their key, or draws them and puts them there. */
export function recallFutures(
  model: NationalModel,
  count: number,
  seed: number,
  {
    find,
    keep,
  }: { find: (key: string) => Promise<PutAway | undefined>; keep: (key: string, made: PutAway) => unknown },
): Promise<void> {
  const key = keyOf(model, count, seed)
  return recalled(key, async () => {
    const found = await find(key)
    if (found !== undefined) {
      const { parts, ...told } = found
      const origins = { parts: (title: CounterTitle, quarter: Quarter) => parts.get(`${title} ${quarter}`)! }
      kept(key, () => ({ ...told, origins: () => origins }))
      return
    }
    const { futures, learnt, origins } = nationalFutures(model, count, seed)
    const last = quarterOf(monthOfNumber(monthOfIndex(model.months - 1)))
    const cells = COUNTER_TITLES.flatMap(title =>
      quartersBetween(`${FIRST_YEAR}-Q1`, last).map(
        quarter => [`${title} ${quarter}`, origins().parts(title, quarter)] as const,
      ),
    )
    await keep(key, { futures, learnt, parts: new Map(cells) })
  })
}

/** The draws of the prior, and those kept in proportion to what they foretold. */
function draws(model: NationalModel, count: number, seed: number) {
  const facts = nationalFacts(model)
  const tries = facts.length === 0 ? count : Math.ceil(DRAWS_A_FUTURE * count)
  const drawn = Array.from({ length: tries }, (_, index) => {
    const own = futureSeed(seed, index)
    const { draw, paths } = future(model, own)
    return { draw, national: demandOf(paths), seed: own, logs: logLikelihoods(facts, paths) }
  })
  const chosen =
    facts.length === 0
      ? drawn
      : resampled(
          drawn.map(each => each.logs),
          count,
        ).map(index => drawn[index]!)
  return { facts, drawn, chosen }
}

/** The first futures of a seed, without where they come from: what a plan needs that looks a few years ahead. */
export function futuresAhead(
  model: NationalModel,
  count: number,
  seed: number,
): NationalFuture['national'][] {
  return draws(model, count, seed).chosen.map(({ national }) => national)
}

/** One future drawn from its seed, with whatever counts where its requests come from. */
export function future(model: NationalModel, seed: number, origins?: Contributions) {
  const random = seededRandom(seed)
  const draw = drawAssumptions(random)
  return { draw, paths: nationalPath(model, draw, () => normal(random), origins) }
}

function demandOf(paths: Record<CounterTitle, TitlePath>): NationalFuture['national'] {
  return Object.fromEntries(COUNTER_TITLES.map(title => [title, paths[title].demand])) as Record<
    CounterTitle,
    Float64Array
  >
}
