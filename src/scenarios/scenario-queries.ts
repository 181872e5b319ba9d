import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { projectCertOutlook } from '../delays/cert-outlook.ts'
import { teamsOf } from '../delays/cert-queries.ts'
import { type ProjectedCert, projectedCert } from '../delays/delay-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { RangeEnd } from '../pure/figures/lever.ts'
import { DEFAULT_QUARTERS, MOST_QUARTERS, projectOutlook } from '../waits/wait-outlook.ts'
import { type ProjectedWaits, projectedWaits } from '../waits/wait-queries.ts'
import { type MobileAnswer, mobileStations } from './allocation.ts'
import { actsOn, hasRange, type Outcome, type OutcomeQuarter, type Side } from './comparison.ts'
import {
  actsFrom,
  certDecisions,
  hallsOf,
  LEVERS,
  type PlannedLever,
  type Scenario,
  type Surroundings,
  waitDecisions,
} from './scenario.ts'
import { type QuarterRisk, type TriggerState, triggerState } from './trigger.ts'

/** A scenario as it was saved. */
export interface SavedScenario {
  id: string
  department: string
  savedAt: string
  scenario: Scenario
}

/** What a scenario of a department may refer to. */
export async function surroundings(
  db: Kysely<Database>,
  department: string,
  title: Scenario['title'],
  today: Day,
): Promise<Surroundings> {
  const [place, { townHalls }, teams] = await Promise.all([
    placeOf(db, department),
    network(db, department),
    title === undefined ? [] : teamsOf(db, department, title, today),
  ])
  return {
    department: place?.kind === 'department' ? department : undefined,
    halls: townHalls.map(({ insee, name }) => ({ insee, name })),
    teamKnown: teams.length > 0,
    outputKnown: teams.some(team => team.filesPerAgentDay !== undefined),
  }
}

