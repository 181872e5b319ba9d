import { frenchQuantity, frenchShortQuantity, type Quantity, shortQuarter } from '../french/french.ts'
import {
  anchored,
  fanDescription,
  type ObservedQuarter,
  type ProjectedQuarter,
  projectionRuns,
  type TargetStep,
} from './fan.ts'
import { FanBands, MedianLines, ObservedLine, TargetLine, Unpublished } from './fan-marks.tsx'
import { paint } from './ink.ts'
import { Drawing, Plate } from './plate.tsx'
import { quarterScale } from './quarter-axis.tsx'
import { round, tickLabel, valueScale } from './scale.ts'

/** One of the small fans: a town hall, its series and what is projected. */
export interface SmallFan {
  /** Unique in the chart, such as the INSEE code. */
  key: string
  name: string
  href?: string | undefined
  /** Written beside the name; the last observed value otherwise. */
  figure?: string | undefined
  observed: readonly ObservedQuarter[]
  projected?: readonly ProjectedQuarter[]
  /** Its own target, where those of the chart differ. */
  target?: readonly TargetStep[] | undefined
}

/** What a page of small fans shows; all have the same quarters and one height scale, to compare levels. */
export interface SmallMultiplesProps {
  id: string
  title: string
  subtitle: string
  quantity: Quantity
  fans: readonly SmallFan[]
  target?: readonly TargetStep[]
  source: string
  csv?: string | undefined
}

const WIDTH = 240
const HEIGHT = 110
const BOTTOM = HEIGHT - 4
const TOP = 6

/** One small fan by place, with its name and its last value, for eyes that compare. */
export function SmallMultiples(props: SmallMultiplesProps) {
  const { id, fans, quantity, target = [] } = props
  const quarters = fans.flatMap(fan => [...fan.observed, ...(fan.projected ?? [])].map(p => p.quarter)).sort()
  const y = valueScale(
    [
      ...fans.flatMap(fan => fan.observed.map(point => point.value ?? 0)),
      ...fans.flatMap(fan => (fan.projected ?? []).map(point => point.p95)),
      ...[...target, ...fans.flatMap(fan => fan.target ?? [])].map(step => step.value),
    ],
    [BOTTOM, TOP],
    5,
  )
  const [first, last] = [quarters[0], quarters.at(-1)]
  return (
    <Plate
      {...props}
      notes={
        <p>
          {`Même échelle partout\u00a0: de ${tickLabel(y.low)} à ${frenchShortQuantity(y.high, quantity)}`}
          {first !== undefined &&
            last !== undefined &&
            `, du ${shortQuarter(first)} au ${shortQuarter(last)}`}
          . {fans.some(fan => fan.observed.length > 0) && 'Trait plein\u00a0: observé. '}
          {fans.some(fan => fan.projected !== undefined) &&
            'Tireté et bandes\u00a0: projeté, la bande du milieu une chance sur deux.'}
          {(target.length > 0 || fans.some(fan => fan.target !== undefined)) &&
            ' Trait mixte orange : objectif.'}
          {fans.some(fan => fan.observed.some(point => point.value === undefined)) &&
            ' Espace gris\u00a0: non publié.'}
        </p>
      }
    >
      <ul class="small-fans">
        {fans.map(fan => {
          const known = fan.observed.filter(point => point.value !== undefined).at(-1)
          return (
            <li>
              <p class="small-fan-name">
                <span>{fan.href === undefined ? fan.name : <a href={fan.href}>{fan.name}</a>}</span>
                <strong>
                  {fan.figure ??
                    (known?.value === undefined ? 'non publié' : frenchQuantity(known.value, quantity))}
                </strong>
              </p>
              {first !== undefined && (
                <SmallDrawing
                  id={`${id}-${fan.key}`}
                  fan={fan}
                  quarters={quarters}
                  y={y}
                  quantity={quantity}
                  target={fan.target ?? target}
                />
              )}
              <p class="small-fan-axis" aria-hidden="true">
                <span>{first?.slice(0, 4)}</span>
                <span>{last?.slice(0, 4)}</span>
              </p>
            </li>
          )
        })}
      </ul>
    </Plate>
  )
}

/** One small drawing. It bears no text, which would be unreadable at this size: the page writes it around. */
function SmallDrawing(props: {
  id: string
  fan: SmallFan
  quarters: readonly string[]
  y: ReturnType<typeof valueScale>
  quantity: Quantity
  target: readonly TargetStep[]
}) {
  const { id, fan, quarters, y, quantity, target } = props
  const x = quarterScale(quarters, 2, WIDTH - 2)
  const projected = fan.projected ?? []
  const runs = projectionRuns(projected).map(run => anchored(run, fan.observed))
  const firstProjected = projected.map(point => point.quarter).sort()[0]
  const lastKnown = fan.observed.filter(point => point.value !== undefined).at(-1)
  const description = fanDescription({
    id,
    title: '',
    subtitle: '',
    quantity,
    observed: fan.observed,
    projected,
    target,
  })
  return (
    <Drawing id={id} width={WIDTH} height={HEIGHT} title={fan.name} description={description}>
      {y.ticks.map(tick => (
        <line
          x1={0}
          x2={WIDTH}
          y1={y.at(tick)}
          y2={y.at(tick)}
          {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
        />
      ))}
      <Unpublished observed={fan.observed} x={x} top={TOP} bottom={BOTTOM} />
      <FanBands runs={runs} x={x} y={y} />
      <TargetLine steps={target} x={x} y={y} />
      {firstProjected !== undefined && (
        <line
          x1={round(x.at(firstProjected) - x.step / 2)}
          x2={round(x.at(firstProjected) - x.step / 2)}
          y1={0}
          y2={BOTTOM}
          {...paint({ stroke: 'axis' })}
        />
      )}
      <MedianLines runs={runs} x={x} y={y} width={1.5} dashes="4 3" />
      <ObservedLine observed={fan.observed} x={x} y={y} width={2} />
      {lastKnown?.value !== undefined && (
        <circle
          cx={x.at(lastKnown.quarter)}
          cy={y.at(lastKnown.value)}
          r={3}
          {...paint({ fill: 'observed' })}
        />
      )}
    </Drawing>
  )
}
