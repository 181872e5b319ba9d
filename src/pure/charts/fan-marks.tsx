import { area, line } from 'd3-shape'
import { shortQuarter } from '../french/french.ts'
import { BANDS, type ObservedQuarter, type ProjectedQuarter, type TargetStep } from './fan.ts'
import { paint } from './ink.ts'
import type { QuarterScale } from './quarter-axis.tsx'
import { round, type ValueScale } from './scale.ts'

interface Scales {
  x: QuarterScale
  y: ValueScale
}

/** The bands of a projection, widest first, each with a drawn edge: their fills alone are too close to be told apart. */
export function FanBands({ runs, x, y }: Scales & { runs: readonly ProjectedQuarter[][] }) {
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

/** The median of a projection, dashed. */
export function MedianLines(
  props: Scales & { runs: readonly ProjectedQuarter[][]; width: number; dashes: string },
) {
  const { runs, x, y, width, dashes } = props
  const path = line<ProjectedQuarter>()
    .x(point => x.at(point.quarter))
    .y(point => y.at(point.p50))
  return (
    <>
      {runs.map(run => (
        <path
          d={path(run) ?? ''}
          {...paint({ fill: 'none', stroke: 'projected' })}
          stroke-width={width}
          stroke-dasharray={dashes}
        />
      ))}
    </>
  )
}

/** What was observed, as a line that a quarter without a value interrupts. */
export function ObservedLine(props: Scales & { observed: readonly ObservedQuarter[]; width: number }) {
  const { observed, x, y, width } = props
  const known = new Map(observed.map(({ quarter, value }) => [quarter, value]))
  const path = line<string>()
    .defined(quarter => known.get(quarter) !== undefined)
    .x(quarter => x.at(quarter))
    .y(quarter => y.at(known.get(quarter) ?? 0))
  return (
    <path
      d={path(x.quarters) ?? ''}
      {...paint({ fill: 'none', stroke: 'observed' })}
      stroke-width={width}
      stroke-linejoin="round"
    />
  )
}

/** Quarters of which nothing was published, greyed. */
export function Unpublished(props: {
  observed: readonly ObservedQuarter[]
  x: QuarterScale
  top: number
  bottom: number
}) {
  const { observed, x, top, bottom } = props
  return (
    <>
      {observed
        .filter(point => point.value === undefined)
        .map(point => (
          <g>
            <title>{`${shortQuarter(point.quarter)} : non publié`}</title>
            <rect
              x={round(x.at(point.quarter) - x.step / 2)}
              y={top}
              width={round(x.step)}
              height={bottom - top}
              {...paint({ fill: 'grid' })}
              shape-rendering="crispEdges"
            />
          </g>
        ))}
    </>
  )
}

/** A target, step by step. */
export function TargetLine({ steps, x, y }: Scales & { steps: readonly TargetStep[] }) {
  return (
    <g>
      {steps.map((step, i) => {
        const next = steps[i + 1]
        return (
          <line
            x1={Math.max(x.from, round(x.at(step.from) - x.step / 2))}
            x2={next === undefined ? x.to : round(x.at(next.from) - x.step / 2)}
            y1={y.at(step.value)}
            y2={y.at(step.value)}
            {...paint({ stroke: 'target' })}
            stroke-width={1.5}
            stroke-dasharray="8 3 2 3"
          />
        )
      })}
    </g>
  )
}
