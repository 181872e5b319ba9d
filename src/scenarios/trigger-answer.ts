import { z } from '@hono/zod-openapi'
import { LEVER_CODES, LEVERS } from './lever.ts'
import type { TriggerReport } from './trigger-queries.ts'

/** A lever with a threshold, held against the projection of today. */
export const triggerSchema = z
  .object({
    scenario: z.object({ id: z.string(), name: z.string() }),
    code: z.enum(LEVER_CODES),
    name: z.string(),
    about: z.string(),
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

/** A trigger as the API tells it. */
export function triggerOf({ scenario, lever, about, actsFrom: from, state }: TriggerReport) {
  const known = 'triggered' in state ? state : undefined
  return {
    scenario,
    code: lever.code,
    name: LEVERS[lever.code].name,
    about,
    aboveDays: lever.trigger?.aboveDays ?? 0,
    ifMoreLikelyThan: lever.trigger?.probability ?? 0,
    startsOn: lever.startsOn,
    actsFrom: from,
    quarter: known?.quarter ?? null,
    probability: known?.probability ?? null,
    triggered: known?.triggered ?? false,
    reason: 'reason' in state ? state.reason : null,
    status: 'estimated' as const,
  }
}
