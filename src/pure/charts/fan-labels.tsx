import { frenchNumber, frenchShortQuantity, fromRange } from '../french/french.ts'
import { dodge } from './dodge.ts'
import { BANDS, bandDecimals, type FanData, toldQuarter } from './fan.ts'
import { paint } from './ink.ts'
import { type KeyEntry, LineSign, Words } from './plate.tsx'
import { round, type ValueScale } from './scale.ts'

/** What each band, the median and the target are called at the right end of a wide fan, without one over another. */
export function EndLabels(
  props: FanData & { x: number; y: ValueScale; bandX: number; top: number; bottom: number },
) {
  const labels = endLabels(props, props.y)
  const middles = dodge(
    labels.map(label => ({ wanted: label.at, size: label.lines.length * 14 + 5 })),
    props.top - 10,
    props.bottom + 10,
  )
  return (
    <g>
      {labels.map((label, i) => {
        const middle = middles[i]!
        const firstLine = middle - ((label.lines.length - 1) * 14) / 2 + 4
        return (
          <>
            <path
              d={`M${label.band ? props.bandX : props.x},${label.at}L${props.x + 4},${label.at}L${props.x + 14},${middle}`}
              {...paint({ fill: 'none', stroke: label.ink === 'target' ? 'target' : 'axis' })}
            />
            {label.lines.map((text, n) => (
              <Words
                x={props.x + 18}
                y={round(firstLine + n * 14)}
                ink={label.ink}
                bold={label.lines.length === 1 || n === 0}
              >
                {text}
              </Words>
            ))}
          </>
        )
      })}
    </g>
  )
}

/** What is written at the right end of the wide drawing, line by line, and where it would like to stand. */
function endLabels({ projected = [], target = [], quantity }: FanData, y: ValueScale) {
  const end = projected.at(-1)
  const aim = target.at(-1)
  const decimals = bandDecimals(quantity)
  const told = end && toldQuarter(end, quantity)
  return [
    ...(end === undefined || told === undefined
      ? []
      : [
          ...BANDS.map(({ low, high, words }, i) => ({
            at: y.at((end[high] + (i < 2 ? end[BANDS[i + 1]!.high] : end.p50)) / 2),
            ink: 'text' as const,
            lines: [words, fromRange(told[low], told[high], decimals)],
            band: true,
          })),
          {
            at: y.at(end.p50),
            ink: 'title' as const,
            lines: [`médiane ${frenchNumber(told.p50, decimals)}`],
            band: true,
          },
        ]),
    ...(aim === undefined
      ? []
      : [
          {
            at: y.at(aim.value),
            ink: 'target' as const,
            lines: [`objectif ${frenchShortQuantity(aim.value, quantity)}`],
            band: false,
          },
        ]),
  ]
}

/** The key under a narrow fan, that has no room for words beside its bands. */
export function narrowKey({ projected = [], target = [], observed, quantity }: FanData): KeyEntry[] {
  const aim = target.at(-1)
  const entries: KeyEntry[] = []
  if (observed.length > 0) {
    entries.push({
      text: 'observé',
      sign: (
        <>
          <LineSign ink="observed" width={2.5} />
          <circle cx={11} cy={6} r={3} {...paint({ fill: 'observed' })} />
        </>
      ),
    })
  }
  if (projected.length > 0) {
    entries.push({
      text: 'estimé (médiane)',
      sign: <LineSign ink="projected" dashes="6 4" />,
    })
    for (const { ink, words } of [...BANDS].reverse()) {
      entries.push({
        text: words,
        sign: <rect width={22} height={12} {...paint({ fill: ink, stroke: 'edge' })} />,
      })
    }
  }
  if (aim !== undefined) {
    entries.push({
      text: `objectif ${frenchShortQuantity(aim.value, quantity)}`,
      sign: <LineSign ink="target" width={1.5} dashes="8 3 2 3" />,
    })
  }
  if (observed.some(point => (point.conflicts ?? []).length > 0)) {
    entries.push({
      text: 'autre valeur publiée',
      sign: (
        <path d="M11,1L16,6L11,11L6,6Z" {...paint({ fill: 'paper', stroke: 'conflict' })} stroke-width={2} />
      ),
    })
  }
  if (observed.some(point => point.value === undefined)) {
    entries.push({ text: 'non publié', sign: <rect width={22} height={12} {...paint({ fill: 'grid' })} /> })
  }
  return entries
}
