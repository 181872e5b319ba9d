import type { StaffingRequest } from '../../../src/staffing/question.ts'

/** A plan asked for, and its name in the table. */
export interface StaffingCase {
  name: string
  request: StaffingRequest
}

/** Titles with the files that an agent treats in a day. */
const TITLES = [
  { title: 'cni-passport', filesPerAgentDay: 95 },
  { title: 'driving-licence', filesPerAgentDay: 80 },
  { title: 'residence-renewal', filesPerAgentDay: 8 },
] as const
const FILES_A_DAY = [15, 120, 600, 2_500]
const HORIZONS = [6, 12, 24, 60]

/** Forty-eight cases: three titles, 15 to 2,500 files a day, 6 to 60 months; 14 days in nine chances out of ten. */
export function staffingCases(seed: number): StaffingCase[] {
  return TITLES.flatMap(({ title, filesPerAgentDay }) =>
    FILES_A_DAY.flatMap(filesPerWorkingDay =>
      HORIZONS.map(months => ({
        name: `${title} ${filesPerWorkingDay} ${months}`,
        request: {
          title,
          months,
          filesPerWorkingDay,
          filesPerAgentDay,
          targetDays: 14,
          probability: 0.9,
          firstMonth: '2027-01',
          seed,
        },
      })),
    ),
  )
}
