import { area } from 'd3-shape'
import { BANDS, type ProjectedQuarter } from './fan.ts'
import { paint } from './ink.ts'
import type { QuarterScale } from './quarter-axis.tsx'
import { round, type ValueScale } from './scale.ts'

/** The bands of a projection, widest first, each with a drawn edge: their fills alone are too close to be told apart. */
export function FanBands({
  runs,
  x,
  y,
}: {
  runs: readonly ProjectedQuarter[][]
  x: QuarterScale
  y: ValueScale
}) {
  return (
    <>
      {BANDS.map(({ low, high, ink }) =>
        runs.map(run =>
          run.length === 1 ? (
            <rect
              x={round(x.at(run[0]!.quarter) - x.step * 0.3)}
              y={y.at(run[0]![high])}
              width={round(x.step * 0.6)}
              height={round(y.at(run[0]![low]) - y.at(run[0]![high]))}
              {...paint({ fill: ink, stroke: 'edge' })}
            />
          ) : (
            <path
              d={
                area<ProjectedQuarter>()
                  .x(point => x.at(point.quarter))
                  .y0(point => y.at(point[low]))
                  .y1(point => y.at(point[high]))(run) ?? ''
              }
              {...paint({ fill: ink, stroke: 'edge' })}
            />
          ),
        ),
      )}
    </>
  )
}
