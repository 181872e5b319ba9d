import { ASSUMPTIONS, type AssumptionName } from '../../src/staffing/assumption.ts'
import type { StaffingQuestion } from '../../src/staffing/team.ts'

const numbers = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Record<AssumptionName, number>

/** The synthetic centre of the staffing study: 30,000 files a month, 17 agents at 95 a day, 18 months, the first six not promised. */
export function question(changes: Partial<StaffingQuestion> = {}): StaffingQuestion {
  return {
    ...numbers,
    title: 'cni-passport',
    firstMonth: '2027-01',
    months: 18,
    targetDays: 14,
    probability: 0.9,
    promise: 'joint',
    unpromisedMonths: 6,
    filesPerWorkingDay: 30_000 / 21,
    startDelayDays: 9,
    agents: 17,
    filesPerAgentDay: 95,
    filesPerAgentDayLater: 95,
    presence: new Array<number>(12).fill(0.88),
    training: [0, 0.4, 0.8],
    contractEnds: [],
    decided: [],
    season: new Array<number>(12).fill(1),
    seed: 1,
    ...changes,
  }
}
