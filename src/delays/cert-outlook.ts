import { addDays } from '../pure/calendar/day.ts'
import {
  addMonths,
  addQuarters,
  firstDay,
  lastDay,
  type Month,
  monthsOfQuarter,
  type Quarter,
  quartersBetween,
} from '../pure/calendar/period.ts'
import { workingDaysIn } from '../pure/calendar/working-days.ts'
import type { Decision, RangeEnd } from '../pure/figures/lever.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import { remembered } from '../pure/figures/remembered.ts'
import type { Cohort } from '../pure/numerics/queues/fifo-queue.ts'
import { normalQuantile } from '../pure/numerics/series/normal-quantile.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { ImportedTeam } from './cert.ts'
import { type Calibration, calibrateCert, type KnownInjection } from './cert-calibration.ts'
import type { CertTeam } from './cert-capacity.ts'
import { type CertParameters, certUnderDecisions } from './cert-lever.ts'
import { type CertProjection, projectCert } from './cert-projection.ts'
import { evenlyAged } from './cert-queue.ts'

/** Quarters projected when nobody asks, and at most: the team is held fixed, and no team stays so for years. */
export const DEFAULT_QUARTERS = 8
/** Longest projection of a delay, in quarters. */
export const MOST_QUARTERS = 12
/** Quarters that a queue is fitted to: older ones tell of another team. */
const MOST_FITTED = 6
/** Days of work known to the model after the last quarter: the wait ahead looks further. */
const CALENDAR_AFTER_DAYS = 900
/** Spread of a load that no projection of demand moves, on the log scale. An assumption. */
export const FLAT_DEMAND_SPREAD = 0.05
/** Paths of a title whose demand is not projected. */
const FLAT_PATHS = 200
/** Projections kept of one outlook: some horizons and targets. */
const MOST_KEPT = 6

/** Demand that moves the load of a title: requests of some months along each future, and a normal number for each. */
export interface CertDemand {
  requestsIn: (months: readonly Month[]) => readonly Float64Array[]
  noise: readonly number[]
}

/** What a projection of a CERT stands on. */
export interface CertFacts {
  /** Published delays by consecutive quarters, ending with the last one known. */
  observed: readonly QuarterDelay[]
  injections: readonly KnownInjection[]
  teams: readonly ImportedTeam[]
  /** `undefined` when nothing projects the demand of the title. */
  demand: CertDemand | undefined
  targetDays: number
  /** Normal numbers for the futures of a title whose demand is not projected. */
  noise: () => number
  /** The log delay of the present quarter, where the last published one is too old to start from. */
  estimate?: { quarter: Quarter; mean: number; spread: number } | undefined
}

/** Months of which an outlook asks the demand: those to come, and a year before every quarter that it starts from. */
export function monthsAsked({ observed, estimate }: Pick<CertFacts, 'observed' | 'estimate'>): Month[] {
  const from = estimate === undefined ? observed.slice(-MOST_FITTED) : [estimate]
  return from
    .slice(0, 1)
    .flatMap(({ quarter }) =>
      quartersBetween(addQuarters(quarter, -4), addQuarters(from.at(-1)!.quarter, MOST_QUARTERS)).flatMap(
        monthsOfQuarter,
      ),
    )
}

/** A CERT in the state of its last published delay, in units of what its team does on a working day. */
export interface CertOutlook {
  from: Quarter
  calibration: Calibration
  load: 'steady' | 'by-quarter'
  /** Stock in working days of the team on the eve of the first day, and how it is aged. */
  startWorkDays: number
  start: (path: number) => readonly Cohort[]
  /** Where the queue starts from an estimate of today: the log delay that it draws its start from. */
  estimate: CertFacts['estimate']
  months: Month[]
  /** Work received in each month along each future, in working days of the team. */
  demand: Float64Array[]
  demandFrom: 'projection' | 'flat'
  /** The same when what is received stays what it was in the last quarter: town halls whose slots do not change. */
  constantDemand: Float64Array[]
  /** Standard deviation of the logarithm of the load, beside what the demand itself leaves open. */
  spread: number
  /** Files in a working day of the team, when volumes are known, and why. */
  files: { perWorkingDay: number; from: 'imported-team' | 'injection' } | undefined
  team: ImportedTeam | undefined
  targetDays: number
}

/** What to project: unchanged, or under decisions. */
export interface CertScenario {
  decisions?: readonly Decision<CertParameters>[]
  end?: RangeEnd
  quarters?: number
  targetDays?: number | undefined
  /** Whether what is received follows the projected demand, or stays as it was. */
  inflow?: 'demand' | 'constant'
  /** What is supposed of the team when nothing was imported. */
  agents?: number | undefined
  filesPerAgentDay?: number | undefined
}

