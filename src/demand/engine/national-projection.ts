import { monthsOfQuarter, quartersBetween } from '../../pure/calendar/period.ts'
import { average, quantilesOf } from '../../pure/numerics/quantiles.ts'
import { type DemandInputs, modelOf } from './demand.ts'
import { nationalFutures } from './national-future.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { addParts } from './part-tally.ts'
import { type ProjectedPoint, type Projection, projectDepartment } from './projection.ts'
import { monthIndex } from './simulated-month.ts'

/** The whole country, as a place. */
export const NATION = 'FR'

/** Projects a department and its town halls, or the nation. */
export function projectPlace(inputs: DemandInputs): Projection {
  return inputs.department === NATION ? projectNation(inputs) : projectDepartment(inputs)
}

/** Projects the requests of the nation by quarter: the futures that departments share, before any is a department's own. */
function projectNation(inputs: DemandInputs): Projection {
  const { futures, origins } = nationalFutures(modelOf(inputs), inputs.paths, inputs.seed)
  const tally = origins()
  const quarters = quartersBetween(inputs.firstQuarter, inputs.lastQuarter)
  const points = ([...COUNTER_TITLES, 'cni-passport'] as const).flatMap(title => {
    const titles: readonly CounterTitle[] = title === 'cni-passport' ? COUNTER_TITLES : [title]
    return quarters.map((quarter): ProjectedPoint => {
      const months = monthsOfQuarter(quarter).map(monthIndex)
      const sample = Float64Array.from(futures, ({ national }) =>
        titles.reduce((sum, one) => months.reduce((all, month) => all + national[one][month]!, sum), 0),
      )
      const parts = titles.map(one => tally.parts(one, quarter)).reduce(addParts)
      return { place: NATION, title, quarter, mean: average(sample), quantiles: quantilesOf(sample), parts }
    })
  })
  return { points, local: [] }
}
