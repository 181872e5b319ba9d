import type { Kysely } from 'kysely'
import { departmentRequests, sampleOf } from '../demand/demand-sample.ts'
import { currentRun } from '../demand/run-queries.ts'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, type Month, monthOf, monthsBetween } from '../pure/calendar/period.ts'
import { isWorkingDay } from '../pure/calendar/working-days.ts'
import { frenchDay, frenchPeriod } from '../pure/french/french.ts'
import { inForce } from '../pure/law/dated.ts'
import { ISSUANCE_TARGET_DAYS } from '../pure/law/targets.ts'
import { smallest } from '../pure/numerics/extremes.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import type { Cert } from './cert.ts'
import { daysFrom } from './cert-capacity.ts'
import type { Flow } from './cert-flow.ts'
import { FLOW_ASSUMPTIONS, type FlowOrigin } from './cert-flow-assumption.ts'
import { teamsOf } from './cert-queries.ts'
import { issuanceDelays } from './delay-queries.ts'

/** What is asked of the flow of a centre; levers add to what is there. */
export interface FlowRequest {
  cert: Cert
  title: 'cni-passport'
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

/** Days of capacity known after the last one told: the wait ahead looks further. */
const AFTER_DAYS = 500
/** A figure published longer ago says nothing of today. */
const RECENT_DAYS = 460

/**
 * The flow of a centre from this month on, with what it stands on.
 *
 * @throws Refusal `no-projection` when the demand of one of its departments is not projected that far.
 */
export async function certFlow(
  db: Kysely<Database>,
  request: FlowRequest,
): Promise<{ flow: Flow; origins: FlowOrigin[] }> {
  const { cert, title, to, today } = request
  const from = firstDay(monthOf(today))
  const months = monthsBetween(monthOf(from), monthOf(to))
  const demand = await Promise.all(cert.departments.map(code => requestsOf(db, code, months, today)))
  const paths = smallest(demand.map(({ ahead }) => ahead.length))
  const requests = Array.from({ length: paths }, (_, p) =>
    Float64Array.from(months, (_, m) => demand.reduce((sum, { ahead }) => sum + ahead[p]![m]!, 0)),
  )
  const days = daysFrom(from, addDays(to, AFTER_DAYS))
  const worked = days.map(day => isWorkingDay(day))
  const yearly = demand.reduce((sum, { yearBefore }) => sum + yearBefore, 0)
  const wait = await recentWait(db, cert.departments, today)
  const slotsADay = yearly / FLOW_ASSUMPTIONS.workingDays.value
  const moreADay =
    ((request.stations ?? 0) * FLOW_ASSUMPTIONS.requestsPerStation.value) / FLOW_ASSUMPTIONS.workingDays.value
  const moreFrom = firstDay(request.stationsFrom ?? monthOf(from))
  const team = (await Promise.all(cert.departments.map(code => teamsOf(db, code, title, today))))
    .flatMap(teams => teams.findLast(one => one.since <= today) ?? [])
    .at(0)
  const output = team?.filesPerAgentDay ?? FLOW_ASSUMPTIONS.filesPerAgentDay.value
  const presence = FLOW_ASSUMPTIONS.presence.value
  const examinedADay = team === undefined ? slotsADay : team.etpo * output * presence
  const joiningADay = (request.agents ?? 0) * output * presence
  const joiningFrom = firstDay(request.agentsFrom ?? monthOf(from))
  const targetDays = inForce(ISSUANCE_TARGET_DAYS, today)
  const delay = await recentDelay(db, cert.departments, title, today)
  const startDays = delay?.days ?? targetDays / 2
  const onDays = (perDay: number, more: number, since: Day) =>
    Float64Array.from(days, (day, i) => (worked[i] ? perDay + (day >= since ? more : 0) : 0))
  const inCalendarDays = FLOW_ASSUMPTIONS.workingDays.value / 365
  return {
    flow: {
      from,
      to,
      months,
      requests,
      counters: {
        backlog: wait.days * slotsADay * inCalendarDays,
        slots: onDays(slotsADay, moreADay, moreFrom),
      },
      capacity: onDays(examinedADay, joiningADay, joiningFrom),
      start: { stock: startDays * examinedADay * inCalendarDays, oldestDays: startDays },
      targetDays,
      isWorkingDay,
    },
    origins: [
      {
        name: 'requests',
        value: yearly,
        unit: 'dossiers par an',
        origin: 'Projection des demandes, douze mois avant',
      },
      { name: 'slots', value: slotsADay, unit: 'par jour ouvré', origin: FLOW_ASSUMPTIONS.slots.origin },
      { name: 'wait', value: wait.days, unit: 'jours', origin: wait.origin },
      {
        name: 'capacity',
        value: examinedADay,
        unit: 'dossiers par jour ouvré',
        origin: team?.origin ?? FLOW_ASSUMPTIONS.balanced.origin,
      },
      {
        name: 'startDelay',
        value: startDays,
        unit: 'jours',
        origin: delay?.origin ?? FLOW_ASSUMPTIONS.startDelay.origin,
      },
    ],
  }
}

async function requestsOf(db: Kysely<Database>, department: string, months: readonly Month[], today: Day) {
  const run = await currentRun(db, department, today)
  if ('reason' in run) throw new Refusal('no-projection', run.reason)
  const last = lastDay(run.inputs.lastQuarter)
  if (last < firstDay(months.at(-1)!)) {
    throw new Refusal(
      'no-projection',
      `Les demandes du département ${department} ne sont projetées que jusqu’au ${frenchDay(last)}.`,
    )
  }
  const before = monthsBetween(addMonths(months[0]!, -12), addMonths(months[0]!, -1))
  const all = departmentRequests(sampleOf(run), [...before, ...months])
  const yearOf = (path: Float64Array) => path.subarray(0, 12).reduce((sum, files) => sum + files, 0)
  return {
    ahead: all.map(path => path.subarray(12)),
    yearBefore: all.reduce((sum, path) => sum + yearOf(path), 0) / all.length,
  }
}

/** The last wait published for one of the departments, if it is recent; else the usual one. */
async function recentWait(db: Kysely<Database>, departments: readonly string[], today: Day) {
  const series = (
    await Promise.all(departments.map(place => appointmentWaits(db, { place, asOf: today })))
  ).flat()
  const points = series
    .flatMap(one => one.points)
    .filter(point => lastDay(point.quarter) >= addDays(today, -RECENT_DAYS))
  const last = points.sort((a, b) => (a.quarter < b.quarter ? -1 : 1)).at(-1)
  return last === undefined
    ? { days: FLOW_ASSUMPTIONS.wait.value, origin: FLOW_ASSUMPTIONS.wait.origin }
    : { days: last.days, origin: `attente publiée, ${frenchPeriod(last.quarter)}` }
}

async function recentDelay(
  db: Kysely<Database>,
  departments: readonly string[],
  title: 'cni-passport',
  today: Day,
) {
  const series = (
    await Promise.all(departments.map(place => issuanceDelays(db, { place, title, asOf: today })))
  ).flat()
  const points = series
    .flatMap(one => one.points)
    .filter(point => lastDay(point.quarter) >= addDays(today, -RECENT_DAYS))
  const last = points.sort((a, b) => (a.quarter < b.quarter ? -1 : 1)).at(-1)
  return last && { days: last.days, origin: `délai publié, ${frenchPeriod(last.quarter)}` }
}
