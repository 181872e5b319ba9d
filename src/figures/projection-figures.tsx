import type { Quarter } from '../pure/calendar/period.ts'
import type { ProjectedQuarter, TargetStep } from '../pure/charts/fan.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { type Column, type DrawnColumn, rangeFile } from '../pure/elements/column.ts'
import { STATUS_WORDS, StatusTag } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { Status } from '../pure/figures/measure.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDays,
  frenchPercent,
  frenchQuantity,
  frenchRange,
  shortQuarter,
} from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'

/** A projected delay or wait in one quarter. */
export interface BandedQuarter {
  quarter: Quarter
  band: PathBand
}

/** A band that a fan can draw; `undefined` when it reaches beyond the calendar known to the model. */
export function fanQuarter({ quarter, band }: BandedQuarter): ProjectedQuarter | undefined {
  const { low90, low80, low50, median, high50, high80, high90 } = band
  if (
    low90 === undefined ||
    low80 === undefined ||
    low50 === undefined ||
    median === undefined ||
    high50 === undefined ||
    high80 === undefined ||
    high90 === undefined
  )
    return undefined
  return { quarter, p05: low90, p10: low80, p25: low50, p50: median, p75: high50, p90: high80, p95: high90 }
}

/** A quarter as a table tells it: what was published, else what is projected. */
interface ToldQuarter {
  quarter: Quarter
  seen?: { days: number; status: Status }
  band?: PathBand
}

interface ProjectionFiguresProps {
  id: string
  title: string
  subtitle: string
  observed: readonly { quarter: Quarter; days: number; status: Status }[]
  projected: readonly BandedQuarter[]
  /** Other readings of the same projection, one column each: pooled slots, the wait ahead. */
  beside?: readonly { label: string; bands: readonly BandedQuarter[] }[]
  /** `undefined` where nothing is aimed at. */
  limitDays: number | undefined
  limitWords: string
  source: string
  csv?: string
  note?: string
}

/** A projected delay: its fan after what was observed, then the numbers with the chances of passing the limit. */
export function ProjectionFigures(props: ProjectionFiguresProps) {
  const {
    id,
    title,
    subtitle,
    observed,
    projected,
    beside = [],
    limitDays,
    limitWords,
    source,
    csv,
    note,
  } = props
  const drawn = projected.map(fanQuarter)
  const until = drawn.indexOf(undefined)
  const fan = (until < 0 ? drawn : drawn.slice(0, until)).filter(point => point !== undefined)
  const first = observed[0]?.quarter ?? fan[0]?.quarter
  const target: TargetStep[] =
    first === undefined || limitDays === undefined ? [] : [{ from: first, value: limitDays }]
  const rows: ToldQuarter[] = [
    ...observed.map(({ quarter, ...seen }) => ({ quarter, seen })),
    ...projected.filter(({ quarter }) => observed.every(one => one.quarter !== quarter)),
  ].sort((a, b) => a.quarter.localeCompare(b.quarter))
  const numbers = (
    <Table
      id={`${id}-nombres`}
      caption={`${subtitle.replace(/\. Plus bas, c’est mieux\.$/, '')} : les nombres`}
      rows={rows}
      {...(csv === undefined ? {} : { csv })}
      {...(note === undefined ? {} : { note })}
      columns={[
        { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
        {
          label: observed.length > 0 ? 'Publié, ou médiane' : 'Médiane',
          numeric: true,
          file: [
            {
              label: 'Médiane',
              value: ({ band }) => band?.median,
              unit: 'jours',
              type: 'number',
              decimals: 0,
            },
            { label: 'Publié', value: ({ seen }) => seen?.days, unit: 'jours', type: 'number', decimals: 1 },
            { label: 'Nature', value: ({ seen }) => STATUS_WORDS[seen?.status ?? 'estimated'] },
          ],
          cell: ({ band, seen }) => (
            <>
              {seen === undefined ? bandDays(band?.median) : frenchQuantity(seen.days, 'day')}{' '}
              <StatusTag status={seen?.status ?? 'estimated'} />
            </>
          ),
        },
        halfColumn<ToldQuarter>(row => row.band),
        bandColumn<ToldQuarter>(NINE_IN_TEN, row => row.band),
        ...(limitDays === undefined
          ? []
          : [
              chanceColumn<ToldQuarter>(
                `Chances de dépasser ${limitWords}`,
                row => row.band?.probabilityOver,
              ),
            ]),
        ...beside.map(({ label, bands }) =>
          medianColumn<ToldQuarter>(label, ({ quarter }) => bands.find(one => one.quarter === quarter)?.band),
        ),
      ]}
    />
  )
  if (fan.length === 0) return numbers
  return (
    <FanChart
      id={id}
      title={title}
      subtitle={subtitle}
      quantity="day"
      observed={observed.map(({ quarter, days, status }) => ({ quarter, value: days, status }))}
      projected={fan}
      target={target}
      source={source}
      {...(csv === undefined ? {} : { csv })}
    >
      {numbers}
    </FanChart>
  )
}

/** A column of medians in days. */
export function medianColumn<Row>(label: string, bandOf: (row: Row) => PathBand | undefined): Column<Row> {
  return {
    label,
    numeric: true,
    cell: row => {
      const band = bandOf(row)
      return band === undefined ? '–' : bandDays(band.median)
    },
    file: [{ value: row => bandOf(row)?.median, unit: 'jours', type: 'number', decimals: 0 }],
  }
}

/** A column of the ranges that hold nine chances in ten, in days. */
export function bandColumn<Row>(label: string, bandOf: (row: Row) => PathBand | undefined): DrawnColumn<Row> {
  return {
    label,
    numeric: true,
    cell: row => {
      const band = bandOf(row)
      return band === undefined ? '–' : bandRange(band)
    },
    file: rangeFile(
      label,
      row => {
        const band = bandOf(row)
        return band && { low: band.low90, high: band.high90 }
      },
      { unit: 'jours', decimals: 0 },
    ),
  }
}

/** A column of the ranges that hold one chance in two, in days. */
export function halfColumn<Row>(bandOf: (row: Row) => PathBand | undefined): Column<Row> {
  return {
    label: 'Une chance sur deux',
    range: row => {
      const { low50: low, high50: high } = bandOf(row) ?? {}
      return low === undefined || high === undefined ? undefined : { low, high }
    },
    unit: 'jours',
  }
}

/** A column of chances, in per cent. */
export function chanceColumn<Row>(label: string, of: (row: Row) => number | undefined): Column<Row> {
  return {
    label,
    numeric: true,
    cell: row => {
      const probability = of(row)
      return probability === undefined ? '–' : chances(probability)
    },
    file: [
      {
        value: row => {
          const probability = of(row)
          return probability === undefined ? undefined : 100 * probability
        },
        unit: '%',
        type: 'number',
        decimals: 0,
      },
    ],
  }
}

/** A projected number of days, or the words for one beyond the calendar. */
export function bandDays(days: number | undefined): string {
  return days === undefined ? 'au-delà du calendrier' : frenchDays(days, 0)
}

/** The range that holds nine chances in ten. */
export function bandRange({ low90, high90 }: PathBand): string {
  if (low90 === undefined) return 'au-delà du calendrier'
  return high90 === undefined ? `plus de ${frenchDays(low90, 0)}` : frenchRange(low90, high90, 0)
}

/** A probability that never says « certain »: it comes from a few hundred paths. */
export function chances(probability: number): string {
  if (probability > 0.99) return 'plus de 99\u00a0%'
  return probability < 0.01 ? 'moins de 1\u00a0%' : frenchPercent(100 * probability, 0)
}
