import { z } from '@hono/zod-openapi'
import { frenchShortNumber } from '../pure/french/french.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { contractFaults } from './contract.ts'
import { month, title } from './plan-answer.ts'

const bounded = (minimum: number, maximum: number) => {
  const message = `un nombre de ${frenchShortNumber(minimum, 3)} à ${frenchShortNumber(maximum, 3)}`
  return z.number({ message }).min(minimum, { message }).max(maximum, { message })
}
const whole = (minimum: number, maximum: number) => {
  const message = `un nombre entier de ${minimum} à ${maximum}`
  return z.int({ message }).min(minimum, { message }).max(maximum, { message })
}
const twelve = (minimum: number, maximum: number) =>
  z.array(bounded(minimum, maximum)).length(12, { message: 'douze nombres, de janvier à décembre' })
const monthAgents = z
  .array(
    z.strictObject({ month, agents: z.number().min(0).max(1e5), contract: z.string().max(40).optional() }),
  )
  .max(240)

/** One optional number for each assumption of a plan, within its bounds. */
const numbers = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => {
    const { label, unit, bounds } = ASSUMPTIONS[name]
    return [
      name,
      bounded(bounds[0], bounds[1])
        .optional()
        .openapi({ description: `${label} (${unit})` }),
    ]
  }),
) as Record<AssumptionName, z.ZodOptional<z.ZodNumber>>

/** A promise and whatever is known better than the defaults. */
export const planRequest = z
  .strictObject({
    title,
    place: z.string().max(40).optional().openapi({ description: 'Département (16) ou centre (cert-16)' }),
    months: whole(1, 60).openapi({ description: 'Mois planifiés, de 1 à 60' }),
    targetDays: bounded(0.1, 365).openapi({ description: 'Délai à tenir, en jours' }),
    probability: bounded(0.5, 0.999).openapi({ description: 'Probabilité de le tenir, de 0,5 à 0,999' }),
    firstMonth: month
      .refine(one => one >= '2000-01' && one <= '2190-12', { message: 'un mois de 2000-01 à 2190-12' })
      .optional(),
    promise: z
      .enum(['joint', 'monthly'])
      .optional()
      .openapi({ description: 'Tenir tous les mois à la fois (joint) ou chaque mois (monthly)' }),
    unpromisedMonths: whole(0, 59).optional(),
    startStock: bounded(0, 1e8).optional(),
    budget: bounded(0, 1e11).optional(),
    contractMonths: whole(1, 120).optional(),
    contracts: z
      .array(
        z.strictObject({
          kind: z.enum(['permanent', 'fixed-term', 'seasonal']),
          months: whole(1, 72).optional(),
          leadMonths: whole(0, 24).optional(),
          maxPerMonth: whole(0, 10_000).optional(),
          hiringCost: bounded(0, 1e6).optional(),
          wagePerMonth: bounded(0, 1e5).optional(),
          endPremium: bounded(0, 1).optional(),
        }),
      )
      .min(1)
      .max(12)
      .superRefine((contracts, context) => {
        for (const [i, fault] of contractFaults(contracts)) {
          context.addIssue({ code: 'custom', path: [i], message: fault })
        }
      })
      .optional()
      .openapi({
        description: 'Contrats des recrues ; sans lui, postes permanents, contrats et saisonniers',
      }),
    presence: twelve(0.01, 1).optional(),
    season: twelve(0, 20).optional(),
    training: z.array(z.number().min(0).max(2)).max(24).optional(),
    contractEnds: monthAgents.optional(),
    decided: monthAgents.optional(),
    received: z
      .array(z.strictObject({ month, files: z.number().min(0).max(1e8) }))
      .max(60)
      .optional(),
    seed: whole(0, 2 ** 31).optional(),
    ...numbers,
    recruitingLeadMonths: whole(0, 24).optional(),
    previous: z.string().max(40).optional().openapi({
      description: 'Plan que celui-ci remplace : ses valeurs et ses arrivées décidées sont reprises',
    }),
  })
  .openapi('StaffingRequest')
/** What a caller asks of a plan, and the plan that it takes over. */
export type PlanRequest = z.infer<typeof planRequest>
