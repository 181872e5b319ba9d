import type { Column } from '../elements/column.ts'
import { Table } from '../elements/table.tsx'
import { frenchNumber, twoFigures } from '../french/french.ts'
import { dodge, textWidth } from './dodge.ts'
import { type Ink, PART_INKS, paint } from './ink.ts'
import { Drawing, Key, type KeyEntry, keyHeight, Plate, type Variant, Words } from './plate.tsx'
import { round, valueScale } from './scale.ts'
import { ValueLines } from './value-lines.tsx'

/** One part of a whole, such as the renewals of one cohort. At most six. */
export interface Part {
  key: string
  label: string
}

/** One column: a quarter or a year, and what each part counts in it. */
export interface PartedPeriod {
  /** Short name under the column: `T1 2026`, `2026`. */
  label: string
  /** Estimated columns are hatched. */
  estimated?: boolean
  /** A part that is missing leaves the whole column empty: a sum without it would be wrong. */
  values: Readonly<Record<string, number | undefined>>
}

/** What a stacked chart shows. Parts are stacked from the bottom, in the order given. */
export interface StackedData {
  id: string
  title: string
  subtitle: string
  parts: readonly Part[]
  periods: readonly PartedPeriod[]
}

/** Sum of the parts of a period, or `undefined` when one of them is missing. */
export function totalOf(period: PartedPeriod, parts: readonly Part[]): number | undefined {
  let total = 0
  for (const { key } of parts) {
    const value = period.values[key]
    if (value === undefined) return undefined
    total += value
  }
  return total
}

function stackedDescription({ parts, periods }: StackedData): string {
  const last = periods.filter(period => totalOf(period, parts) !== undefined).at(-1)
  if (last === undefined) return 'Aucune période complète.'
  const shares = parts
    .map(part => `${part.label} ${frenchNumber(told(last, last.values[part.key] ?? 0))}`)
    .join(', ')
  return `${last.label}${last.estimated ? ' (estimé)' : ''} : ${frenchNumber(told(last, totalOf(last, parts) ?? 0))} au total, dont ${shares}.`
}

// Of what is estimated two figures are known.
function told({ estimated }: PartedPeriod, value: number): number {
  return estimated ? twoFigures(value) : value
}

/** The drawing of a stacked chart, wide or narrow, without its captions. */
export function StackedDrawing(props: StackedData & { variant: Variant }) {
  const { id, variant, parts, periods } = props
  if (parts.length > PART_INKS.length) throw new RangeError('a stacked chart tells six parts apart, no more')
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const entries = wide ? [] : partKey(props)
  const [left, right, top] = wide ? [60, 640, 30] : [48, 328, 30]
  const bottom = top + (wide ? 308 : 200)
  const height = wide ? 380 : bottom + 30 + keyHeight(entries.length, 1)
  const totals = periods.map(period => totalOf(period, parts))
  const y = valueScale(
    totals.map(total => total ?? 0),
    [bottom, top],
    wide ? 5 : 4,
  )
  const step = (right - left) / Math.max(1, periods.length)
  const bar = Math.min(56, step * 0.72)
  const middle = (i: number) => round(left + step * (i + 0.5))
  const labelSize = wide ? 12 : 10
  const written = writable(
    periods.map(({ label }, i) => ({ at: middle(i), size: textWidth(label, labelSize) })),
  )
  const totalsWritten = writable(
    totals.map((total, i) => ({
      at: middle(i),
      size: total === undefined ? 0 : textWidth(frenchNumber(told(periods[i]!, total)), labelSize),
    })),
  )
  const stacks = periods.map((period, i) => {
    if (totals[i] === undefined) return []
    let base = 0
    return parts.map(part => {
      const from = base
      base += period.values[part.key] ?? 0
      return { part, from, to: base }
    })
  })
  const firstEstimated = periods.findIndex(period => period.estimated)
  const hatch = `${id}-${variant}-hatch`
  const lastStack = stacks.findLast(stack => stack.length > 0) ?? []
  const lastAt = stacks.findLastIndex(stack => stack.length > 0)
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={height}
      title={props.title}
      description={stackedDescription(props)}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="1" x2="1" y1="0" y2="6" {...paint({ stroke: 'paper' })} stroke-width={2} />
        </pattern>
      </defs>
      <ValueLines y={y} left={left} right={right} size={wide ? 12 : 10} zero="grid" />
      {firstEstimated > 0 && (
        <g>
          <line
            x1={round(left + step * firstEstimated)}
            x2={round(left + step * firstEstimated)}
            y1={4}
            y2={bottom}
            {...paint({ stroke: 'axis' })}
          />
          <Words x={round(left + step * firstEstimated - 6)} y={13} anchor="end" size={11} bold>
            observé
          </Words>
          <Words x={round(left + step * firstEstimated + 6)} y={13} size={11} bold>
            estimé
          </Words>
        </g>
      )}
      {periods.map((period, i) => {
        const total = totals[i]
        const x = round(middle(i) - bar / 2)
        if (total === undefined) {
          return (
            <g>
              <title>{`${period.label} : non publié`}</title>
              <rect x={x} y={top} width={round(bar)} height={bottom - top} {...paint({ fill: 'grid' })} />
              {step >= 24 && (
                <Words x={middle(i)} y={bottom - 6} anchor="middle" size={10}>
                  n.&nbsp;p.
                </Words>
              )}
            </g>
          )
        }
        return (
          <g>
            {stacks[i]!.map(({ part, from, to }, n) => (
              <g>
                <title>{`${period.label}, ${part.label} : ${frenchNumber(told(period, to - from))} sur ${frenchNumber(told(period, total))}${period.estimated ? ' (estimé)' : ''}`}</title>
                <rect
                  x={x}
                  y={y.at(to)}
                  width={round(bar)}
                  height={round(Math.max(0, y.at(from) - y.at(to)))}
                  {...paint({ fill: PART_INKS[n]!, stroke: 'paper' })}
                />
              </g>
            ))}
            {period.estimated && (
              <rect
                x={x}
                y={y.at(total)}
                width={round(bar)}
                height={round(bottom - y.at(total))}
                fill={`url(#${hatch})`}
                fill-opacity={0.55}
                pointer-events="none"
              />
            )}
            {totalsWritten.has(i) && (
              <Words
                x={middle(i)}
                y={y.at(total) - 6}
                anchor="middle"
                size={labelSize}
                ink="title"
                bold
                halo="paper"
              >
                {frenchNumber(told(period, total))}
              </Words>
            )}
          </g>
        )
      })}
      <line x1={left} x2={right} y1={bottom} y2={bottom} {...paint({ stroke: 'axis' })} />
      {periods.map(
        (period, i) =>
          written.has(i) && (
            <Words x={middle(i)} y={bottom + 17} anchor="middle" size={labelSize}>
              {period.label}
            </Words>
          ),
      )}
      {wide ? (
        <PartLabels
          stack={lastStack}
          y={y.at}
          barEnd={round(middle(Math.max(0, lastAt)) + bar / 2)}
          x={right}
          top={top}
          bottom={bottom}
        />
      ) : (
        <Key entries={entries} x={8} y={bottom + 30} width={width - 12} columns={1} />
      )}
    </Drawing>
  )
}

