import { createHash } from 'node:crypto'
import { licencePaths } from '../demand/engine/licence.ts'
import { licenceVolume } from '../demand/own-title-queries.ts'
import { currentRun, wholeRequestsOf } from '../demand/run-queries.ts'
import { projectedOrRefuse, Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, type Month, monthOf, monthsBetween } from '../pure/calendar/period.ts'
import { isWorkingDay } from '../pure/calendar/working-days.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { frenchDay, frenchDays, frenchNumber } from '../pure/french/french.ts'
import { ruleAt } from '../pure/law/dated.ts'
import { ISSUANCE_TARGET_DAYS } from '../pure/law/targets.ts'
import type { Title } from '../pure/law/title.ts'
import { smallest } from '../pure/numerics/extremes.ts'
import { normalQuantile } from '../pure/numerics/series/normal-quantile.ts'
import { normal, seededRandom } from '../pure/numerics/series/random.ts'
import { sum } from '../pure/numerics/sum.ts'
import { monthBand } from '../waits/wait-now.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { askDelays } from './apart-work.ts'
import type { Cert } from './cert.ts'
import type { FlowPoint } from './cert-answer.ts'
import { agentsFor, daysFrom, workingDayShares } from './cert-capacity.ts'
import { type Flow, type FlowPeriod, LONGEST_AHEAD } from './cert-flow.ts'
import { BALANCED_BY_TEAM, FLOW_ASSUMPTIONS, type FlowOrigin } from './cert-flow-assumption.ts'
import { countedStock, perimetersUntil, teamsOf } from './cert-queries.ts'
import { evenlyAged } from './cert-queue.ts'
import { delayOfDay } from './delay-queries.ts'

/** Titles whose flow is told: one asked at a town hall, one asked online. */
export const FLOW_TITLES = ['cni-passport', 'driving-licence'] as const
/** A title whose flow is told. */
export type FlowTitle = (typeof FLOW_TITLES)[number]

/** Whether the flow of a title is told. */
export function isFlowTitle(title: Title): title is FlowTitle {
  return (FLOW_TITLES as readonly Title[]).includes(title)
}

/** What is asked of the flow of a centre; levers add to what is there. */
export interface FlowRequest {
  cert: Cert
  title: FlowTitle
  /** Last day told. */
  to: Day
  today: Day
  /** Stations that open in the town halls of its departments, from a month on. */
  stations?: number | undefined
  stationsFrom?: Month | undefined
  /** Agents who join the team of the centre, from a month on. */
  agents?: number | undefined
  agentsFrom?: Month | undefined
}

const TEAM_SEED = 20_260_506
const GOLDEN = (Math.sqrt(5) - 1) / 2
/** Days of capacity known after the last one told: the wait ahead looks further, and no longer. */
const AFTER_DAYS = LONGEST_AHEAD

/**
 * The flow of a centre from this month on, with what it stands on.
 *
 * @throws Refusal `no-projection` when the demand of one of its departments is not projected that far.
 */
