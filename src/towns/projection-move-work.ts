import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type Change, type Move, projectionMovesOf } from './projection-move.ts'

/** How long somebody waits for what moves: to the end, or briefly, as it can be asked for again. */
export type Patience = 'whole' | 'brief'

const BRIEF_MILLIS = 1_500
/** A thread that has nothing to do keeps the futures of the nation, which the next file rests on too, for so long. */
const IDLE_MILLIS = 30_000
const MOST_KEPT = 8
/** Node starts a thread from JavaScript only; from the TypeScript sources moves are computed in place. */
const CAN_START = import.meta.url.endsWith('.js')
const NAME = 'projection-moves'

const kept = new Map<string, Promise<Move[]>>()
let thread: Worker | undefined
let answered: { resolve(moves: Move[]): void; reject(error: Error): void } | undefined
let idle: NodeJS.Timeout | undefined
let turn: Promise<unknown> = Promise.resolve()
let asked = 0

/**
 * What moves between two states of knowledge, computed in a thread of its own, one change after the other, and once.
 * @returns `undefined` when it is not ready and whoever asks waits only briefly; no brief question joins a queue.
 */
export async function movesApart(change: Change, patience: Patience): Promise<Move[] | undefined> {
  if (!CAN_START) return projectionMovesOf(change)
  const key = JSON.stringify(change)
  if (patience === 'whole') return kept.get(key) ?? begun(key, change)
  if (!kept.has(key) && asked > 0) return undefined
  const moves = kept.get(key) ?? begun(key, change)
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => resolve(undefined), BRIEF_MILLIS)
    moves.then(resolve, reject).finally(() => clearTimeout(late))
  })
}

function begun(key: string, change: Change): Promise<Move[]> {
  asked += 1
  const moves = turn.then(() => computed(change)).finally(() => (asked -= 1))
  turn = moves.catch(() => undefined)
  kept.set(key, moves)
  // A thread that was ended gives nothing to keep.
  moves.catch(() => kept.delete(key))
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest)
  return moves
}

function computed(change: Change): Promise<Move[]> {
  clearTimeout(idle)
  const worker = thread ?? started()
  worker.ref()
  worker.postMessage(change)
  return new Promise<Move[]>((resolve, reject) => {
    answered = { resolve, reject }
  }).finally(() => {
    worker.unref()
    idle = setTimeout(() => worker.terminate(), IDLE_MILLIS).unref()
  })
}

function started(): Worker {
  const worker = new Worker(new URL(import.meta.url), { workerData: NAME })
  thread = worker
  worker.on('message', (moves: Move[]) => answered?.resolve(moves))
  worker.on('error', error => answered?.reject(error))
  worker.on('exit', code => {
    if (thread === worker) thread = undefined
    answered?.reject(new Error(`moves ended without result (${code})`))
  })
  return worker
}

if (!isMainThread && workerData === NAME)
  parentPort?.on('message', (change: Change) => parentPort?.postMessage(projectionMovesOf(change)))
