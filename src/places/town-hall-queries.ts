import { Refusal } from '../errors.ts'
import { publishedValues } from '../figures/published-queries.ts'
import type { Database, Db } from '../io/database/schema.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { type Ring, simplified } from '../pure/charts/outline.ts'
import { endOf } from '../pure/figures/grained-series.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { isUsual, STATISTICS, type Status } from '../pure/figures/measure.ts'
import { settle } from '../pure/figures/observation.ts'
import { compareFrench } from '../pure/french/french.ts'
import type { Quantiles } from '../pure/numerics/quantiles.ts'
import { equippedHalls } from './catchment-queries.ts'
import { ASSUMED_HALLS, NOT_FOR_ASSUMED } from './equipped.ts'
import { grantsRead } from './grant-queries.ts'
import { type GrantRead, stationsTold } from './granted.ts'
import { knownPlaceOrRefuse } from './known-place-queries.ts'
import { nameAmong, placeOf, placesByCode } from './place-queries.ts'
import type { LatestWait, Network, TownHall } from './town-hall.ts'

/** Equipped town halls of a department in French alphabetical order, beside the number that its prefecture published. */
export async function network(db: Db, department: string): Promise<Network> {
  const [rows, announced, grants] = await Promise.all([
    db.selectFrom('town_hall').selectAll().where('department', '=', department).execute(),
    publishedValues(db, { measure: 'equipped-town-halls', places: [department] }),
    grantsRead(db, department),
  ])
  const townHalls = rows.map(row => townHallOf(row, grants)).sort((a, b) => compareFrench(a.name, b.name))
  return { townHalls, expected: settle(announced)?.current.value }
}

/**
 * The halls on which figures of a department rest, alphabetically: those known or, where no list was imported, those that
 * the rule of `places/equipped` assumes, each with the status `assumed`.
 */
export async function toldHalls(db: Db, department: string): Promise<TownHall[]> {
  const { townHalls } = await network(db, department)
  if (townHalls.length > 0) return townHalls
  const [halls, places] = await Promise.all([equippedHalls(db), placesByCode(db)])
  const nameOf = nameAmong(places)
  return halls
    .filter(hall => hall.department === department)
    .map(
      ({ from: _from, to: _to, ...hall }): TownHall => ({
        ...hall,
        name: nameOf(hall.insee),
        openedOn: undefined,
        closedOn: undefined,
        status: 'assumed',
        withoutAppointment: false,
        source: ASSUMED_HALLS,
      }),
    )
    .sort((a, b) => compareFrench(a.name, b.name))
}

/** One equipped town hall, or one assumed where no list was imported; `undefined` for any other commune. */
export async function toldHall(db: Db, insee: string): Promise<TownHall | undefined> {
  const known = await townHall(db, insee)
  if (known !== undefined) return known
  const { parent } = (await placeOf(db, insee)) ?? {}
  return parent === undefined ? undefined : (await toldHalls(db, parent)).find(hall => hall.insee === insee)
}

/** One equipped town hall, known or assumed. @throws Refusal `town-hall-not-found`. */
export async function toldHallOrRefuse(db: Db, insee: string): Promise<TownHall> {
  return (await toldHall(db, insee)) ?? townHallOrRefuse(db, insee)
}

/** One equipped town hall, or `undefined` if the commune is not known to be equipped. */
export async function townHall(db: Db, insee: string): Promise<TownHall | undefined> {
  const row = await db.selectFrom('town_hall').selectAll().where('insee', '=', insee).executeTakeFirst()
  return row && townHallOf(row, row.stations === null ? await grantsRead(db, row.department) : new Map())
}

/** One equipped town hall. @throws Refusal `town-hall-not-found`. */
export async function townHallOrRefuse(db: Db, insee: string): Promise<TownHall> {
  const hall = await townHall(db, insee)
  if (hall === undefined) {
    const assumed = await toldHall(db, insee)
    throw new Refusal(
      'town-hall-not-found',
      assumed === undefined
        ? `Aucune mairie équipée connue ne porte le code INSEE ${insee} : la liste est à /mairies et /api/town-halls.`
        : `${assumed.name} n’est que supposée équipée : ${NOT_FOR_ASSUMED} Ce que l’on peut en estimer est à /mairies/${insee}.`,
      { insee },
    )
  }
  return hall
}

