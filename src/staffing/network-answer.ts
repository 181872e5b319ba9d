import { z } from '@hono/zod-openapi'
import { month, share } from './plan-answer.ts'

const teamPlan = z
  .object({
    name: z.string(),
    group: z.string(),
    cost: z.number(),
    safety: z.number(),
    jointLateProbability: share,
    months: z.array(
      z.object({
        month,
        agents: z.number(),
        hires: z.number(),
        overtime: z.number(),
        loans: z.number(),
        lent: z.number(),
        borrowed: z.number(),
        cost: z.number(),
        lateProbability: share,
      }),
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
