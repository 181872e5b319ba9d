import type { Cert } from '../delays/cert.ts'
import {
  type FlowTitle,
  isFlowTitle,
  receivedBy,
  teamsOfCentre,
  teamsOn,
} from '../delays/cert-flow-queries.ts'
import { certServing, countedStock } from '../delays/cert-queries.ts'
import { delayOfDay } from '../delays/delay-queries.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import { unprojected } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { frenchList } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import { sum } from '../pure/numerics/sum.ts'
import { ASSUMPTIONS } from './assumption.ts'
import type { LocalFacts } from './question.ts'

/** What the database knows that bears on the plan of a title. */
export async function localFacts(
  db: Db,
  place: string,
  title: Title,
  today: Day,
): Promise<Omit<LocalFacts, 'engine' | 'last'>> {
  const cert = await certServing(db, place, title, today)
  const [delay, stock, teams, receipts, licences] = await Promise.all([
    delayOfDay(db, cert?.id ?? place, title, today),
    cert && countedStock(db, cert, title, today, 0),
    teamsOfCentre(db, cert ?? { departments: [place] }, title, today),
    cert !== undefined && isFlowTitle(title) ? receiptsOf(db, cert, title, today) : undefined,
    title === 'driving-licence' ? licenceVolume(db, place, today) : undefined,
  ])
  const there = teamsOn(teams, today)
  const agents = sum(there.map(one => one.etpo))
  const origin = there.map(one => one.origin).join(' ; ')
  const usual = ASSUMPTIONS.filesPerAgentDay.value
  const files = sum(there.map(one => one.etpo * (one.filesPerAgentDay ?? usual)))
  return {
    today,
    place,
    // In whole days, as pages tell it.
    delay: delay && { value: Math.round(delay.value), origin: delay.origin },
    stock: stock && { value: stock.files, origin: stock.origin },
    receipts,
    licencesPerHead:
      licences === undefined || 'reason' in licences
        ? undefined
        : licences.volume.perYear / licences.population,
    agents: there.length > 0 ? { value: agents, origin } : undefined,
    productivity:
      agents > 0 && there.some(one => one.filesPerAgentDay !== undefined)
        ? { value: files / agents, origin }
        : undefined,
  }
}

/** What came to a centre in the twelve months before, a working day: the figure of its page. */
async function receiptsOf(db: Db, cert: Cert, title: FlowTitle, today: Day): Promise<LocalFacts['receipts']> {
  const [received, places] = await Promise.all([
    receivedBy(db, cert, title, today).catch(unprojected),
    Promise.all(cert.departments.map(code => placeOf(db, code))),
  ])
  if ('reason' in received) return undefined
  const names = frenchList(places.map((place, i) => place?.name ?? cert.departments[i]!))
  return {
    value: received.projected,
    origin: `douze derniers mois du périmètre ${cert.assumed ? 'supposé' : 'du centre'} (${names}), comme à la page Centres d’expertise ; ${received.origin}`,
    assumed: received.supposed,
  }
}
