import type { Month } from '../pure/calendar/period.ts'
import { paint } from '../pure/charts/ink.ts'
import { type Variant, Words } from '../pure/charts/plate.tsx'
import { round, tickLabel, type ValueScale } from '../pure/charts/scale.ts'

/** Where months stand in a drawing, each in the middle of a step of the same width. */
export interface MonthScale {
  width: number
  left: number
  right: number
  top: number
  bottom: number
  step: number
  at: (place: number) => number
}

/** The place of so many months, in the drawing for a page or for a telephone. */
export function monthScale(months: number, variant: Variant): MonthScale {
  const [width, left, right, top, bottom] =
    variant === 'wide' ? [860, 46, 800, 26, 320] : [340, 34, 330, 22, 220]
  const step = (right - left) / months
  return { width, left, right, top, bottom, step, at: place => round(left + step * (place + 0.5)) }
}

/** The lines of the values and the names of the months, as many as there is room for. */
export function MonthFrame({
  months,
  x,
  y,
  variant,
}: {
  months: readonly Month[]
  x: MonthScale
  y: ValueScale
  variant: Variant
}) {
  const wide = variant === 'wide'
  const every = Math.max(1, Math.ceil((wide ? 62 : 58) / x.step))
  return (
    <>
      {y.ticks.map(tick => (
        <>
          <line
            x1={x.left}
            x2={x.right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
          />
          <Words x={x.left - 6} y={y.at(tick) + 4} anchor="end" size={11} ink="faint">
            {tickLabel(tick)}
          </Words>
        </>
      ))}
      {months.map(
        (month, i) =>
          i % every === 0 && (
            <Words x={x.at(i)} y={x.bottom + 17} anchor="middle" size={wide ? 12 : 10}>
              {`${month.slice(5)}/${month.slice(0, 4)}`}
            </Words>
          ),
      )}
    </>
  )
}