/**
 * Puts a CERT in the state of its last published delay: the queue fitted to the last quarters, run to the eve of the
 * next one. Volumes are ratios: one unit is a working day of the team as it was, so that no count is claimed that four
 * delays cannot tell.
 *
 * The load goes on from the fitted ones: demand of twelve months over the capacity that each quarter implies. Months are
 * levelled over a year, because files reach the CERT when the appointment has taken place, which spreads them.
 *
 * Where the last published delay is old, the queue starts from the delay estimated today instead.
 */
export function certOutlook(
  facts: CertFacts,
): CertOutlook | { reason: 'too-few-quarters' | 'gap-between-quarters' } {
  if (facts.estimate !== undefined) return outlookFromToday(facts, facts.estimate)
  const observed = facts.observed.slice(-MOST_FITTED)
  const head = observed[0]
  const tail = observed.at(-1)
  if (head === undefined || tail === undefined) return { reason: 'too-few-quarters' }
  const injections = facts.injections.filter(
    ({ day }) => day >= firstDay(head.quarter) && day <= lastDay(tail.quarter),
  )
  // An injection and a free load make up for each other: with one, the load is taken as steady.
  const load = injections.length > 0 || observed.length < 2 ? 'steady' : 'by-quarter'
  const fitted = calibrateCert({ observed, injections, load })
  if (fitted.fit === undefined) return { reason: fitted.reason }
  const calibration = fitted.fit
  const spread = load === 'by-quarter' ? loadSpread(calibration) : FLAT_DEMAND_SPREAD
  return outlookOf(facts, {
    from: addQuarters(tail.quarter, 1),
    teamUntil: tail.quarter,
    calibration,
    load,
    startWorkDays: fitted.end.stock,
    startOf: () => evenlyAged(fitted.end.stock, fitted.end.oldest),
    estimate: undefined,
    spread,
    capacityOf: facts.demand && impliedCapacity(facts.demand, calibration, spread),
  })
}

/**
 * A CERT from the delay estimated today: each path starts from a delay drawn from the estimate, with a team that treats
 * what it received over the last twelve months. Loads of years past are not carried: that team is not this one.
 */
function outlookFromToday(facts: CertFacts, estimate: NonNullable<CertFacts['estimate']>): CertOutlook {
  const worked = sum(monthsFrom(estimate.quarter).map(workingDaysIn)) / (3 * MOST_QUARTERS * 30.4)
  const median = Math.exp(estimate.mean)
  return outlookOf(facts, {
    from: estimate.quarter,
    teamUntil: estimate.quarter,
    calibration: {
      startDays: median,
      loads: [],
      injections: [],
      filesPerWorkingDay: undefined,
      quarters: [],
      rootMeanSquareDays: 0,
      degreesOfFreedom: 0,
      notIdentifiable: [
        'la charge d’aujourd’hui (dossiers reçus ÷ capacité) : aucun délai récent ne la montre',
        'le nombre de dossiers en stock, sans volume ni effectif importé',
        'la part des dossiers traités hors du rang',
      ],
    },
    load: 'steady',
    startWorkDays: worked * median,
    startOf: path => {
      const z = normalQuantile(((path * GOLDEN) % 1) * 0.998 + 0.001)
      const days = Math.exp(estimate.mean + estimate.spread * z)
      return evenlyAged(worked * days, days)
    },
    estimate,
    spread: FLAT_DEMAND_SPREAD,
    capacityOf: (requests, noise) => sum(requests.subarray(0, 12)) * Math.exp(FLAT_DEMAND_SPREAD * noise),
  })
}

type OutlookStart = Pick<
  CertOutlook,
  'from' | 'calibration' | 'load' | 'startWorkDays' | 'estimate' | 'spread'
> & {
  /** The last quarter whose team counts. */
  teamUntil: Quarter
  startOf: (path: number) => readonly Cohort[]
  /** Requests of twelve months that the team treats in them, on a future. */
  capacityOf: ((requests: Float64Array, noise: number, path: number) => number) | undefined
}

/** The months to come from a start: work received as the demand goes on a year, or constant. */
function outlookOf(
  { demand, noise, teams, targetDays }: CertFacts,
  { teamUntil, startOf, capacityOf, ...start }: OutlookStart,
): CertOutlook {
  const months = monthsFrom(start.from)
  const workDays = months.map(workingDaysIn)
  const noises = demand?.noise ?? Array.from({ length: FLAT_PATHS }, () => noise())
  const constantDemand = noises.map(normal => {
    const level = (start.calibration.loads.at(-1)?.load ?? 1) * Math.exp(start.spread * normal)
    return Float64Array.from(workDays, days => days * level)
  })
  const ahead = demand?.requestsIn([...yearTo(addMonths(months[0]!, -1)), ...months])
  const team = teams.filter(one => one.since <= lastDay(teamUntil)).at(-1) ?? teams[0]
  return {
    ...start,
    start: startOf,
    months,
    demand:
      ahead?.map((requests, path) => {
        const capacity = capacityOf!(requests, noises[path] ?? 0, path)
        return Float64Array.from(
          workDays,
          (days, m) => (sum(requests.subarray(m + 1, m + 13)) / capacity) * days,
        )
      }) ?? constantDemand,
    demandFrom: ahead === undefined ? 'flat' : 'projection',
    constantDemand,
    files: filesOf(team, start.calibration),
    team,
    targetDays,
  }
}

