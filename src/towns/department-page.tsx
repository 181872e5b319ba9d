import type { DepartmentBalance } from '../places/catchment.ts'
import {
  byWait,
  type HallWait,
  type LatestWait,
  type Network,
  ratioSteps,
  roundedEstimate,
  type TownHall,
} from '../places/town-hall.ts'
import { paths } from '../pure/access/paths.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { PlaceMap } from '../pure/charts/map.tsx'
import type { Column } from '../pure/elements/column.ts'
import { STATUS_WORDS, StatusTag } from '../pure/elements/key-figure.tsx'
import { Alert, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchList,
  frenchPercent,
  frenchPeriod,
} from '../pure/french/french.ts'
import { FilterForm } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { movesWords } from './catchment-section.tsx'
import { type HallDemand, HallFans } from './hall-fans.tsx'

/** What the map shows in its discs. */
export const MAP_VALUES = ['wait', 'demand'] as const
/** Code of what the map shows, kept in the address. */
export type MapValue = (typeof MAP_VALUES)[number]

/** A commune of which somebody published a wait. */
type MeasuredTown = Pick<TownHall, 'insee' | 'name' | 'withoutAppointment'>

interface TownHallsPageProps {
  site: Site
  department: string
  network: Network
  placeName: string
  waits: ReadonlyMap<string, LatestWait>
  /** Communes of which a wait was published, told where no list names the halls. */
  measured: readonly MeasuredTown[]
  demand: HallDemand | { reason: string }
  /** Who leaves the department and who comes, in the year told. */
  moves: DepartmentBalance | undefined
  outlines: readonly (readonly (readonly [number, number])[])[]
  /** What the reader asked to see on the map; waits when half the halls have one otherwise. */
  asked: MapValue | undefined
}

/** The equipped town halls of a department: on a map, in a table, and the requests that each must expect. */
export function TownHallsPage(props: TownHallsPageProps) {
  const { site, network, placeName, waits, demand } = props
  const { townHalls, expected } = network
  const missing = expected === undefined ? 0 : expected - townHalls.length
  const someWaits = townHalls.some(hall => waits.has(hall.insee))
  const manyWaits = 2 * townHalls.filter(hall => waits.has(hall.insee)).length >= townHalls.length
  const shown = props.asked ?? (manyWaits || 'reason' in demand ? 'wait' : 'demand')
  const halls = sorted(townHalls, waits, demand, shown)
  return (
    <Page
      site={site}
      title="Mairies équipées"
      path={paths.townHalls()}
      trail={[]}
      lead={`${placeName} : les mairies où l’on dépose une demande de carte d’identité ou de passeport. On peut choisir n’importe laquelle, quel que soit son lieu de résidence.`}
    >
      {townHalls.length === 0 ? (
        <>
          <EmptyState
            title="Aucune liste des mairies équipées"
            reason={`Importez la liste des mairies équipées et de leurs stations.${'reason' in demand ? '' : ' En attendant, la page Demande projette ce lieu sur des communes supposées équipées.'}`}
            action={{ label: 'Importer un fichier', href: paths.data() }}
          />
          {props.measured.length > 0 && (
            <Table
              id="attentes"
              caption={`Communes dont l’attente est publiée, ${placeName}, de la plus courte à la plus longue`}
              rows={byWait(props.measured, waits)}
              columns={[
                { label: 'Commune', cell: ({ hall }) => hall.name, file: NAME_IN_FILES },
                waitColumn(),
              ]}
            />
          )}
        </>
      ) : (
        <>
          {!('reason' in demand) && (
            <FilterForm
              action={paths.townHalls()}
              filters={[
                ...(someWaits
                  ? [
                      {
                        name: 'map',
                        label: 'Sur la carte',
                        value: shown,
                        options: [
                          { value: 'wait', label: 'Dernière attente publiée' },
                          { value: 'demand', label: 'Demandes attendues' },
                        ],
                      },
                    ]
                  : []),
                {
                  name: 'year',
                  label: 'Année',
                  value: String(demand.year),
                  options: demand.years.map(year => ({ value: String(year), label: String(year) })),
                },
              ]}
            />
          )}
          <div class="beside">
            <Table
              id="mairies"
              caption={`Mairies équipées connues, ${placeName}, ${shown === 'wait' ? 'de l’attente la plus courte à la plus longue' : 'de la plus à la moins demandée'}`}
              rows={halls}
              columns={columnsOf(demand, shown)}
              note={`n. d. : non publié. ${someWaits ? '' : 'Aucune attente par mairie n’a été importée (fichier « rendez-vous »). '}Liste des mairies : ${[...new Set(townHalls.map(hall => hall.source.publisher))].join(', ')}.`}
            />
            <HallMap {...props} halls={halls} shown={shown} />
          </div>
          {props.moves && (
            <p>
              {movesWords(props.moves, placeName)} <StatusTag status="estimated" />
            </p>
          )}
          {expected === undefined && !('reason' in demand) && (
            <Alert
              kind="info"
              title={`${frenchCount(townHalls.length, 'mairie nommée', 'mairies nommées')}, total non publié`}
            >
              <p>
                Les demandes d’ici sont réparties entre les mairies nommées : s’il en manque, leur part est
                surestimée d’autant. Importez la liste entière, stations comprises.
              </p>
            </Alert>
          )}
          {missing > 0 && (
            <Alert kind="info" title={`${townHalls.length} mairies nommées sur ${expected}`}>
              <p>
                La préfecture annonce {expected} mairies équipées ; aucune source lue ne nomme les {missing}{' '}
                autres. Les demandes d’ici sont réparties entre les mairies connues : leur part est donc un
                peu surestimée. Importez un fichier « mairies » pour compléter.
              </p>
            </Alert>
          )}
          {!('reason' in demand) && (
            <HallFans
              halls={halls.map(({ hall }) => hall)}
              demand={demand}
              department={props.department}
              placeName={placeName}
            />
          )}
        </>
      )}
    </Page>
  )
}