export async function certFlow(db: Db, request: FlowRequest): Promise<{ flow: Flow; origins: FlowOrigin[] }> {
  const { cert, title, to, today } = request
  const from = firstDay(monthOf(today))
  const months = monthsBetween(monthOf(from), monthOf(to))
  const perimeters = await perimetersUntil(db, cert, title, { today, to })
  const servedOn = (day: Day) =>
    (perimeters.findLast(({ since }) => since <= day) ?? perimeters[0]!).departments
  const toCome = [...new Set(perimeters.flatMap(one => one.departments))].filter(
    code => !cert.departments.includes(code),
  )
  const {
    demand,
    joining: later,
    yearly,
    perWorkingDay: usual,
    teams,
    origin,
    assumed,
  } = await receivedBy(db, cert, title, today, { months, toCome })
  const all = [...demand, ...later]
  const paths = smallest(all.map(({ ahead }) => ahead.length))
  const parts = months.map(month => {
    const served = daysFrom(firstDay(month), lastDay(month)).map(servedOn)
    return all.map(({ code }) => served.filter(codes => codes.includes(code)).length / served.length)
  })
  const requests = Array.from({ length: paths }, (_, p) =>
    Float64Array.from(months, (_, m) =>
      all.reduce((sum, { ahead }, d) => sum + ahead[p]![m]! * parts[m]![d]!, 0),
    ),
  )
  const usualOn = (day: Day) => {
    const served = servedOn(day)
    if (served === cert.departments) return usual
    const files = all.filter(({ code }) => served.includes(code)).map(one => one.yearBefore)
    return sum(files) / FLOW_ASSUMPTIONS.workingDays.value
  }
  const days = daysFrom(from, addDays(to, AFTER_DAYS))
  const worked = days.map(day => isWorkingDay(day))
  const delay = await delayOfDay(db, cert.id, title, today)
  // A centre may have set itself another target than the usual one.
  const targetDays = delay?.targetDays ?? ruleAt(ISSUANCE_TARGET_DAYS, today)?.value
  if (targetDays === undefined) {
    throw new Refusal('no-projection', `Aucun objectif de délai n’est connu au ${frenchDay(today)}.`)
  }
  const onDays = (perDay: (day: Day) => number) =>
    Float64Array.from(days, (day, i) => (worked[i] ? perDay(day) : 0))
  const wait =
    title === 'driving-licence'
      ? undefined
      : await waitOfDay(
          db,
          demand.map(({ code, yearBefore }) => ({ code, requests: yearBefore })),
          today,
        )
  const { requestsPerStation, workingDays } = FLOW_ASSUMPTIONS
  const inCalendarDays = workingDays.value / 365
  const opening = ((request.stations ?? 0) * requestsPerStation.value) / workingDays.value
  const openingFrom = firstDay(request.stationsFrom ?? monthOf(today))
  const team = {
    origin:
      teams.flatMap(team => team.map(one => one.origin)).join(' ; ') || FLOW_ASSUMPTIONS.balanced.origin,
    assumed: teams.length === 0,
  }
  const there = (day: Day) => teamsOn(teams, day)
  // Before the first team told, the centre treats just what comes.
  const examined = (day: Day) => (there(day).length === 0 ? usualOn(day) : outputOfTeams(there(day)))
  const joining = (request.agents ?? 0) * outputOf(teams[0]?.at(-1)?.filesPerAgentDay)
  const joiningFrom = firstDay(request.agentsFrom ?? monthOf(from))
  // Spread evenly, so that a few futures have the mean of all.
  const levels = requests.map((_, p) =>
    Math.exp(FLOW_ASSUMPTIONS.slots.error * normalQuantile((((p + 1) * GOLDEN) % 1) * 0.998 + 0.001)),
  )
  // Nobody knows a team that was not imported to be just large enough.
  const random = seededRandom(TEAM_SEED)
  const startDays = delay?.value ?? targetDays / 2
  const perDay = examined(today) * inCalendarDays
  const counted = await countedStock(db, cert, title, today, perDay)
  return {
    flow: {
      from,
      to,
      months,
      requests,
      counters: wait && {
        backlog: wait.value * usual * inCalendarDays,
        levels,
        slots: onDays(day => usualOn(day) + (day >= openingFrom ? opening : 0)),
      },
      levels:
        teams.length > 0
          ? undefined
          : requests.map(
              (_, p) =>
                demand.reduce((sum, one) => sum + ((one.levels?.[p] ?? 1) * one.yearBefore) / yearly, 0) *
                (wait === undefined ? 1 : levels[p]!) *
                Math.exp(FLOW_ASSUMPTIONS.balanced.error * normal(random)),
            ),
      capacity: onDays(examined),
      joining: onDays(day => (day >= joiningFrom ? joining : 0)),
      start: counted?.cohorts ?? evenlyAged(perDay * startDays, startDays),
      startCounted: counted !== undefined,
      targetDays,
      shares: workingDayShares(from, to),
    },
    origins: [
      {
        name: 'requests',
        value: yearly,
        unit: 'dossiers par an',
        origin: [origin, ...perimeters.slice(1).map(changeWords)].join(' ; '),
        assumed,
      },
      ...(wait === undefined
        ? []
        : [
            {
              name: 'slots' as const,
              value: usual,
              unit: 'par jour ouvré',
              origin: FLOW_ASSUMPTIONS.slots.origin,
              assumed: true,
            },
            { name: 'wait' as const, unit: 'jours', ...wait },
          ]),
      {
        name: 'agents',
        value: there(today).length > 0 ? sum(there(today).map(one => one.etpo)) : supposedAgents(usual),
        unit: 'ETPO',
        ...team,
      },
      { name: 'capacity', value: examined(today), unit: 'dossiers par jour ouvré', ...team },
      {
        name: 'stock',
        value: counted?.files ?? perDay * startDays,
        unit: 'dossiers',
        origin: counted?.origin ?? FLOW_ASSUMPTIONS.stock.origin,
        assumed: counted === undefined,
      },
      {
        name: 'startDelay',
        value: startDays,
        unit: 'jours',
        origin: delay?.origin ?? FLOW_ASSUMPTIONS.startDelay.origin,
        assumed: delay === undefined,
      },
    ],
  }
}

