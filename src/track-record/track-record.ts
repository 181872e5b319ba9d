import { addQuarters, type Quarter, quarterNumber } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'

/** Requests counted in one whole quarter. `knownFrom` is the first release that told any of its months. */
export interface Fact {
  place: string
  title: string
  quarter: Quarter
  requests: number
  knownFrom: number
}

/** What a projection said of one quarter, and the last release that it knew. */
export interface Claim {
  run: string
  knownRelease: number
  place: string
  title: string
  quarter: Quarter
  mean: number
  p05: number
  p10: number
  p25: number
  p75: number
  p90: number
  p95: number
}

/** A claim beside the fact that came later. Naive forecasts are `undefined` when nothing was counted at that time. */
export interface Score {
  run: string
  place: string
  title: string
  quarter: Quarter
  /** Quarters from the last one counted when the claim was made. */
  horizon: number
  said: number
  came: number
  lastQuarter: number | undefined
  sameQuarterLastYear: number | undefined
  within50: boolean
  within80: boolean
  within90: boolean
}

/** Error of one way of forecasting, in percent of what came; `undefined` without any score. */
export interface ErrorSummary {
  claims: number
  /** Weighted absolute percentage error: Σ|said − came| ÷ Σ came. */
  wapePct: number | undefined
  /** Bias: Σ(said − came) ÷ Σ came; positive when too much was announced. */
  biasPct: number | undefined
}

/** How good the projections of one title were at one horizon, beside two forecasts that anybody could have made. */
export interface TrackRecord {
  title: string
  horizon: number
  model: ErrorSummary
  lastQuarter: ErrorSummary
  sameQuarterLastYear: ErrorSummary
  /** Share of facts inside each band, in percent: 50, 80 and 90 if the bands are honest. */
  coveragePct: { p50: number; p80: number; p90: number }
}

/**
 * Scores every claim made before its fact was known. A run that knew any month of the quarter is not a forecast of it
 * and is left out: errors measured on known facts flatter.
 */
export function scores(facts: readonly Fact[], claims: readonly Claim[]): Score[] {
  const series = groupBy(facts, fact => `${fact.place}|${fact.title}`)
  return claims.flatMap(claim => {
    const history = series.get(`${claim.place}|${claim.title}`) ?? []
    const fact = history.find(one => one.quarter === claim.quarter)
    if (fact === undefined || fact.knownFrom <= claim.knownRelease) return []
    const known = history.filter(one => one.knownFrom <= claim.knownRelease)
    const last = known.reduce<Fact | undefined>(
      (a, b) => (a === undefined || b.quarter > a.quarter ? b : a),
      undefined,
    )
    const yearBefore = known.find(one => one.quarter === addQuarters(claim.quarter, -4))
    return [
      {
        run: claim.run,
        place: claim.place,
        title: claim.title,
        quarter: claim.quarter,
        horizon: last ? quarterNumber(claim.quarter) - quarterNumber(last.quarter) : 0,
        said: claim.mean,
        came: fact.requests,
        lastQuarter: last?.requests,
        sameQuarterLastYear: yearBefore?.requests,
        within50: fact.requests >= claim.p25 && fact.requests <= claim.p75,
        within80: fact.requests >= claim.p10 && fact.requests <= claim.p90,
        within90: fact.requests >= claim.p05 && fact.requests <= claim.p95,
      },
    ]
  })
}

/** Scores gathered by title and horizon; horizon 0 gathers claims made before anything was counted there. */
export function trackRecords(all: readonly Score[]): TrackRecord[] {
  return [...groupBy(all, score => `${score.title}|${score.horizon}`).values()]
    .map(group => {
      const share = (inside: (score: Score) => boolean) => (100 * group.filter(inside).length) / group.length
      return {
        title: group[0]?.title ?? '',
        horizon: group[0]?.horizon ?? 0,
        model: errorsOf(group, score => score.said),
        lastQuarter: errorsOf(group, score => score.lastQuarter),
        sameQuarterLastYear: errorsOf(group, score => score.sameQuarterLastYear),
        coveragePct: {
          p50: share(score => score.within50),
          p80: share(score => score.within80),
          p90: share(score => score.within90),
        },
      }
    })
    .sort((a, b) => a.title.localeCompare(b.title) || a.horizon - b.horizon)
}

function errorsOf(all: readonly Score[], forecast: (score: Score) => number | undefined): ErrorSummary {
  const pairs = all.flatMap(score => {
    const said = forecast(score)
    return said === undefined ? [] : [{ said, came: score.came }]
  })
  const total = pairs.reduce((sum, pair) => sum + pair.came, 0)
  if (total <= 0) return { claims: pairs.length, wapePct: undefined, biasPct: undefined }
  return {
    claims: pairs.length,
    wapePct: (100 * pairs.reduce((sum, pair) => sum + Math.abs(pair.said - pair.came), 0)) / total,
    biasPct: (100 * pairs.reduce((sum, pair) => sum + pair.said - pair.came, 0)) / total,
  }
}
