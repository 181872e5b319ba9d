import { STATUS_WORDS } from '../elements/key-figure.tsx'
import {
  frenchBareQuantity,
  frenchDay,
  frenchQuantity,
  type Quantity,
  shortQuarter,
} from '../french/french.ts'
import { largest } from '../numerics/extremes.ts'
import { rowsWithoutOverlap, shortened, textWidth } from './dodge.ts'
import {
  anchored,
  bandWords,
  eventsInView,
  type FanData,
  fanDescription,
  type ObservedQuarter,
  type ProjectedQuarter,
  projectionRuns,
} from './fan.ts'
import { EndLabels, narrowKey } from './fan-labels.tsx'
import { FanBands, MedianLines, ObservedLine, TargetLine, Unpublished } from './fan-marks.tsx'
import { paint } from './ink.ts'
import { Drawing, Key, keyHeight, type Variant, Words } from './plate.tsx'
import { QuarterAxis, quarterScale } from './quarter-axis.tsx'
import { round, tickLabel, type ValueScale, valueScale } from './scale.ts'
import { ValueLines } from './value-lines.tsx'

/** Pixels that the words of an event may take over a wide fan; longer ones are cut, and told below. */
export const LONGEST_EVENT_LABEL = 260

/** The drawing of a fan chart, wide or narrow, without its captions. */
export function FanDrawing(props: FanData & { variant: Variant }) {
  const { variant, observed, projected = [], target = [], quantity } = props
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const highest = largest(
    [
      ...observed.map(point => point.value ?? 0),
      ...projected.map(point => point.p95),
      ...target.map(step => step.value),
    ],
    0,
  )
  // A count of five figures is wider than a delay.
  const labelWidth = Math.ceil(textWidth(tickLabel(10 * Math.round(highest / 10)), wide ? 12 : 11)) + 9
  const [left, right] = wide ? [Math.max(46, labelWidth), 682] : [Math.max(32, labelWidth), 334]
  const x = quarterScale(
    [...observed, ...projected].map(point => point.quarter),
    left,
    right,
  )
  const shown = eventsInView(props)
  const labels = shown.map(event => shortened(event.label, 11, LONGEST_EVENT_LABEL))
  const spans = shown.map((event, i) => {
    const at = x.atDay(event.day)
    const size = wide ? textWidth(labels[i]!, 11) + 6 : 18
    if (!wide) return { from: at - size / 2, to: at + size / 2 }
    return at + size > width ? { from: at - size, to: at } : { from: at, to: at + size }
  })
  const rows = rowsWithoutOverlap(spans, 6)
  const eventRows = largest(
    rows.map(row => row + 1),
    0,
  )
  const top = 26 + eventRows * 17
  const bottom = top + (wide ? 380 - 26 - 40 : 200)
  const entries = wide ? [] : narrowKey(props)
  const height = wide ? bottom + 40 : bottom + 38 + keyHeight(entries.length, 2)
  const y = valueScale(
    [
      ...observed.flatMap(point => [
        ...(point.value === undefined ? [] : [point.value]),
        ...(point.conflicts ?? []).map(conflict => conflict.value),
      ]),
      ...projected.flatMap(point => [point.p05, point.p95]),
      ...target.map(step => step.value),
    ],
    [bottom, top],
    wide ? 6 : 4,
  )
  const runs = projectionRuns(projected).map(run => anchored(run, observed))
  const last = observed.filter(point => point.value !== undefined).at(-1)
  // Holes between observed quarters are estimated too: the line stands after the last of these.
  const estimatedFrom = projected
    .map(point => point.quarter)
    .sort()
    .find(quarter => quarter > (last?.quarter ?? ''))
  const divider = estimatedFrom === undefined ? undefined : round(x.at(estimatedFrom) - x.step / 2)
  return (
    <Drawing
      id={props.id}
      variant={variant}
      width={width}
      height={height}
      title={props.title}
      description={fanDescription(props)}
    >
      <ValueLines
        y={y}
        left={left}
        right={right}
        size={wide ? 12 : 11}
        unit={line => (line === y.ticks.length - 1 && quantity === 'percent' ? '\u00a0%' : '')}
      />
      <Unpublished observed={observed} x={x} top={top} bottom={bottom} />
      <FanBands runs={runs} x={x} y={y} />
      <TargetLine steps={target} x={x} y={y} />
      {shown.map((event, i) => {
        const at = x.atDay(event.day)
        const rowY = 13 + rows[i]! * 17
        const endsHere = wide && spans[i]!.to === at
        return (
          <g>
            <title>{`${frenchDay(event.day)} : ${event.label}`}</title>
            <line
              x1={at}
              x2={at}
              y1={wide ? rowY - 9 : rowY + 4}
              y2={bottom}
              {...paint({ stroke: 'event' })}
              stroke-dasharray="1 3"
            />
            {wide ? (
              <Words
                x={endsHere ? at - 5 : at + 5}
                y={rowY}
                anchor={endsHere ? 'end' : 'start'}
                size={11}
                halo="paper"
              >
                {labels[i]}
              </Words>
            ) : (
              <>
                <circle cx={at} cy={rowY - 4} r={8} {...paint({ fill: 'paper', stroke: 'event' })} />
                <Words x={at} y={rowY} anchor="middle" size={11} bold>
                  {letter(i)}
                </Words>
              </>
            )}
          </g>
        )
      })}
      {x.step >= 22 &&
        observed
          .filter(point => point.value === undefined)
          .map(point => (
            <Words x={x.at(point.quarter)} y={bottom - 6} anchor="middle" size={10} halo="grid">
              n.&nbsp;p.
            </Words>
          ))}
      {divider !== undefined && <Divider x={divider} top={top - 14} bottom={bottom} left={left} />}
      <MedianLines runs={runs} x={x} y={y} width={2} dashes="6 4" />
      <ObservedLine observed={observed} x={x} y={y} width={2.5} />
      {projected.map(point => (
        <rect
          x={round(x.at(point.quarter) - x.step / 2)}
          y={top}
          width={round(x.step)}
          height={bottom - top}
          fill="none"
          pointer-events="all"
        >
          <title>{projectedTitle(point, quantity)}</title>
        </rect>
      ))}
      {observed.map(point => (
        <ObservedMark
          point={point}
          x={x.at(point.quarter)}
          y={y}
          quantity={quantity}
          radius={wide ? 3.5 : 2.5}
        />
      ))}
      {last?.value !== undefined && (
        <Words
          x={x.at(last.quarter)}
          y={y.at(last.value) + (descends(observed) ? 20 : -10)}
          anchor={projected.length > 0 ? 'end' : 'middle'}
          size={13}
          ink="title"
          bold
          halo="paper"
        >
          {frenchBareQuantity(last.value, quantity)}
        </Words>
      )}
      <QuarterAxis scale={x} y={bottom} />
      {wide ? (
        <EndLabels {...props} x={right} y={y} bandX={x.at(x.quarters.at(-1)!)} top={top} bottom={bottom} />
      ) : (
        <Key entries={entries} x={8} y={bottom + 38} width={width - 12} columns={2} />
      )}
    </Drawing>
  )
}

