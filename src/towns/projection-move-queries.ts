import type { Kysely } from 'kysely'
import type { DemandInputs } from '../demand/engine/demand.ts'
import { demandInputs } from '../demand/input-queries.ts'
import { yearOfRequests } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { placesByCode } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { medianWaits, type WaitKnowledge, waitKnowledge } from '../waits/wait-now-queries.ts'
import { demandReasons, type MoveReason, same, waitReasons } from './projection-move.ts'

/** What the projections of a department and its halls stand on. */
interface Known {
  department: string
  demand: DemandInputs | { reason: string }
  waits: WaitKnowledge
}

/** One projection with and without something that became known. */
interface Move {
  place: string
  what: 'requests-next-year' | 'wait-now' | 'wait-in-a-year'
  before: number | undefined
  after: number | undefined
  reasons: MoveReason[]
  href: string
}

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
}

/**
 * How the projections of a department move when something becomes known: those of the only department that the file speaks of,
 * else of the service's own. Both states are projected with the same draws, so that nothing moves by chance.
 */
export function projectionMoves({ db, today, department }: Ground) {
  return {
    async known(trx: Kysely<Database>, places: readonly string[]): Promise<Known> {
      const all = await placesByCode(db)
      const departments = new Set(places.map(code => (code.length === 5 ? all.get(code)?.parent : code)))
      const [only] = departments
      const asked = departments.size === 1 && only !== undefined && only !== 'FR' ? only : department
      const day = today()
      return {
        department: asked,
        demand: await demandInputs(trx, asked, { today: day }),
        waits: await waitKnowledge(trx, asked, day),
      }
    },
    async moves(before: Known, after: Known): Promise<Move[]> {
      const found = [
        ...(await requestMoves(db, before, after, today())),
        ...(await waitMoves(before, after, today())),
      ]
      return found.toSorted((a, b) => a.place.length - b.place.length)
    },
  }
}

async function requestMoves(db: Kysely<Database>, before: Known, after: Known, today: Day): Promise<Move[]> {
  if (same(before.demand, after.demand)) return []
  const year = yearOf(today) + 1
  const of = async ({ demand }: Known) =>
    'reason' in demand ? new Map<string, number>() : yearOfRequests(db, demand, year)
  const [without, withFile] = [await of(before), await of(after)]
  const inputs = ({ demand }: Known): Partial<DemandInputs> => ('reason' in demand ? {} : demand)
  const reasons = demandReasons(inputs(before), inputs(after))
  return movesBetween(without, withFile, 0).map(move => ({
    ...move,
    what: 'requests-next-year',
    reasons,
    href: hrefOf(move.place, `/demande?place=${move.place}`),
  }))
}

async function waitMoves(before: Known, after: Known, today: Day): Promise<Move[]> {
  if (same(before.waits, after.waits)) return []
  const [without, withFile] = [await medianWaits(before.waits, today), await medianWaits(after.waits, today)]
  const told = new Set([...without.keys(), ...withFile.keys()])
  // A hall of which nothing is published waits like its department.
  const part = (medians: typeof without, which: 'now' | 'later') =>
    new Map(
      [...told].flatMap(place => {
        const median = medians.get(place) ?? medians.get(after.department)
        return median === undefined ? [] : [[place, median[which]] as const]
      }),
    )
  return (['now', 'later'] as const).flatMap(which =>
    movesBetween(part(without, which), part(withFile, which), 1).map(
      (move): Move => ({
        ...move,
        what: which === 'now' ? 'wait-now' : 'wait-in-a-year',
        reasons: waitReasons(move.place, before.waits, after.waits),
        href: hrefOf(move.place, `/rendez-vous?place=${move.place}`),
      }),
    ),
  )
}

function hrefOf(place: string, page: string): string {
  return place.length === 5 ? `/mairies/${place}` : page
}

/** Places whose value differs once rounded. */
function movesBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  decimals: number,
): { place: string; before: number | undefined; after: number | undefined }[] {
  const rounded = (value: number | undefined) =>
    value === undefined ? undefined : Number(value.toFixed(decimals))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(place => {
    const [some, other] = [rounded(before.get(place)), rounded(after.get(place))]
    return some === other ? [] : [{ place, before: some, after: other }]
  })
}
