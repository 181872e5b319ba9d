import { quantileSorted } from 'simple-statistics'
import type { TownHall } from '../places/town-hall.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { chancesInTen } from '../pure/french/chances.ts'
import { capitalised, frenchCount, frenchNumber, twoFigures } from '../pure/french/french.ts'
import { ruleAt } from '../pure/law/dated.ts'
import { GRANT_SCALES, type Grant, grant } from '../pure/law/grant.ts'
import { sum } from '../pure/numerics/sum.ts'

/** What the State's grant for secured titles may be for a commune in a year, from projected requests. */
export interface GrantOutlook {
  year: number
  /** The requests that count are those of the year before. */
  requestsYear: number
  requests: { mean: number; p05: number; p50: number; p95: number }
  stations: { count: number; known: boolean; deduced: boolean }
  /** Year whose scale is applied: the year itself, or the last one known, as a hypothesis. */
  scaleYear: number
  /** Why the scale of the year itself is not applied; `undefined` when it is. */
  reason: string | undefined
  atMedian: Grant
  /** Each level of the variable part, below the first step included, with its chances. */
  levels: { from: number; to: number | undefined; euros: number; probability: number }[]
  /** The nearest step and how many requests away it is, above or below the mean, which pages tell. */
  nearest: { at: number; away: number } | undefined
}

/**
 * Grant of a commune from the futures of its requests, in ascending order. The median says little next to a step: what counts is the chance of
 * each level.
 *
 * @returns a reason when nothing can be computed.
 */
export function grantOutlook(
  counts: readonly number[] | undefined,
  hall: Pick<TownHall, 'stations' | 'stationsFrom'>,
  year: number,
): GrantOutlook | { reason: string } {
  const requestsYear = year - 1
  if (counts === undefined || counts.length === 0)
    return { reason: 'Cette mairie n’est pas dans la projection de la demande.' }
  const at = (share: number) => Math.round(quantileSorted([...counts], share))
  const requests = {
    mean: Math.round(sum(counts) / counts.length),
    p05: at(0.05),
    p50: at(0.5),
    p95: at(0.95),
  }
  const known = hall.stations !== undefined && hall.stations > 0
  const stations = known ? hall.stations! : 1
  const input = (count: number) => ({ stations, connectedStations: 0, requests: count })
  const own = grant(year, input(requests.p50))
  const scaleYear = 'reason' in own ? lastComputableYear(year) : year
  const atMedian = scaleYear === undefined ? own : grant(scaleYear, input(requests.p50))
  if (scaleYear === undefined || 'reason' in atMedian)
    return { reason: 'reason' in own ? own.reason : `Barème de ${year} non trouvé.` }
  const steps = (ruleAt(GRANT_SCALES, `${scaleYear}-12-31`)?.value?.steps ?? []).map(
    step => step.from * stations,
  )
  const bounds = [0, ...steps]
  const levels = bounds.map((from, i) => {
    const to = bounds[i + 1]
    const inside = counts.filter(count => count >= from && (to === undefined || count < to))
    const middle = inside[Math.floor(inside.length / 2)]
    const there = grant(scaleYear, input(Math.round(middle ?? from)))
    return {
      from,
      to,
      euros: 'reason' in there ? 0 : there.variable,
      probability: inside.length / counts.length,
    }
  })
  const nearest = steps
    .map(step => ({ at: step, away: step - requests.mean }))
    .sort((a, b) => Math.abs(a.away) - Math.abs(b.away))[0]
  return {
    year,
    requestsYear,
    requests,
    stations: { count: stations, known, deduced: known && hall.stationsFrom === 'grant' },
    scaleYear,
    reason: 'reason' in own ? own.reason : undefined,
    atMedian,
    levels,
    nearest,
  }
}

/** Part of a step within which requests are told as level with it: two figures tell no finer. */
const NEAR = 0.02

/** What the grant outlook means for a mayor, in one or two sentences. */
export function grantWords({ levels, nearest, stations, year, requestsYear }: GrantOutlook): string {
  const [zero, first] = levels
  const each = stations.count > 1 ? ` pour ${frenchCount(stations.count, 'station')}` : ''
  const kept =
    zero === undefined || first === undefined
      ? ''
      : `${capitalised(chancesInTen(1 - zero.probability))} de toucher la part variable en ${year} : il faut ${frenchNumber(first.from)} demandes en ${requestsYear}${each}.`
  const near =
    nearest === undefined
      ? ''
      : ` Le seuil le plus proche, ${frenchNumber(nearest.at)} demandes, est ${Math.abs(nearest.away) < NEAR * nearest.at ? 'au niveau' : `environ ${frenchNumber(twoFigures(Math.abs(nearest.away)))} ${nearest.away > 0 ? 'au-dessus' : 'en dessous'}`} du nombre attendu.`
  return `${kept}${near}`
}

function lastComputableYear(before: number): number | undefined {
  return GRANT_SCALES.values
    .map(({ from }) => yearOf(from))
    .filter(year => year < before)
    .sort((a, b) => b - a)
    .find(year => !('reason' in grant(year, { stations: 1, connectedStations: 0, requests: 3_000 })))
}