/** Why nothing can be told of the halls of a department, in French. */
export const NO_HALL_KNOWN =
  'Aucune mairie équipée n’est connue ici : importez leur liste (Mairies équipées).'

/** How many equipped town halls a department has. @throws Refusal when it is unknown, or has none known. */
export async function equippedHallsOrRefuse(db: Db, department: string): Promise<number> {
  await knownPlaceOrRefuse(db, department)
  const { townHalls } = await network(db, department)
  if (townHalls.length > 0) return townHalls.length
  throw new Refusal('town-hall-not-found', `${NO_HALL_KNOWN} D’ici là, ${NOT_FOR_ASSUMED}`)
}

/** The last appointment wait in force of each place, by code; a place without one is absent. */
export async function latestWaits(db: Db, places: readonly string[]): Promise<Map<string, LatestWait>> {
  if (places.length === 0) return new Map()
  const rows = await db
    .selectFrom('series')
    .innerJoinLateral(
      eb =>
        eb
          .selectFrom('current_observation')
          .select(['period', 'value', 'status', 'release_id'])
          .whereRef('series_id', '=', 'series.id')
          .orderBy('period', 'desc')
          .limit(1)
          .as('last'),
      join => join.onTrue(),
    )
    .innerJoin('release', 'release.id', 'last.release_id')
    .innerJoin('source', 'source.id', 'release.source_id')
    .select([
      'series.place',
      'last.period',
      'last.value as days',
      'last.status',
      'release.published_on as publishedOn',
      'source.publisher as publisher',
    ])
    .where('series.measure', '=', 'appointment-wait')
    .where('series.variant', '=', '')
    .where('series.statistic', 'in', STATISTICS.filter(isUsual))
    .where('series.place', 'in', places)
    .orderBy('release.published_on')
    .orderBy('release.id')
    .execute()
  const latest = new Map<string, LatestWait>()
  for (const { place, ...row } of rows) {
    const wait = { ...row, status: row.status as Status, until: endOf(row.period) }
    const known = latest.get(place)
    if (known === undefined || wait.until >= known.until) latest.set(place, wait)
  }
  return latest
}

/** Requests for both counter titles that a run of the projection expects at one place in a quarter. */
export interface ExpectedRequests extends Quantiles {
  quarter: Quarter
  mean: number
}

/** What a run of the projection expects, by place, quarter after quarter. */
export async function expectedByPlace(db: Db, run: string): Promise<Map<string, ExpectedRequests[]>> {
  const rows = await db
    .selectFrom('projection_point')
    .select(['place', 'quarter', 'mean', 'p05', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'])
    .where('run_id', '=', run)
    .where('title', '=', 'cni-passport')
    .orderBy('quarter')
    .execute()
  return groupBy(rows, row => row.place)
}

function townHallOf(row: Database['town_hall'], grants: ReadonlyMap<string, GrantRead[]>): TownHall {
  const told = row.stations === null ? stationsTold(grants.get(row.insee) ?? []) : undefined
  return {
    insee: row.insee,
    name: row.name,
    department: row.department,
    population: row.population ?? undefined,
    stations: row.stations ?? told?.stations,
    stationsFrom: row.stations === null ? told && 'grant' : 'list',
    lat: row.lat ?? undefined,
    lon: row.lon ?? undefined,
    openedOn: row.opened_on ?? undefined,
    closedOn: row.closed_on ?? undefined,
    status: row.status === 'confirmed' ? 'confirmed' : 'to-confirm',
    withoutAppointment: row.without_appointment,
    source: { publisher: row.publisher, document: row.document, locator: row.locator },
  }
}

/** The outlines of the communes of a department, each as last drawn, as fine as a map shows; empty when none was imported. */
export async function outlines(db: Db, department: string): Promise<Ring[]> {
  const rows = await db
    .selectFrom('commune_contour')
    .innerJoin('place', 'place.code', 'commune_contour.insee')
    .select('commune_contour.rings as rings')
    .where('place.parent', '=', department)
    .orderBy('commune_contour.insee')
    .execute()
  return simplified(rows.flatMap(row => row.rings as readonly Ring[]))
}
