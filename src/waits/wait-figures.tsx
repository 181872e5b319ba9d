import { FanChart } from '../pure/charts/fan-chart.tsx'
import { Conflict, STATUS_WORDS, StatusTag } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchDay, frenchDays, longQuarter, shortQuarter } from '../pure/french/french.ts'

/** The waits of a place on one clock: conflicts, curve, table with the implied overload. */
export function WaitFigures({
  series,
  id,
  placeName,
  csv,
  drawnAbove,
}: {
  series: QuarterlySeries
  id: string
  placeName: string
  csv: string
  /** Whether another chart of the page draws these values too: this one is then not for paper. */
  drawnAbove: boolean
}) {
  const [first, last] = [series.points[0], series.points.at(-1)]
  if (first === undefined || last === undefined) return null
  return (
    <section>
      {series.points.flatMap(point =>
        point.conflicts.length === 0
          ? []
          : [
              <Conflict
                label={`Attente, ${shortQuarter(point.quarter)}`}
                quantity="day"
                kept={{
                  value: point.days,
                  source: point.source.document,
                  publishedOn: point.source.publishedOn,
                }}
                others={point.conflicts.map(({ days, source }) => ({
                  value: days,
                  source: source.document,
                  publishedOn: source.publishedOn,
                }))}
              />,
            ],
      )}
      <div class={drawnAbove ? 'no-print' : ''}>
        <FanChart
          id={id}
          title={finding(series)}
          subtitle={`Attente d’un rendez-vous, ${placeName} : ${CLOCKS[series.clock]}. Plus bas, c’est mieux.`}
          quantity="day"
          observed={series.points.map(point => ({
            quarter: point.quarter,
            value: point.days,
            status: point.status,
            conflicts: point.conflicts.map(({ days, source }) => ({ value: days, source: source.document })),
          }))}
          source={`${last.source.publisher}, ${last.source.document}, publié le ${frenchDay(last.source.publishedOn)}`}
          csv={csv}
        >
          <Table
            id={`${id}-pourquoi`}
            caption="Ce que l’attente dit de la charge : demandes au-delà des créneaux offerts, déduites de la pente"
            rows={series.points}
            columns={[
              { label: 'Trimestre', cell: point => shortQuarter(point.quarter) },
              {
                label: 'Attente',
                cell: point => frenchDays(point.days, Number.isInteger(point.days) ? 0 : 1),
                file: [{ value: point => point.days, unit: 'jours', type: 'number', decimals: 1 }],
                numeric: true,
              },
              {
                label: 'Nature',
                cell: point => <StatusTag status={point.status} />,
                file: [{ value: point => STATUS_WORDS[point.status] }],
              },
              {
                label: 'Demandes par rapport aux créneaux (déduit)',
                figure: point => point.impliedOverloadPct ?? undefined,
                as: 'gap',
                unit: '%',
              },
              { label: 'Source', cell: point => `${point.source.document}, ${point.source.locator}` },
            ]}
            note={
              series.points.some(point => point.method === 'mean-of-days')
                ? 'Attente relevée jour par jour : un mois est la moyenne simple de ses relevés (il en faut dans chaque tiers du mois), un trimestre celle de ses trois mois.'
                : undefined
            }
          />
        </FanChart>
      </div>
    </section>
  )
}

function finding({ points }: QuarterlySeries): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return 'Aucune attente publiée'
  if (first === last) return `${frenchDays(first.days, 0)} au ${longQuarter(first.quarter)}`
  return `De ${frenchDays(first.days, 0)} au ${longQuarter(first.quarter)} à ${frenchDays(last.days, 0)} au ${longQuarter(last.quarter)}`
}
