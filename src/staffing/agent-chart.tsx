import { curveStep, line } from 'd3-shape'
import { type Ink, paint } from '../pure/charts/ink.ts'
import {
  Drawing,
  Key,
  keyHeight,
  LineSign,
  Plate,
  type PlateCaption,
  type Variant,
} from '../pure/charts/plate.tsx'
import { valueScale } from '../pure/charts/scale.ts'
import { frenchMonth, frenchNumber } from '../pure/french/french.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'
import type { AgentMonth } from './agent-month.ts'
import { MonthFrame, MonthReading, monthScale } from './month-frame.tsx'

/** A line of agents by month, with its sign. */
export interface AgentLine {
  words: string
  ink: Ink
  dashes?: string
  values: readonly (number | undefined)[]
}

/** What the months of one plan need, against who is there and what they can do. */
export function agentLines(months: readonly AgentMonth[]): AgentLine[] {
  const lines: AgentLine[] = [
    { words: 'agents présents', ink: 'part2', values: months.map(one => one.present) },
    { words: 'capacité, à plein rendement', ink: 'observed', values: months.map(one => one.able) },
    {
      words: 'besoin médian',
      ink: 'target',
      dashes: '6 4',
      values: months.map(one => one.need),
    },
  ]
  return lines.filter(({ values }) => values.some(value => value !== undefined))
}

interface AgentChartProps extends PlateCaption {
  months: readonly string[]
  lines: readonly AgentLine[]
}

/** Agents month by month, one stepped line for each count of them. */
export function AgentChart(props: AgentChartProps) {
  return (
    <Plate {...props}>
      <AgentDrawing {...props} variant="wide" />
      <AgentDrawing {...props} variant="narrow" />
    </Plate>
  )
}

function AgentDrawing({ id, title, months, lines, variant }: AgentChartProps & { variant: Variant }) {
  const wide = variant === 'wide'
  const x = monthScale(months.length, variant)
  const { width, top, bottom } = x
  const known = lines.flatMap(one => one.values.filter(value => value !== undefined))
  const y = valueScale(known, [bottom, top], wide ? 6 : 4)
  const columns = wide ? 3 : 1
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 34 + keyHeight(lines.length, columns)}
      title={title}
      description={`De ${frenchMonth(months[0]!)} à ${frenchMonth(months.at(-1)!)}. ${lines.map(one => rangeWords(one)).join(' ; ')}.`}
    >
      <MonthFrame months={months} x={x} y={y} variant={variant} />
      {lines.map(({ values, ink, dashes }) => (
        <path
          d={
            line<number | undefined>()
              .defined(value => value !== undefined)
              .x((_, i) => x.at(i))
              .y(value => y.at(value ?? 0))
              .curve(curveStep)([...values]) ?? ''
          }
          {...paint({ fill: 'none', stroke: ink })}
          stroke-width={2}
          {...(dashes === undefined ? {} : { 'stroke-dasharray': dashes })}
        />
      ))}
      {months.length === 1 &&
        lines.map(({ values, ink }) => (
          <circle cx={x.at(0)} cy={y.at(values[0] ?? 0)} r={4} {...paint({ fill: ink })} />
        ))}
      {months.map((month, i) => (
        <MonthReading
          x={x}
          place={i}
          words={`${frenchMonth(month)} : ${lines
            .filter(one => one.values[i] !== undefined)
            .map(one => `${one.words} ${frenchNumber(one.values[i]!, 1)}`)
            .join(' ; ')}`}
        />
      ))}
      <Key
        entries={lines.map(({ words, ink, dashes }) => ({
          text: words,
          sign: <LineSign ink={ink} dashes={dashes} />,
        }))}
        x={x.left}
        y={bottom + 28}
        width={x.right - x.left}
        columns={columns}
      />
    </Drawing>
  )
}

function rangeWords({ words, values }: AgentLine): string {
  const known = values.filter(value => value !== undefined)
  return `${words} : de ${frenchNumber(smallest(known), 1)} à ${frenchNumber(largest(known), 1)} agents`
}