// The value is written on the side that the line does not come from.
function descends(observed: readonly ObservedQuarter[]): boolean {
  const known = observed.flatMap(point => point.value ?? [])
  return (known.at(-2) ?? 0) > (known.at(-1) ?? 0)
}

/** The signs A, B… that tie a mark in the narrow drawing to its sentence below. */
export function letter(i: number): string {
  return String.fromCharCode(65 + (i % 26))
}

function projectedTitle(point: ProjectedQuarter, quantity: Quantity): string {
  return `${shortQuarter(point.quarter)} (estimé) : ${bandWords(point, quantity)}`
}

function Divider({ x, top, bottom, left }: { x: number; top: number; bottom: number; left: number }) {
  return (
    <g>
      <line x1={x} x2={x} y1={top} y2={bottom} {...paint({ stroke: 'axis' })} />
      {x - left >= 52 && (
        <Words x={x - 6} y={top + 9} anchor="end" size={11} bold halo="paper">
          observé
        </Words>
      )}
      <Words x={x + 6} y={top + 9} size={11} bold halo="paper">
        estimé
      </Words>
    </g>
  )
}

function ObservedMark(props: {
  point: ObservedQuarter
  x: number
  y: ValueScale
  quantity: Quantity
  radius: number
}) {
  const { point, x, y, quantity, radius } = props
  if (point.value === undefined) return null
  const status = point.status ?? 'observed'
  const at = y.at(point.value)
  return (
    <>
      {(point.conflicts ?? []).map(conflict => {
        const other = y.at(conflict.value)
        const arm = radius + 2
        return (
          <g>
            <title>{`${shortQuarter(point.quarter)} : autre valeur publiée, ${frenchQuantity(conflict.value, quantity)} (${conflict.source})`}</title>
            <line x1={x} x2={x} y1={at} y2={other} {...paint({ stroke: 'conflict' })} />
            <path
              d={`M${x},${round(other - arm)}L${round(x + arm)},${other}L${x},${round(other + arm)}L${round(x - arm)},${other}Z`}
              {...paint({ fill: 'paper', stroke: 'conflict' })}
              stroke-width={2}
            />
          </g>
        )
      })}
      <g>
        <title>{`${shortQuarter(point.quarter)} : ${frenchQuantity(point.value, quantity)} (${STATUS_WORDS[status]})`}</title>
        <circle cx={x} cy={at} r={9} fill="none" pointer-events="all" />
        <circle
          cx={x}
          cy={at}
          r={radius}
          {...paint({
            fill: status === 'observed' || status === 'derived' ? 'observed' : 'paper',
            stroke: 'observed',
          })}
          stroke-width={1.5}
        />
      </g>
    </>
  )
}
