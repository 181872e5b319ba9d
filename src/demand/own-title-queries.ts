import { createHash } from 'node:crypto'
import { type Knowledge, type KnownRow, knownValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { monthOf, type Quarter, quarterOf, quartersBetween, yearOf } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { GateYear } from './engine/gate.ts'
import { NATION } from './engine/national-projection.ts'
import { HORIZON } from './engine/projection.ts'
import {
  carriedSpread,
  explainLicences,
  licencePoints,
  OWN_VERSION,
  type OwnPoint,
  type OwnTitle,
  type YearlyVolume,
} from './own-title.ts'
import { explainVehicles, VEHICLE_VERSION, vehicleQuarters } from './vehicle.ts'

/** Requests of a title with a demand of its own, and what they rest on. */
export interface OwnDemand {
  run: { id: string; asOf: Day; version: string; seed: number }
  points: OwnPoint[]
  gate: GateYear[]
  explanation: ExplanationLine[]
}

interface OwnQuestion extends Knowledge {
  place: string
  title: OwnTitle
  from?: Quarter | undefined
  to?: Quarter | undefined
}

const SEED = 20_330_119

/** The demand of a title that no town hall receives, from the volumes known; made anew each time, it is the same. */
export async function ownTitleDemand(
  db: Db,
  { place, title, from, to, asOf, recordedBy }: OwnQuestion,
  today: Day,
): Promise<OwnDemand | { reason: string }> {
  const day = asOf ?? recordedBy ?? today
  const within = ({ quarter }: { quarter: Quarter }) =>
    (from === undefined || quarter >= from) && (to === undefined || quarter <= to)
  if (title === 'vehicle-registration') {
    const told = await vehicleDemand(db, place, { asOf, recordedBy }, day)
    return 'reason' in told ? told : { ...told, points: told.points.filter(within) }
  }
  const known = await licenceVolume(db, place, day, { asOf, recordedBy })
  if ('reason' in known) return known
  const { volume, population } = known
  const points = licencePoints(
    place,
    volume,
    population,
    quartersBetween(quarterOf(monthOf(day)), HORIZON),
    SEED,
  )
  return {
    run: { ...runOf(OWN_VERSION, [place, volume, population, day]), asOf: day, seed: SEED },
    points: points.filter(within),
    gate: [],
    explanation: explainLicences(points, volume),
  }
}

function runOf(version: string, inputs: readonly unknown[]) {
  const digest = createHash('sha256').update(JSON.stringify([version, ...inputs]))
  return { id: digest.digest('hex').slice(0, 16), version }
}

/** Certificates counted in a place, and their series continued; it draws nothing, so its seed is 0. */
async function vehicleDemand(
  db: Db,
  place: string,
  known: Knowledge,
  day: Day,
): Promise<OwnDemand | { reason: string }> {
  const rows = (
    await knownValues(db, {
      measure: 'titles-issued',
      places: [place],
      titles: ['vehicle-registration'],
      ...known,
    })
  ).filter(({ variant }) => variant === '')
  const counts = rows.map(({ period, value }) => ({ period, count: value }))
  const quarters = vehicleQuarters(counts)
  if (quarters === undefined) return { reason: NO_VEHICLES }
  const source = [...new Set(rows.map(row => row.source))].join(' ; ')
  return {
    run: { ...runOf(VEHICLE_VERSION, [place, counts]), asOf: day, seed: 0 },
    points: quarters.map(point => ({ place, title: 'vehicle-registration' as const, ...point })),
    gate: [],
    explanation: explainVehicles(quarters, source),
  }
}

const NO_VEHICLES =
  'Un certificat d’immatriculation n’expire pas : aucun cycle ne le ramène, et sa demande suit les ventes et les déménagements. Pour prolonger celle de ce lieu, importez ses titres délivrés (titles-issued, titre « CIV ») : deux ans de mois entiers, ou cinq années.'

/** The licences issued in a year in a place, as known, with its population. */
export async function licenceVolume(
  db: Db,
  place: string,
  day: Day,
  known: Knowledge = {},
): Promise<{ volume: YearlyVolume; population: number } | { reason: string }> {
  const [own, nation] = await Promise.all([placeOf(db, place), placeOf(db, NATION)])
  if (!own?.population || !nation?.population) return { reason: `Aucune population connue pour ${place}.` }
  const rows = await knownValues(db, {
    measure: 'titles-issued',
    places: [...new Set([place, NATION])],
    titles: ['driving-licence'],
    ...known,
  })
  const share = own.population / nation.population
  const volume = volumeOf(rows, { place, share, year: yearOf(monthOf(day)) })
  return volume === undefined
    ? { reason: 'Aucun volume de permis délivrés n’est connu : importez-en un par année (titles-issued).' }
    : { volume, population: own.population }
}

/** The last year counted in the place, else that of the nation by population. */
function volumeOf(
  rows: readonly KnownRow[],
  { place, share, year }: { place: string; share: number; year: number },
): YearlyVolume | undefined {
  const lastOf = (wanted: string) =>
    rows
      .filter(row => row.place === wanted && row.granularity === 'year' && row.variant === '')
      .sort((a, b) => a.period.localeCompare(b.period))
      .at(-1)
  const local = lastOf(place)
  const found = local ?? lastOf(NATION)
  if (found === undefined) return undefined
  const age = year - Number(found.period)
  return {
    perYear: found.value * (local === undefined ? share : 1),
    spread: carriedSpread(age),
    origin: `${found.source}, ${found.period}${local === undefined ? ', au prorata de la population' : ''}`,
    assumed: local === undefined || age > 2,
  }
}
