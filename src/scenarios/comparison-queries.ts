import { responsesOf, stageOf } from '../campaigns/campaign-queries.ts'
import { demandMoves, eurosOf, type Stage } from '../campaigns/effect.ts'
import { DEFAULT_QUARTERS, projectCertOutlook } from '../delays/cert-outlook.ts'
import { type ProjectedCert, projectedCert } from '../delays/delay-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  addQuarters,
  monthNumber,
  monthOf,
  type Quarter,
  quarterNumber,
  quarterOf,
} from '../pure/calendar/period.ts'
import type { RangeEnd } from '../pure/figures/lever.ts'
import { pathBand } from '../pure/numerics/series/path-band.ts'
import { type PlannedDepartment, plannedDepartment } from '../waits/department-wait-queries.ts'
import { offersOf, requestsOf } from '../waits/department-waits.ts'
import { daysGained, monthlyChange, withChange, withDemand } from '../waits/wait-decision.ts'
import { LAST_QUARTER, TOLD_QUARTERS, type WaitNow, waitQuarters } from '../waits/wait-now.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { actsOn, bandAt, hasRange, type Outcome, type OutcomeQuarter, type Side } from './comparison.ts'
import { LEVERS } from './lever.ts'
import {
  actsFrom,
  certDecisions,
  feltFrom,
  messagesSent,
  type Surroundings,
  waitDecisions,
} from './scenario.ts'
import type { PlannedLever, SavedScenario, Scenario } from './scenario-answer.ts'
import { surroundings } from './scenario-queries.ts'

/** The waits of a place that scenarios start from, and the halls that their levers change. */
export interface PlannedWaits extends PlannedDepartment {
  now: WaitNow
  /** What campaigns are measured on, where a scenario has one. */
  stage: Stage | undefined
  /** Last quarter of the comparison, and how many quarters of the wait itself are told. */
  to: Quarter
}

/** Scenarios of one department side by side, the baseline first, and what they rest on. */
export interface Comparison {
  department: string
  /** Place whose wait is shown: the one of all scenarios, else the department. */
  place: string
  limitDays: number
  title: Scenario['title']
  sides: Side[]
  waits: PlannedWaits | { reason: string } | undefined
  delays: ProjectedCert | { reason: string } | undefined
}

/** Quarters after the last first effect in which scenarios are read. */
const READ_AFTER = 4
/** Said where no wait is published. */
export const NO_WAIT =
  'Aucune attente n’est publiée, ni pour ce lieu ni pour la France : importez un fichier « rendez-vous ».'

/** A scenario, saved or being tried. */
type Told = Pick<SavedScenario, 'id' | 'department' | 'scenario'>

/** Computes again each scenario from the day on, and the baseline beside them. */
export async function compared(db: Db, scenarios: readonly Told[], today: Day): Promise<Comparison> {
  const department = scenarios[0]?.department ?? ''
  const places = new Set(scenarios.map(one => one.scenario.place))
  const [only] = places
  const place = places.size === 1 && only !== undefined ? only : department
  const title = scenarios.find(one => one.scenario.title !== undefined)?.scenario.title
  const acts = new Set(scenarios.flatMap(one => [...actsOn(one.scenario)]))
  const effects = firstEffects(scenarios, feltFrom)
  const told = scenarios.some(one => one.scenario.levers.some(({ code }) => code === 'campaign'))
  const waits = acts.has('waits')
    ? await plannedWaits(db, department, place, today, { effects, told })
    : undefined
  const delays =
    acts.has('delays') && title !== undefined ? await projectedCert(db, department, title, today) : undefined
  const around = await surroundings(db, department, title, today)
  const sides: Side[] = []
  for (const saved of [undefined, ...scenarios]) {
    const scenario = saved?.scenario
    const known = waits !== undefined && !('reason' in waits) && concerns(saved, 'waits') ? waits : undefined
    sides.push({
      // A scenario that is tried has no address yet.
      id: saved?.id || undefined,
      name: scenario?.name ?? 'Rien de décidé',
      scenario,
      waits: known && (await waitOutcome(known, place, scenario, around, readAt(effects, known))),
      delays:
        delays === undefined || 'reason' in delays || !concerns(saved, 'delays')
          ? undefined
          : await delayOutcome(delays, scenario),
    })
  }
  return { department, place, limitDays: WAIT_LIMIT_DAYS, title, sides, waits, delays }
}

/** The waits of a place from a day on, far enough for the latest of some first effects to be seen. */
async function plannedWaits(
  db: Db,
  department: string,
  place: string,
  today: Day,
  { effects, told: campaigns }: { effects: readonly Day[]; told: boolean },
): Promise<PlannedWaits | { reason: string }> {
  const told = addQuarters(quarterOf(today), TOLD_QUARTERS - 1)
  const far = effects.some(day => addQuarters(quarterOf(day), READ_AFTER) > told)
  const to = far ? LAST_QUARTER : told
  const planned = await plannedDepartment(db, department, today)
  if ('reason' in planned) return planned
  const found = await placeWaitNow(db, place, { asOf: today, to })
  if (found === undefined) return { reason: NO_WAIT }
  const staged = campaigns ? await stageOf(db, department, today) : undefined
  if (staged !== undefined && 'reason' in staged) return staged
  return { ...planned, now: found.now, to, stage: staged?.stage }
}

function firstEffects(
  scenarios: readonly { scenario: Scenario }[],
  day: (lever: PlannedLever) => Day,
): Day[] {
  const levers = scenarios
    .flatMap(one => one.scenario.levers)
    .filter(({ code }) => LEVERS[code].acts === 'waits')
  return levers.map(day).sort()
}

