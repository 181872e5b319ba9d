import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type KnownRow, knownValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
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

/** Requests of a title with a demand of its own, and what they rest on. */
export interface OwnDemand {
  run: { id: string; asOf: Day; version: string; seed: number }
  points: OwnPoint[]
  gate: GateYear[]
  explanation: ExplanationLine[]
}

interface OwnQuestion {
  place: string
  title: OwnTitle
  from?: Quarter | undefined
  to?: Quarter | undefined
  asOf?: Day | undefined
  recordedBy?: Day | undefined
}

const SEED = 20_330_119

/** The demand of a title that no town hall receives, from the volumes known; made anew each time, it is the same. */
export async function ownTitleDemand(
  db: Kysely<Database>,
  { place, title, from, to, asOf, recordedBy }: OwnQuestion,
  today: Day,
): Promise<OwnDemand | { reason: string }> {
  if (title === 'vehicle-registration') {
    return {
      reason:
        'Un certificat d’immatriculation n’expire pas : aucun cycle ne le ramène, et sa demande suit les ventes et les déménagements. Aucune projection n’en est faite ; les titres délivrés importés se lisent à /api/figures.',
    }
  }
  const day = asOf ?? recordedBy ?? today
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
  const id = createHash('sha256')
    .update(JSON.stringify([OWN_VERSION, place, volume, population, day]))
    .digest('hex')
    .slice(0, 16)
  return {
    run: { id, asOf: day, version: OWN_VERSION, seed: SEED },
    points: points.filter(
      ({ quarter }) => (from === undefined || quarter >= from) && (to === undefined || quarter <= to),
    ),
    gate: [],
    explanation: explainLicences(points, volume),
  }
}

/** The licences issued in a year in a place, as known, with its population. */
export async function licenceVolume(
  db: Kysely<Database>,
  place: string,
  day: Day,
  known: { asOf?: Day | undefined; recordedBy?: Day | undefined } = {},
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
