import { type Ink, paint } from './ink.ts'
import { Words } from './plate.tsx'
import { tickLabel, type ValueScale } from './scale.ts'

/** The lines across a drawing at the values of its scale, each named at its left; `zero` is the ink of the line of zero. */
export function ValueLines(props: {
  y: ValueScale
  left: number
  right: number
  size: number
  zero?: Ink
  /** What follows the number of a line. */
  unit?: (line: number) => string
}) {
  const { y, left, right, size, zero = 'axis', unit = () => '' } = props
  return (
    <>
      {y.ticks.map((tick, i) => (
        <>
          <line
            x1={left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            {...paint({ stroke: tick === 0 ? zero : 'grid' })}
          />
          <Words x={left - 6} y={y.at(tick) + 4} anchor="end" size={size} ink="faint">
            {tickLabel(tick)}
            {unit(i)}
          </Words>
        </>
      ))}
    </>
  )
}
