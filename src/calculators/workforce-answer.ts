import { z } from '@hono/zod-openapi'

/** A share, from 0 to 1. */
export const share = z.number().min(0).max(1)

/** An amount that may be negative. */
const finite = z.number().min(-1e12).max(1e12)

/** An amount that may not. */
export const positive = z.number().min(0).max(1e12)

const perPeriod = z.union([finite, z.array(finite).max(240)])
/**
 * A team planned by cohorts of recruits over periods. Hours and costs are per person and period; a value for every
 * period may be one number or a list of them. What is not given does not exist: no overtime, no layoff, no limit.
 */
export const workforceModel = z.strictObject({
  // Hours to be done in each period.
  needs: z.array(positive).min(1).max(240),
  // Experienced people at the start of the first period.
  experienced: positive,
  hoursPerPerson: perPeriod,
  // Share of the experienced who leave at the end of each period, and of the recruits in training.
  quitShare: share,
  traineeQuitShare: share.optional(),
  // Share of a full person's hours that a recruit gives in each period of training; `[0]` is one period without any.
  training: z.array(z.number().min(0).max(2)).max(24),
  // Hours of experienced people that a recruit takes in each period of training.
  tutorHours: positive,
  wage: perPeriod,
  traineeWage: perPeriod,
  hiringCost: positive.optional(),
  minHires: perPeriod.optional(),
  maxHires: perPeriod.optional(),
  // Experienced people sent away at the start of a period, and what each costs.
  layoffCost: positive.optional(),
  overtime: z.strictObject({ costPerHour: positive, maxHoursPerPerson: positive }).optional(),
  // Hours bought outside.
  outside: z.strictObject({ costPerHour: positive, maxHours: positive.optional() }).optional(),
  // Hours put off to the next period, at a cost per hour and period; none is left after the last period.
  backlog: z.strictObject({ costPerHour: positive, maxHours: positive.optional() }).optional(),
  // Experienced people wanted after the last period.
  finalExperienced: positive.optional(),
  // Money in all.
  budget: positive.optional(),
  wholeRecruits: z.boolean().optional(),
})
/** A team planned by cohorts of recruits over periods, as it is asked. */
export type WorkforceModel = z.infer<typeof workforceModel>

/** A plan by period: recruits and experienced are people, the rest hours. */
export const workforcePlan = z.object({
  cost: z.number(),
  periods: z.array(
    z.object({
      recruits: z.number(),
      experienced: z.number(),
      layoffs: z.number(),
      overtimeHours: z.number(),
      outsideHours: z.number(),
      backlogHours: z.number(),
    }),
  ),
})
/** A plan by period. */
export type WorkforcePlan = z.infer<typeof workforcePlan>
