import { z } from '@hono/zod-openapi'
import { runSchema } from '../figures/band-answer.ts'

const allocatedHall = z.object({
  insee: z.string(),
  name: z.string(),
  stations: z.int(),
  personWeeksSaved: z.number(),
  longestWaitBefore: z.number(),
  longestWaitAfter: z.number(),
})
/** One hall under one objective. */
export type AllocatedHall = z.infer<typeof allocatedHall>

const mobileAnswer = z.object({
  from: z.string(),
  stations: z.int(),
  weeks: z.int(),
  requestsPerStationWeek: z.number(),
  allocations: z.object({
    'person-weeks': z.array(allocatedHall),
    'longest-wait': z.array(allocatedHall),
  }),
})
/** Where mobile stations go under each objective; a hall that receives none and waits like before is kept too. */
export type MobileAnswer = z.infer<typeof mobileAnswer>

/** The same, with the run that it rests on. */
export const allocationAnswer = mobileAnswer
  .extend({ status: z.literal('estimated'), run: runSchema })
  .openapi('Allocation')
