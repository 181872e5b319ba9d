import { roundedEstimate, type TownHall } from '../places/town-hall.ts'
import type { ExpectedRequests } from '../places/town-hall-queries.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchNumber, frenchPercent } from '../pure/french/french.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'

/** What the projection expects at each hall, and the year that the map and the table speak of. */
export interface HallDemand {
  byPlace: ReadonlyMap<string, readonly ExpectedRequests[]>
  year: number
  source: string
}

/** Requests expected at a hall in each whole year. */
export interface HallYears {
  hall: TownHall
  years: ReadonlyMap<number, number>
}

/** Requests expected at each hall in each year whose four quarters are projected. */
export function hallYears(halls: readonly TownHall[], { byPlace }: Pick<HallDemand, 'byPlace'>): HallYears[] {
  return halls.flatMap(hall => {
    const quarters = byPlace.get(hall.insee) ?? []
    const years = [...new Set(quarters.map(({ quarter }) => yearOf(quarter)))].flatMap(year => {
      const own = quarters.filter(({ quarter }) => yearOf(quarter) === year)
      return own.length === 4 ? [[year, own.reduce((sum, { mean }) => sum + mean, 0)] as const] : []
    })
    return years.length === 0 ? [] : [{ hall, years: new Map(years) }]
  })
}

/** The finding of the small fans: how much more the strongest year asks of the halls than next year. */
export function waveFinding(rows: readonly HallYears[], year: number): string {
  const total = (of: number) => rows.reduce((sum, { years }) => sum + (years.get(of) ?? 0), 0)
  const peak = [...(rows[0]?.years.keys() ?? [])].reduce((a, b) => (total(b) > total(a) ? b : a), year)
  const growths = rows.flatMap(({ years }) => {
    const [now, then] = [years.get(year), years.get(peak)]
    return now === undefined || then === undefined || now === 0 ? [] : [Math.round(100 * (then / now - 1))]
  })
  if (peak === year || growths.length === 0) return `Aucune mairie n’attend d’année plus forte que ${year}`
  const [least, most] = [smallest(growths), largest(growths)]
  return least === most
    ? `En ${peak}, ${frenchPercent(most, 0)} de demandes de plus qu’en ${year} dans chaque mairie`
    : `En ${peak}, de ${frenchNumber(least)} à ${frenchPercent(most, 0)} de demandes de plus qu’en ${year}, selon la mairie`
}

/** One small fan for each hall, its years in a table. */
export function HallFans({
  halls,
  demand,
  placeName,
}: {
  halls: readonly TownHall[]
  demand: HallDemand
  placeName: string
}) {
  const rows = hallYears(halls, demand)
  const years = [...(rows[0]?.years.keys() ?? [])]
  return (
    <SmallMultiples
      id="mairies-demande"
      title={waveFinding(rows, demand.year)}
      subtitle={`Demandes de cartes d’identité et de passeports par trimestre, ${placeName}, estimées ; le nombre est celui de ${demand.year}.`}
      quantity="count"
      scale="own"
      source={demand.source}
      csv="?tableau=mairies-par-an&format=csv"
      fans={rows.map(({ hall, years: own }) => {
        const requests = own.get(demand.year)
        return {
          key: hall.insee,
          name: hall.name,
          href: `/mairies/${hall.insee}`,
          ...(requests === undefined ? {} : { figure: frenchNumber(roundedEstimate(requests)) }),
          observed: [],
          projected: demand.byPlace.get(hall.insee) ?? [],
        }
      })}
    >
      <Table
        id="mairies-par-an"
        caption={`Demandes attendues par an et par mairie, ${placeName} (estimées)`}
        rows={rows}
        columns={[
          { label: 'Mairie', cell: ({ hall }) => hall.name },
          ...years.map(year => ({
            label: String(year),
            figure: ({ years: own }: HallYears) => {
              const requests = own.get(year)
              return requests === undefined ? undefined : roundedEstimate(requests)
            },
          })),
        ]}
      />
    </SmallMultiples>
  )
}
