import { createHash } from 'node:crypto'
import { campaignFaults } from '../campaigns/campaign.ts'
import { campaignGround } from '../campaigns/campaign-queries.ts'
import { receivedBy, supposedAgents } from '../delays/cert-flow-queries.ts'
import { certServing, teamsOf } from '../delays/cert-queries.ts'
import { Refusal, unprojected } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import { toldName } from '../places/town-hall.ts'
import { toldHall, toldHalls } from '../places/town-hall-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { COMMUNE_CODE } from '../pure/figures/place-code.ts'
import { LEVERS } from './lever.ts'
import { type ScenarioFault, type Surroundings, scenarioFaults } from './scenario.ts'
import { type SavedScenario, type Scenario, scenarioBody } from './scenario-answer.ts'

/** What a scenario of a department may refer to. */
export async function surroundings(
  db: Db,
  department: string,
  title: Scenario['title'],
  today: Day,
): Promise<Surroundings> {
  const [place, halls, teams] = await Promise.all([
    placeOf(db, department),
    toldHalls(db, department),
    title === undefined ? [] : teamsOf(db, department, title, today),
  ])
  return {
    department: place?.kind === 'department' ? department : undefined,
    halls: halls.map(hall => ({ insee: hall.insee, name: toldName(hall) })),
    hallsAssumed: halls.some(({ status }) => status === 'assumed'),
    teamKnown: teams.length > 0,
    outputKnown: teams.some(team => team.filesPerAgentDay !== undefined),
  }
}

/** The department that a scenario belongs to, `usual` when it names no place, and every fault of what it asks. */
export async function checkedScenario(
  db: Db,
  scenario: Scenario,
  usual: string,
  today: Day,
): Promise<{ department: string; faults: ScenarioFault[] }> {
  const { place, title } = scenario
  const hall = COMMUNE_CODE.test(place) ? await toldHall(db, place) : undefined
  const department = hall?.department ?? (place === '' ? usual : place)
  const faults = scenarioFaults(scenario, await surroundings(db, department, title, today))
  for (const [i, { campaign }] of scenario.levers.entries()) {
    if (campaign === undefined || campaign.place !== department) continue
    for (const fault of campaignFaults(campaign, await campaignGround(db, department, today)))
      faults.push({ ...fault, field: `levers.${i}.campaign.${fault.field}` })
  }
  return { department, faults }
}

/**
 * A scenario of the form with what it leaves out of the centre: identity cards and passports, and where more agents join a
 * workforce of which nothing was imported, the one that `/certs` supposes.
 */
export async function completedScenario(
  db: Db,
  scenario: Scenario,
  usual: string,
  today: Day,
): Promise<Scenario> {
  const { place, title = 'cni-passport', agents } = scenario
  if (scenario.levers.every(({ code }) => LEVERS[code].acts === 'waits')) return scenario
  const asks = agents === undefined && scenario.levers.some(({ code }) => code === 'more-agents')
  const department = (await toldHall(db, place))?.department ?? (place === '' ? usual : place)
  if (!asks || (await teamsOf(db, department, title, today)).length > 0) return { ...scenario, title }
  const cert = await certServing(db, department, title, today)
  const received = cert && (await receivedBy(db, cert, title, today).catch(unprojected))
  // Without a projection the form asks for the workforce.
  if (received === undefined || 'reason' in received) return { ...scenario, title }
  return { ...scenario, title, agents: supposedAgents(received.perWorkingDay) }
}

/** Keeps a scenario under the digest of its content; the same content is the same scenario. */
export async function saveScenario(
  db: Db,
  scenario: Scenario,
  department: string,
): Promise<{ id: string; created: boolean }> {
  // Members in the order of the schema, so that the same scenario has the same digest.
  const content = JSON.stringify(scenarioBody.parse(scenario))
  const id = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const stored = await db
    .insertInto('scenario')
    .values({
      id,
      name: scenario.name.trim(),
      place: scenario.place,
      department,
      title: scenario.title ?? '',
      content,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return { id, created: stored !== undefined }
}

/** Saved scenarios of a department, the most recent first. */
export async function savedScenarios(db: Db, department: string): Promise<SavedScenario[]> {
  const rows = await db
    .selectFrom('scenario')
    .selectAll()
    .where('department', '=', department)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(savedOf)
}

/** Saved scenarios by their identifiers, in the order asked for; one that is unknown is missing. */
export async function scenariosById(db: Db, ids: readonly string[]): Promise<SavedScenario[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('scenario').selectAll().where('id', 'in', ids).execute()
  return ids.flatMap(id => rows.filter(row => row.id === id).map(savedOf))
}

/**
 * Saved scenarios to be read together.
 *
 * @throws Refusal `scenario-not-found`, naming those that are not saved; `scenarios-not-comparable`.
 */
export async function wantedScenarios(db: Db, ids: readonly string[]): Promise<SavedScenario[]> {
  const found = await scenariosById(db, ids)
  const missing = ids.filter(id => !found.some(saved => saved.id === id))
  if (missing.length > 0) {
    throw new Refusal(
      'scenario-not-found',
      `Aucun scénario enregistré ne porte l’identifiant ${missing.join(', ')} : la liste est à /scenarios.`,
      { ids: missing },
    )
  }
  const departments = new Set(found.map(saved => saved.department))
  const titles = new Set(found.flatMap(saved => saved.scenario.title ?? []))
  if (departments.size > 1 || titles.size > 1) {
    throw new Refusal(
      'scenarios-not-comparable',
      'Comparez des scénarios d’un même département et, pour le CERT, d’un même titre.',
    )
  }
  return found
}

function savedOf(row: {
  id: string
  department: string
  created_at: string
  content: unknown
}): SavedScenario {
  const { id, department, created_at: savedAt, content } = row
  return { id, address: paths.scenario({ id }), department, savedAt, scenario: content as Scenario }
}
