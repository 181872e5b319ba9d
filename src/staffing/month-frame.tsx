import type { Month } from '../pure/calendar/period.ts'
import { type Variant, Words } from '../pure/charts/plate.tsx'
import { round, type ValueScale } from '../pure/charts/scale.ts'
import { ValueLines } from '../pure/charts/value-lines.tsx'

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
      <ValueLines y={y} left={x.left} right={x.right} size={11} />
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

/** The whole height of a month, which says its values to who points at it. */
export function MonthReading({ x, place, words }: { x: MonthScale; place: number; words: string }) {
  return (
    <rect
      x={round(x.at(place) - x.step / 2)}
      y={x.top}
      width={round(x.step)}
      height={x.bottom - x.top}
      fill="none"
      pointer-events="all"
    >
      <title>{words}</title>
    </rect>
  )
}
