import type { DepartmentBalance } from '../places/catchment.ts'
import { assumedWords, NOT_FOR_ASSUMED } from '../places/equipped.ts'
import {
  byWait,
  type HallWait,
  type LatestWait,
  type Network,
  ratioSteps,
  type TownHall,
  toldName,
} from '../places/town-hall.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { PlaceMap } from '../pure/charts/map.tsx'
import type { Column } from '../pure/elements/column.ts'
import { STATUS_WORDS, StatusTag } from '../pure/elements/key-figure.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Alert, Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchList,
  frenchPercent,
  frenchPeriod,
  frenchQuantity,
  twoFigures,
} from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { sum } from '../pure/numerics/sum.ts'
import { FilterForm } from '../pure/pages/filter-form.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import { bandDays, waitBand } from '../waits/wait-now-figures.tsx'
import { movesWords } from './catchment-section.tsx'
import { type HallDemand, HallFans } from './hall-fans.tsx'

/** What the map shows in its discs. */
export const MAP_VALUES = ['wait', 'demand'] as const
/** Code of what the map shows, kept in the address. */
export type MapValue = (typeof MAP_VALUES)[number]

/** Most halls that a page lists before they are asked for, and most discs that stay apart on a map of more. */
const MOST_SEEN = 40
const MOST_MAPPED = 24

/** A commune of which somebody published a wait. */
type MeasuredTown = Pick<TownHall, 'insee' | 'name' | 'withoutAppointment'> &
  Partial<Pick<TownHall, 'status'>>

interface TownHallsPageProps {
  department: string
  /** The halls known or, where no list was imported, those assumed. */
  network: Network
  placeName: string
  today: Day
  waits: ReadonlyMap<string, LatestWait>
  /** Communes of which a wait was published, told where no list names the halls. */
  measured: readonly MeasuredTown[]
  /** The wait of the day, estimated, at the halls of which none is published within a year. */
  estimated: ReadonlyMap<string, PathBand>
  demand: HallDemand | { reason: string }
  /** Who leaves the department and who comes, in the year told. */
  moves: DepartmentBalance | undefined
  outlines: readonly (readonly (readonly [number, number])[])[]
  /** What the reader asked to see on the map; waits when half the halls have one otherwise. */
  asked: MapValue | undefined
}

