import { z } from '@hono/zod-openapi'
import { LEVER_CODES } from './lever.ts'

/** A lever with a threshold, held against the projection of today. */
export const triggerSchema = z
  .object({
    scenario: z.object({ id: z.string(), name: z.string() }),
    code: z.enum(LEVER_CODES),
    name: z.string(),
    about: z.string().openapi({ description: 'Lieu ou titre dont le chiffre projeté est lu' }),
    aboveDays: z.number(),
    ifMoreLikelyThan: z.number(),
    startsOn: z.string(),
    actsFrom: z.string(),
    quarter: z.string().nullable(),
    probability: z.number().nullable(),
    triggered: z.boolean(),
    reason: z.enum(['outside-horizon', 'no-projection']).nullable(),
    status: z.literal('estimated'),
  })
  .openapi('Trigger')

/** A lever with a threshold, held against the projection of today. */
export type TriggerReport = z.infer<typeof triggerSchema>
