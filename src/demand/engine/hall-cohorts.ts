import { PRIOR_RETURN_RATE } from '../../pure/numerics/series/return-rate.ts'
import { type CohortSource, type DemandRecord, ordinary, periodAfter } from './demand-record.ts'

/** What the national cohorts make of a month, up to the level of a hall: requests, and titles that come due. */
export interface NationalMonth {
  requests: (period: number) => number
  due: (period: number) => number
}

/**
 * The cohorts of a town hall: those of the nation, at the level that the hall's own counts give. A hall issues nothing
 * that is its own: people come back where they like.
 *
 * Example: a hall that received a hundredth of the nation's requests so far is expected to receive a hundredth.
 */
export function hallCohorts({ requests, due }: NationalMonth): CohortSource {
  const source: CohortSource = {
    ends: 'known',
    dueKnownFrom: Number.NEGATIVE_INFINITY,
    due: (start, periods) => Array.from({ length: periods }, (_, i) => due(start + i)),
    // What the nation issues is projected once: a hall learns nothing about it.
    knownBefore: () => source,
    project: (record, horizon) => {
      const level = levelOf(record, requests)
      return {
        returnRate: PRIOR_RETURN_RATE,
        due: source.due(periodAfter(record), horizon),
        points: Array.from({ length: horizon }, (_, h) => {
          const period = periodAfter(record) + h
          const total = level * requests(period)
          return { period, total, other: total, renewals: new Map() }
        }),
      }
    },
  }
  return source
}

function levelOf(record: DemandRecord, requests: NationalMonth['requests']): number {
  let counted = 0
  let national = 0
  for (const [t, count] of ordinary(record).entries()) {
    if (count === undefined) continue
    counted += count
    national += requests(record.start + t)
  }
  return national > 0 ? counted / national : 0
}
