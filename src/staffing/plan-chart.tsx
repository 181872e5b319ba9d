import { area, line } from 'd3-shape'
import { paint } from '../pure/charts/ink.ts'
import { Drawing, Plate, type Variant, Words } from '../pure/charts/plate.tsx'
import { round, tickLabel, valueScale } from '../pure/charts/scale.ts'
import { frenchMonth, frenchNumber, frenchPercent, frenchRange } from '../pure/french/french.ts'
import type { CostAndRisk, PlannedMonth } from './plan.ts'

/** The bands of a delay, widest first. */
const BANDS = [
  { low: 'p05', high: 'p95', ink: 'band90', words: '9 chances sur 10' },
  { low: 'p10', high: 'p90', ink: 'band80', words: '8 chances sur 10' },
  { low: 'p25', high: 'p75', ink: 'band50', words: 'une chance sur deux' },
] as const

interface PlanChartProps {
  id: string
  title: string
  subtitle: string
  source: string
  csv: string
  months: readonly PlannedMonth[]
  targetDays: number
}

/** The delay under the plan, month by month, as bands of chances, with the target it should stay under. */
export function PlanChart(props: PlanChartProps) {
  return (
    <Plate
      id={props.id}
      title={props.title}
      subtitle={props.subtitle}
      source={props.source}
      csv={props.csv}
      notes={
        <p>
          Du plus clair au plus foncé&nbsp;: {BANDS.map(band => band.words).join(', ')}. Tirets&nbsp;:
          médiane. Trait orange&nbsp;: objectif. Fond gris&nbsp;: mois montrés mais pas promis.
        </p>
      }
    >
      <PlanDrawing {...props} variant="wide" />
      <PlanDrawing {...props} variant="narrow" />
    </Plate>
  )
}

function PlanDrawing({ id, title, months, targetDays, variant }: PlanChartProps & { variant: Variant }) {
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const [left, right, top, bottom] = wide ? [46, 800, 26, 320] : [34, 330, 22, 220]
  const step = (right - left) / months.length
  const x = (i: number) => round(left + step * (i + 0.5))
  const y = valueScale(
    [targetDays * 1.2, ...months.map(month => month.delay.p95)],
    [bottom, top],
    wide ? 6 : 4,
  )
  const worst = months.reduce((a, b) => (b.lateProbability > a.lateProbability ? b : a))
  const unpromised = months.filter(month => !month.promised).length
  const every = Math.max(1, Math.ceil((wide ? 62 : 58) / step))
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 28}
      title={title}
      description={`De ${frenchMonth(months[0]!.month)} à ${frenchMonth(months.at(-1)!.month)}. Mois le plus risqué : ${frenchMonth(worst.month)}, ${frenchPercent(worst.lateProbability * 100)} de chances d’être en retard.`}
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
      {y.ticks.map(tick => (
        <>
          <line
            x1={left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
          />
          <Words x={left - 6} y={y.at(tick) + 4} anchor="end" size={11} ink="faint">
            {tickLabel(tick)}
          </Words>
        </>
      ))}
      {BANDS.map(({ low, high, ink }) =>
        months.length === 1 ? (
          <rect
            x={round(x(0) - step * 0.2)}
            y={y.at(months[0]!.delay[high])}
            width={round(step * 0.4)}
            height={round(Math.max(1, y.at(months[0]!.delay[low]) - y.at(months[0]!.delay[high])))}
            {...paint({ fill: ink })}
          />
        ) : (
          <path
            d={
              area<PlannedMonth>()
                .x((_, i) => x(i))
                .y0(month => y.at(month.delay[low]))
                .y1(month => y.at(month.delay[high]))([...months]) ?? ''
            }
            {...paint({ fill: ink })}
          />
        ),
      )}
      <path
        d={
          line<PlannedMonth>()
            .x((_, i) => x(i))
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
          <rect
            x={round(x(i) - step / 2)}
            y={top}
            width={round(step)}
            height={bottom - top}
            fill="none"
            pointer-events="all"
          >
            <title>{`${frenchMonth(month.month)} : médiane ${frenchNumber(month.delay.p50, 1)} jours, 9 chances sur 10 de ${frenchRange(month.delay.p05, month.delay.p95)} ; retard ${frenchPercent(month.lateProbability * 100)}`}</title>
          </rect>
          {i % every === 0 && (
            <Words x={x(i)} y={bottom + 17} anchor="middle" size={wide ? 12 : 10}>
              {`${month.month.slice(5)}/${month.month.slice(0, 4)}`}
            </Words>
          )}
        </g>
      ))}
    </Drawing>
  )
}

