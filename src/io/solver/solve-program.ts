import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import {
  type Basis,
  type LinearProgram,
  programArrays,
  refuseUnsound,
  type Solution,
  type SolveProgram,
} from '../../pure/numerics/optimisation/linear-program.ts'
import { nextMessage } from '../next-message.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { type Answer, type Task, work } from './work.ts'

/** How long a program may take, how near the best a whole answer must be, and who may call it off. */
export interface SolveOptions {
  timeLimitMs?: number
  /** Branches of the search for whole variables, at most: unlike a limit of time, the same answer on any machine. */
  nodeLimit?: number
  /** Relative gap at which a program with whole variables may stop; 0.0001 unless said. */
  relativeGap?: number
  /** A vertex of a program alike, to start from. */
  start?: Basis | undefined
  signal?: AbortSignal | undefined
}

/** The engine failed on a sound program: a bug, not a refusal. */
export class SolverFault extends Error {}

const DEFAULT_LIMIT_MS = 30_000
/** The engine looks at its clock between steps; a step of a large program may be long. */
const GRACE_MS = 5_000

/** The engine never gives back the memory of a large program: its thread ends with it. */
const LARGE_TERMS = 40_000

// One thread for the process, made at the first program: the engine takes 100 ms to load, and two would share the cores.
let thread: Worker | undefined
const inTurn = oneAtATime()

/**
 * Solves a linear program, whole variables included, with HiGHS in a thread of its own. Programs take turns; a program
 * called off leaves at once, and the thread with it when it was being solved.
 *
 * @throws RangeError when the program holds a number that is none; the reason of `signal` when called off.
 */
export async function solveProgram(program: LinearProgram, options: SolveOptions = {}): Promise<Solution> {
  refuseUnsound(program)
  const { timeLimitMs = DEFAULT_LIMIT_MS, nodeLimit, relativeGap = 1e-4, start, signal } = options
  const task = {
    program: programArrays(program),
    start,
    options: {
      time_limit: timeLimitMs / 1000,
      mip_rel_gap: relativeGap,
      ...(nodeLimit === undefined ? {} : { mip_max_nodes: nodeLimit }),
      output_flag: false,
    },
  }
  const answer = await inTurn(async () => {
    signal?.throwIfAborted()
    return ask(task, timeLimitMs + GRACE_MS, signal)
  })
  return solutionOf(answer)
}

/** The solver of one request: what it solves is called off with the request. */
export function solverUntil(signal: AbortSignal): SolveProgram {
  return (program, options) => solveProgram(program, { ...options, signal })
}

async function ask(
  task: Task,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<Answer | 'too-long'> {
  thread ??= startThread()
  const worker = thread
  const late = AbortSignal.timeout(limitMs)
  const drop = () => {
    if (thread === worker) thread = undefined
    void worker.terminate()
  }
  // A thread at work keeps the program alive, an idle one does not.
  worker.ref()
  try {
    worker.postMessage(task)
    const answer = await nextMessage<Answer>(worker, 'solve', signal, late)
    if (task.program.values.length > LARGE_TERMS) drop()
    else worker.unref()
    return answer
  } catch (error) {
    drop()
    signal?.throwIfAborted()
    if (late.aborted) return 'too-long'
    throw new SolverFault(String(error))
  }
}

/**
 * Bytes that a function of the engine runs before it is compiled for speed, a hundred times the usual: compiling took half the
 * processor time of a first plan, and large programs pass it anyway.
 */
const COMPILED_FROM = 180_000_000

function startThread(): Worker {
  setFlagsFromString(`--wasm-tiering-budget=${COMPILED_FROM}`)
  const enginePath = createRequire(import.meta.url).resolve('highs')
  return new Worker(
    `(${work.toString()})(require('node:worker_threads').parentPort, require, ${JSON.stringify(enginePath)})`,
    { eval: true },
  )
}

function solutionOf(answer: Answer | 'too-long'): Solution {
  if (answer === 'too-long') return { status: 'time-limit', objective: undefined, values: undefined }
  if ('fault' in answer) throw new SolverFault(answer.fault)
  const { status, objective, values, basis } = answer
  switch (status) {
    case STATUS.optimal:
      if (values !== undefined) return { status: 'optimal', objective, values, basis }
      break
    case STATUS.infeasible:
      return { status: 'infeasible' }
    case STATUS.unbounded:
    case STATUS.unboundedOrInfeasible:
      return { status: 'unbounded' }
    case STATUS.timeLimit:
    case STATUS.solutionLimit:
      return { status: 'time-limit', objective: values ? objective : undefined, values }
  }
  throw new SolverFault(`status ${status}`)
}

/** Codes of the engine (`HighsModelStatus`). */
const STATUS = {
  optimal: 7,
  infeasible: 8,
  unboundedOrInfeasible: 9,
  unbounded: 10,
  timeLimit: 13,
  solutionLimit: 16,
} as const
