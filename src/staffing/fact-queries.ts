import type { Kysely } from 'kysely'
import { teamsOf } from '../delays/cert-queries.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import { publishedValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { lastDay } from '../pure/calendar/period.ts'
import { settle } from '../pure/figures/observation.ts'
import { frenchPeriod } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import type { Sourced } from './assumption.ts'
import type { LocalFacts } from './question.ts'

/** A published delay older than this says nothing of the stock of today. */
const RECENT_DAYS = 460
/** What the database knows that bears on the plan of a title. */
export async function localFacts(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Omit<LocalFacts, 'engine' | 'last'>> {
  const [delay, teams, licences] = await Promise.all([
    recentDelay(db, place, title, today),
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

async function recentDelay(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Sourced | undefined> {
  const rows = await publishedValues(db, {
    measure: 'issuance-delay',
    places: [place],
    titles: [title],
    withoutDays: true,
  })
  const recent = rows.filter(
    row => row.granularity !== 'year' && lastDay(row.period) >= addDays(today, -RECENT_DAYS),
  )
  const period = recent
    .map(row => row.period)
    .sort()
    .at(-1)
  const figure = period === undefined ? undefined : settle(recent.filter(row => row.period === period))
  const { value, document } = figure?.current ?? {}
  return value === undefined || period === undefined
    ? undefined
    : { value, origin: `délai publié, ${frenchPeriod(period)} (${document})` }
}