/** That the files of other departments come from a day on, in French. */
function changeWords({ since, departments }: { since: Day; departments: string[] }): string {
  return `périmètre suivi : ${departments.join(', ') || 'plus aucun département'} dès le ${frenchDay(since)}`
}

const keptPoints = remembered<Promise<FlowPoint[]>>(8)

/** What becomes of a flow in some periods; the same flow is followed once. */
export function flowPoints(flow: Flow, periods: readonly FlowPeriod[]) {
  const key = createHash('sha256')
    .update(JSON.stringify([flow, periods]))
    .digest('hex')
  return keptPoints(key, () => askDelays('flow', { flow, periods }))
}

/** Files that an agent examines in a mean working day. */
function outputOf(filesPerAgentDay: number | undefined): number {
  return (filesPerAgentDay ?? FLOW_ASSUMPTIONS.filesPerAgentDay.value) * FLOW_ASSUMPTIONS.presence.value
}

/** ETPO of the team supposed where none was imported, for files of a working day: it treats just what was asked in a year. */
export function supposedAgents(files: number): number {
  const { filesPerAgentDay, presence } = FLOW_ASSUMPTIONS
  return agentsFor(files, { filesPerAgentDay: filesPerAgentDay.value, presence: presence.value })
}

/**
 * Files that a centre received in the twelve months before a day: futures of each department in the months asked for, mean,
 * mean working day; the one rule of pages, plans, levers and API. Where its perimeter, or its volume, is only supposed, an
 * imported team just treats what comes to it: requests are those of the departments, at its measure. @throws Refusal
 * `no-projection`.
 */
export async function receivedBy(
  db: Db,
  cert: Pick<Cert, 'departments' | 'assumed'>,
  title: FlowTitle,
  today: Day,
  { months = [], toCome = [] }: { months?: readonly Month[]; toCome?: readonly string[] } = {},
) {
  const ofTitle = title === 'driving-licence' ? licencesOf : requestsOf
  const of = (codes: readonly string[]) =>
    Promise.all(codes.map(async code => ({ code, ...(await ofTitle(db, code, months, today)) })))
  const [told, joining, teams] = await Promise.all([
    of(cert.departments),
    of(toCome),
    teamsOfCentre(db, cert, title, today),
  ])
  const { workingDays } = FLOW_ASSUMPTIONS
  const projected = sum(told.map(one => one.yearBefore)) / workingDays.value
  const assumed = told.some(one => one.assumed)
  // Nobody counted the licences of a department; its cards are projected, whichever halls take them.
  const supposed =
    (cert.assumed && !told.some(one => one.ofCentre)) || (title === 'driving-licence' && assumed)
  const treated = supposed ? outputOfTeams(teamsOn(teams, today)) : 0
  const scale = treated > 0 ? treated / projected : 1
  const atItsMeasure = ({ ahead, yearBefore, ...one }: (typeof told)[number]) => ({
    ...one,
    ahead: scale === 1 ? ahead : ahead.map(path => path.map(files => files * scale)),
    yearBefore: scale * yearBefore,
  })
  const demand = told.map(atItsMeasure)
  const origin = [...new Set(told.map(one => one.origin))].join(' ; ')
  return {
    demand,
    /** Those of departments to come. */
    joining: joining.map(atItsMeasure),
    teams,
    projected,
    supposed,
    yearly: sum(demand.map(one => one.yearBefore)),
    perWorkingDay: scale * projected,
    origin:
      scale === 1
        ? origin
        : `${BALANCED_BY_TEAM} ; ${origin} : ${frenchNumber(Math.round(projected * workingDays.value))} par an`,
    assumed: assumed || scale !== 1,
  }
}

type Teams = Awaited<ReturnType<typeof teamsOfCentre>>

/** Each team as it stands on a day. */
export function teamsOn(teams: Teams, day: Day) {
  return teams.flatMap(team => team.findLast(one => one.since <= day) ?? [])
}

