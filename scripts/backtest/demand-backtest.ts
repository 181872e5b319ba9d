import { type DemandForecast, forecastDemand } from '../../src/pure/numerics/demand-forecast.ts'
import { demandBounds } from '../../src/pure/numerics/demand-interval.ts'
import { type DemandSettings, HOUSE_DEMAND, seriesValues } from '../../src/pure/numerics/demand-parts.ts'
import { type DemandRecord, ordinary } from '../../src/pure/numerics/demand-record.ts'
import { drift, naive, seasonalNaive } from '../../src/pure/numerics/naive.ts'
import { bridged, rememberingEngine } from './engine.ts'
import { rounded, scoreRows, type Table } from './report.ts'
import { LEVELS, type Score, type Scored, scores } from './score.ts'

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
export function projectCases(cases: readonly Case[], settings: DemandSettings = HOUSE_DEMAND): Scored[] {
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
      forecast = forecastDemand(record, horizon, engine, settings)
      return { mean: forecast.mean, bounds: demandBounds(forecast, LEVELS, period) }
    })
    const { members } = engine(seriesValues(record, settings), { period, horizon })
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

/** Errors at fixed return rates, never learned: how much the answer hangs on the one number nobody publishes. */
export function returnRateTable(cases: readonly Case[], regimes: readonly string[]): Table {
  const rates: (number | undefined)[] = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, undefined]
  return {
    title: 'Sensibilité au taux de retour ρ (fixé, jamais appris ; dernière ligne : le réglage de la maison)',
    notes: [],
    rows: rates.map(rate => {
      const projections = projectCases(cases, rate === undefined ? HOUSE_DEMAND : withRate(rate))
      return {
        ρ: rate === undefined ? 'appris' : rate.toFixed(1).replace('.', ','),
        ...columns(projections, regimes),
      }
    }),
  }
}

/** Errors with other constants, one changed at a time. */
export function sensitivityTable(cases: readonly Case[], regimes: readonly string[]): Table {
  const { gate, cohort } = HOUSE_DEMAND
  const variants: [string, DemandSettings][] = [
    ['maison', HOUSE_DEMAND],
    ...[1.5, 2, 3, 4].map((threshold): [string, DemandSettings] => [
      `seuil ${threshold}`,
      { ...HOUSE_DEMAND, gate: { ...gate, threshold } },
    ]),
    ...[0, 1].map((softness): [string, DemandSettings] => [
      `passage ± ${softness}`,
      { ...HOUSE_DEMAND, gate: { ...gate, softness } },
    ]),
    ...[0.04, 0.15].map((priorVariability): [string, DemandSettings] => [
      `variabilité a priori ${priorVariability}`,
      { ...HOUSE_DEMAND, gate: { ...gate, priorVariability } },
    ]),
    ...[0.05, 0.2].map((standardDeviation): [string, DemandSettings] => [
      `écart type a priori de ρ ${standardDeviation}`,
      { ...HOUSE_DEMAND, cohort: { ...cohort, prior: { ...cohort.prior, standardDeviation } } },
    ]),
    ...[0.5, 2, 4].map((halfLifeYears): [string, DemandSettings] => [
      `mémoire des retours ${halfLifeYears} an`,
      { ...HOUSE_DEMAND, cohort: { ...cohort, halfLifeYears } },
    ]),
    ...[1, 4].map((errorHalfLifeYears): [string, DemandSettings] => [
      `mémoire des erreurs ${errorHalfLifeYears} an`,
      { ...HOUSE_DEMAND, errorHalfLifeYears },
    ]),
    ...[3, 10].map((pastOrigins): [string, DemandSettings] => [
      `origines passées ${pastOrigins}`,
      { ...HOUSE_DEMAND, pastOrigins },
    ]),
  ]
  return {
    title: 'Sensibilité aux autres constantes, une à la fois',
    notes: [],
    rows: variants.map(([réglage, settings]) => ({
      réglage,
      ...columns(projectCases(cases, settings), regimes),
    })),
  }
}

function withRate(rate: number): DemandSettings {
  const prior = { mean: rate, standardDeviation: 1e-4 }
  return { ...HOUSE_DEMAND, cohort: { ...HOUSE_DEMAND.cohort, prior } }
}

function columns(projections: readonly Scored[], regimes: readonly string[]): Record<string, number> {
  const entries: [string, number][] = []
  for (const regime of regimes.length > 0 ? regimes : [undefined])
    for (const model of ['vigie', 'cohortes']) {
      const score: Score | undefined = scores(projections, regime).find(each => each.model === model)
      if (!score || score.points === 0) continue
      const suffix = regime === undefined ? '' : `, ${regime}`
      entries.push(
        [`${model} MAPE${suffix}`, rounded(score.mape)],
        [`${model} WAPE${suffix}`, rounded(score.wape)],
      )
    }
  return Object.fromEntries(entries)
}
