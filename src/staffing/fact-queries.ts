import type { Kysely } from 'kysely'
import type { Cert } from '../delays/cert.ts'
import { receiptsADay } from '../delays/cert-flow.ts'
import { certFlow, type FlowTitle, isFlowTitle } from '../delays/cert-flow-queries.ts'
import { certServing, teamsOf } from '../delays/cert-queries.ts'
import { delayOfDay } from '../delays/delay-queries.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, monthOf } from '../pure/calendar/period.ts'
import { frenchList } from '../pure/french/french.ts'
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
  const [delay, teams, receipts, licences] = await Promise.all([
    delayOfDay(db, cert?.id ?? place, title, today),
    teamsOf(db, place, title, today),
    cert !== undefined && isFlowTitle(title) ? receiptsOf(db, cert, title, today) : undefined,
    title === 'driving-licence' ? licencesPerHeadOf(db, place, today) : undefined,
  ])
  const capacity = teams.findLast(one => one.since <= today)
  const origin = capacity?.origin
  return {
    today,
    place,
    // In whole days, as pages tell it.
    delay: delay && { value: Math.round(delay.value), origin: delay.origin },
    receipts,
    licencesPerHead: licences,
    agents: capacity && { value: capacity.etpo, origin: origin ?? '' },
    productivity:
      capacity?.filesPerAgentDay !== undefined
        ? { value: capacity.filesPerAgentDay, origin: origin ?? '' }
        : undefined,
  }
}

/** What comes to a centre in the next twelve months, a working day: the figure of its page. */
async function receiptsOf(
  db: Kysely<Database>,
  cert: Cert,
  title: FlowTitle,
  today: Day,
): Promise<LocalFacts['receipts']> {
  const first = addMonths(monthOf(today), 1)
  try {
    const { flow, origins } = await certFlow(db, { cert, title, to: lastDay(addMonths(first, 11)), today })
    const places = await Promise.all(cert.departments.map(code => placeOf(db, code)))
    const names = frenchList(places.map((place, i) => place?.name ?? cert.departments[i]!))
    // Nobody counted the licences of a department; its cards are projected, whichever halls take them.
    const isCounted =
      title === 'cni-passport' || origins.every(one => one.name !== 'requests' || !one.assumed)
    const assumed = cert.assumed || !isCounted
    return {
      value: Math.round(receiptsADay(flow, firstDay(first))),
      origin: assumed
        ? `${cert.assumed ? 'le périmètre supposé' : 'le périmètre du centre'} (${names}) seul en enverrait`
        : `Flux attendu du centre sur douze mois : ${names}`,
      assumed,
    }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'no-projection') return undefined
    throw error
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
