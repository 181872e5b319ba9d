import { addQuarters, monthsBetween, type Quarter, quarterOf } from '../../pure/calendar/period.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import { average } from '../../pure/numerics/quantiles.ts'
import { normal } from '../../pure/numerics/series/random.ts'
import { centralFuture, type DemandInputs, departmentRandom } from './demand.ts'
import { type LocalForecast, type LocalQuestion, localForecasts } from './local-series.ts'
import { COUNTER_TITLES } from './national-issues.ts'
import { monthIndex } from './simulated-month.ts'

/**
 * Requests on every path: `samples[title][quarter][place][path]`; the department is the first place.
 */
export type Samples = readonly (readonly (readonly Float64Array[])[])[]

/**
 * Pools, path by path, what the counts of a hall say with what the cohorts say: a logarithmic opinion pool (Genest and
 * Zidek 1986), both errors of level persisting along a path. The department is summed anew.
 */
export function poolWithCounts(
  inputs: DemandInputs,
  local: readonly LocalForecast[],
  quarters: readonly Quarter[],
  samples: Samples,
): void {
  if (local.length === 0) return
  const random = departmentRandom({ ...inputs, seed: inputs.seed + 1 }, 0)
  for (const forecast of local) {
    const t = COUNTER_TITLES.indexOf(forecast.title)
    const place = 1 + inputs.halls.findIndex(hall => hall.insee === forecast.insee)
    const errors = Float64Array.from({ length: inputs.paths }, () => normal(random))
    for (const { quarter, mean, logSpread, weight } of forecast.quarters) {
      const sample = samples[t]?.[quarters.indexOf(quarter)]?.[place]
      const expected = sample ? average(sample) : 0
      if (sample === undefined || expected <= 0) continue
      const target = expected ** (1 - weight) * mean ** weight
      for (let path = 0; path < sample.length; path++) {
        sample[path] =
          Math.max(sample[path]!, 1e-9) ** (1 - weight) *
          (mean * Math.exp(logSpread * errors[path]!)) ** weight
      }
      const scale = target / average(sample)
      for (let path = 0; path < sample.length; path++) sample[path]! *= scale
    }
  }
  for (const [department, ...halls] of samples.flat())
    department!.forEach((_, path) => {
      department![path] = halls.reduce((total, hall) => total + hall[path]!, 0)
    })
}

/** What the counts of the halls of a projection say of their future: the longest part of its computing. */
export function countedForecasts(inputs: DemandInputs): LocalForecast[] {
  return inputs.counted.length === 0 ? [] : localForecasts(localQuestion(inputs))
}

function localQuestion(inputs: DemandInputs): LocalQuestion {
  const months = inputs.counted.map(row => row.month).sort()
  const [firstMonth, lastMonth] = [months[0]!, months.at(-1)!]
  const { national, due } = centralFuture(inputs)
  const series = [...groupBy(inputs.counted, row => `${row.insee}|${row.title}`).values()].flatMap(rows => {
    const [row] = rows
    if (row === undefined) return []
    const byMonth = new Map(rows.map(one => [one.month, one.requests]))
    const counts = monthsBetween(firstMonth, lastMonth).map(month => byMonth.get(month))
    return [{ insee: row.insee, title: row.title, counts }]
  })
  return {
    series: series.filter(one =>
      inputs.halls.some(hall => hall.insee === one.insee && hall.closedOn === undefined),
    ),
    firstMonth,
    exceptional: new Set(inputs.exceptional),
    firstQuarter: latest(inputs.firstQuarter, addQuarters(quarterOf(lastMonth), 1)),
    lastQuarter: inputs.lastQuarter,
    expected: (title, month) => national[title][monthIndex(month)] ?? 0,
    due: month => due[monthIndex(month)] ?? 0,
  }
}

function latest(a: Quarter, b: Quarter): Quarter {
  return a > b ? a : b
}