function sorted(
  townHalls: TownHallsPageProps['network']['townHalls'],
  waits: TownHallsPageProps['waits'],
  demand: TownHallsPageProps['demand'],
  shown: MapValue,
): HallWait[] {
  const halls = byWait(townHalls, waits)
  if (shown === 'wait') return halls
  return halls.sort((a, b) => (requestsOf(b, demand) ?? -1) - (requestsOf(a, demand) ?? -1))
}

function requestsOf({ hall }: HallWait, demand: TownHallsPageProps['demand']): number | undefined {
  if ('reason' in demand) return undefined
  const quarters = demand.byPlace.get(hall.insee)?.filter(point => yearOf(point.quarter) === demand.year)
  if (quarters === undefined || quarters.length === 0) return undefined
  return roundedEstimate(quarters.reduce((sum, point) => sum + point.mean, 0))
}

function columnsOf(demand: TownHallsPageProps['demand'], shown: MapValue): Column<HallWait>[] {
  const both = [waitColumn(), ...demandColumn(demand)]
  return [
    {
      label: 'Mairie',
      cell: ({ hall }) => <a href={paths.townHall({ insee: hall.insee })}>{hall.name}</a>,
      file: NAME_IN_FILES,
    },
    ...(shown === 'wait' ? both : both.toReversed()),
    { label: 'Habitants', figure: ({ hall }) => hall.population },
    { label: 'Stations', figure: ({ hall }) => hall.stations },
  ]
}

const NAME_IN_FILES = [
  { value: ({ hall }: HallWait<MeasuredTown>) => hall.name },
  { label: 'Code INSEE', value: ({ hall }: HallWait<MeasuredTown>) => hall.insee },
]