function monthsFrom(quarter: Quarter): Month[] {
  return quartersBetween(quarter, addQuarters(quarter, MOST_QUARTERS - 1)).flatMap(monthsOfQuarter)
}

/** Spreads starts evenly over the paths, in an order that owes nothing to their demand. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Projections without decisions already made of an outlook: every page and scenario compares with one. */
const unchanged = new WeakMap<CertOutlook, ReturnType<typeof remembered<CertProjection>>>()

/** Projects the delay of a CERT, unchanged or under decisions. */
export function projectCertOutlook(outlook: CertOutlook, scenario: CertScenario = {}): CertProjection {
  const { decisions = [], quarters, targetDays, inflow, agents, filesPerAgentDay } = scenario
  if (decisions.length > 0) return projectUnder(outlook, scenario)
  const kept = unchanged.get(outlook) ?? remembered<CertProjection>(MOST_KEPT)
  unchanged.set(outlook, kept)
  return kept(JSON.stringify([quarters, targetDays, inflow, agents, filesPerAgentDay]), () =>
    projectUnder(outlook, scenario),
  )
}

function projectUnder(outlook: CertOutlook, scenario: CertScenario): CertProjection {
  const { decisions = [], end = 'central', targetDays = outlook.targetDays } = scenario
  const months = outlook.months.slice(0, 3 * Math.min(MOST_QUARTERS, scenario.quarters ?? DEFAULT_QUARTERS))
  const to = addDays(lastDay(months.at(-1) ?? ''), CALENDAR_AFTER_DAYS)
  const { capacity, expressShare } = certUnderDecisions(
    certParameters(outlook, scenario),
    decisions,
    firstDay(outlook.from),
    to,
    end,
  )
  const demand = scenario.inflow === 'constant' ? outlook.constantDemand : outlook.demand
  return projectCert({
    months,
    demand: demand.map(path => path.subarray(0, months.length)),
    capacity,
    start: outlook.start,
    targetDays,
    expressShare,
  })
}

/** The team as levers change it, scaled so that it does one unit of work on a working day. */
export function certParameters(
  { team }: Pick<CertOutlook, 'team'>,
  supposed: Pick<CertScenario, 'agents' | 'filesPerAgentDay'> = {},
): CertParameters {
  const fullTimeAgents = team?.etpo ?? supposed.agents ?? 1
  const filesPerAgentDay = team?.filesPerAgentDay ?? supposed.filesPerAgentDay ?? 1
  const whole: CertTeam = {
    fullTimeAgents,
    filesPerAgentDay,
    presence: 1 / Math.max(Number.MIN_VALUE, fullTimeAgents * filesPerAgentDay),
  }
  return { team: whole, overtimeShare: 0, expressShare: 0 }
}

/** What the team treats in twelve months on each future, as the loads of its quarters imply it. */
function impliedCapacity(
  demand: CertDemand,
  calibration: Calibration,
  spread: number,
): OutlookStart['capacityOf'] {
  const quarters = calibration.quarters.map(one => one.quarter)
  const before = quarters.map(quarter => demand.requestsIn(yearTo(monthsOfQuarter(quarter)[2])).map(sum))
  const loadIn = (quarter: Quarter) => calibration.loads.find(one => one.quarter === quarter)?.load ?? 1
  // The first quarter is taken as steady by the fit, not read from it.
  const read = quarters.length > 1 && calibration.loads.length > 0 ? quarters.slice(1) : quarters
  return (_, noise, path) => {
    const logs = read.map(quarter => Math.log(before[quarters.indexOf(quarter)]![path]! / loadIn(quarter)))
    return Math.exp(sum(logs) / logs.length + spread * noise)
  }
}

function loadSpread({ loads }: Calibration): number {
  const logs = loads.map(({ load }) => Math.log(load))
  const mean = sum(logs) / logs.length
  const variance =
    logs.length > 1 ? sum(logs.map(log => (log - mean) ** 2)) / (logs.length - 1) : FLAT_DEMAND_SPREAD ** 2
  return Math.sqrt(variance / logs.length)
}

function filesOf(
  team: ImportedTeam | undefined,
  { filesPerWorkingDay }: Pick<Calibration, 'filesPerWorkingDay'>,
): CertOutlook['files'] {
  if (team?.filesPerAgentDay !== undefined)
    return { perWorkingDay: team.etpo * team.filesPerAgentDay, from: 'imported-team' }
  return filesPerWorkingDay === undefined
    ? undefined
    : { perWorkingDay: filesPerWorkingDay, from: 'injection' }
}

function yearTo(month: Month): Month[] {
  return Array.from({ length: 12 }, (_, i) => addMonths(month, i - 11))
}
