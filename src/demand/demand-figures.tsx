import { type Quarter, yearOf } from '../pure/calendar/period.ts'
import type { DatedEvent } from '../pure/charts/fan.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { StackedChart } from '../pure/charts/stacked-chart.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { frenchDay, frenchNumber, frenchPercent, shortQuarter } from '../pure/french/french.ts'

/** Requests of a quarter: expected, with their band and their parts, or observed. */
export interface ExpectedQuarter {
  quarter: Quarter
  mean: number
  status: 'observed' | 'estimated'
  quantiles: { p05: number; p10: number; p25: number; p50: number; p75: number; p90: number; p95: number }
  parts: { end: number; travelEnd: number; early: number; suppressed: number; other: number }
}

interface DemandFiguresProps {
  placeName: string
  quarters: readonly ExpectedQuarter[]
  /** Every quarter counted whole, those before the projection among them. */
  observed: readonly { quarter: Quarter; requests: number }[]
  explanation: readonly ExplanationLine[]
  events: readonly DatedEvent[]
  source: string
  csv: string
  /** The run behind the numbers, for whoever wants to find it again. */
  run?: { id: string; asOf: string; version: string }
}

/** The projection of a place: its reasons first, then the fan, the parts, and the numbers. */
export function DemandFigures(props: DemandFiguresProps) {
  const { placeName, quarters, observed, explanation, events, source, csv, run } = props
  const years = yearlyParts(quarters)
  const expected = quarters.filter(point => point.status === 'estimated')
  const how = observed.length === 0 ? 'estimées' : 'observées puis estimées'
  return (
    <>
      <Explanation lines={explanation} />
      <FanChart
        id="demande"
        title={finding(expected)}
        subtitle={`Demandes de cartes d’identité et de passeports par trimestre, ${placeName}, ${how}`}
        quantity="count"
        observed={observed.map(({ quarter, requests }) => ({ quarter, value: requests, status: 'observed' }))}
        projected={expected.map(({ quarter, quantiles }) => ({ quarter, ...quantiles }))}
        events={events}
        source={source}
        csv={csv}
      />
      <StackedChart
        id="composition"
        title={partFinding(years)}
        subtitle={`Demandes par an, ${placeName}, ${how} (années complètes)`}
        parts={PARTS}
        periods={years}
        source={source}
        csv={csv}
      />
      <h2>Les nombres</h2>
      <p class="no-print">
        <a class="fr-link fr-link--sm fr-link--download" href={csv} download>
          Télécharger tous les trimestres (CSV)
        </a>
      </p>
      {[...groupBy(quarters, point => yearOf(point.quarter))].map(([year, some]) => (
        <Details summary={yearWords(year, some)} printed>
          <QuarterTable year={year} quarters={some} placeName={placeName} />
        </Details>
      ))}
      {run !== undefined && (
        <Details summary="Retrouver ce calcul">
          <p>
            Projection <code>{run.id}</code>, modèle <code>{run.version}</code>, avec ce qui était connu le{' '}
            {frenchDay(run.asOf)}. Elle ne change plus : elle sera jugée quand les faits arriveront (
            <a href="/fiabilite">Fiabilité</a>).
          </p>
        </Details>
      )}
    </>
  )
}

function yearWords(year: number, quarters: readonly ExpectedQuarter[]): string {
  const total = quarters.reduce((sum, point) => sum + point.mean, 0)
  const [first, last] = [quarters[0], quarters.at(-1)]
  const span =
    quarters.length === 4 || first === undefined || last === undefined
      ? String(year)
      : `${year} (${first === last ? shortQuarter(first.quarter) : `T${first.quarter.slice(6)} à T${last.quarter.slice(6)}`})`
  return quarters.every(point => point.status === 'observed')
    ? `${span} : ${frenchNumber(total)} demandes (observé)`
    : `${span} : environ ${frenchNumber(twoFigures(total))} demandes (estimé)`
}

function QuarterTable({
  year,
  quarters,
  placeName,
}: {
  year: number
  quarters: readonly ExpectedQuarter[]
  placeName: string
}) {
  return (
    <Table
      id={`demande-${year}`}
      caption={`Demandes par trimestre de ${year}, ${placeName}`}
      rows={quarters}
      columns={[
        { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
        { label: 'Statut', cell: row => (row.status === 'observed' ? 'observé' : 'estimé') },
        { label: 'Demandes', figure: row => row.mean },
        {
          label: 'Une chance sur deux',
          range: row => bandOf(row, row.quantiles.p25, row.quantiles.p75),
        },
        {
          label: '9 chances sur 10',
          range: row => bandOf(row, row.quantiles.p05, row.quantiles.p95),
        },
      ]}
    />
  )
}

function bandOf({ status }: ExpectedQuarter, low: number, high: number) {
  return status === 'observed' ? undefined : { low, high }
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
        estimated: some.some(point => point.status === 'estimated'),
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

function partFinding(years: ReturnType<typeof yearlyParts>): string {
  const totalOf = ({ values }: (typeof years)[number]) =>
    Object.values(values).reduce((sum, value) => sum + value, 0)
  const peak = years.reduce<(typeof years)[number] | undefined>(
    (a, b) => (a === undefined || totalOf(b) > totalOf(a) ? b : a),
    undefined,
  )
  if (peak === undefined || totalOf(peak) === 0) return 'De quoi la demande sera faite'
  const { end, travelEnd, early } = peak.values
  const share = (100 * (end + travelEnd + early)) / totalOf(peak)
  return `En ${peak.label}, l’année la plus forte, ${frenchPercent(share, 0)} des demandes remplaceront un titre qui finit`
}

function twoFigures(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / unit) * unit
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
