import type { Kysely } from 'kysely'
import { certServing, teamsOf } from '../delays/cert-queries.ts'
import { recentDelay } from '../delays/delay-queries.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Title } from '../pure/law/title.ts'
import type { LocalFacts } from './question.ts'

/** What the database knows that bears on the plan of a title. */
export async function localFacts(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Omit<LocalFacts, 'engine' | 'last'>> {
  const cert = await certServing(db, place, title, today)
  const [delay, teams, licences] = await Promise.all([
    recentDelay(db, cert?.id ?? place, title, today),
    teamsOf(db, place, title, today),
    title === 'driving-licence' ? licencesPerHeadOf(db, place, today) : undefined,
  ])
  const capacity = teams.findLast(one => one.since <= today)
  const origin = capacity?.origin
  return {
    today,
    place,
    delay,
    licencesPerHead: licences,
    agents: capacity && { value: capacity.etpo, origin: origin ?? '' },
    productivity:
      capacity?.filesPerAgentDay !== undefined
        ? { value: capacity.filesPerAgentDay, origin: origin ?? '' }
        : undefined,
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
