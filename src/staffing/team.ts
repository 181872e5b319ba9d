import { addMonths, daysInPeriod, type Month } from '../pure/calendar/period.ts'
import { workingDaysIn } from '../pure/calendar/working-days.ts'
import type { Title } from '../pure/law/title.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { AssumptionName } from './assumption.ts'
import { type ContractTerms, contractCode } from './contract.ts'

/** Recruits already decided, or a contract that ends: so many agents in a month. */
export interface MonthAgents {
  month: Month
  agents: number
  /** Code of the contract of the recruits (`contractCode`); the first of the plan unless said. */
  contract?: string | undefined
}

/** Numbers that plans of before may lack: then none. */
type LaterNumber = 'leaveShare' | 'redeployShare'

/**
 * What a plan is asked: the promise, then the team and its means, its numbers as `ASSUMPTIONS` names them. Shares are between
 * 0 and 1, costs in euros.
 */
export interface StaffingQuestion
  extends Record<Exclude<AssumptionName, LaterNumber>, number>,
    Partial<Record<LaterNumber, number | undefined>> {
  title: Title
  /** First month of the plan; its stock is that of its first morning. */
  firstMonth: Month
  months: number
  targetDays: number
  /** Probability with which the target must be kept. */
  probability: number
  /** Whether that is over all months together or in each month. */
  promise: 'joint' | 'monthly'
  /** Months, from the first, that are shown but not promised; without it, as few as the means allow. */
  unpromisedMonths?: number | undefined
  /** Files in stock, when counted; else what the start delay stands for. */
  startStock?: number | undefined
  /** Share of the working days worked, January first. */
  presence: readonly number[]
  contractEnds: readonly MonthAgents[]
  /** Share of a confirmed agent's output, by month since arrival. */
  training: readonly number[]
  /** Length of the contract of a recruit, in months, when there is only one kind; without it, recruits stay. */
  contractMonths?: number | undefined
  /** Contracts that recruits may have; without it, one kind on the terms of the team. */
  contracts?: readonly ContractTerms[] | undefined
  /** Money for recruits, overtime and loans over the whole plan; the present team is paid elsewhere. */
  budget?: number | undefined
  /** Arrivals that are already decided, by month; months before the recruiting lead have no others. */
  decided: readonly MonthAgents[]
  season: readonly number[]
  /** Licences issued in a year for one inhabitant: the waves of cards and of pink licences then come on top. */
  licencesPerHead?: number | undefined
  seed: number
}

/** A contract, ready to be planned. */
export interface Contract {
  code: string
  terms: ContractTerms
  /** `Infinity` for a permanent post. */
  months: number
  leadMonths: number
  maxHires: number
  hiringCost: number
  /** Euros a month, the premium of the end included, as it is earned. */
  wage: number
  /** Arrivals already decided, horizon and after. */
  decided: Float64Array
}

/** A team month by month, ready to be planned: the horizon, then the months that its last delays look into. */
export interface Team {
  name: string
  /** Months of the plan. */
  months: Month[]
  /** Files that a full agent treats in each month, horizon and after. */
  filesPerAgent: Float64Array
  /** Calendar days of each month, horizon and after. */
  days: Float64Array
  /** Confirmed agents of the present team, horizon and after. */
  present: Float64Array
  /** Paid hours of an agent at work in each month. */
  hoursPerAgent: Float64Array
  startStock: number
  targetDays: number
  unpromisedMonths: number
  attrition: number
  /** Part of the present team whose leave may be moved to another month of the year. */
  leaveShare: number
  /** Part of the present team that may work for another title. */
  redeployShare: number
  training: readonly number[]
  tutorShare: number
  /** Contracts that recruits may have, one at least. */
  contracts: readonly Contract[]
  /** Arrivals of a month at most, all contracts together. */
  maxHires: number
  wage: number
  overtimeHours: number
  overtimeHourCost: number
  loanAgents: number
  loanCost: number
  loanProductivity: number
}

/** Hours of a working day: 1,607 hours a year over about 229 days. */
const HOURS_A_DAY = 7
/** Hours a year of a full-time civil servant (décret n° 2000-815, art. 1). */
const HOURS_A_YEAR = 1607

/** Months after the horizon that a delay of so many days may look into. */
export function tailMonths(targetDays: number): number {
  return Math.ceil(targetDays / 28) + 1
}

/**
 * First month that can be promised when nobody says which: nobody recruited today is trained before, and a short horizon
 * still promises its second half. Counted from 0.
 */
export function firstPromise({
  recruitingLeadMonths,
  training,
  months,
}: Pick<StaffingQuestion, 'recruitingLeadMonths' | 'training' | 'months'>): number {
  return Math.min(recruitingLeadMonths + training.length, Math.floor(months / 2), months - 1)
}