function waitColumn(): Column<HallWait<MeasuredTown>> {
  return {
    label: 'Attente',
    file: [
      { value: ({ wait }) => wait?.days, unit: 'jours', type: 'number', decimals: 1 },
      {
        label: 'Attente, nature',
        value: ({ hall, wait }) =>
          hall.withoutAppointment ? 'sans rendez-vous' : wait && STATUS_WORDS[wait.status],
      },
      { label: 'Attente, période', value: ({ wait }) => wait?.period },
    ],
    cell: ({ hall, wait }) => {
      if (hall.withoutAppointment) return 'sans rendez-vous'
      if (wait === undefined) return 'n. d.'
      return `${frenchDays(wait.days, Number.isInteger(wait.days) ? 0 : 1)} (${STATUS_WORDS[wait.status]}, ${frenchPeriod(wait.period)})`
    },
  }
}

function demandColumn(demand: TownHallsPageProps['demand']): Column<HallWait>[] {
  if ('reason' in demand) return []
  return [{ label: `Demandes attendues en ${demand.year} (estimé)`, figure: row => requestsOf(row, demand) }]
}

// The map shows what the table says.
const TABLE_FILE = '?tableau=mairies&format=csv'

function HallMap({
  placeName,
  demand,
  outlines,
  halls,
  shown,
}: TownHallsPageProps & { halls: readonly HallWait[]; shown: MapValue }) {
  const placed = halls.flatMap(row =>
    row.hall.lat === undefined || row.hall.lon === undefined
      ? []
      : [{ row, lat: row.hall.lat, lon: row.hall.lon, name: row.hall.name }],
  )
  if (placed.length === 0) return null
  const outlined = outlines.length > 0 ? { outlines } : {}
  if (shown === 'wait') {
    const known = halls.flatMap(({ hall, wait }) => (wait === undefined ? [] : [{ hall, wait }]))
    const [shortest, longest] = [known[0], known.at(-1)]
    return (
      <PlaceMap
        id="carte"
        title={
          shortest === undefined || longest === undefined || shortest === longest
            ? `Attente connue dans ${known.length === 1 ? 'une seule mairie' : 'aucune mairie'}`
            : `De ${frenchDays(shortest.wait.days, 0)} à ${shortest.hall.name} à ${frenchDays(longest.wait.days, 0)} à ${longest.hall.name}`
        }
        subtitle={`Dernière attente publiée d’un rendez-vous, en jours, ${placeName}. Plus bas, c’est mieux.`}
        quantity="day"
        steps={[15, 30, 60]}
        places={placed.map(({ row, ...place }) => ({
          ...place,
          value: row.wait?.days,
          ...(row.wait === undefined ? {} : { status: row.wait.status }),
        }))}
        csv={TABLE_FILE}
        source={
          known[0] === undefined
            ? 'aucune encore ; les mairies peuvent les fournir'
            : sourceOf(known.map(({ wait }) => wait))
        }
        {...outlined}
      />
    )
  }
  if ('reason' in demand) return null
  const places = placed.map(({ row, ...place }) => ({
    ...place,
    value: requestsOf(row, demand),
    status: 'estimated' as const,
  }))
  const values = places.flatMap(place => place.value ?? [])
  const total = values.reduce((sum, value) => sum + value, 0)
  const [first, second] = halls
  const named = halls.slice(0, halls.length > 2 ? 2 : 1)
  const top = named.reduce((sum, row) => sum + (requestsOf(row, demand) ?? 0), 0)
  return (
    <PlaceMap
      id="carte"
      title={
        first === undefined || second === undefined || total === 0
          ? 'Demandes attendues par mairie'
          : `${frenchList(named.map(({ hall }) => hall.name))} ${named.length > 1 ? 'recevraient' : 'recevrait'} ${frenchPercent((100 * top) / total, 0)} des demandes`
      }
      subtitle={`Demandes de cartes d’identité et de passeports attendues en ${demand.year}, ${placeName}, estimées.`}
      quantity="count"
      steps={ratioSteps(values)}
      places={places}
      csv={TABLE_FILE}
      source={demand.source}
      {...outlined}
    />
  )
}

function sourceOf(waits: readonly LatestWait[]): string {
  const last = waits.reduce((a, b) => (b.publishedOn > a.publishedOn ? b : a))
  return `${[...new Set(waits.map(wait => wait.publisher))].join(', ')}, publié le ${frenchDay(last.publishedOn)}`
}
