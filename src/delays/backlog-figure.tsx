import {
  type BandedQuarter,
  bandColumn,
  bandDays,
  fanQuarter,
  medianColumn,
} from '../figures/projection-figures.tsx'
import type { Quarter } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchDays, longQuarter, shortQuarter } from '../pure/french/french.ts'

interface BacklogFigureProps {
  id: string
  /** What is issued: `Permis de conduire`. */
  name: string
  observed: readonly { quarter: Quarter; days: number }[]
  /** Published delay of each quarter: the mean age of what is issued. */
  delay: readonly BandedQuarter[]
  /** Stock on the last day of each quarter, in days that the team would take to clear it. */
  backlog: readonly BandedQuarter[]
  targetDays: number
  source: string
}

/** The backlog beside the delay that it makes, at one scale: the stock moves first, what is published follows. */
export function BacklogFigure({
  id,
  name,
  observed,
  delay,
  backlog,
  targetDays,
  source,
}: BacklogFigureProps) {
  const [end, stock] = [delay.at(-1), backlog.at(-1)]
  const first = observed[0]?.quarter ?? delay[0]?.quarter
  const stockOf = ({ quarter }: BandedQuarter) => backlog.find(one => one.quarter === quarter)?.band
  const drawn = (bands: readonly BandedQuarter[]) => bands.flatMap(one => fanQuarter(one) ?? [])
  if (first === undefined || end === undefined || drawn(backlog).length === 0) return <div hidden />
  return (
    <SmallMultiples
      id={id}
      title={backlogFinding(end, stock)}
      subtitle={`${name} : le délai publié regarde en arrière ; le stock, en jours que l’équipe mettrait à l’écouler, regarde en avant. En gras, la médiane à la fin (estimée). Plus bas, c’est mieux.`}
      quantity="day"
      source={source}
      csv={`?tableau=${id}-table&format=csv`}
      target={[{ from: first, value: targetDays }]}
      fans={[
        {
          key: 'delai',
          name: 'Délai publié',
          figure: bandDays(end.band.median),
          observed: observed.map(({ quarter, days }) => ({ quarter, value: days })),
          projected: drawn(delay),
        },
        {
          key: 'stock',
          name: 'Stock à la fin du trimestre',
          figure: bandDays(stock?.band.median),
          observed: [],
          projected: drawn(backlog),
        },
      ]}
    >
      <Table
        id={`${id}-table`}
        caption={`${name} : délai publié et stock projetés, en jours (estimés)`}
        rows={delay}
        columns={[
          { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
          medianColumn<BandedQuarter>('Délai publié (médiane)', row => row.band),
          medianColumn<BandedQuarter>('Stock à la fin (médiane)', stockOf),
          bandColumn<BandedQuarter>('Stock : 9 chances sur 10', stockOf),
        ]}
      />
    </SmallMultiples>
  )
}

/** How far the stock is ahead of the delay at the end of the projection. */
export function backlogFinding(delay: BandedQuarter, stock: BandedQuarter | undefined): string {
  const [published, ahead] = [delay.band.median, stock?.band.median]
  const when = `au ${longQuarter(delay.quarter)}`
  if (published === undefined || ahead === undefined)
    return `Le stock sort du calendrier du modèle avant le ${longQuarter(delay.quarter)}`
  const gap = ahead - published
  if (Math.abs(gap) < 0.1 * published)
    return `Le stock et le délai se tiennent : environ ${frenchDays(published, 0)} ${when}`
  return `${frenchDays(ahead, 0)} de travail en stock pour un délai publié de ${frenchDays(published, 0)} ${when} : le délai ${gap > 0 ? 'montera encore' : 'va baisser'}`
}
