import { fillGaps } from '../../../src/pure/numerics/series/gaps.ts'
import { forecastSeries } from '../../../src/pure/numerics/series/series-ensemble.ts'

/** What the backtest asks of a series engine. */
export interface EngineForecast {
  mean: number[]
  members: Record<string, number[]>
  /** One-step errors, the last one that of the last value. */
  errors: number[]
  /** Size of an ordinary error at each horizon, in the unit of the series. */
  spread: number[]
}

/** An engine: what comes after some values. */
export type Engine = (
  values: readonly (number | undefined)[],
  options: { period: number; horizon: number },
) => EngineForecast

/** The house's series engine, remembering its answers: past origins ask the same thing again and again. */
export function rememberingEngine(): Engine {
  const known = new Map<string, EngineForecast>()
  return (values, options) => {
    const key = `${options.period}/${options.horizon}/${values.join()}`
    const answer = known.get(key) ?? seriesEngine(values, options)
    known.set(key, answer)
    return answer
  }
}

const seriesEngine: Engine = (values, { period, horizon }) => {
  const { mean, members, residuals, spread } = forecastSeries(values, { period, horizon })
  return {
    mean,
    members: Object.fromEntries(members.map(member => [member.name, member.mean])),
    errors: residuals.map(error => (Number.isFinite(error) ? error : 0)),
    spread,
  }
}

/** Values with their gaps bridged, for methods that know nothing of gaps. */
export function bridged(values: readonly (number | undefined)[], period: number): number[] {
  return Array.from(
    fillGaps(
      Float64Array.from(values, value => value ?? Number.NaN),
      period,
    ),
  )
}
