import { apart } from '../io/apart.ts'
import { soon } from '../io/soon.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { type Change, type Move, projectionMovesOf } from './projection-move.ts'

/** How long somebody waits for what moves: to the end, or briefly, as it can be asked for again. */
export type Patience = 'whole' | 'brief'

const BRIEF_MILLIS = 1_500

// A thread keeps the futures of the nation, which the next file rests on too.
const ask = apart(import.meta.url, { moves: projectionMovesOf })
const kept = remembered<{ moves?: Promise<Move[]> }>(8)
let asked = 0

/**
 * What moves between two states of knowledge, computed apart and once.
 * @returns `undefined` when it is not ready and whoever asks waits only briefly; no brief question joins a queue.
 */
export async function movesApart(change: Change, patience: Patience): Promise<Move[] | undefined> {
  const one = kept(JSON.stringify(change), () => ({}))
  if (one.moves === undefined) {
    if (patience === 'brief' && asked > 0) return undefined
    asked += 1
    one.moves = ask('moves', change).finally(() => (asked -= 1))
    // A thread that was ended gives nothing to keep.
    one.moves.catch(() => delete one.moves)
  }
  return patience === 'whole' ? one.moves : soon(one.moves, BRIEF_MILLIS)
}
