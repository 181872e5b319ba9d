import { line } from 'd3-shape'
import { paint } from '../pure/charts/ink.ts'
import { Drawing, Plate, type Variant, Words } from '../pure/charts/plate.tsx'
import { valueScale } from '../pure/charts/scale.ts'
import { ValueLines } from '../pure/charts/value-lines.tsx'
import { frenchNumber, frenchPercent } from '../pure/french/french.ts'
import type { CostAndRisk } from './plan-answer.ts'

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
      <ValueLines y={y} left={left} right={right} size={11} unit={() => '\u00a0%'} />
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
