import type { Child } from 'hono/jsx'
import type { Quarter } from '../calendar/period.ts'
import { STATUS_WORDS } from '../elements/key-figure.tsx'
import { Table } from '../elements/table.tsx'
import { NINE_IN_TEN } from '../french/chances.ts'
import { frenchDay, frenchNumber, frenchQuantity, shortQuarter, twoFigures } from '../french/french.ts'
import { textWidth } from './dodge.ts'
import {
  bandDecimals,
  eventsInView,
  type FanData,
  type ObservedQuarter,
  type ProjectedQuarter,
} from './fan.ts'
import { FanDrawing, LONGEST_EVENT_LABEL, letter } from './fan-drawing.tsx'
import { Plate } from './plate.tsx'

interface FanChartProps extends FanData {
  source: string
  csv?: string
  children?: Child
}

/**
 * A series by quarter, what is projected after it and with which chances: the strongest ink on the interval
 * where the value falls one time out of two, so that the eye does not rest on the unlikely.
 */
export function FanChart({ source, csv, children, ...data }: FanChartProps) {
  return (
    <Plate
      {...data}
      source={source}
      csv={csv}
      notes={<FanNotes {...data} />}
      table={children ?? <FanTable {...data} csv={csv} />}
    >
      <FanDrawing {...data} variant="wide" />
      <FanDrawing {...data} variant="narrow" />
    </Plate>
  )
}

function FanNotes(data: FanData) {
  const { observed, quantity } = data
  const inOrder = eventsInView(data)
  const cut = inOrder.some(event => textWidth(event.label, 11) > LONGEST_EVENT_LABEL)
  const conflicts = observed.flatMap(point =>
    (point.conflicts ?? []).map(conflict => ({ ...conflict, point })),
  )
  return (
    <>
      {inOrder.length > 0 && (
        <ul class={cut ? 'plate-list' : 'plate-list narrow-only'}>
          {inOrder.map((event, i) => (
            <li>
              <strong class="narrow-letter">{letter(i)} </strong>
              {frenchDay(event.day)}&nbsp;: {event.label}
            </li>
          ))}
        </ul>
      )}
      {conflicts.length > 0 && (
        <ul class="plate-list">
          {conflicts.map(({ point, value, source }) => (
            <li>
              <span class="sign-conflict" aria-hidden="true">
                ◇
              </span>{' '}
              {shortQuarter(point.quarter)}&nbsp;: deux valeurs publiées,{' '}
              {point.value === undefined ? '' : `${frenchQuantity(point.value, quantity)} (en vigueur) et `}
              {frenchQuantity(value, quantity)} ({source}).
            </li>
          ))}
        </ul>
      )}
      {observed.some(point => point.value === undefined) && (
        <p>Bande grise (n.&nbsp;p.)&nbsp;: valeur non publiée, laissée vide et jamais comptée comme zéro.</p>
      )}
    </>
  )
}

/** The numbers of a fan chart, quarter by quarter. */
export function FanTable(props: FanData & { csv?: string | undefined }) {
  const { id, subtitle, observed, projected = [], quantity, csv } = props
  const decimals = quantity === 'count' ? 0 : 1
  const bands = bandDecimals(quantity)
  const told = (value: number) => (quantity === 'count' ? twoFigures(value) : value)
  const rows: { quarter: Quarter; seen?: ObservedQuarter; expected?: ProjectedQuarter }[] = [
    ...observed.map(seen => ({ quarter: seen.quarter, seen })),
    ...projected.map(expected => ({ quarter: expected.quarter, expected })),
  ]
  return (
    <Table
      id={`${id}-table`}
      caption={subtitle}
      csv={csv}
      rows={rows}
      columns={[
        { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
        {
          label: 'Valeur',
          numeric: true,
          file: [{ value: ({ seen, expected }) => seen?.value ?? expected?.p50, type: 'number', decimals }],
          cell: ({ seen, expected }) => {
            if (expected !== undefined) return frenchNumber(told(expected.p50), bands)
            const value = seen?.value
            if (value === undefined) return 'non publié'
            return frenchNumber(value, quantity === 'day' && Number.isInteger(value) ? 0 : decimals)
          },
        },
        {
          label: 'Nature',
          cell: ({ seen, expected }) => {
            if (expected !== undefined) return 'estimé (médiane)'
            return seen?.value === undefined ? '–' : STATUS_WORDS[seen.status ?? 'observed']
          },
        },
        {
          label: 'Une chance sur deux',
          range: ({ expected: e }) => e && { low: e.p25, high: e.p75 },
          told,
          decimals: bands,
        },
        {
          label: NINE_IN_TEN,
          range: ({ expected: e }) => e && { low: e.p05, high: e.p95 },
          told,
          decimals: bands,
        },
      ]}
    />
  )
}