/** Keeps a scenario under the digest of its content; the same content is the same scenario. */
export async function saveScenario(
  db: Kysely<Database>,
  scenario: Scenario,
  department: string,
): Promise<{ id: string; created: boolean }> {
  const content = JSON.stringify(inOrder(scenario))
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

/** The same members in the same order, so that the same scenario has the same digest. */
function inOrder({ name, place, title, agents, filesPerAgentDay, levers }: Scenario): Scenario {
  return {
    name: name.trim(),
    place,
    title,
    agents,
    filesPerAgentDay,
    levers: levers.map(lever => ({
      code: lever.code,
      hall: lever.hall,
      amount: { low: lever.amount.low, central: lever.amount.central, high: lever.amount.high },
      startsOn: lever.startsOn,
      until: lever.until,
      leadWeeks: lever.leadWeeks,
      minutesSaved: lever.minutesSaved,
      cost: lever.cost && {
        once: lever.cost.once,
        perYear: lever.cost.perYear,
        origin: lever.cost.origin.trim(),
      },
      trigger: lever.trigger && {
        aboveDays: lever.trigger.aboveDays,
        probability: lever.trigger.probability,
      },
    })),
  }
}

/** Saved scenarios of a department, the most recent first. */
export async function savedScenarios(db: Kysely<Database>, department: string): Promise<SavedScenario[]> {
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
export async function scenariosById(db: Kysely<Database>, ids: readonly string[]): Promise<SavedScenario[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('scenario').selectAll().where('id', 'in', ids).execute()
  return ids.flatMap(id => rows.filter(row => row.id === id).map(savedOf))
}

function savedOf(row: {
  id: string
  department: string
  created_at: string
  content: unknown
}): SavedScenario {
  return {
    id: row.id,
    department: row.department,
    savedAt: row.created_at,
    scenario: row.content as Scenario,
  }
}

/** Scenarios of one department side by side, the baseline first, and what they rest on. */
export interface Comparison {
  department: string
  /** Place whose wait is shown: the one of all scenarios, else the department. */
  place: string
  limitDays: number
  title: Scenario['title']
  sides: Side[]
  waits: ProjectedWaits | { reason: string } | undefined
  delays: ProjectedCert | { reason: string } | undefined
}

/** Wait that should not be passed: asked of prefects for 2023. */
const LIMIT_DAYS = 30

/** Futures when users choose their hall: each day of each is shared between halls, thirty times slower. */
const SHARED_PATHS = 120

/** Computes again each scenario on the projections of today, and the baseline beside them. */
export async function compared(
  db: Kysely<Database>,
  scenarios: readonly SavedScenario[],
  today: Day,
): Promise<Comparison> {
  const department = scenarios[0]?.department ?? ''
  const places = new Set(scenarios.map(one => one.scenario.place))
  const [only] = places
  const place = places.size === 1 && only !== undefined ? only : department
  const title = scenarios.find(one => one.scenario.title !== undefined)?.scenario.title
  const acts = new Set(scenarios.flatMap(one => [...actsOn(one.scenario)]))
  const waits = acts.has('waits') ? await projectedWaits(db, department, today) : undefined
  const delays =
    acts.has('delays') && title !== undefined ? await projectedCert(db, department, title, today) : undefined
  const around = await surroundings(db, department, title, today)
  const paths = scenarios.some(one => one.scenario.levers.some(lever => lever.code === 'sharing'))
    ? SHARED_PATHS
    : undefined
  const sides: Side[] = []
  for (const saved of [undefined, ...scenarios]) {
    sides.push({
      id: saved?.id,
      name: saved?.scenario.name ?? 'Rien de décidé',
      scenario: saved?.scenario,
      waits:
        waits === undefined || 'reason' in waits || !concerns(saved, 'waits')
          ? undefined
          : await outcome(saved?.scenario, end =>
              waitQuarters(waits, place, saved?.scenario, around, end, paths === undefined ? {} : { paths }),
            ),
      delays:
        delays === undefined || 'reason' in delays || !concerns(saved, 'delays')
          ? undefined
          : await outcome(saved?.scenario, end => delayQuarters(delays, saved?.scenario, end)),
    })
  }
  return { department, place, limitDays: LIMIT_DAYS, title, sides, waits, delays }
}

/** The baseline stands in every comparison; a scenario only where one of its levers acts. */
function concerns(saved: SavedScenario | undefined, acts: 'waits' | 'delays'): boolean {
  return saved === undefined || actsOn(saved.scenario).has(acts)
}

async function outcome(
  scenario: Scenario | undefined,
  quartersAt: (end: RangeEnd) => OutcomeQuarter[],
): Promise<Outcome> {
  // Each projection takes a few tenths of a second: others are answered in between.
  const after = async (end: RangeEnd) => {
    await setImmediate()
    return quartersAt(end)
  }
  const quarters = await after('central')
  if (scenario === undefined || !hasRange(scenario)) return { quarters, range: undefined }
  const last = async (end: RangeEnd) => (await after(end)).at(-1)?.band.median
  return { quarters, range: { low: await last('low'), high: await last('high') } }
}

function waitQuarters(
  { outlook }: ProjectedWaits,
  place: string,
  scenario: Scenario | undefined,
  around: Surroundings,
  end: RangeEnd,
  asked: { limitDays?: number; quarters?: number; paths?: number } = {},
): OutcomeQuarter[] {
  const known = new Set(outlook.halls.map(hall => hall.insee))
  const inside = { ...around, halls: around.halls.filter(hall => known.has(hall.insee)) }
  const decisions = scenario === undefined ? [] : waitDecisions(scenario, inside)
  const projection = projectOutlook(outlook, {
    limitDays: LIMIT_DAYS,
    quarters: DEFAULT_QUARTERS,
    ...asked,
    decisions,
    end,
  })
  const own = projection.halls.find(hall => hall.hall === place)
  const shown = own === undefined ? projection.meanOfRequests : 'quarters' in own ? own.quarters : []
  return shown.map(({ quarter, wait }) => ({ quarter, band: wait }))
}

function delayQuarters(
  { outlook }: ProjectedCert,
  scenario: Scenario | undefined,
  end: RangeEnd,
  { targetDays, quarters = DEFAULT_QUARTERS }: { targetDays?: number; quarters?: number } = {},
): OutcomeQuarter[] {
  const projection = projectCertOutlook(outlook, {
    decisions: scenario === undefined ? [] : certDecisions(scenario),
    end,
    quarters,
    ...(targetDays === undefined ? {} : { targetDays }),
    ...(scenario?.agents === undefined ? {} : { agents: scenario.agents }),
    ...(scenario?.filesPerAgentDay === undefined ? {} : { filesPerAgentDay: scenario.filesPerAgentDay }),
  })
  return projection.quarters.flatMap(({ quarter, backward }) =>
    backward ? [{ quarter, band: backward }] : [],
  )
}

/** A lever with a threshold, held against the projection of today. */
export interface TriggerReport {
  scenario: { id: string; name: string }
  lever: PlannedLever
  /** Town hall, department or title whose projected figure is read. */
  about: string
  actsFrom: Day
  state: TriggerState | { reason: 'no-projection' }
}

/** Every lever of a department's scenarios that has a threshold, those to decide first. */
export async function triggers(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<TriggerReport[]> {
  const guarded = (await savedScenarios(db, department)).flatMap(saved =>
    saved.scenario.levers.flatMap(lever => (lever.trigger ? [{ saved, lever, trigger: lever.trigger }] : [])),
  )
  if (guarded.length === 0) return []
  const risksFor = await riskReader(db, department, today)
  const reports: TriggerReport[] = []
  for (const { saved, lever, trigger } of guarded.slice(0, MOST_TRIGGERS)) {
    const { scenario } = saved
    const acts = LEVERS[lever.code].acts
    const place = lever.hall ?? scenario.place
    const about = acts === 'waits' ? place : (scenario.title ?? '')
    const risks = await risksFor(acts, about, trigger.aboveDays)
    const from = actsFrom(lever)
    reports.push({
      scenario: { id: saved.id, name: scenario.name },
      lever,
      about,
      actsFrom: from,
      state: risks === undefined ? { reason: 'no-projection' } : triggerState(trigger, from, risks),
    })
  }
  const rank = ({ state }: TriggerReport) => ('triggered' in state ? (state.triggered ? 0 : 1) : 2)
  return reports.sort((a, b) => rank(a) - rank(b))
}

/** Levers with a threshold that are looked at, the most recent scenarios first. */
const MOST_TRIGGERS = 50

/** Reads the chances of passing a threshold, each projection being run once for each threshold. */
async function riskReader(db: Kysely<Database>, department: string, today: Day) {
  const known = new Map<string, QuarterRisk[] | undefined>()
  const around = await surroundings(db, department, undefined, today)
  const waits = await projectedWaits(db, department, today)
  const certs = new Map<string, ProjectedCert | { reason: string }>()
  return async (acts: 'waits' | 'delays', about: string, aboveDays: number) => {
    const key = `${acts}|${about}|${aboveDays}`
    if (known.has(key)) return known.get(key)
    await setImmediate()
    let quarters: OutcomeQuarter[] | undefined
    if (acts === 'waits') {
      quarters =
        'reason' in waits
          ? undefined
          : waitQuarters(waits, about, undefined, around, 'central', {
              limitDays: aboveDays,
              quarters: MOST_QUARTERS,
            })
    } else if (about === 'cni-passport' || about === 'driving-licence') {
      const cert = certs.get(about) ?? (await projectedCert(db, department, about, today))
      certs.set(about, cert)
      quarters =
        'reason' in cert
          ? undefined
          : delayQuarters(cert, undefined, 'central', { targetDays: aboveDays, quarters: MOST_QUARTERS })
    }
    const risks = quarters?.map(({ quarter, band }) => ({ quarter, probability: band.probabilityOver }))
    known.set(key, risks)
    return risks
  }
}

/** Where mobile stations of a department should go, by both objectives. @returns a reason when nothing can be said. */
export async function allocated(
  db: Kysely<Database>,
  department: string,
  asked: { stations: number; weeks: number },
  today: Day,
): Promise<(MobileAnswer & { run: ProjectedWaits['run'] }) | { reason: string }> {
  const found = await projectedWaits(db, department, today)
  if ('reason' in found) return found
  return { ...mobileStations(found.outlook, asked), run: found.run }
}

/** Names of the halls that a scenario's lever changes. */
export function hallNames(lever: PlannedLever, scenario: Scenario, around: Surroundings): string[] {
  if (LEVERS[lever.code].hall === 'none') return []
  const codes = hallsOf(lever, scenario, around)
  return codes.length === around.halls.length && codes.length > 1
    ? []
    : codes.map(code => around.halls.find(hall => hall.insee === code)?.name ?? code)
}
