import { area, line } from 'd3-shape'
import { BANDS } from '../pure/charts/fan.ts'
import { paint } from '../pure/charts/ink.ts'
import { Drawing, Plate, type PlateCaption, type Variant, Words } from '../pure/charts/plate.tsx'
import { round, valueScale } from '../pure/charts/scale.ts'
import { chancesInTen, NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchMonth, frenchNumber, frenchPercent, fromRange } from '../pure/french/french.ts'
import { MonthFrame, MonthReading, monthScale } from './month-frame.tsx'
import type { PlannedMonth } from './plan-answer.ts'

interface PlanChartProps extends PlateCaption {
  months: readonly PlannedMonth[]
  targetDays: number
}

/** The delay under the plan, month by month, as bands of chances, with the target it should stay under. */
export function PlanChart(props: PlanChartProps) {
  return (
    <Plate
      {...props}
      notes={
        <p>
          De la bande la plus large à la plus étroite&nbsp;: {BANDS.map(band => band.words).join(', ')}.
          Tirets&nbsp;: médiane. Trait orange&nbsp;: objectif. Fond gris&nbsp;: mois montrés mais pas promis.
        </p>
      }
    >
      <PlanDrawing {...props} variant="wide" />
      <PlanDrawing {...props} variant="narrow" />
    </Plate>
  )
}

function PlanDrawing({ id, title, months, targetDays, variant }: PlanChartProps & { variant: Variant }) {
  const x = monthScale(months.length, variant)
  const { width, left, right, top, bottom, step } = x
  const y = valueScale(
    [targetDays * 1.2, ...months.map(month => month.delay.p95)],
    [bottom, top],
    variant === 'wide' ? 6 : 4,
  )
  const worst = months.reduce((a, b) => (b.lateProbability > a.lateProbability ? b : a))
  const unpromised = months.filter(month => !month.promised).length
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 28}
      title={title}
      description={`De ${frenchMonth(months[0]!.month)} à ${frenchMonth(months.at(-1)!.month)}. Mois le plus risqué : ${frenchMonth(worst.month)}, ${chancesInTen(worst.lateProbability)} d’être en retard.`}
    >
      {unpromised > 0 && (
        <rect
          x={left}
          y={top}
          width={round(step * unpromised)}
          height={bottom - top}
          {...paint({ fill: 'void' })}
        />
      )}
      <MonthFrame months={months.map(one => one.month)} x={x} y={y} variant={variant} />
      {BANDS.map(({ low, high, ink }) =>
        months.length === 1 ? (
          <rect
            x={round(x.at(0) - step * 0.2)}
            y={y.at(months[0]!.delay[high])}
            width={round(step * 0.4)}
            height={round(Math.max(1, y.at(months[0]!.delay[low]) - y.at(months[0]!.delay[high])))}
            {...paint({ fill: ink, stroke: 'edge' })}
          />
        ) : (
          <path
            d={
              area<PlannedMonth>()
                .x((_, i) => x.at(i))
                .y0(month => y.at(month.delay[low]))
                .y1(month => y.at(month.delay[high]))([...months]) ?? ''
            }
            {...paint({ fill: ink, stroke: 'edge' })}
          />
        ),
      )}
      <path
        d={
          line<PlannedMonth>()
            .x((_, i) => x.at(i))
            .y(month => y.at(month.delay.p50))([...months]) ?? ''
        }
        {...paint({ fill: 'none', stroke: 'projected' })}
        stroke-width={2}
        stroke-dasharray="6 4"
      />
      <line
        x1={left}
        x2={right}
        y1={y.at(targetDays)}
        y2={y.at(targetDays)}
        {...paint({ stroke: 'target' })}
        stroke-width={2}
      />
      <Words x={right} y={y.at(targetDays) - 6} anchor="end" size={12} ink="target" bold halo="paper">
        objectif {frenchNumber(targetDays, Number.isInteger(targetDays) ? 0 : 1)} jours
      </Words>
      {months.map((month, i) => (
        <g>
          <MonthReading
            x={x}
            place={i}
            words={`${frenchMonth(month.month)} : médiane ${frenchNumber(month.delay.p50, 1)} jours, ${NINE_IN_TEN} ${fromRange(month.delay.p05, month.delay.p95)} ; retard ${frenchPercent(month.lateProbability * 100)}`}
          />
        </g>
      ))}
    </Drawing>
  )
}
