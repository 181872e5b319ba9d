import type { Quarter } from '../../calendar/period.ts'
import type { PathBand } from './path-band.ts'

/** A projected delay or wait of a quarter, in days; `null` is beyond the calendar known to the model. */
export interface ProjectedDays {
  quarter: Quarter
  medianDays: number | null
  low90: number | null
  high90: number | null
  /** Share of the futures above the limit. */
  probabilityOver: number
  status: 'estimated'
}

/** A band as documents and their data tell it. */
export function projectedDays(quarter: Quarter, band: PathBand): ProjectedDays {
  return {
    quarter,
    medianDays: band.median ?? null,
    low90: band.low90 ?? null,
    high90: band.high90 ?? null,
    probabilityOver: band.probabilityOver,
    status: 'estimated',
  }
}