function outputOfTeams(there: ReturnType<typeof teamsOn>): number {
  return sum(there.map(one => one.etpo * outputOf(one.filesPerAgentDay)))
}

/** The teams of a centre, each told once, with its changes past and to come. */
export async function teamsOfCentre(db: Db, cert: Pick<Cert, 'departments'>, title: Title, today: Day) {
  const told = await Promise.all(cert.departments.map(code => teamsOf(db, code, title, today)))
  const byName = new Map(told.flatMap(team => (team[0] === undefined ? [] : [[team[0].cert, team] as const])))
  return [...byName.values()]
}

const LICENCE_PATHS = 400
const LICENCE_SEED = 20_330_119

/** Licences asked online in a department: they reach the centre at once. */
async function licencesOf(db: Db, department: string, months: readonly Month[], today: Day) {
  const { volume, population } = projectedOrRefuse(
    await licenceVolume(db, department, today, { asOf: today }),
  )
  const { publishedLicences: published, workingDays } = FLOW_ASSUMPTIONS
  // A centre whose own volume was published examines more than the licences of its department.
  const isPublished = volume.assumed && department === published.department
  const perYear = isPublished ? published.aDay * workingDays.value : volume.perYear
  const inputs = { perYear, spread: volume.spread, population: (population * perYear) / volume.perYear }
  const futures = months.length === 0 ? 0 : LICENCE_PATHS
  const paths = licencePaths(inputs, months, futures, seededRandom(LICENCE_SEED))
  return {
    ahead: paths.map(path =>
      Float64Array.from(path, ({ other, medical, card, pink }) => other + medical + card + pink),
    ),
    yearBefore: perYear,
    levels: paths.map(([first]) => (12 * (first!.other + first!.medical)) / perYear),
    origin: isPublished ? published.origin : `${volume.origin}${volume.assumed ? ' (volume supposé)' : ''}`,
    assumed: volume.assumed && !isPublished,
    ofCentre: isPublished,
  }
}

/** Requests at the counters of a department. */
async function requestsOf(db: Db, department: string, months: readonly Month[], today: Day) {
  const run = projectedOrRefuse(await currentRun(db, department, today))
  const last = lastDay(run.inputs.lastQuarter)
  const first = months[0] ?? monthOf(today)
  if (last < firstDay(months.at(-1) ?? first)) {
    throw new Refusal(
      'no-projection',
      `Les demandes du département ${department} ne sont projetées que jusqu’au ${frenchDay(last)}.`,
    )
  }
  const all = [...monthsBetween(addMonths(first, -12), addMonths(first, -1)), ...months]
  const paths = await wholeRequestsOf(run, all)
  const yearOf = (path: Float64Array) => path.subarray(0, 12).reduce((sum, files) => sum + files, 0)
  return {
    ahead: paths.map(path => path.subarray(12)),
    yearBefore: paths.reduce((sum, path) => sum + yearOf(path), 0) / paths.length,
    levels: undefined,
    origin: run.inputs.hallsAssumed
      ? `${FLOW_ASSUMPTIONS.requestsOfAssumedHalls.origin} (${department})`
      : FLOW_ASSUMPTIONS.requests.origin,
    assumed: run.inputs.hallsAssumed === true,
    ofCentre: false,
  }
}

/**
 * The wait of the day at the town halls of some departments, as the page of each tells it, each for its part of the requests;
 * the usual one where nothing published speaks of it.
 */
async function waitOfDay(db: Db, departments: readonly { code: string; requests: number }[], today: Day) {
  const told = await Promise.all(
    departments.map(async ({ code, requests }) => {
      const found = await placeWaitNow(db, code, { asOf: today })
      const days = found && monthBand(found.now, monthOf(today), WAIT_LIMIT_DAYS).median
      return days === undefined ? [] : [{ code, days, requests }]
    }),
  )
  const known = told.flat()
  const requests = sum(known.map(one => one.requests))
  if (!(requests > 0))
    return { value: FLOW_ASSUMPTIONS.wait.value, origin: FLOW_ASSUMPTIONS.wait.origin, assumed: true }
  const parts = known.map(({ code, days }) => `${code} : ${frenchDays(days, 0)}`).join(', ')
  return {
    value: sum(known.map(one => (one.days * one.requests) / requests)),
    origin: `attente estimée au ${frenchDay(today)}, page Rendez-vous${known.length > 1 ? ` ; chaque département selon ses demandes (${parts})` : ''}`,
    assumed: false,
  }
}
