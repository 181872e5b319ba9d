import { z } from '@hono/zod-openapi'
import { plannedMonth, share } from './plan-answer.ts'

const teamPlan = z
  .object({
    name: z.string(),
    group: z.string(),
    cost: z.number(),
    safety: z.number(),
    jointLateProbability: share,
    months: z.array(
      plannedMonth
        .pick({
          month: true,
          agents: true,
          hires: true,
          overtime: true,
          loans: true,
          cost: true,
          lateProbability: true,
        })
        .extend({ lent: z.number(), borrowed: z.number() }),
    ),
  })
  .openapi({
    description: 'Ce que fait une équipe, et son risque sur des trajectoires non vues par le calcul',
  })
/** What one team of a network does, and its risk on paths held out. */
export type NetworkTeamPlan = z.infer<typeof teamPlan>

/** A network planned at once. */
export const networkAnswer = z.object({ cost: z.number(), heldOutPaths: z.int(), teams: z.array(teamPlan) })
/** A network planned at once. */
export type NetworkPlan = z.infer<typeof networkAnswer>
