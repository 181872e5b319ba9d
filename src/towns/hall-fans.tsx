import { demandEvents } from '../demand/explanation.ts'
import type { ExpectedYear } from '../demand/year-requests.ts'
import { type TownHall, toldName } from '../places/town-hall.ts'
import type { ExpectedRequests } from '../places/town-hall-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { Table } from '../pure/elements/table.tsx'
import { wholeYears } from '../pure/figures/whole-year.ts'
import { frenchCount, frenchGap, frenchList, frenchPercent, twoFigures } from '../pure/french/french.ts'

/** What the projection expects at each hall, and the year that the map and the table speak of. */
export interface HallDemand {
  byPlace: ReadonlyMap<string, readonly ExpectedRequests[]>
  year: number
  /** Years that may be chosen. */
  years: readonly number[]
  source: string
  /** The whole year of a hall with its band; `undefined` for one that is not projected. */
  bandOf: (insee: string) => ExpectedYear | undefined
}

/** Requests expected at a hall in each whole year. */
export interface HallYears {
  hall: TownHall
  years: ReadonlyMap<number, number>
}

/** Requests expected at each hall in each year whose four quarters are projected. */
export function hallYears(halls: readonly TownHall[], { byPlace }: Pick<HallDemand, 'byPlace'>): HallYears[] {
  return halls.flatMap(hall => {
    const years = wholeYears(byPlace.get(hall.insee) ?? []).map(
      ({ year, points }) => [year, points.reduce((sum, { mean }) => sum + mean, 0)] as const,
    )
    return years.length === 0 ? [] : [{ hall, years: new Map(years) }]
  })
}

/** Points of growth beyond which the course of a hall is told to differ from its department's. */
const OTHER_COURSE = 3

/**
 * The finding of the department's curve: how much more its strongest year asks than the year told, and the halls whose
 * course differs, those that differ most first.
 */
export function waveFinding(rows: readonly HallYears[], year: number): string {
  const total = (of: number) => rows.reduce((sum, { years }) => sum + (years.get(of) ?? 0), 0)
  const peak = [...(rows[0]?.years.keys() ?? [])].reduce((a, b) => (total(b) > total(a) ? b : a), year)
  if (peak === year || total(year) === 0) return `Aucune année plus forte que ${year}`
  const growth = (now: number, then: number) => Math.round(100 * (then / now - 1))
  const whole = growth(total(year), total(peak))
  const others = rows
    .flatMap(({ hall, years }) => {
      const [now, then] = [years.get(year) ?? 0, years.get(peak) ?? 0]
      return now > 0 ? [{ name: hall.name, growth: growth(now, then) }] : []
    })
    .filter(one => Math.abs(one.growth - whole) > OTHER_COURSE)
    .sort((a, b) => Math.abs(b.growth - whole) - Math.abs(a.growth - whole))
  const named = others.slice(0, 3).map(one => `${one.name} (${frenchGap(one.growth, 0)}\u00a0%)`)
  const finding = `En ${peak}, ${frenchPercent(Math.abs(whole), 0)} de demandes de ${whole < 0 ? 'moins' : 'plus'} qu’en ${year}`
  if (rows.length === 1) return finding
  const course =
    others.length === 0
      ? 'comme dans chaque mairie'
      : `autrement à ${frenchList(named)}${others.length > 3 ? ` et dans ${frenchCount(others.length - 3, 'autre mairie', 'autres mairies')}` : ''}`
  return `${finding}, ${course}`
}

/** The curve of the department, and the years and the part of each of its halls in a table. */
export function HallFans({
  halls,
  demand,
  department,
  placeName,
  today,
}: {
  halls: readonly TownHall[]
  demand: HallDemand
  department: string
  placeName: string
  today: Day
}) {
  const rows = hallYears(halls, demand)
  const years = [...(rows[0]?.years.keys() ?? [])]
  const total = rows.reduce((sum, { years: own }) => sum + (own.get(demand.year) ?? 0), 0)
  return (
    <FanChart
      id="departement-demande"
      title={waveFinding(rows, demand.year)}
      subtitle={`Demandes de cartes d’identité et de passeports par trimestre, ${placeName}, estimées.`}
      quantity="count"
      observed={[]}
      projected={demand.byPlace.get(department) ?? []}
      events={[...demandEvents(), { day: today, label: 'Aujourd’hui' }]}
      source={demand.source}
      csv="?tableau=mairies-par-an&format=csv"
    >
      <Table
        id="mairies-par-an"
        caption={`Demandes attendues par an et par mairie, et part de chacune en ${demand.year}, ${placeName} (estimées)`}
        rows={rows}
        columns={[
          {
            label: 'Mairie',
            cell: ({ hall }) => <a href={paths.townHall({ insee: hall.insee })}>{toldName(hall)}</a>,
            file: [{ value: ({ hall }) => toldName(hall) }],
          },
          {
            label: `Part en ${demand.year}`,
            figure: ({ years: own }: HallYears) =>
              total > 0 ? (own.get(demand.year) ?? 0) / total : undefined,
            as: 'share',
          },
          ...years.map(year => ({
            label: String(year),
            figure: ({ years: own }: HallYears) => {
              const requests = own.get(year)
              return requests === undefined ? undefined : twoFigures(requests)
            },
          })),
        ]}
      />
    </FanChart>
  )
}
