import { scaleLinear, scaleLog } from 'd3-scale'
import { NINE_IN_TEN } from '../french/chances.ts'
import { largest, smallest } from '../numerics/extremes.ts'
import { shortened, textWidth } from './dodge.ts'
import { paint } from './ink.ts'
import { Drawing, Key, type KeyEntry, keyHeight, Plate, type Variant, Words } from './plate.tsx'
import { round, tickLabel } from './scale.ts'

/** One forecast that has met its fact: what was said with its band, what came, what a rival said. */
export interface SaidCame {
  label: string
  said: number
  low: number
  high: number
  came: number
  rival: number | undefined
}

/** What the chart shows, and how its rival is named. */
export interface SaidCameData {
  id: string
  title: string
  subtitle: string
  rival: string
  words: (value: number) => string
  rows: readonly SaidCame[]
}

const ROW = 24

/**
 * Forecasts beside what came, one a line, on a scale of ratios: a factor of two is as wide everywhere. The band is drawn
 * first, what came is the strongest ink.
 */
export function SaidCameChart({ source, ...data }: SaidCameData & { source: string }) {
  if (data.rows.length === 0) return null
  return (
    <Plate {...data} source={source}>
      <SaidCameDrawing {...data} variant="wide" />
      <SaidCameDrawing {...data} variant="narrow" />
    </Plate>
  )
}

/** The drawing alone, wide or narrow. */
export function SaidCameDrawing({ variant, ...data }: SaidCameData & { variant: Variant }) {
  const { id, title, rows } = data
  const wide = variant === 'wide'
  const size = wide ? 12 : 11
  const width = wide ? 860 : 340
  const labels = rows.map(row => shortened(row.label, size, wide ? 320 : 160))
  const left =
    16 +
    largest(
      labels.map(label => textWidth(label, size)),
      40,
    )
  const right = width - 16
  const x = ratioScale(
    rows.flatMap(row => [row.low, row.high, row.said, row.came, row.rival ?? row.came]),
    left,
    right,
    wide ? 8 : 4,
  )
  const bottom = 8 + rows.length * ROW
  const entries = keyOf(data)
  const columns = wide ? 4 : 2
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 34 + keyHeight(entries.length, columns)}
      title={title}
      description={saidCameDescription(data)}
    >
      {x.ticks.map(tick => (
        <>
          <line x1={x.at(tick)} x2={x.at(tick)} y1={8} y2={bottom} {...paint({ stroke: 'grid' })} />
          <Words x={x.at(tick)} y={bottom + 16} anchor="middle" size={size} ink="faint">
            {tickLabel(tick)}
          </Words>
        </>
      ))}
      {rows.map((row, i) => {
        const y = 8 + (i + 0.5) * ROW
        return (
          <g>
            <title>{rowWords(row, data)}</title>
            <Words x={left - 8} y={y + 4} anchor="end" size={size}>
              {labels[i]}
            </Words>
            <g transform={`translate(${x.at(row.low)} ${y})`}>{band(x.at(row.high) - x.at(row.low))}</g>
            <g transform={`translate(${x.at(row.said)} ${y})`}>{SAID}</g>
            {row.rival !== undefined && <g transform={`translate(${x.at(row.rival)} ${y})`}>{RIVAL}</g>}
            <g transform={`translate(${x.at(row.came)} ${y})`}>{CAME}</g>
          </g>
        )
      })}
      <Key entries={entries} x={8} y={bottom + 26} width={width - 16} columns={columns} />
    </Drawing>
  )
}

const SAID = <line x1={0} x2={0} y1={-8} y2={8} {...paint({ stroke: 'edge' })} stroke-width={3} />
const CAME = <circle cx={0} cy={0} r={4.5} {...paint({ fill: 'title', stroke: 'paper' })} />
const RIVAL = <path d="M-4-4L4 4M-4 4L4-4" {...paint({ fill: 'none', stroke: 'target' })} stroke-width={2} />

function band(length: number) {
  return <rect x={0} y={-6} width={round(Math.max(1, length))} height={12} {...paint({ fill: 'band80' })} />
}

function keyOf({ rival, rows }: SaidCameData): KeyEntry[] {
  const centred = (sign: typeof CAME) => <g transform="translate(11 6)">{sign}</g>
  return [
    { text: 'venu', sign: centred(CAME) },
    { text: 'dit', sign: centred(SAID) },
    { text: NINE_IN_TEN, sign: <g transform="translate(0 6)">{band(22)}</g> },
    ...(rows.some(row => row.rival !== undefined) ? [{ text: rival, sign: centred(RIVAL) }] : []),
  ]
}

function rowWords({ label, said, low, high, came, rival }: SaidCame, { words, ...data }: SaidCameData) {
  const told = `${label} : dit ${words(said)} (de ${words(low)} à ${words(high)}), venu ${words(came)}`
  return rival === undefined ? told : `${told}, ${data.rival} ${words(rival)}`
}

function saidCameDescription({ rows }: SaidCameData): string {
  const within = rows.filter(row => row.came >= row.low && row.came <= row.high).length
  return `${rows.length} prévisions, de ${rows[0]!.label} à ${rows.at(-1)!.label} ; ${within} fois ce qui est venu tombe dans la bande. Le tableau qui suit donne les nombres.`
}

/** Pixels by the logarithm of a value, with round values between the extremes: decades when they are far apart. */
function ratioScale(values: readonly number[], left: number, right: number, most: number) {
  const low = smallest(values)
  const high = Math.max(largest(values), low * 1.2)
  const at = (value: number) => round(left + ((right - left) * Math.log(value / low)) / Math.log(high / low))
  if (high < 5 * low) return { at, ticks: scaleLinear().domain([low, high]).ticks(most) }
  const decades = scaleLog().domain([low, high]).ticks()
  return { at, ticks: decades.filter(tick => [1, 2, 5].includes(Number(String(tick).replace(/[0.]/g, '')))) }
}
