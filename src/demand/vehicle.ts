import {
  addQuarters,
  type Month,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
  quartersBetween,
} from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { frenchPeriod } from '../pure/french/french.ts'
import type { Quantiles } from '../pure/numerics/quantiles.ts'
import { forecastSeries } from '../pure/numerics/series/series-ensemble.ts'

/** Certificates issued in a month or in a year, as counted in a place. */
export interface IssuedCount {
  period: Month | string
  count: number
}

/** Certificates of one quarter: counted, or continued from what was counted. */
export type VehicleQuarter =
  | { quarter: Quarter; mean: number; status: 'observed' }
  | { quarter: Quarter; mean: number; quantiles: Quantiles; status: 'estimated' }

/** Version of this model; it changes with any number that it would give. */
export const VEHICLE_VERSION = 'vehicle-1'
/** A series without a cause is told three years ahead, no farther. */
const QUARTERS = 12
/** With fewer counts the season and the level cannot be told apart. */
const LEAST_QUARTERS = 8
const LEAST_YEARS = 5
const LEVELS = [0.5, 0.8, 0.9]

/**
 * Certificates by quarter: those counted, then their series continued to three years after the last one (the ensemble of
 * METHODS § 2: no title of this kind expires, so no cycle is told). Months make quarters once all three are known; with
 * years only, a quarter is a fourth of a year. @returns `undefined` with fewer than eight quarters and five years.
 */
export function vehicleQuarters(counts: readonly IssuedCount[]): VehicleQuarter[] | undefined {
  const known = new Map(counts.map(({ period, count }) => [period, count]))
  const months = [...known.keys()].filter(period => period.length === 7).sort()
  const whole = quartersBetween(quarterOf(months[0] ?? '2000-01'), quarterOf(months.at(-1) ?? '1999-12')).map(
    quarter => ({ quarter, total: total(monthsOfQuarter(quarter).map(month => known.get(month))) }),
  )
  const told = whole.filter(({ total }) => total !== undefined)
  if (told.length >= LEAST_QUARTERS) {
    const last = whole.findLastIndex(({ total }) => total !== undefined)
    const seen = whole.slice(0, last + 1)
    return [
      ...told.map(({ quarter, total }) => ({ quarter, mean: total!, status: 'observed' as const })),
      ...continued(
        seen.map(({ total }) => total),
        4,
        QUARTERS,
      ).map((ahead, h) => ({ quarter: addQuarters(seen[last]!.quarter, h + 1), ...ahead })),
    ]
  }
  const years = [...known.keys()].filter(period => period.length === 4).sort()
  if (years.length < LEAST_YEARS) return undefined
  const [first, last] = [Number(years[0]), Number(years.at(-1))]
  const values = Array.from({ length: last - first + 1 }, (_, y) => known.get(String(first + y)))
  return continued(values, 1, QUARTERS / 4, 4).flatMap((quarter, y) =>
    quartersBetween(`${last + y + 1}-Q1`, `${last + y + 1}-Q4`).map(name => ({ quarter: name, ...quarter })),
  )
}

/** A series continued, each of its periods shared evenly among so many parts. */
function continued(values: readonly (number | undefined)[], period: number, horizon: number, parts = 1) {
  const { mean, intervals } = forecastSeries(values, { period, horizon, levels: LEVELS })
  return mean.map((whole, h) => {
    const [half, most, nearly] = intervals.map(({ lower, upper }) => ({
      low: (lower[h] ?? whole) / parts,
      high: (upper[h] ?? whole) / parts,
    }))
    return {
      mean: whole / parts,
      quantiles: {
        p05: nearly!.low,
        p10: most!.low,
        p25: half!.low,
        p50: whole / parts,
        p75: half!.high,
        p90: most!.high,
        p95: nearly!.high,
      },
      status: 'estimated' as const,
    }
  })
}

function total(values: readonly (number | undefined)[]): number | undefined {
  return values.includes(undefined) ? undefined : values.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

/** What a reader must know of these numbers. */
export function explainVehicles(points: readonly VehicleQuarter[], source: string): ExplanationLine[] {
  const first = points.find(({ status }) => status === 'estimated')
  return [
    {
      title: 'Aucun cycle',
      text: 'Un certificat d’immatriculation n’expire pas : sa demande suit les ventes et les déménagements, que rien ici n’annonce.',
    },
    {
      title: 'Série prolongée',
      text: `Titres délivrés [${source}], prolongés par leur niveau, leur tendance et leur saison${first ? ` depuis le ${frenchPeriod(first.quarter)}` : ''}, trois ans au plus.`,
    },
  ]
}
