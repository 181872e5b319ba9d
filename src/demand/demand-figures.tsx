import type { Child } from 'hono/jsx'
import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { Walkthrough } from '../pure/charts/explained.tsx'
import type { DatedEvent } from '../pure/charts/fan.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { StackedChart } from '../pure/charts/stacked-chart.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { wholeYears } from '../pure/figures/whole-year.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchDay, frenchNumber, frenchPercent, shortQuarter, twoFigures } from '../pure/french/french.ts'
import type { Quantiles } from '../pure/numerics/quantiles.ts'

/** Requests of a quarter: expected, with their band and their parts, or observed. */
export interface ExpectedQuarter {
  quarter: Quarter
  mean: number
  status: 'observed' | 'estimated'
  quantiles: Quantiles
  parts: { end: number; travelEnd: number; early: number; suppressed: number; other: number }
}

interface DemandFiguresProps {
  placeName: string
  quarters: readonly ExpectedQuarter[]
  /** Every quarter counted whole, those before the projection among them. */
  observed: readonly { quarter: Quarter; requests: number }[]
  explanation: readonly ExplanationLine[]
  /** Whether the explanation holds a warning that nobody may miss. */
  warned?: boolean
  events: readonly DatedEvent[]
  source: string
  csv: string
  /** The run behind the numbers, for whoever wants to find it again. */
  run?: { id: string; asOf: string; version: string }
  children?: Child
}

/** The projection of a place: the fan, then folded its parts, its reasons and its run. */
export function DemandFigures(props: DemandFiguresProps) {
  const { placeName, quarters, observed, explanation, events, source, csv, run } = props
  const expected = quarters.filter(point => point.status === 'estimated')
  const how = observed.length === 0 ? 'estimées' : 'observées puis estimées'
  return (
    <>
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
      >
        <QuarterTable placeName={placeName} expected={expected} observed={observed} csv={csv} />
      </FanChart>
      <Details summary="De quoi chaque année sera faite" printed>
        <YearlyParts placeName={placeName} quarters={quarters} how={how} source={source} csv={csv} />
      </Details>
      {props.children}
      <Details
        summary="D’où viennent ces chiffres, et ce qui est supposé"
        open={props.warned ?? false}
        printed="on-two-sheets"
      >
        <Walkthrough lines={explanation} />
      </Details>
      {run !== undefined && (
        <Details summary="Retrouver ce calcul">
          <p>
            Projection <code>{run.id}</code>, modèle <code>{run.version}</code>, avec ce qui était connu le{' '}
            {frenchDay(run.asOf)}. Elle ne change plus : elle sera jugée quand les faits arriveront (
            <a href={paths.trackRecord()}>Fiabilité</a>).
          </p>
        </Details>
      )}
    </>
  )
}

function YearlyParts(
  props: Pick<DemandFiguresProps, 'placeName' | 'quarters' | 'source' | 'csv'> & { how: string },
) {
  const { placeName, quarters, how, source, csv } = props
  const years = yearlyParts(quarters)
  return (
    <StackedChart
      id="composition"
      title={partFinding(years)}
      subtitle={`Demandes par an, ${placeName}, ${how} (années complètes)`}
      parts={PARTS}
      periods={years}
      source={source}
      csv={csv}
    />
  )
}

interface ToldQuarter {
  quarter: Quarter
  requests: number
  /** Absent where every request was counted. */
  quantiles?: ExpectedQuarter['quantiles']
}

function QuarterTable(props: {
  placeName: string
  expected: readonly ExpectedQuarter[]
  observed: DemandFiguresProps['observed']
  csv: string
}) {
  const { placeName, expected, observed, csv } = props
  const rows: ToldQuarter[] = [
    ...observed,
    ...expected.map(({ quarter, mean, quantiles }) => ({ quarter, requests: mean, quantiles })),
  ]
  return (
    <Table
      id="demande-trimestres"
      caption={`Demandes par trimestre, ${placeName} : les nombres`}
      csv={csv}
      rows={rows.sort((a, b) => (a.quarter < b.quarter ? -1 : 1))}
      columns={[
        { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
        { label: 'Statut', cell: row => (row.quantiles === undefined ? 'observé' : 'estimé') },
        {
          label: 'Demandes',
          figure: row => row.requests,
          told: (value, { quantiles }) => (quantiles === undefined ? value : twoFigures(value)),
        },
        { label: 'Médiane', figure: row => row.quantiles?.p50, told: twoFigures, missing: '–' },
        {
          label: 'Une chance sur deux',
          range: ({ quantiles: q }) => q && { low: q.p25, high: q.p75 },
          told: twoFigures,
        },
        {
          label: NINE_IN_TEN,
          range: ({ quantiles: q }) => q && { low: q.p05, high: q.p95 },
          told: twoFigures,
        },
      ]}
    />
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
  return wholeYears(points).map(({ year, points: some }) => {
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
  const isAlone = years.every(year => year === peak || twoFigures(totalOf(year)) < twoFigures(totalOf(peak)))
  return `En ${peak.label}${isAlone ? ', l’année la plus forte' : ''}, ${frenchPercent(share, 0)} des demandes remplaceront un titre qui finit`
}

function finding(totals: readonly ExpectedQuarter[]): string {
  const peak = totals.reduce<ExpectedQuarter | undefined>(
    (a, b) => (a === undefined || b.mean > a.mean ? b : a),
    undefined,
  )
  return peak === undefined
    ? 'Aucun trimestre projeté'
    : `Le plus fort trimestre attendu : ${shortQuarter(peak.quarter)}, environ ${frenchNumber(twoFigures(peak.mean))} demandes`
}
