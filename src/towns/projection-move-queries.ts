import { demandInputs } from '../demand/input-queries.ts'
import { keptYearOfRequests } from '../demand/run-queries.ts'
import type { Db } from '../io/database/schema.ts'
import type { Ground } from '../io/http/router.ts'
import { placesByCode } from '../places/place-queries.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { waitKnowledge } from '../waits/wait-now-queries.ts'
import type { Move, Standing } from './projection-move.ts'
import { movesApart, type Patience } from './projection-move-work.ts'

/**
 * How the projections of a department move when something becomes known: those of the only department that the file speaks of,
 * else of the service's own.
 */
export function projectionMoves({ db, today, department }: Ground) {
  return {
    async known(trx: Db, places: readonly string[]): Promise<Standing> {
      const all = await placesByCode(db)
      const departments = new Set(places.map(code => (code.length === 5 ? all.get(code)?.parent : code)))
      const [only] = departments
      const asked = departments.size === 1 && only !== undefined && only !== 'FR' ? only : department
      const day = today()
      const demand = await demandInputs(trx, asked, { today: day })
      return {
        department: asked,
        demand,
        kept: 'reason' in demand ? undefined : await keptYearOfRequests(trx, demand, yearOf(day) + 1),
        waits: await waitKnowledge(trx, asked, { asOf: day }),
      }
    },
    moves: (before: Standing, after: Standing, patience: Patience): Promise<Move[] | undefined> =>
      movesApart({ before, after, today: today() }, patience),
  }
}
