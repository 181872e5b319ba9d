import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { firstDay, lastDay, monthOf, monthsBetween } from '../pure/calendar/period.ts'
import { paint } from '../pure/charts/ink.ts'
import {
  Drawing,
  Key,
  type KeyEntry,
  keyHeight,
  LineSign,
  Plate,
  type Variant,
  Words,
} from '../pure/charts/plate.tsx'
import { round, valueScale } from '../pure/charts/scale.ts'
import { ValueLines } from '../pure/charts/value-lines.tsx'
import { bounded } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { Status } from '../pure/figures/measure.ts'
import { frenchCount, frenchDay, frenchDays, frenchMonth, ofName } from '../pure/french/french.ts'
import type { DailyWait } from './daily-wait.ts'

/** The waits of a hall day by day, with the means that are published of them. */
export interface WaitChartData {
  id: string
  hall: string
  waits: readonly DailyWait[]
  /** Means of months, as they are published: a month that was not seen enough has none. */
  months: readonly { month: string; days: number; status: Status }[]
  /** Mean of quarters, likewise, by their name: `T4 2026`. */
  quarters: readonly { quarter: string; days: number; status: Status }[]
  source: string
}

/** What the waits say, in words. */
export function waitFinding({ hall, waits }: WaitChartData): string {
  const last = waits.at(-1)
  if (last === undefined) return `Aucun jour lu à ${hall}`
  const words =
    last.status === 'censored' ? `aucun créneau avant ${frenchDays(last.days, 0)}` : frenchDays(last.days, 0)
  return `${hall} : ${words} le ${frenchDay(last.day)}`
}

/** Stretches of days without a wait between the first and the last, both ends included. */
export function gapsOf(waits: readonly Pick<DailyWait, 'day'>[]): { from: Day; to: Day }[] {
  return waits.slice(1).flatMap(({ day }, i) => {
    const before = waits[i]!.day
    return daysBetween(before, day) > 1 ? [{ from: addDays(before, 1), to: addDays(day, -1) }] : []
  })
}