function readAt(effects: readonly Day[], { now, to }: PlannedWaits): Quarter {
  const seen = effects.filter(day => quarterOf(day) <= to).at(-1) ?? now.asOf
  const wanted = addQuarters(quarterOf(seen > now.asOf ? seen : now.asOf), READ_AFTER)
  return wanted < to ? wanted : to
}

/** The baseline stands in every comparison; a scenario only where one of its levers acts. */
function concerns(saved: Told | undefined, acts: 'waits' | 'delays'): boolean {
  return saved === undefined || actsOn(saved.scenario).has(acts)
}

async function waitOutcome(
  { now, waits, to, stage }: PlannedWaits,
  place: string,
  scenario: Scenario | undefined,
  around: Surroundings,
  at: Quarter,
): Promise<Outcome> {
  const from = quarterOf(now.asOf)
  const quartersOf = (one: WaitNow) => waitOutcomes(one, WAIT_LIMIT_DAYS)
  if (scenario === undefined) return { quarters: quartersOf(now), at, range: undefined }
  const decisions = waitDecisions(scenario, around)
  const months = 3 * (quarterNumber(to) - quarterNumber(from) + 1) - (monthNumber(monthOf(now.asOf)) % 3)
  const under = async (end: RangeEnd) => {
    // Each takes some hundredths of a second: others are answered in between.
    await othersFirst()
    const change = monthlyChange(offersOf(waits, place), decisions, { from: now.asOf, months, end })
    let changed = withChange(now, change)
    for (const lever of scenario.levers.filter(({ code }) => code === 'campaign')) {
      const { counted = [], euros } = lever.campaign ?? {}
      const plan = {
        messages: messagesSent(lever, end),
        responses: responsesOf(counted),
        euros: eurosOf(euros),
      }
      const moves = stage === undefined ? [] : await demandMoves(stage, plan, place)
      changed = withDemand(
        changed,
        moves.map(own => own.slice(0, months)),
      )
    }
    return changed
  }
  const central = await under('central')
  const quarters = quartersOf(central)
  const gains = daysGained(now, central, from, to)
  const first = firstEffects([{ scenario }], actsFrom)[0] ?? now.asOf
  const range = async (end: RangeEnd) =>
    waitQuarters(await under(end), at, 1, WAIT_LIMIT_DAYS)[0]?.wait.median
  return {
    quarters,
    at,
    gains,
    worth: worthOf(gains, quarterOf(first), quarterTotals(requestsOf(waits, place), now.asOf)),
    range:
      hasRange(scenario) && bandAt({ quarters, at, range: undefined })
        ? { low: await range('low'), high: await range('high') }
        : undefined,
  }
}

/** The wait by quarter from the present one on. */
export function waitOutcomes(now: WaitNow, limitDays: number): OutcomeQuarter[] {
  return waitQuarters(now, quarterOf(now.asOf), TOLD_QUARTERS, limitDays).map(({ quarter, wait }) => ({
    quarter,
    band: wait,
  }))
}

/** Requests of each quarter from that of a day on, of which `requests` has the months. */
function quarterTotals(requests: Float64Array, from: Day): number[] {
  const totals: number[] = []
  const skipped = monthNumber(monthOf(from)) % 3
  requests.forEach((count, m) => {
    const quarter = Math.floor((m + skipped) / 3)
    totals[quarter] = (totals[quarter] ?? 0) + count
  })
  return totals
}

/** Weeks of waiting saved over all quarters, and mean days gained from the first effect on, future by future. */
function worthOf(
  gains: ReturnType<typeof daysGained>,
  first: Quarter,
  requests: readonly number[],
): NonNullable<Outcome['worth']> {
  const paths = gains[0]?.byPath.length ?? 0
  const acting = gains.filter(({ quarter }) => quarter >= first)
  const sums = new Float64Array(paths)
  const means = new Float64Array(paths)
  gains.forEach(({ byPath }, q) => {
    for (let p = 0; p < paths; p++) sums[p]! += (byPath[p]! * (requests[q] ?? 0)) / 7
  })
  for (const { byPath } of acting) for (let p = 0; p < paths; p++) means[p]! += byPath[p]! / acting.length
  return { personWeeks: pathBand(sums, 0), days: pathBand(means, 0), years: acting.length / 4 }
}

async function delayOutcome(cert: ProjectedCert, scenario: Scenario | undefined): Promise<Outcome> {
  const after = async (end: RangeEnd) => {
    await othersFirst()
    return delayQuarters(cert, scenario, end)
  }
  const quarters = await after('central')
  const at = quarters.at(-1)?.quarter ?? ''
  if (scenario === undefined || !hasRange(scenario)) return { quarters, at, range: undefined }
  const last = async (end: RangeEnd) => (await after(end)).at(-1)?.band.median
  return { quarters, at, range: { low: await last('low'), high: await last('high') } }
}

/** The wait of files already decided, quarter by quarter, under the levers of a scenario. */
export function delayQuarters(
  { outlook }: ProjectedCert,
  scenario: Scenario | undefined,
  end: RangeEnd,
  { targetDays, quarters = DEFAULT_QUARTERS }: { targetDays?: number; quarters?: number } = {},
): OutcomeQuarter[] {
  const projection = projectCertOutlook(outlook, {
    decisions: scenario === undefined ? [] : certDecisions(scenario),
    end,
    quarters,
    targetDays,
    agents: scenario?.agents,
    filesPerAgentDay: scenario?.filesPerAgentDay,
  })
  return projection.quarters.flatMap(({ quarter, backward }) =>
    backward ? [{ quarter, band: backward }] : [],
  )
}
