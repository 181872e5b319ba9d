import { type Day, daysBetween } from '../calendar/day.ts'
import {
  daysInPeriod,
  firstDay,
  type Quarter,
  quarterNumber,
  quarterOf,
  quartersBetween,
} from '../calendar/period.ts'
import { paint } from './ink.ts'
import { Words } from './plate.tsx'
import { round } from './scale.ts'

/** A row of quarters of equal width between two pixels. */
export interface QuarterScale {
  quarters: Quarter[]
  step: number
  from: number
  to: number
  at: (quarter: Quarter) => number
  /** Where a day falls inside its quarter. */
  atDay: (day: Day) => number
}

/** Spreads the quarters from the first to the last of those given. @throws RangeError if there is none. */
export function quarterScale(quarters: readonly Quarter[], from: number, to: number): QuarterScale {
  const inOrder = [...quarters].sort()
  const [first, last] = [inOrder[0], inOrder.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('a chart needs at least one quarter')
  const all = quartersBetween(first, last)
  const step = (to - from) / all.length
  const start = (quarter: Quarter) => from + (quarterNumber(quarter) - quarterNumber(first)) * step
  return {
    quarters: all,
    step,
    from,
    to,
    at: quarter => round(start(quarter) + step / 2),
    atDay: day => {
      const quarter = quarterOf(day)
      return round(start(quarter) + (daysBetween(firstDay(quarter), day) / daysInPeriod(quarter)) * step)
    },
  }
}

/** Quarters written under a chart: `T1` to `T4` where they have room, and each year under its quarters. */
export function QuarterAxis({ scale, y }: { scale: QuarterScale; y: number }) {
  const roomForQuarters = scale.step >= 19
  const years = [...new Set(scale.quarters.map(quarter => quarter.slice(0, 4)))]
  const perYear = Math.ceil(34 / (scale.step * 4))
  return (
    <g>
      <line x1={scale.from} x2={scale.to} y1={y} y2={y} {...paint({ stroke: 'axis' })} />
      {roomForQuarters &&
        scale.quarters.map(quarter => (
          <Words x={scale.at(quarter)} y={y + 15} anchor="middle" size={10} ink="faint">
            T{quarter.slice(6)}
          </Words>
        ))}
      {years.map((year, i) => {
        const own = scale.quarters.filter(quarter => quarter.startsWith(year))
        const left = round(scale.at(own[0]!) - scale.step / 2)
        const right = round(scale.at(own.at(-1)!) + scale.step / 2)
        return (
          <>
            {i > 0 && (
              <line
                x1={left}
                x2={left}
                y1={y}
                y2={y + (roomForQuarters ? 32 : 8)}
                {...paint({ stroke: 'axis' })}
              />
            )}
            {right - left >= 24 && i % perYear === 0 && (
              <Words x={round((left + right) / 2)} y={y + (roomForQuarters ? 31 : 17)} anchor="middle">
                {year}
              </Words>
            )}
          </>
        )
      })}
    </g>
  )
}
