import { LRUCache } from 'lru-cache'
import { type DemandInputs, modelOf } from '../demand/engine/demand.ts'
import { futuresAhead } from '../demand/engine/national-future.ts'
import { currentRun } from '../demand/run-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, type Month, type Quarter, yearOf } from '../pure/calendar/period.ts'
import type { Title } from '../pure/law/title.ts'
import type { RelativePaths } from './demand-path.ts'
import { ENGINE_TITLES, type EngineFutures, engineHorizon, enginePaths } from './engine-path.ts'
import type { KeptPlan } from './plan-answer.ts'
import type { StaffingQuestion } from './team.ts'

/** Futures of the engine drawn for a plan; longer lists of paths use each several times, with other errors. */
const ENGINE_PATHS = 2_000

/** Lists of paths that will be asked for: how many, from which seed. */
export interface Draw {
  count: number
  seed: number
}

/** A run of the demand, for plans: its name, and its paths once drawn. */
export interface DemandCourse {
  run: string
  pathsOf: (
    question: StaffingQuestion,
    draws: readonly Draw[],
    signal?: AbortSignal,
    /** Told after each lot of futures: those drawn, of how many. */
    drawn?: (futures: number, of: number) => void,
  ) => Promise<RelativePaths>
}

/** The demand course that a plan of a title may follow, or `undefined` when the engine does not project it. */
export async function demandCourse(
  db: Db,
  place: string,
  title: Title,
  lastMonth: Month,
  today: Day,
  futures = ENGINE_PATHS,
): Promise<DemandCourse | undefined> {
  if (ENGINE_TITLES[title] === undefined) return undefined
  const run = await currentRun(db, place, today)
  if ('reason' in run || engineHorizon(run.inputs) < lastMonth) return undefined
  return courseOf(run.id, run.inputs, title, futures)
}

/** The demand course that a kept plan followed. */
export async function courseOfPlan(
  db: Db,
  { demandRun, plan }: Pick<KeptPlan, 'demandRun' | 'plan'>,
  futures = ENGINE_PATHS,
): Promise<DemandCourse | undefined> {
  if (demandRun === undefined) return undefined
  const row = await db
    .selectFrom('projection_run')
    .select('inputs')
    .where('id', '=', demandRun)
    .executeTakeFirstOrThrow()
  return courseOf(demandRun, row.inputs as DemandInputs, plan.question.title, futures)
}

function courseOf(run: string, inputs: DemandInputs, title: Title, most: number): DemandCourse {
  return {
    run,
    pathsOf: async (question, draws, signal, tell) => {
      // Whole years, so that horizons share their futures.
      const until = `${yearOf(addMonths(question.firstMonth, question.months - 1))}-Q4`
      const futures = new Map<number, EngineFutures>()
      const lists = draws.map(({ count, seed }) => ({ count: Math.min(count, most), seed, until }))
      const all = lists.reduce((sum, { count }) => sum + count, 0)
      let done = 0
      for (const list of lists) {
        const told = (fresh: number) => {
          done += fresh
          tell?.(done, all)
        }
        futures.set(list.seed, await futuresOf(run, inputs, list, signal, told))
      }
      return enginePaths(seed => futures.get(seed)!, ENGINE_TITLES[title] ?? [], question)
    },
  }
}

// A run never changes: the futures drawn from it are kept, the oldest forgotten first.
const drawn = new LRUCache<string, EngineFutures>({ max: 4 })
/** Futures drawn without a pause: others are answered between two lots. */
const LOT = 100
/** Seeds of the lots are this far apart. */
const LOT_STRIDE = 1_000_003

async function futuresOf(
  run: string,
  inputs: DemandInputs,
  { count, seed, until }: Draw & { until: Quarter },
  signal: AbortSignal | undefined,
  told: (fresh: number) => void,
): Promise<EngineFutures> {
  const key = `${run} ${count} ${seed} ${until}`
  const paths: EngineFutures['paths'] = drawn.get(key)?.paths ?? []
  told(paths.length)
  // A plan needs the nation's paths only, as far as it looks: no hall is drawn, no later year.
  const model = modelOf({ ...inputs, lastQuarter: until })
  for (let lot = 0; paths.length < count; lot++) {
    const lotSeed = (seed + lot * LOT_STRIDE) % 2 ** 31
    const size = Math.min(LOT, count - paths.length)
    for (const path of futuresAhead(model, size, lotSeed)) paths.push(path)
    told(size)
    await othersFirst()
    signal?.throwIfAborted()
  }
  drawn.set(key, { paths })
  return { paths }
}