/** The drawing of the waits of a hall by day, wide or narrow, without its captions. */
export function WaitDrawing(data: WaitChartData & { variant: Variant }) {
  const { id, waits, months, variant } = data
  const wide = variant === 'wide'
  const width = wide ? 860 : 340
  const [left, right, top] = wide ? [52, 840, 16] : [40, 328, 16]
  const bottom = top + (wide ? 260 : 190)
  const entries = keyOf()
  const columns = wide ? 4 : 1
  const height = bottom + 34 + keyHeight(entries.length, columns)
  const [first, last] = [waits[0]?.day ?? '2000-01-01', waits.at(-1)?.day ?? '2000-01-01']
  const span = Math.max(1, daysBetween(first, last))
  const x = (day: Day) => round(left + 6 + ((right - left - 12) * daysBetween(first, day)) / span)
  const half = Math.min(10, (right - left) / span / 2)
  const y = valueScale(
    waits.map(wait => wait.days),
    [bottom, top],
    wide ? 5 : 4,
  )
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={height}
      title={waitFinding(data)}
      description={describedWaits(data)}
    >
      {gapsOf(waits).map(({ from, to }) => (
        <rect
          x={round(x(from) - half)}
          y={top}
          width={round(x(to) - x(from) + 2 * half)}
          height={bottom - top}
          {...paint({ fill: 'grid' })}
        >
          <title>
            {from === to ? `${frenchDay(from)} : pas lu` : `${frenchDay(from)} au ${frenchDay(to)} : pas lu`}
          </title>
        </rect>
      ))}
      <ValueLines y={y} left={left} right={right} size={wide ? 12 : 10} zero="grid" />
      {waits.slice(1).map((wait, i) => {
        const before = waits[i]!
        const follows = daysBetween(before.day, wait.day) === 1
        return (
          follows &&
          wait.status === 'observed' &&
          before.status === 'observed' && (
            <line
              x1={x(before.day)}
              y1={y.at(before.days)}
              x2={x(wait.day)}
              y2={y.at(wait.days)}
              {...paint({ stroke: 'observed' })}
            />
          )
        )
      })}
      {months.map(({ month, days, status }) => {
        const from = firstDay(month) < first ? first : firstDay(month)
        const to = lastDay(month) > last ? last : lastDay(month)
        return (
          <line
            x1={x(from)}
            x2={x(to)}
            y1={y.at(days)}
            y2={y.at(days)}
            {...paint({ stroke: 'target' })}
            stroke-width={2}
            stroke-dasharray="6 3"
          >
            <title>{`Moyenne ${ofName(frenchMonth(month))} : ${bounded(status, frenchDays(days))}`}</title>
          </line>
        )
      })}
      {waits.map(wait => (
        <g transform={`translate(${x(wait.day)} ${y.at(wait.days)})`}>
          <title>{waitWords(wait)}</title>
          {wait.status === 'observed' ? <Dot /> : <Bound />}
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} {...paint({ stroke: 'axis' })} />
      {tickDays(first, last, wide ? 8 : 4).map(day => (
        <Words x={x(day)} y={bottom + 16} anchor="middle" size={wide ? 12 : 10}>
          {`${Number(day.slice(8))}/${day.slice(5, 7)}`}
        </Words>
      ))}
      <Key entries={entries} x={left - 30} y={bottom + 30} width={width - left} columns={columns} />
    </Drawing>
  )
}

function Dot() {
  return <circle r={3} {...paint({ fill: 'observed' })} />
}

/** At least so long: the sign points where the wait may be. */
function Bound() {
  return <path d="M-4,4L0,-5L4,4Z" {...paint({ fill: 'paper', stroke: 'conflict' })} stroke-width={1.5} />
}

function keyOf(): KeyEntry[] {
  return [
    {
      text: 'premier créneau libre',
      sign: (
        <g transform="translate(11 6)">
          <Dot />
        </g>
      ),
    },
    {
      text: 'aucun créneau : au moins',
      sign: (
        <g transform="translate(11 6)">
          <Bound />
        </g>
      ),
    },
    { text: 'pas lu', sign: <rect x={2} width={18} height={12} {...paint({ fill: 'grid' })} /> },
    {
      text: 'moyenne du mois',
      sign: <LineSign ink="target" dashes="6 3" />,
    },
  ]
}

/** Days to write under the axis: the first ones of months when there are several, or evenly spread. */
function tickDays(first: Day, last: Day, most: number): Day[] {
  const months = monthsBetween(monthOf(first), monthOf(last)).map(firstDay)
  if (months.length > 3) {
    const every = Math.ceil(months.length / most)
    return months.filter((day, i) => day >= first && i % every === 0)
  }
  const step = Math.max(1, Math.ceil((daysBetween(first, last) + 1) / most))
  return Array.from({ length: Math.floor(daysBetween(first, last) / step) + 1 }, (_, i) =>
    addDays(first, i * step),
  )
}

function waitWords({ day, days, status }: DailyWait): string {
  return status === 'censored'
    ? `${frenchDay(day)} : aucun créneau avant ${frenchDays(days, 0)}`
    : `${frenchDay(day)} : ${frenchDays(days, 0)}`
}

function describedWaits({ waits }: WaitChartData): string {
  if (waits.length === 0) return 'Aucun jour lu.'
  const missing = gapsOf(waits).reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
  const bounds = waits.filter(wait => wait.status === 'censored').length
  return `${frenchCount(waits.length, 'jour lu', 'jours lus')}, dont ${bounds} sans créneau dans l’horizon ; ${frenchCount(missing, 'jour')} sans lecture.`
}

/** The waits of a hall by day, with their gaps and bounds, and the means published of them. */
export function WaitChart(data: WaitChartData) {
  const { id, waits, months, quarters, source } = data
  const means = [
    ...months.map(({ month, days, status }) => ({ period: frenchMonth(month), days, status })),
    ...quarters.map(({ quarter, days, status }) => ({ period: quarter, days, status })),
  ]
  return (
    <Plate
      id={id}
      title={waitFinding(data)}
      subtitle="Jours à attendre jusqu’au premier créneau libre pour une carte d’identité, une personne, chaque jour de lecture."
      source={source}
      notes={
        <p>
          {means.length === 0
            ? 'Aucun mois n’a encore un jour lu dans chacun de ses tiers : pas de moyenne publiée.'
            : `Moyennes publiées : ${means.map(({ period, days, status }) => `${period}, ${bounded(status, frenchDays(days))}`).join(' ; ')}.`}
        </p>
      }
      table={
        <Table
          id={`${id}-table`}
          caption={`Attente à ${data.hall}, jour par jour`}
          rows={waits}
          columns={[
            { label: 'Jour', cell: wait => frenchDay(wait.day), whole: true },
            { label: 'Jours d’attente', figure: wait => wait.days },
            { label: 'Lecture', cell: wait => (wait.status === 'censored' ? 'au moins' : 'observé') },
          ]}
        />
      }
    >
      <WaitDrawing {...data} variant="wide" />
      <WaitDrawing {...data} variant="narrow" />
    </Plate>
  )
}
