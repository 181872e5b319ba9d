import { type DemandRecord, ordinary } from '../../../src/demand/engine/demand-record.ts'
import { type DemandForecast, forecastDemand } from '../../../src/demand/engine/forecast.ts'
import { demandBounds } from '../../../src/demand/engine/interval.ts'
import { seriesValues } from '../../../src/demand/engine/parts.ts'
import { bridged, rememberingEngine } from './engine.ts'
import { drift, naive, seasonalNaive } from './naive.ts'
import { scoreRows, type Table } from './report.ts'
import { LEVELS, type Scored, scores } from './score.ts'

/** A demand seen from one past origin, with what came after. */
export interface Case {
  id: string
  record: DemandRecord
  horizon: number
  actual: (number | undefined)[]
  regime: string[]
}

const engine = rememberingEngine()

/** Projects every case by the house's method, by each of its members and by the naive ones. */
export function projectCases(cases: readonly Case[]): Scored[] {
  return cases.flatMap(each => {
    const { id, record, horizon, actual, regime } = each
    const timed = (model: string, project: () => Pick<Scored, 'mean' | 'bounds'>): Scored => {
      const before = process.cpuUsage()
      const projected = project()
      const spent = process.cpuUsage(before)
      return { id, model, seconds: (spent.user + spent.system) / 1e6, actual, regime, ...projected }
    }
    const period = record.stepsAYear
    const values = bridged(ordinary(record), period)
    let forecast: DemandForecast | undefined
    const house = timed('vigie', () => {
      forecast = forecastDemand(record, horizon, engine)
      return { mean: forecast.mean, bounds: demandBounds(forecast, LEVELS, period) }
    })
    const { members } = engine(seriesValues(record), { period, horizon })
    return [
      house,
      ...(forecast!.cohortWeight.some(weight => weight > 0)
        ? [timed('cohortes', () => ({ mean: forecast!.cohort.points.map(point => point.total) }))]
        : []),
      timed('série', () => ({ mean: forecast!.series })),
      ...Object.entries(members).map(([name, mean]) => timed(`série : ${name}`, () => ({ mean }))),
      timed('naïf', () => ({ mean: naive(values, horizon) })),
      timed('dérive', () => ({ mean: drift(values, horizon) })),
      ...(period > 1
        ? [timed('naïf saisonnier', () => ({ mean: seasonalNaive(values, period, horizon) }))]
        : []),
    ]
  })
}

/** The scores of every model in each regime, and over all projected periods. */
export function scoreTable(title: string, projections: readonly Scored[], notes: string[]): Table {
  const regimes = [...new Set(projections.flatMap(projection => projection.regime))]
  const each = regimes.length > 1 ? regimes.flatMap(regime => scores(projections, regime)) : []
  return { title, notes, rows: scoreRows([...each, ...scores(projections)]) }
}

/** What the gate saw at each origin. */
export function gateTable(cases: readonly Case[]): Table {
  return {
    title: 'Ce que voit la bascule : titres à échéance, en bruits de comptage, et poids des cohortes',
    notes: [],
    rows: cases.map(({ id, record, horizon }) => {
      const forecast = forecastDemand(record, horizon, engine)
      const { mean, standardDeviation } = forecast.cohort.returnRate
      const step = record.stepsAYear
      const yearly = (values: readonly number[]) =>
        values
          .filter((_, h) => h % step === 0)
          .map(value => value.toFixed(1).replace('.', ','))
          .join(' ')
      return {
        origine: id,
        'taux de retour': `${mean.toFixed(2)} ± ${standardDeviation.toFixed(2)}`.replaceAll('.', ','),
        'écart par année': yearly(forecast.shift),
        'poids cohortes': yearly(forecast.cohortWeight),
      }
    }),
  }
}
