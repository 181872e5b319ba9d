import { z } from '@hono/zod-openapi'
import { RULES, type Rule } from './rule.ts'

const rule = z.enum(Object.keys(RULES) as [Rule, ...Rule[]])

/** What is asked of a new subscription. */
export const subscriptionOrder = z.strictObject({
  rule,
  days: z.number().min(0).max(1_500).optional(),
  quarters: z.int().min(1).max(40).optional(),
  probability: z.number().min(0).max(1).optional(),
  target: z
    .string()
    .max(2_000)
    .openapi({ description: 'Adresse électronique, ou adresse https:// appelée avec une signature' }),
})
/** A subscription as its owner sees it, with what holds of it now. */
export const subscriptionSchema = z
  .object({
    id: z.int(),
    place: z.string(),
    rule,
    days: z.number().nullable(),
    quarters: z.int().nullable(),
    probability: z.number().nullable(),
    channel: z.enum(['mail', 'webhook']),
    target: z.string(),
    holding: z.array(z.object({ words: z.string(), since: z.string(), toldAt: z.string().nullable() })),
  })
  .openapi('Subscription')

/** A subscription as its owner sees it. */
export type Subscription = z.infer<typeof subscriptionSchema>
