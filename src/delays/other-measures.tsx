import { Table } from '../pure/elements/table.tsx'
import type { GrainedSeries } from '../pure/figures/grained-series.ts'
import { MEASURES, type Measure, STATISTIC_WORDS } from '../pure/figures/measure.ts'
import { frenchDay, frenchPeriod, frenchQuantity } from '../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'

/** A published figure of delays that is no mean: a statistic of its own, in words. */
export interface OtherMeasure {
  period: string
  title: Title | ''
  words: string
  value: number
  unit: 'day' | 'percent'
  source: string
}

/** Medians, percentiles and extremes, then what is published beside delays, the newest first. */
export function otherMeasures(
  series: readonly GrainedSeries[],
  beside: readonly {
    measure: Measure
    period: string
    title: Title | ''
    value: number
    target: number | undefined
    source: string
    publishedOn: string
  }[],
): OtherMeasure[] {
  const told = (source: string, day: string) => `${source}, publié le ${frenchDay(day)}`
  return [
    ...series.flatMap(({ title, statistic, points }) =>
      statistic === 'mean'
        ? []
        : points.map(point => ({
            period: point.period,
            title,
            words: `Délai, ${STATISTIC_WORDS[statistic]}`,
            value: point.days,
            unit: 'day' as const,
            source: told(point.source.publisher, point.source.publishedOn),
          })),
    ),
    ...beside.map(({ measure, period, title, value, target, source, publishedOn }) => ({
      period,
      title,
      words: `${MEASURES[measure].name}${target === undefined ? '' : ` de ${frenchQuantity(target, 'day')}`}`,
      value,
      unit: MEASURES[measure].unit as 'day' | 'percent',
      source: told(source, publishedOn),
    })),
  ].sort((a, b) => b.period.localeCompare(a.period) || a.title.localeCompare(b.title))
}

/** The other measures of delays, each under its name: none is compared with a mean. */
export function OtherMeasures({ rows }: { rows: readonly OtherMeasure[] }) {
  if (rows.length === 0) return null
  return (
    <Table
      id="autres-mesures"
      caption="Médianes, centiles, part dans l’objectif, plus ancien dossier : autant de mesures, qui ne se comparent ni entre elles ni à une moyenne"
      rows={rows}
      columns={[
        { label: 'Période', cell: row => frenchPeriod(row.period) },
        { label: 'Titre', cell: row => (row.title === '' ? 'Tous titres' : TITLE_NAMES[row.title]) },
        { label: 'Mesure', cell: row => row.words },
        {
          label: 'Valeur',
          numeric: true,
          cell: row => frenchQuantity(row.value, row.unit),
          file: [
            { value: row => row.value, type: 'number', decimals: 1 },
            { label: 'Unité', value: row => (row.unit === 'day' ? 'jours' : '%') },
          ],
        },
        { label: 'Source', cell: row => row.source },
      ]}
    />
  )
}
