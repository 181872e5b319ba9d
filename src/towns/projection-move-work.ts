import { apart } from '../io/apart.ts'
import { type Change, type Move, projectionMovesOf } from './projection-move.ts'

/** How long somebody waits for what moves: to the end, or briefly, as it can be asked for again. */
export type Patience = 'whole' | 'brief'

const BRIEF_MILLIS = 1_500
const MOST_KEPT = 8

// A thread keeps the futures of the nation, which the next file rests on too.
const ask = apart(import.meta.url, { moves: projectionMovesOf })
const kept = new Map<string, Promise<Move[]>>()
let asked = 0

/**
 * What moves between two states of knowledge, computed apart and once.
 * @returns `undefined` when it is not ready and whoever asks waits only briefly; no brief question joins a queue.
 */
export async function movesApart(change: Change, patience: Patience): Promise<Move[] | undefined> {
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
  const moves = ask('moves', change).finally(() => (asked -= 1))
  kept.set(key, moves)
  // A thread that was ended gives nothing to keep.
  moves.catch(() => kept.delete(key))
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest)
  return moves
}