/** Ranks of the labels that can be written side by side, the last one first: it is the one people look for. */
function writable(labels: { at: number; size: number }[]): Set<number> {
  const kept = new Set<number>()
  let limit = Number.POSITIVE_INFINITY
  for (let i = labels.length - 1; i >= 0; i--) {
    const { at, size } = labels[i]!
    if (size === 0 || at + size / 2 + 6 > limit) continue
    kept.add(i)
    limit = at - size / 2
  }
  return kept
}

function PartLabels(props: {
  stack: { part: Part; from: number; to: number }[]
  y: (value: number) => number
  barEnd: number
  x: number
  top: number
  bottom: number
}) {
  const { stack, y, barEnd, x, top, bottom } = props
  const lines = stack.map(({ part }) => wrapped(part.label, 170))
  const middles = dodge(
    stack.map(({ from, to }, i) => ({ wanted: y((from + to) / 2), size: lines[i]!.length * 14 + 6 })),
    top,
    bottom,
  )
  return (
    <g>
      {stack.map(({ from, to }, i) => {
        const at = y((from + to) / 2)
        const middle = middles[i]!
        const firstLine = middle - ((lines[i]!.length - 1) * 14) / 2 + 4
        return (
          <>
            <path
              d={`M${barEnd + 2},${at}L${x},${at}L${x + 8},${middle}`}
              {...paint({ fill: 'none', stroke: 'axis' })}
            />
            <rect
              x={x + 10}
              y={round(middle - 6)}
              width={12}
              height={12}
              {...paint({ fill: PART_INKS[i]! })}
            />
            {lines[i]!.map((text, n) => (
              <Words x={x + 28} y={round(firstLine + n * 14)}>
                {text}
              </Words>
            ))}
          </>
        )
      })}
    </g>
  )
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && textWidth(longer, 12) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

// Top part first, as the eye meets it in the column.
function partKey({ parts }: StackedData): KeyEntry[] {
  return parts
    .map((part, i) => ({
      text: part.label,
      sign: <rect x={4} width={12} height={12} {...paint({ fill: PART_INKS[i] as Ink })} />,
    }))
    .reverse()
}

interface StackedChartProps extends StackedData {
  source: string
  csv?: string
}

/** A whole and its parts by quarter or year, as columns whose total is written. */
export function StackedChart({ source, csv, ...data }: StackedChartProps) {
  const estimated = data.periods.some(period => period.estimated)
  return (
    <Plate
      {...data}
      source={source}
      csv={csv}
      notes={estimated ? <p>Colonnes hachurées&nbsp;: valeurs estimées.</p> : undefined}
      table={<StackedTable {...data} csv={csv} />}
    >
      <StackedDrawing {...data} variant="wide" />
      <StackedDrawing {...data} variant="narrow" />
    </Plate>
  )
}

/** The numbers of a stacked chart, period by period. */
function StackedTable(props: StackedData & { csv?: string | undefined }) {
  const { id, subtitle, parts, periods, csv } = props
  const columns: Column<PartedPeriod>[] = [
    {
      label: 'Période',
      cell: period => `${period.label}${period.estimated ? ' (estimé)' : ''}`,
      file: [
        { value: period => period.label },
        { label: 'Nature', value: period => (period.estimated ? 'estimé' : 'observé') },
      ],
    },
    ...parts.map(part => ({
      label: part.label,
      figure: (period: PartedPeriod) => period.values[part.key],
      told: (value: number, period: PartedPeriod) => told(period, value),
      missing: 'non publié',
    })),
    {
      label: 'Total',
      figure: period => totalOf(period, parts),
      told: (value, period) => told(period, value),
      missing: 'non publié',
    },
  ]
  return <Table id={`${id}-table`} caption={subtitle} csv={csv} rows={periods} columns={columns} />
}
