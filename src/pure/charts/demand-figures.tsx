import { type Quarter, yearOf } from '../calendar/period.ts'
import type { ExplanationLine } from '../figures/explanation.ts'
import { groupBy } from '../figures/group-by.ts'
import { frenchNumber, frenchRange, shortQuarter } from '../pages/french.ts'
import { Table } from '../pages/table.tsx'
import { type DatedEvent, FanChart } from './fan-chart.tsx'
import { StackedChart } from './stacked-chart.tsx'

/** Requests expected in a quarter, with their band and their parts; always an estimate. */
export interface ExpectedQuarter {
  quarter: Quarter
  mean: number
  quantiles: { p05: number; p10: number; p25: number; p50: number; p75: number; p90: number; p95: number }
  parts: { end: number; travelEnd: number; early: number; suppressed: number; other: number }
}

interface DemandFiguresProps {
  placeName: string
  quarters: readonly ExpectedQuarter[]
  explanation: readonly ExplanationLine[]
  events: readonly DatedEvent[]
  source: string
  csv: string
}

/** The projection of a place: its reasons first, then the fan, the parts, and the numbers. */
export function DemandFigures({ placeName, quarters, explanation, events, source, csv }: DemandFiguresProps) {
  return (
    <>
      <Explanation lines={explanation} />
      <FanChart
        id="demande"
        title={finding(quarters)}
        subtitle={`Demandes de cartes d’identité et de passeports par trimestre, ${placeName}, estimées`}
        quantity="count"
        observed={[]}
        projected={quarters.map(({ quarter, quantiles }) => ({ quarter, ...quantiles }))}
        events={events}
        source={source}
        csv={csv}
      />
      <StackedChart
        id="composition"
        title="De quoi la demande sera faite"
        subtitle={`Demandes par an, ${placeName}, estimées (années complètes)`}
        parts={PARTS}
        periods={yearlyParts(quarters)}
        source={source}
        csv={csv}
      />
      <h2>Les nombres</h2>
      <Table
        id="demande-tableau"
        caption={`Demandes estimées par trimestre, ${placeName}`}
        csv={csv}
        rows={quarters}
        columns={[
          { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
          { label: 'Attendu (estimé)', cell: row => frenchNumber(row.mean), numeric: true },
          {
            label: 'Une chance sur deux',
            cell: row => frenchRange(row.quantiles.p25, row.quantiles.p75, 0),
            numeric: true,
          },
          {
            label: 'Neuf chances sur dix',
            cell: row => frenchRange(row.quantiles.p05, row.quantiles.p95, 0),
            numeric: true,
          },
        ]}
      />
    </>
  )
}

/** Titled lines that walk a reader through a computation. */
export function Explanation({ lines }: { lines: readonly ExplanationLine[] }) {
  return (
    <>
      {lines.map(line => (
        <section>
          <h2 class="fr-h5">{line.title}</h2>
          <p>{line.text}</p>
        </section>
      ))}
    </>
  )
}

const PARTS = [
  { key: 'end', label: 'Titres arrivés à échéance' },
  { key: 'travelEnd', label: 'Anciennes cartes, fin en Europe' },
  { key: 'early', label: 'Échanges anticipés' },
  { key: 'suppressed', label: 'Rattrapage de la crise' },
  { key: 'other', label: 'Autres demandes' },
] as const

function yearlyParts(points: readonly ExpectedQuarter[]) {
  return [...groupBy(points, point => yearOf(point.quarter))]
    .filter(([, some]) => new Set(some.map(point => point.quarter)).size === 4)
    .map(([year, some]) => {
      const sum = (of: (point: ExpectedQuarter) => number) =>
        some.reduce((total, point) => total + of(point), 0)
      return {
        label: String(year),
        estimated: true,
        values: {
          end: sum(({ parts }) => parts.end),
          travelEnd: sum(({ parts }) => parts.travelEnd),
          early: sum(({ parts }) => parts.early),
          suppressed: sum(({ parts }) => parts.suppressed),
          other: sum(({ parts }) => parts.other - parts.suppressed),
        },
      }
    })
}

function finding(totals: readonly ExpectedQuarter[]): string {
  const peak = totals.reduce<ExpectedQuarter | undefined>(
    (a, b) => (a === undefined || b.mean > a.mean ? b : a),
    undefined,
  )
  return peak === undefined
    ? 'Aucun trimestre projeté'
    : `Le plus fort trimestre attendu : ${shortQuarter(peak.quarter)}, environ ${frenchNumber(Math.round(peak.mean / 10) * 10)} demandes`
}
