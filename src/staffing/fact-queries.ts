import type { Kysely } from 'kysely'
import type { Cert } from '../delays/cert.ts'
import { certServing, teamsOf } from '../delays/cert-queries.ts'
import { recentDelay } from '../delays/delay-queries.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import { currentRun, projectedPoints } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { frenchList } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import { meanWorkingDays } from './assumption.ts'
import type { LocalFacts } from './question.ts'

/** What the database knows that bears on the plan of a title. */
export async function localFacts(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Omit<LocalFacts, 'engine' | 'last'>> {
  const cert = await certServing(db, place, title, today)
  const [delay, teams, receipts, licences] = await Promise.all([
    recentDelay(db, cert?.id ?? place, title, today),
    teamsOf(db, place, title, today),
    title === 'cni-passport' && cert !== undefined ? receiptsOf(db, cert, today) : undefined,
    title === 'driving-licence' ? licencesPerHeadOf(db, place, today) : undefined,
  ])
  const capacity = teams.findLast(one => one.since <= today)
  const origin = capacity?.origin
  return {
    today,
    place,
    delay,
    receipts,
    licencesPerHead: licences,
    agents: capacity && { value: capacity.etpo, origin: origin ?? '' },
    productivity:
      capacity?.filesPerAgentDay !== undefined
        ? { value: capacity.filesPerAgentDay, origin: origin ?? '' }
        : undefined,
  }
}

/** What the projections of the departments of a centre send it in the next four quarters, a working day. */
async function receiptsOf(
  db: Kysely<Database>,
  { departments, assumed }: Cert,
  today: Day,
): Promise<LocalFacts['receipts']> {
  let files = 0
  const names: string[] = []
  for (const department of departments) {
    const [run, place] = await Promise.all([currentRun(db, department, today), placeOf(db, department)])
    if ('reason' in run) return undefined
    const points = (await projectedPoints(db, run.id, [department])).get(department) ?? []
    const ahead = points.filter(
      ({ title, quarter }) => title === 'cni-passport' && quarter > quarterOf(today),
    )
    for (const { mean } of ahead.slice(0, 4)) files += mean
    names.push(place?.name ?? department)
  }
  return {
    value: Math.round(files / 12 / meanWorkingDays()),
    origin: assumed
      ? `le périmètre supposé (${frenchList(names)}) seul en enverrait`
      : `Projection des demandes du périmètre : ${frenchList(names)}`,
    assumed,
  }
}

/** Licences issued in a year for one inhabitant, as last known: the waves of that title come from it. */
export async function licencesPerHeadOf(
  db: Kysely<Database>,
  place: string,
  today: Day,
): Promise<number | undefined> {
  const known = await licenceVolume(db, place, today)
  return 'reason' in known ? undefined : known.volume.perYear / known.population
}