/** The equipped town halls of a department: on a map, in a table, and the requests that each must expect. */
export function TownHallsPage(props: TownHallsPageProps) {
  const { network, placeName, waits, demand } = props
  const { townHalls, expected } = network
  const assumed = townHalls.some(({ status }) => status === 'assumed')
  const missing = expected === undefined ? 0 : expected - townHalls.length
  const someWaits = townHalls.some(hall => waits.has(hall.insee))
  const manyWaits = 2 * townHalls.filter(hall => waits.has(hall.insee)).length >= townHalls.length
  const shown = props.asked ?? (manyWaits || 'reason' in demand ? 'wait' : 'demand')
  const halls = sorted(townHalls, waits, demand, shown)
  const many = halls.length > MOST_SEEN
  const table = (
    <Table
      id="mairies"
      caption={`Mairies ${assumed ? 'supposées équipées' : 'équipées connues'}, ${placeName}, ${shown === 'wait' ? 'de l’attente la plus courte à la plus longue' : 'de la plus à la moins demandée'}`}
      rows={halls}
      columns={columnsOf(props, shown)}
      note={`« Environ » : attente estimée aujourd’hui, médiane puis ${NINE_IN_TEN}. ${someWaits ? '' : 'Aucune attente par mairie n’a été importée (fichier « rendez-vous »). '}Liste des mairies : ${[...new Set(townHalls.map(hall => hall.source.publisher))].join(', ')}.`}
    />
  )
  return (
    <Page
      title="Mairies équipées"
      path={paths.townHalls()}
      trail={[]}
      lead={`${placeName} : les mairies où l’on dépose une demande de carte d’identité ou de passeport. On peut choisir n’importe laquelle, quel que soit son lieu de résidence.`}
    >
      {(townHalls.length === 0 || assumed) && props.measured.length > 0 && (
        <Table
          id="attentes"
          caption={`Communes dont l’attente est publiée, ${placeName}, de la plus courte à la plus longue`}
          rows={byWait(props.measured, waits)}
          columns={[
            { label: 'Commune', cell: ({ hall }) => hall.name, file: NAME_IN_FILES },
            waitColumn(new Map()),
          ]}
        />
      )}
      {townHalls.length === 0 ? (
        <EmptyState
          title="Aucune liste des mairies équipées"
          reason="Importez la liste des mairies équipées et de leurs stations."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      ) : (
        <>
          {assumed && (
            <Alert
              kind="info"
              title={`${frenchCount(townHalls.length, 'mairie supposée', 'mairies supposées')}, aucune connue`}
            >
              <p>
                {assumedWords(townHalls.length, placeName)} Rien ne dit qu’elles aient une station : leurs
                demandes et leurs attentes sont des estimations, et {NOT_FOR_ASSUMED}{' '}
                <Link to={paths.data()}>Importer la liste</Link>
              </p>
            </Alert>
          )}
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
          {many ? (
            <>
              <HallMap {...props} halls={halls} shown={shown} />
              <Details summary={`Les ${halls.length} mairies, en tableau`}>{table}</Details>
            </>
          ) : (
            <div class="beside">
              {table}
              <HallMap {...props} halls={halls} shown={shown} />
            </div>
          )}
          {props.moves && (
            <p>
              {movesWords(props.moves, placeName)} <StatusTag status="estimated" />
            </p>
          )}
          {expected === undefined && !assumed && !('reason' in demand) && (
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
              today={props.today}
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
  const known = demand.bandOf(hall.insee)
  return known && twoFigures(known.mean)
}

function columnsOf({ demand, estimated }: TownHallsPageProps, shown: MapValue): Column<HallWait>[] {
  const [waits, requests] = [waitColumn(estimated), demandColumn(demand)]
  return [
    {
      label: 'Mairie',
      cell: ({ hall }) => <a href={paths.townHall({ insee: hall.insee })}>{toldName(hall)}</a>,
      file: NAME_IN_FILES,
    },
    ...(shown === 'wait' ? [waits, ...requests] : [...requests, waits]),
    { label: 'Habitants', figure: ({ hall }) => hall.population, missing: 'non publié' },
    { label: 'Stations', figure: ({ hall }) => hall.stations, missing: 'non publié' },
  ]
}

const NAME_IN_FILES = [
  { value: ({ hall }: HallWait<MeasuredTown>) => toldName(hall) },
  { label: 'Code INSEE', value: ({ hall }: HallWait<MeasuredTown>) => hall.insee },
]

/** The wait published of each hall within a year or else, where one can be told, the estimate of the day with its band. */
function waitColumn(estimated: ReadonlyMap<string, PathBand>): Column<HallWait<MeasuredTown>> {
  const estimateOf = ({ hall }: HallWait<MeasuredTown>) =>
    hall.withoutAppointment ? undefined : estimated.get(hall.insee)
  const daysOf = (row: HallWait<MeasuredTown>) => {
    const median = estimateOf(row)?.median
    return median === undefined ? row.wait?.days : roundedDays(median)
  }
  return {
    label: 'Attente',
    file: [
      { value: daysOf, unit: 'jours', type: 'number', decimals: 1 },
      {
        label: 'Attente, nature',
        value: row => {
          if (row.hall.withoutAppointment) return 'sans rendez-vous'
          const band = estimateOf(row)
          return band
            ? `${STATUS_WORDS.estimated}, ${waitBand(band)}`
            : row.wait && STATUS_WORDS[row.wait.status]
        },
      },
      { label: 'Attente, période', value: row => (estimateOf(row) ? undefined : row.wait?.period) },
    ],
    cell: row => {
      const { hall, wait } = row
      if (hall.withoutAppointment) return 'sans rendez-vous'
      const band = estimateOf(row)
      const told = band && `environ ${frenchDays(daysOf(row)!, 0)} (${bandDays(band)})`
      const printed =
        wait &&
        `${frenchQuantity(wait.days, 'day')} (${STATUS_WORDS[wait.status]}, ${frenchPeriod(wait.period)})`
      return [told ?? [], printed ?? []].flat().join(' ; ') || 'non publiée'
    },
  }
}

function demandColumn(demand: TownHallsPageProps['demand']): Column<HallWait>[] {
  if ('reason' in demand) return []
  const { year, bandOf } = demand
  return [
    { label: `Demandes attendues en ${year} (estimé)`, figure: row => requestsOf(row, demand) },
    {
      label: NINE_IN_TEN,
      range: ({ hall }) => {
        const known = bandOf(hall.insee)
        return known && { low: known.low90, high: known.high90 }
      },
      told: twoFigures,
    },
  ]
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
  const mapped = halls.length > MOST_SEEN ? halls.slice(0, MOST_MAPPED) : halls
  const where = mapped === halls ? placeName : `${placeName}, les ${MOST_MAPPED} premières mairies du tableau`
  const placed = mapped.flatMap(row =>
    row.hall.lat === undefined || row.hall.lon === undefined
      ? []
      : [{ row, lat: row.hall.lat, lon: row.hall.lon, name: row.hall.name }],
  )
  if (placed.length < 2) return null
  const shared = { id: 'carte', csv: TABLE_FILE, outlines }
  if (shown === 'wait') {
    const known = halls.flatMap(({ hall, wait }) => (wait === undefined ? [] : [{ hall, wait }]))
    const [shortest, longest] = [known[0], known.at(-1)]
    return (
      <PlaceMap
        {...shared}
        title={
          shortest === undefined || longest === undefined || shortest === longest
            ? `Attente connue dans ${known.length === 1 ? 'une seule mairie' : 'aucune mairie'}`
            : `De ${frenchDays(shortest.wait.days, 0)} à ${shortest.hall.name} à ${frenchDays(longest.wait.days, 0)} à ${longest.hall.name}`
        }
        subtitle={`Dernière attente publiée d’un rendez-vous, en jours, ${where}. Plus bas, c’est mieux.`}
        quantity="day"
        steps={[15, 30, 60]}
        places={placed.map(({ row, ...place }) => ({
          ...place,
          value: row.wait?.days,
          status: row.wait?.status,
        }))}
        source={
          known[0] === undefined
            ? 'aucune encore ; les mairies peuvent les fournir'
            : sourceOf(known.map(({ wait }) => wait))
        }
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
  const requestsIn = (some: readonly HallWait[]) => sum(some.map(row => requestsOf(row, demand) ?? 0))
  const total = requestsIn(halls)
  const [first, second] = halls
  const named = halls.slice(0, halls.length > 2 ? 2 : 1)
  return (
    <PlaceMap
      {...shared}
      title={
        first === undefined || second === undefined || total === 0
          ? 'Demandes attendues par mairie'
          : `${frenchList(named.map(({ hall }) => hall.name))} ${named.length > 1 ? 'recevraient' : 'recevrait'} ${frenchPercent((100 * requestsIn(named)) / total, 0)} des demandes`
      }
      subtitle={`Demandes de cartes d’identité et de passeports attendues en ${demand.year}, ${where}, estimées${halls.some(({ hall }) => hall.status === 'assumed') ? ' ; mairies supposées équipées' : ''}.`}
      quantity="count"
      steps={ratioSteps(values)}
      places={places}
      source={demand.source}
    />
  )
}

function sourceOf(waits: readonly LatestWait[]): string {
  const last = waits.reduce((a, b) => (b.publishedOn > a.publishedOn ? b : a))
  return `${[...new Set(waits.map(wait => wait.publisher))].join(', ')}, publié le ${frenchDay(last.publishedOn)}`
}
