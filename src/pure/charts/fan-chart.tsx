import { area, line } from 'd3-shape'
import type { Child } from 'hono/jsx'
import type { Day } from '../calendar/day.ts'
import { addQuarters, type Quarter, quarterOf } from '../calendar/period.ts'
import type { Status } from '../figures/measure.ts'
import {
  frenchBareQuantity,
  frenchDay,
  frenchNumber,
  frenchQuantity,
  frenchRange,
  frenchShortQuantity,
  type Quantity,
  shortQuarter,
} from '../pages/french.ts'
import { Table } from '../pages/table.tsx'
import { dodge, rowsWithoutOverlap, shortened, textWidth } from './dodge.ts'
import { paint } from './ink.ts'
import { Drawing, Key, type KeyEntry, keyHeight, Plate, type Variant, Words } from './plate.tsx'
import { QuarterAxis, quarterScale } from './quarter-axis.tsx'
import { round, tickLabel, type ValueScale, valueScale } from './scale.ts'

/** One quarter of a published series; `value` is `undefined` where nothing was published. */
export interface ObservedQuarter {
  quarter: Quarter
  value: number | undefined
  status?: Status
  /** Other values published for the same quarter, that nothing replaced. */
  conflicts?: { value: number; source: string }[]
}

/** One quarter of a projection: its quantiles, in percent of chances below. */
export interface ProjectedQuarter {
  quarter: Quarter
  p05: number
  p10: number
  p25: number
  p50: number
  p75: number
  p90: number
  p95: number
}

/** Something that happened, or will, on a day, and that a reader should have in mind. */
export interface DatedEvent {
  day: Day
  label: string
}

/** A target in force from a quarter on. */
export interface TargetStep {
  from: Quarter
  value: number
}

/** What a fan chart shows. */
export interface FanData {
  /** Prefix of every id of the drawing; unique in the page. */
  id: string
  /** The finding, as a sentence. */
  title: string
  /** What is measured, of which place, on which clock, and which way is better. */
  subtitle: string
  quantity: Quantity
  observed: readonly ObservedQuarter[]
  projected?: readonly ProjectedQuarter[]
  target?: readonly TargetStep[]
  events?: readonly DatedEvent[]
}

/** The intervals of a projection, widest first, in words that need no statistics. */
export const BANDS = [
  { low: 'p05', high: 'p95', ink: 'band90', words: '9 chances sur 10' },
  { low: 'p10', high: 'p90', ink: 'band80', words: '8 chances sur 10' },
  { low: 'p25', high: 'p75', ink: 'band50', words: 'une chance sur deux' },
] as const

/** A projection cut where a quarter is missing, so that no band crosses a hole. */
export function projectionRuns(projected: readonly ProjectedQuarter[]): ProjectedQuarter[][] {
  const runs: ProjectedQuarter[][] = []
  for (const point of [...projected].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))) {
    const run = runs.at(-1)
    if (run !== undefined && addQuarters(run.at(-1)!.quarter, 1) === point.quarter) run.push(point)
    else runs.push([point])
  }
  return runs
}

/**
 * Starts a run of projected quarters at the value observed just before it: at that point nothing is uncertain.
 * A run that follows a hole starts where it starts.
 */
export function anchored(
  run: readonly ProjectedQuarter[],
  observed: readonly ObservedQuarter[],
): ProjectedQuarter[] {
  const before = observed.find(point => addQuarters(point.quarter, 1) === run[0]?.quarter)
  if (before?.value === undefined) return [...run]
  const { quarter, value } = before
  return [
    { quarter, p05: value, p10: value, p25: value, p50: value, p75: value, p90: value, p95: value },
    ...run,
  ]
}

/** One sentence or two that say what the drawing shows, for those who do not see it. */
export function fanDescription({ observed, projected = [], target = [], quantity }: FanData): string {
  const known = observed.filter(point => point.value !== undefined)
  const [first, last, end] = [known[0], known.at(-1), projected.at(-1)]
  const parts: string[] = []
  if (first?.value !== undefined && last?.value !== undefined) {
    parts.push(
      `Observé : ${frenchQuantity(first.value, quantity)} au ${shortQuarter(first.quarter)}, ${frenchQuantity(last.value, quantity)} au ${shortQuarter(last.quarter)}.`,
    )
  }
  const missing = observed
    .filter(point => point.value === undefined)
    .map(point => shortQuarter(point.quarter))
  if (missing.length > 0) parts.push(`Non publié : ${missing.join(', ')}.`)
  if (end !== undefined) {
    const decimals = bandDecimals(end, quantity)
    parts.push(
      `Projeté au ${shortQuarter(end.quarter)} : ${frenchQuantity(end.p50, quantity)} ; une chance sur deux d’être de ${frenchRange(end.p25, end.p75, decimals)} ; 9 chances sur 10 de ${frenchRange(end.p05, end.p95, decimals)}.`,
    )
  }
  const aim = target.at(-1)
  if (aim !== undefined) parts.push(`Cible : ${frenchShortQuantity(aim.value, quantity)}.`)
  return parts.join(' ')
}