/** What each euro buys: risk against cost, with the plan, the mean plan and doing nothing named. */
export function CostRiskChart({
  id,
  points,
  source,
  csv,
}: {
  id: string
  points: readonly CostAndRisk[]
  source: string
  csv: string
}) {
  const title = riskFinding(points)
  return (
    <Plate
      id={id}
      title={title}
      subtitle="Probabilité d’être en retard au moins un mois promis, selon l’argent dépensé en plus de l’équipe en place."
      source={source}
      csv={csv}
    >
      <CostRiskDrawing id={id} title={title} points={points} variant="wide" />
      <CostRiskDrawing id={id} title={title} points={points} variant="narrow" />
    </Plate>
  )
}

/** What the next step of safety would cost, from this plan. */
export function riskFinding(points: readonly CostAndRisk[]): string {
  const plan = points.find(point => point.kind === 'plan')
  const risk = (point: CostAndRisk) => frenchPercent(100 * point.jointLateProbability)
  const safer = points
    .filter(
      point =>
        plan !== undefined &&
        point.cost > plan.cost &&
        point.jointLateProbability < plan.jointLateProbability - 0.005,
    )
    .sort((a, b) => a.cost - b.cost)[0]
  if (plan === undefined || safer === undefined) return 'Aucun plan plus sûr parmi ceux essayés'
  return `Passer de ${risk(plan)} à ${risk(safer)} de risque coûterait ${frenchNumber(safer.cost - plan.cost)}\u00a0€ de plus`
}

const POINT_NAMES = {
  nothing: 'ne rien faire',
  mean: 'calé sur la moyenne',
  plan: 'ce plan',
  other: '',
} as const

function CostRiskDrawing({
  id,
  title,
  points,
  variant,
}: {
  id: string
  title: string
  points: readonly CostAndRisk[]
  variant: Variant
}) {
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const [left, right, top, bottom] = wide ? [56, 780, 20, 260] : [44, 320, 20, 200]
  const x = valueScale(
    points.map(point => point.cost),
    [left, right],
    wide ? 6 : 3,
  )
  const y = valueScale(
    points.map(point => 100 * point.jointLateProbability),
    [bottom, top],
    wide ? 5 : 4,
  )
  const inOrder = [...points].sort((a, b) => a.cost - b.cost)
  const named = inOrder.filter(point => point.kind !== 'other')
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 30}
      title={title}
      description={named
        .map(
          point =>
            `${POINT_NAMES[point.kind]} : ${frenchNumber(point.cost)} €, ${frenchPercent(100 * point.jointLateProbability)} de risque`,
        )
        .join(' ; ')}
    >
      {y.ticks.map(tick => (
        <>
          <line
            x1={left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
          />
          <Words x={left - 6} y={y.at(tick) + 4} anchor="end" size={11} ink="faint">
            {`${tickLabel(tick)}\u00a0%`}
          </Words>
        </>
      ))}
      {x.ticks.map(tick => (
        <Words x={x.at(tick)} y={bottom + 18} anchor="middle" size={11} ink="faint">
          {`${frenchNumber(tick / 1000)}\u00a0k€`}
        </Words>
      ))}
      <path
        d={
          line<CostAndRisk>()
            .x(point => x.at(point.cost))
            .y(point => y.at(100 * point.jointLateProbability))(inOrder) ?? ''
        }
        {...paint({ fill: 'none', stroke: 'observed' })}
        stroke-width={2}
      />
      {inOrder.map(point => (
        <circle
          cx={x.at(point.cost)}
          cy={y.at(100 * point.jointLateProbability)}
          r={point.kind === 'plan' ? 6 : 3.5}
          {...paint({ fill: point.kind === 'plan' ? 'target' : 'observed', stroke: 'paper' })}
        >
          <title>{`${frenchNumber(point.cost)} € : ${frenchPercent(100 * point.jointLateProbability)} de risque`}</title>
        </circle>
      ))}
      {named.map(point => (
        <Words
          x={x.at(point.cost) + 9}
          y={y.at(100 * point.jointLateProbability) - 8}
          size={12}
          bold={point.kind === 'plan'}
          halo="paper"
        >
          {POINT_NAMES[point.kind]}
        </Words>
      ))}
    </Drawing>
  )
}