/** The team of a question, month by month on the French calendar. */
export function teamOf(question: StaffingQuestion, name: string = question.title): Team {
  const { firstMonth, months, targetDays, agents, attritionPerMonth, contractEnds } = question
  const all = Array.from({ length: months + tailMonths(targetDays) }, (_, t) => addMonths(firstMonth, t))
  const worked = all.map(workingDaysIn)
  const presence = all.map(month => question.presence[Number(month.slice(5)) - 1]!)
  const filesPerAgent = Float64Array.from(
    all,
    (_, t) => productivity(question, t) * worked[t]! * presence[t]!,
  )
  const days = Float64Array.from(all, daysInPeriod)
  const present = Float64Array.from(all, (month, t) => {
    const ended = contractEnds.reduce((sum, end) => sum + (end.month <= month ? end.agents : 0), 0)
    return Math.max(0, agents - ended) * (1 - attritionPerMonth) ** t
  })
  const capacity = filesPerAgent.map((files, t) => files * present[t]!)
  return {
    name,
    months: all.slice(0, months),
    filesPerAgent,
    days,
    present,
    hoursPerAgent: Float64Array.from(all, (_, t) => HOURS_A_DAY * worked[t]! * presence[t]!),
    startStock: question.startStock ?? filesWithin(question.startDelayDays, capacity, days, 0),
    targetDays,
    unpromisedMonths: Math.min(question.unpromisedMonths ?? firstPromise(question), months - 1),
    attrition: attritionPerMonth,
    leaveShare: question.leaveShare ?? 0,
    redeployShare: question.redeployShare ?? 0,
    training: question.training,
    tutorShare: question.tutorShare,
    contracts: contractsOf(question, all),
    maxHires: question.maxHiresPerMonth,
    wage: question.wagePerMonth,
    overtimeHours: question.overtimeHoursPerAgentMonth,
    overtimeHourCost: ((question.wagePerMonth * 12) / HOURS_A_YEAR) * question.overtimePremium,
    loanAgents: question.loanAgents,
    loanCost: question.loanCostPerMonth,
    loanProductivity: question.loanProductivity,
  }
}

/** Terms of the recruits of a question: those it gives, or one kind on the terms of the team. */
export function termsOf(question: StaffingQuestion): readonly ContractTerms[] {
  const { contracts, contractMonths, recruitingLeadMonths, hiringCost, wagePerMonth } = question
  if (contracts !== undefined && contracts.length > 0) return contracts
  return [
    {
      kind: contractMonths === undefined ? 'permanent' : 'fixed-term',
      ...(contractMonths === undefined ? {} : { months: contractMonths }),
      leadMonths: recruitingLeadMonths,
      hiringCost,
      wagePerMonth,
      endPremium: 0,
    },
  ]
}

function contractsOf(question: StaffingQuestion, months: readonly Month[]): Contract[] {
  const all = termsOf(question)
  const codes = all.map(contractCode)
  // A plan taken over may hold arrivals under a contract that is no longer offered: they come under the first.
  const ofArrival = (one: MonthAgents) => Math.max(0, codes.indexOf(one.contract ?? ''))
  return all.map((terms, c) => ({
    code: codes[c]!,
    terms,
    months: terms.months ?? Number.POSITIVE_INFINITY,
    leadMonths: terms.leadMonths,
    maxHires: terms.maxPerMonth ?? Number.POSITIVE_INFINITY,
    hiringCost: terms.hiringCost,
    wage: terms.wagePerMonth * (1 + terms.endPremium),
    decided: Float64Array.from(months, month =>
      sum(question.decided.map(one => (one.month === month && ofArrival(one) === c ? one.agents : 0))),
    ),
  }))
}

function productivity(question: StaffingQuestion, t: number): number {
  const { filesPerAgentDay, filesPerAgentDayLater, productivityMonths } = question
  const share = productivityMonths > 0 ? Math.min(1, t / productivityMonths) : 1
  return filesPerAgentDay + share * (filesPerAgentDayLater - filesPerAgentDay)
}

/**
 * Files that the capacity of some days from the start of month `from` on can treat: a month spreads its capacity evenly
 * over its calendar days. Example: 14 days of a month of 28 days and 6,000 files: 3,000.
 */
export function filesWithin(
  days: number,
  capacity: ArrayLike<number>,
  monthDays: ArrayLike<number>,
  from: number,
): number {
  let left = days
  let files = 0
  for (let t = from; t < capacity.length && left > 0; t++) {
    const share = Math.min(1, left / monthDays[t]!)
    files += share * capacity[t]!
    left -= monthDays[t]!
  }
  return files
}

/**
 * Days that the capacity from month `from` on needs for some files, inverse of `filesWithin`; beyond the months known the
 * last one goes on. `Infinity` without any capacity.
 */
export function daysFor(
  files: number,
  capacity: ArrayLike<number>,
  monthDays: ArrayLike<number>,
  from: number,
): number {
  let left = files
  let days = 0
  for (let t = from; t < capacity.length; t++) {
    if (left <= capacity[t]!) return left <= 0 ? days : days + (left / capacity[t]!) * monthDays[t]!
    left -= capacity[t]!
    days += monthDays[t]!
  }
  const last = capacity.length - 1
  return days + (left / capacity[last]!) * monthDays[last]!
}