const LONGEST_EVENT_LABEL = 260

/** The drawing of a fan chart, wide or narrow, without its captions. */
export function FanDrawing(props: FanData & { variant: Variant }) {
  const { variant, observed, projected = [], target = [], quantity } = props
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const highest = Math.max(
    0,
    ...observed.map(point => point.value ?? 0),
    ...projected.map(point => point.p95),
    ...target.map(step => step.value),
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
  const eventRows = Math.max(0, ...rows.map(row => row + 1))
  const top = 26 + eventRows * 17
  const bottom = top + (wide ? 380 - 26 - 40 : 200)
  const entries = wide ? [] : narrowKey(props)
  const height = wide ? bottom + 40 : bottom + 30 + keyHeight(entries.length, 2)
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
  const firstProjected = [...projected].map(point => point.quarter).sort()[0]
  const divider = firstProjected === undefined ? undefined : round(x.at(firstProjected) - x.step / 2)
  const last = observed.filter(point => point.value !== undefined).at(-1)
  return (
    <Drawing
      id={props.id}
      variant={variant}
      width={width}
      height={height}
      title={props.title}
      description={fanDescription(props)}
    >
      {y.ticks.map((tick, i) => (
        <>
          <line
            x1={left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
          />
          <Words x={left - 6} y={y.at(tick) + 4} anchor="end" size={wide ? 12 : 11} ink="faint">
            {tickLabel(tick)}
            {i === y.ticks.length - 1 && quantity === 'percent' ? '\u00a0%' : ''}
          </Words>
        </>
      ))}
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
      {BANDS.map(({ low, high, ink }) =>
        runs.map(run =>
          run.length === 1 ? (
            <rect
              x={round(x.at(run[0]!.quarter) - x.step * 0.3)}
              y={y.at(run[0]![high])}
              width={round(x.step * 0.6)}
              height={round(y.at(run[0]![low]) - y.at(run[0]![high]))}
              {...paint({ fill: ink })}
            />
          ) : (
            <path
              d={
                area<ProjectedQuarter>()
                  .x(point => x.at(point.quarter))
                  .y0(point => y.at(point[low]))
                  .y1(point => y.at(point[high]))(run) ?? ''
              }
              {...paint({ fill: ink })}
            />
          ),
        ),
      )}
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
      {runs.map(run => (
        <path
          d={
            line<ProjectedQuarter>()
              .x(point => x.at(point.quarter))
              .y(point => y.at(point.p50))(run) ?? ''
          }
          {...paint({ fill: 'none', stroke: 'projected' })}
          stroke-width={2}
          stroke-dasharray="6 4"
        />
      ))}
      <path
        d={
          line<ObservedQuarter>()
            .defined(point => point.value !== undefined)
            .x(point => x.at(point.quarter))
            .y(point => y.at(point.value ?? 0))(withHoles(observed, x.quarters)) ?? ''
        }
        {...paint({ fill: 'none', stroke: 'observed' })}
        stroke-width={2.5}
        stroke-linejoin="round"
      />
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
        <Key entries={entries} x={8} y={bottom + 30} width={width - 12} columns={2} />
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
function letter(i: number): string {
  return String.fromCharCode(65 + (i % 26))
}

/** The events that fall inside the quarters of a chart, in order of time. */
function eventsInView({ observed, projected = [], events = [] }: FanData): DatedEvent[] {
  const quarters = [...observed, ...projected].map(point => point.quarter).sort()
  const [first = '', last = ''] = [quarters[0], quarters.at(-1)]
  return events
    .filter(({ day }) => quarterOf(day) >= first && quarterOf(day) <= last)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

function withHoles(observed: readonly ObservedQuarter[], quarters: readonly Quarter[]): ObservedQuarter[] {
  const known = new Map(observed.map(point => [point.quarter, point]))
  return quarters.map(quarter => known.get(quarter) ?? { quarter, value: undefined })
}

function projectedTitle(point: ProjectedQuarter, quantity: Quantity): string {
  const decimals = bandDecimals(point, quantity)
  return `${shortQuarter(point.quarter)} (projeté) : ${frenchQuantity(point.p50, quantity)} ; une chance sur deux de ${frenchRange(point.p25, point.p75, decimals)} ; 9 chances sur 10 de ${frenchRange(point.p05, point.p95, decimals)}`
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
        projeté
      </Words>
    </g>
  )
}

function TargetLine({
  steps,
  x,
  y,
}: {
  steps: readonly TargetStep[]
  x: ReturnType<typeof quarterScale>
  y: ValueScale
}) {
  return (
    <g>
      {steps.map((step, i) => {
        const from = Math.max(x.from, round(x.at(step.from) - x.step / 2))
        const next = steps[i + 1]
        const to = next === undefined ? x.to : round(x.at(next.from) - x.step / 2)
        return (
          <line
            x1={from}
            x2={to}
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

const STATUS_IN_TITLE: Record<Status, string> = {
  observed: 'observé',
  derived: 'calculé',
  estimated: 'estimé',
  censored: 'au moins',
  withdrawn: 'retiré',
}

function ObservedMark({
  point,
  x,
  y,
  quantity,
  radius,
}: {
  point: ObservedQuarter
  x: number
  y: ValueScale
  quantity: Quantity
  radius: number
}) {
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
        <title>{`${shortQuarter(point.quarter)} : ${frenchQuantity(point.value, quantity)} (${STATUS_IN_TITLE[status]})`}</title>
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

/** What is written at the right end of the wide drawing, line by line, and where it would like to stand. */
function endLabels({ projected = [], target = [], quantity }: FanData, y: ValueScale) {
  const end = projected.at(-1)
  const aim = target.at(-1)
  const decimals = end === undefined ? 0 : bandDecimals(end, quantity)
  return [
    ...(end === undefined
      ? []
      : [
          ...BANDS.map(({ low, high, words }, i) => ({
            at: y.at((end[high] + (i < 2 ? end[BANDS[i + 1]!.high] : end.p50)) / 2),
            ink: 'text' as const,
            lines: [words, `de ${frenchRange(end[low], end[high], decimals)}`],
            band: true,
          })),
          {
            at: y.at(end.p50),
            ink: 'title' as const,
            lines: [`médiane ${frenchNumber(end.p50, decimals)}`],
            band: true,
          },
        ]),
    ...(aim === undefined
      ? []
      : [
          {
            at: y.at(aim.value),
            ink: 'target' as const,
            lines: [`cible ${frenchShortQuantity(aim.value, quantity)}`],
            band: false,
          },
        ]),
  ]
}

function EndLabels(
  props: FanData & { x: number; y: ValueScale; bandX: number; top: number; bottom: number },
) {
  const labels = endLabels(props, props.y)
  const middles = dodge(
    labels.map(label => ({ wanted: label.at, size: label.lines.length * 14 + 5 })),
    props.top - 10,
    props.bottom + 10,
  )
  return (
    <g>
      {labels.map((label, i) => {
        const middle = middles[i]!
        const firstLine = middle - ((label.lines.length - 1) * 14) / 2 + 4
        return (
          <>
            <path
              d={`M${label.band ? props.bandX : props.x},${label.at}L${props.x + 4},${label.at}L${props.x + 14},${middle}`}
              {...paint({ fill: 'none', stroke: label.ink === 'target' ? 'target' : 'axis' })}
            />
            {label.lines.map((text, n) => (
              <Words
                x={props.x + 18}
                y={round(firstLine + n * 14)}
                ink={label.ink}
                bold={label.lines.length === 1 || n === 0}
              >
                {text}
              </Words>
            ))}
          </>
        )
      })}
    </g>
  )
}

function narrowKey({ projected = [], target = [], observed, quantity }: FanData): KeyEntry[] {
  const aim = target.at(-1)
  const entries: KeyEntry[] = []
  if (observed.length > 0) {
    entries.push({
      text: 'observé',
      sign: (
        <>
          <line x1={0} x2={22} y1={6} y2={6} {...paint({ stroke: 'observed' })} stroke-width={2.5} />
          <circle cx={11} cy={6} r={3} {...paint({ fill: 'observed' })} />
        </>
      ),
    })
  }
  if (projected.length > 0) {
    entries.push({
      text: 'projeté (médiane)',
      sign: (
        <line
          x1={0}
          x2={22}
          y1={6}
          y2={6}
          {...paint({ stroke: 'projected' })}
          stroke-width={2}
          stroke-dasharray="6 4"
        />
      ),
    })
    for (const { ink, words } of [...BANDS].reverse()) {
      entries.push({ text: words, sign: <rect width={22} height={12} {...paint({ fill: ink })} /> })
    }
  }
  if (aim !== undefined) {
    entries.push({
      text: `cible ${frenchShortQuantity(aim.value, quantity)}`,
      sign: (
        <line
          x1={0}
          x2={22}
          y1={6}
          y2={6}
          {...paint({ stroke: 'target' })}
          stroke-width={1.5}
          stroke-dasharray="8 3 2 3"
        />
      ),
    })
  }
  if (observed.some(point => (point.conflicts ?? []).length > 0)) {
    entries.push({
      text: 'autre valeur publiée',
      sign: (
        <path d="M11,1L16,6L11,11L6,6Z" {...paint({ fill: 'paper', stroke: 'conflict' })} stroke-width={2} />
      ),
    })
  }
  if (observed.some(point => point.value === undefined)) {
    entries.push({ text: 'non publié', sign: <rect width={22} height={12} {...paint({ fill: 'grid' })} /> })
  }
  return entries
}

/** Decimals of a band: none for counts, nor for days that are given whole. */
function bandDecimals({ p05, p50, p95 }: ProjectedQuarter, quantity: Quantity): number {
  return quantity === 'count' || [p05, p50, p95].every(Number.isInteger) ? 0 : 1
}

interface FanChartProps extends FanData {
  source: string
  csv?: string
  /** A table of the caller's own in place of the one built from the points. */
  children?: Child
}

/**
 * A series by quarter, what is projected after it and with which chances: the strongest ink on the interval
 * where the value falls one time out of two, so that the eye does not rest on the unlikely.
 */
export function FanChart({ source, csv, children, ...data }: FanChartProps) {
  return (
    <Plate
      id={data.id}
      title={data.title}
      subtitle={data.subtitle}
      source={source}
      csv={csv}
      notes={<FanNotes {...data} />}
      table={children ?? <FanTable {...data} />}
    >
      <FanDrawing {...data} variant="wide" />
      <FanDrawing {...data} variant="narrow" />
    </Plate>
  )
}

function FanNotes(data: FanData) {
  const { observed, quantity } = data
  const inOrder = eventsInView(data)
  const cut = inOrder.some(event => textWidth(event.label, 11) > LONGEST_EVENT_LABEL)
  const conflicts = observed.flatMap(point =>
    (point.conflicts ?? []).map(conflict => ({ ...conflict, point })),
  )
  return (
    <>
      {inOrder.length > 0 && (
        <ul class={cut ? 'plate-list' : 'plate-list narrow-only'}>
          {inOrder.map((event, i) => (
            <li>
              <strong class="narrow-letter">{letter(i)} </strong>
              {frenchDay(event.day)}&nbsp;: {event.label}
            </li>
          ))}
        </ul>
      )}
      {conflicts.length > 0 && (
        <ul class="plate-list">
          {conflicts.map(({ point, value, source }) => (
            <li>
              <span class="sign-conflict" aria-hidden="true">
                ◇
              </span>{' '}
              {shortQuarter(point.quarter)}&nbsp;: deux valeurs publiées,{' '}
              {point.value === undefined ? '' : `${frenchQuantity(point.value, quantity)} (en vigueur) et `}
              {frenchQuantity(value, quantity)} ({source}).
            </li>
          ))}
        </ul>
      )}
      {observed.some(point => point.value === undefined) && (
        <p>Bande grise (n.&nbsp;p.)&nbsp;: valeur non publiée, laissée vide et jamais comptée comme zéro.</p>
      )}
    </>
  )
}

/** The numbers of a fan chart, quarter by quarter. */
export function FanTable({ id, subtitle, observed, projected = [], quantity }: FanData) {
  const decimals = quantity === 'count' ? 0 : 1
  const rows: { quarter: Quarter; seen?: ObservedQuarter; expected?: ProjectedQuarter }[] = [
    ...observed.map(seen => ({ quarter: seen.quarter, seen })),
    ...projected.map(expected => ({ quarter: expected.quarter, expected })),
  ]
  return (
    <Table
      id={`${id}-table`}
      caption={subtitle}
      rows={rows}
      columns={[
        { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
        {
          label: 'Valeur',
          numeric: true,
          cell: ({ seen, expected }) => {
            const value = seen?.value ?? expected?.p50
            return value === undefined ? 'non publié' : frenchNumber(value, decimals)
          },
        },
        {
          label: 'Nature',
          cell: ({ seen, expected }) => {
            if (expected !== undefined) return 'projeté (médiane)'
            return seen?.value === undefined ? '–' : STATUS_IN_TITLE[seen.status ?? 'observed']
          },
        },
        {
          label: 'Une chance sur deux',
          numeric: true,
          cell: ({ expected }) =>
            expected === undefined ? '–' : frenchRange(expected.p25, expected.p75, decimals),
        },
        {
          label: '9 chances sur 10',
          numeric: true,
          cell: ({ expected }) =>
            expected === undefined ? '–' : frenchRange(expected.p05, expected.p95, decimals),
        },
      ]}
    />
  )
}
