import { line } from 'd3-shape'
import type { Child } from 'hono/jsx'
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
import { QuarterAxis, quarterScale } from '../pure/charts/quarter-axis.tsx'
import { round, valueScale } from '../pure/charts/scale.ts'
import { ValueLines } from '../pure/charts/value-lines.tsx'
import { frenchNumber, shortQuarter } from '../pure/french/french.ts'

/** Requests by quarter under one plan. */
export interface PlanLine {
  words: string
  ink: Ink
  dashes?: string | undefined
  quarters: readonly { quarter: string; requests: number }[]
}

interface CampaignChartProps extends PlateCaption {
  lines: readonly PlanLine[]
  table: Child
}

/** Requests by quarter with and without campaigns, and the slots that they meet, as lines on one scale. */
export function CampaignChart(props: CampaignChartProps) {
  return (
    <Plate {...props}>
      <CampaignDrawing {...props} variant="wide" />
      <CampaignDrawing {...props} variant="narrow" />
    </Plate>
  )
}

function CampaignDrawing(
  props: Omit<CampaignChartProps, 'subtitle' | 'source' | 'table'> & { variant: Variant },
) {
  const { id, title, lines, variant } = props
  const wide = variant === 'wide'
  const [width, bottom] = wide ? [860, 320] : [340, 260]
  const [left, top, columns] = [wide ? 60 : 52, 16, wide ? 2 : 1]
  const quarters = lines[0]!.quarters.map(({ quarter }) => quarter)
  const x = quarterScale(quarters, left, width - 10)
  const y = valueScale(
    lines.flatMap(one => one.quarters.map(({ requests }) => requests)),
    [bottom, top],
    wide ? 6 : 4,
  )
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 44 + keyHeight(lines.length, columns)}
      title={title}
      description={`Demandes par trimestre. ${lines.map(highestWords).join(' ; ')}.`}
    >
      <ValueLines y={y} left={left} right={width - 10} size={wide ? 12 : 11} />
      <QuarterAxis scale={x} y={bottom} />
      {lines.map(({ quarters: own, ink, dashes }) => (
        <path
          d={
            line<PlanLine['quarters'][number]>()
              .x(({ quarter }) => x.at(quarter))
              .y(({ requests }) => y.at(requests))([...own]) ?? ''
          }
          {...paint({ fill: 'none', stroke: ink })}
          stroke-width={2}
          stroke-dasharray={dashes}
        />
      ))}
      {quarters.map((quarter, i) => (
        <rect
          x={round(x.at(quarter) - x.step / 2)}
          y={top}
          width={round(x.step)}
          height={bottom - top}
          fill="none"
          pointer-events="all"
        >
          <title>{`${shortQuarter(quarter)} (estimé) : ${lines.map(one => `${one.words} ${frenchNumber(one.quarters[i]!.requests)}`).join(' ; ')}`}</title>
        </rect>
      ))}
      <Key
        x={left}
        y={bottom + 38}
        width={width - left}
        columns={columns}
        entries={lines.map(({ words, ink, dashes }) => ({
          text: words,
          sign: <LineSign ink={ink} dashes={dashes} />,
        }))}
      />
    </Drawing>
  )
}

function highestWords({ words, quarters }: PlanLine): string {
  const highest = quarters.reduce((a, b) => (b.requests > a.requests ? b : a))
  return `${words} : au plus ${frenchNumber(highest.requests)}, ${shortQuarter(highest.quarter)}`
}
