import { type Knowledge, knownValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { hallDrawing } from '../places/catchment-queries.ts'
import { grantsRead } from '../places/grant-queries.ts'
import { requestsTold } from '../places/granted.ts'
import { placeOf } from '../places/place-queries.ts'
import { NO_HALL_KNOWN, network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  addQuarters,
  type Month,
  monthOf,
  monthsBetween,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { frenchDay } from '../pure/french/french.ts'
import { permitKind } from '../pure/law/residence-permit.ts'
import { countedOnce, type ObservedMonth, sharedBetweenTitles } from './counted-month.ts'
import { centralPath, type DemandInputs, modelOf } from './engine/demand.ts'
import { COUNTER_TITLES } from './engine/national-issues.ts'
import { NATION } from './engine/national-projection.ts'
import {
  lastYearKnown,
  type NationalVolumes,
  nationalVolumes,
  nationStart,
  type VolumeFact,
} from './engine/national-volumes.ts'
import { byMonth } from './engine/permit-kinds.ts'
import { HORIZON } from './engine/projection.ts'
import type { ResidenceInputs } from './engine/residence.ts'
import { observedThrough } from './observed.ts'

const SEED = 20_220_405
const PATHS = 1_000

/** The day of a question, and what is known on it: everything, unless an earlier knowledge is asked for. */
export interface Question extends Knowledge {
  today: Day
}

/** Everything a projection of a department or of the nation stands on, or the reason why there is none. */
export async function demandInputs(
  db: Db,
  place: string,
  question: Question,
): Promise<DemandInputs | { reason: string }> {
  const day = question.asOf ?? question.today
  const [nation, facts] = await Promise.all([placeOf(db, NATION), nationalFactsOf(db, question)])
  const national = nationalVolumes(facts.issued, facts.notMade, day)
  if (COUNTER_TITLES.some(title => national.volumes[title].length === 0))
    return { reason: await noVolumes(db, question) }
  if (!nation?.population) return { reason: 'Aucune population connue pour la France.' }
  const common = {
    nationalPopulation: nation.population,
    ...national,
    lastQuarter: HORIZON,
    paths: PATHS,
    seed: SEED,
  }
  if (place === NATION) {
    return {
      ...common,
      department: NATION,
      departmentPopulation: nation.population,
      halls: [],
      counted: [],
      residence: { first: [], renewals: [] },
      exceptional: [],
      firstQuarter: nationStart(lastYearKnown(facts.issued), day),
    }
  }
  const local = await localInputs(db, place, question, nationStart(lastYearKnown(facts.issued), day))
  if ('reason' in local) return local
  const { counted, ...rest } = local
  const inputs = { ...common, ...rest, counted: [] }
  const isJoint = counted.some(row => row.title === 'cni-passport')
  const path = isJoint
    ? centralPath(modelOf(inputs))
    : { cni: new Float64Array(), passport: new Float64Array() }
  return { ...inputs, counted: sharedBetweenTitles(counted, path) }
}

type LocalInputs = { counted: ObservedMonth[] } & Pick<
  DemandInputs,
  | 'department'
  | 'departmentPopulation'
  | 'halls'
  | 'hallsAssumed'
  | 'residence'
  | 'exceptional'
  | 'firstQuarter'
>

/** What is a department's own in its projection. */
async function localInputs(
  db: Db,
  department: string,
  question: Question,
  nationFrom: Quarter,
): Promise<LocalInputs | { reason: string }> {
  const day = question.asOf ?? question.today
  const [place, { townHalls }, exceptional, residence, drawing, grants] = await Promise.all([
    placeOf(db, department),
    network(db, department),
    exceptionalMonths(db, department, day),
    residenceDecisions(db, department, question),
    hallDrawing(db, department),
    grantsRead(db, department, question),
  ])
  if (!place?.population) return { reason: `Aucune population connue pour ${department}.` }
  // Halls that draw people in a department of which no list was imported are assumed ones.
  const unlisted = townHalls.length === 0
  const halls = unlisted ? [...drawing.keys()].map(insee => ({ insee, closedOn: undefined })) : townHalls
  if (halls.length === 0) return { reason: NO_HALL_KNOWN }
  const counted = await countedMonths(
    db,
    halls.map(hall => hall.insee),
    question,
  )
  const last = (await lastTold(db, department, question)) ?? observedThrough(counted)
  // Where nothing was told yet, the department goes on from what is known of the nation.
  const next = last === undefined ? nationFrom : addQuarters(last, 1)
  return {
    department,
    departmentPopulation: place.population,
    halls: halls.flatMap(({ insee, closedOn }) => {
      const drawn = drawing.get(insee)
      const told = requestsTold(grants.get(insee) ?? [])
      return drawn === undefined
        ? []
        : [{ insee, closedOn, ...drawn, ...(told.length === 0 ? {} : { told }) }]
    }),
    ...(unlisted ? { hallsAssumed: true } : {}),
    counted,
    residence,
    exceptional,
    // A quarter that is not over is not observed, whatever was told of it.
    firstQuarter: next < quarterOf(day) ? next : quarterOf(day),
  }
}

/** The national facts on which the engine stands, or can be put back at past days. */
export async function nationalFactsOf(db: Db, known: Knowledge = {}) {
  const [issued, notMade] = await Promise.all([
    nationalFacts(db, 'titles-issued', known),
    nationalFacts(db, 'requests-not-made', known),
  ])
  return { issued, notMade }
}

/** What the national part of a projection stands on, as published by a day. */
export async function nationalVolumesAsOf(db: Db, asOf: Day, recordedBy?: Day): Promise<NationalVolumes> {
  const { issued, notMade } = await nationalFactsOf(db, { asOf, recordedBy })
  return nationalVolumes(issued, notMade, asOf)
}

async function nationalFacts(
  db: Db,
  measure: 'titles-issued' | 'requests-not-made',
  { asOf, recordedBy }: Knowledge,
): Promise<VolumeFact[]> {
  const rows = await knownValues(db, { measure, places: [NATION], asOf, recordedBy })
  return rows.flatMap(({ granularity, variant, title, period, value, status, publishedOn, source }) =>
    granularity === 'year' && variant === '' && isVolumeTitle(title)
      ? [{ title, year: Number(period), value, status, publishedOn, source }]
      : [],
  )
}

function isVolumeTitle(title: string): title is ObservedMonth['title'] {
  return title === 'cni-passport' || (COUNTER_TITLES as readonly string[]).includes(title)
}

/** Why no projection can be made: nothing was known yet, and since when something is. */
async function noVolumes(db: Db, { asOf, recordedBy }: Knowledge): Promise<string> {
  const missing = 'Aucun volume national de titres délivrés'
  if (asOf === undefined && recordedBy === undefined)
    return `${missing} : importez-en un par titre et par année.`
  const [ever, here] = await Promise.all([nationalFactsOf(db), nationalFactsOf(db, { recordedBy })])
  if (recordedBy !== undefined && COUNTER_TITLES.some(title => !here.issued.some(one => one.title === title)))
    return `${missing} n’était enregistré ici le ${frenchDay(recordedBy)} : demandez un jour plus récent, ou asOf seul, qui suit les jours de publication.`
  const firsts = COUNTER_TITLES.flatMap(title =>
    ever.issued
      .filter(one => one.title === title)
      .map(one => one.publishedOn)
      .sort()
      .slice(0, 1),
  )
  const since =
    firsts.length < COUNTER_TITLES.length
      ? 'importez-en un par titre et par année.'
      : `le premier de chaque titre l’est depuis le ${frenchDay(firsts.sort().at(-1)!)}. Demandez ce jour ou un jour plus récent.`
  return `${missing} n’était publié le ${frenchDay(asOf ?? recordedBy!)} : ${since}`
}

async function residenceDecisions(
  db: Db,
  department: string,
  { asOf, recordedBy }: Knowledge,
): Promise<ResidenceInputs> {
  const at = { places: [department], asOf, recordedBy }
  const [decisions, permits] = await Promise.all([
    knownValues(db, { measure: 'decisions', ...at }),
    knownValues(db, { measure: 'titles-issued', titles: ['residence-first', 'residence-renewal'], ...at }),
  ])
  const rows = decisions.filter(row => row.granularity === 'month')
  const of = (title: string) =>
    rows.filter(row => row.title === title).map(row => ({ month: row.period, decisions: row.value }))
  const issued = permits.flatMap(({ variant, granularity, period, value }) => {
    const kind = permitKind(variant)
    if (kind === undefined) return []
    return granularity === 'year'
      ? byMonth(kind, Number(period), value)
      : [{ kind, month: period, permits: value }]
  })
  return {
    first: of('residence-first'),
    renewals: of('residence-renewal'),
    ...(issued.length > 0 ? { issued } : {}),
  }
}

/** Requests counted at some town halls, by title and month, each once, as whoever asks may read them. */
export async function countedMonths(
  db: Db,
  halls: readonly string[],
  { asOf, recordedBy }: Knowledge = {},
): Promise<ObservedMonth[]> {
  if (asOf !== undefined || recordedBy !== undefined) {
    const rows = await knownValues(db, { measure: 'applications', places: halls, asOf, recordedBy })
    return countedOnce(
      rows.flatMap(({ place, title, variant, granularity, period, value }) =>
        granularity === 'month' && variant === '' && isVolumeTitle(title)
          ? [{ insee: place, title, month: period, requests: value }]
          : [],
      ),
    )
  }
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .select(['series.place as insee', 'series.title as title', 'period', 'value'])
    .where('series.measure', '=', 'applications')
    .where('series.granularity', '=', 'month')
    .where('series.variant', '=', '')
    .where('series.title', 'in', [...COUNTER_TITLES, 'cni-passport'])
    .where('series.place', 'in', halls)
    .orderBy('series.place')
    .orderBy('series.title')
    .orderBy('period')
    .execute()
  return countedOnce(
    rows.map(({ insee, title, period, value }) => ({
      insee,
      title: title as ObservedMonth['title'],
      month: period,
      requests: value,
    })),
  )
}

async function exceptionalMonths(db: Db, department: string, day: Day): Promise<Month[]> {
  const rows = await db
    .selectFrom('event')
    .select(['first_day', 'last_day'])
    .where('nature', '=', 'lockdown')
    .where('place', 'in', [NATION, department])
    .where('first_day', '<=', day)
    .execute()
  return [
    ...new Set(rows.flatMap(row => monthsBetween(monthOf(row.first_day), monthOf(row.last_day)))),
  ].sort()
}

/** Last quarter of which the department itself tells a delay or a wait: its projection starts after it, hall by hall. */
async function lastTold(db: Db, department: string, { asOf, recordedBy }: Knowledge) {
  const rows = await Promise.all(
    (['issuance-delay', 'appointment-wait'] as const).map(measure =>
      knownValues(db, { measure, places: [department], asOf, recordedBy, withoutDays: true }),
    ),
  )
  return rows
    .flat()
    .filter(row => row.granularity !== 'year')
    .map(row => (row.granularity === 'quarter' ? row.period : quarterOf(row.period)))
    .sort()
    .at(-1)
}
