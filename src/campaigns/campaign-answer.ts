import { z } from '@hono/zod-openapi'
import { runSchema } from '../figures/band-answer.ts'
import { paths } from '../pure/access/paths.ts'
import type { CampaignComparison, SavedCampaign, Staged } from './campaign-queries.ts'
import { campaignBody, type Effect, effectSchema } from './effect-answer.ts'
import { MEANS, MEANS_CODES, type Means, type Response } from './response.ts'

/** A campaign as it was saved. */
export const savedCampaignSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    department: z.string(),
    savedAt: z.string(),
    campaign: campaignBody,
  })
  .openapi('SavedCampaign')

const responsesSchema = z.array(
  z.object({
    means: z.enum(MEANS_CODES),
    name: z.string(),
    p05: z.number(),
    p50: z.number(),
    p95: z.number(),
    learnt: z.boolean(),
    origin: z.string(),
    euros: z.number(),
    costOrigin: z.string(),
  }),
)
const common = { status: z.literal('estimated'), recomputedOn: z.string(), run: runSchema }

/** A saved campaign with what it does on the projections of the day. */
export const campaignAnswer = savedCampaignSchema
  .extend({ ...common, effect: effectSchema, responses: responsesSchema })
  .openapi('MeasuredCampaign')

/** Doing nothing, one letter to all, and the best calendar. */
export const comparisonAnswer = z
  .object({
    ...common,
    department: z.string(),
    means: z.enum(MEANS_CODES),
    responses: responsesSchema,
    plans: z.array(
      z.object({ code: z.enum(['nothing', 'one-letter', 'best']), name: z.string(), effect: effectSchema }),
    ),
    regret: z.array(z.object({ times: z.number(), percentDown: z.number(), regret: z.number() })),
  })
  .openapi('CampaignComparison')

/** The comparison of three plans, as it is answered. */
export type Comparison = z.infer<typeof comparisonAnswer>
/** A saved campaign with its effect, as it is answered. */
export type Measured = z.infer<typeof campaignAnswer>

/** French names of the plans that a department compares. */
export const PLAN_NAMES = {
  nothing: 'Ne rien faire',
  'one-letter': 'Une lettre à tous, le même mois',
  best: 'Le meilleur calendrier',
} as const

/** A saved campaign as the API gives it. */
export function savedAnswer({ id, department, savedAt, campaign }: SavedCampaign) {
  return { id, address: paths.campaign({ id }), department, savedAt, campaign }
}

/** The comparison of a department as the API gives it. */
export function comparisonOf(
  { run, stage }: Staged,
  { plans, responses, means, regret }: CampaignComparison,
): Comparison {
  return {
    ...commonOf(run, stage.day),
    department: run.inputs.department,
    means,
    responses: responsesOf(responses),
    plans: plans.map(plan => ({ ...plan, name: PLAN_NAMES[plan.code] })),
    regret,
  }
}

/** A saved campaign and its effect as the API gives them. */
export function measuredAnswer(
  { run, stage }: Staged,
  saved: SavedCampaign,
  effect: Effect,
  responses: Record<Means, Response>,
): Measured {
  return { ...savedAnswer(saved), ...commonOf(run, stage.day), effect, responses: responsesOf(responses) }
}

function commonOf({ id, asOf, version, seed }: Staged['run'], day: string) {
  return { status: 'estimated' as const, recomputedOn: day, run: { id, asOf, version, seed } }
}

function responsesOf(responses: Record<Means, Response>): z.infer<typeof responsesSchema> {
  return MEANS_CODES.map(means => {
    const { median, logSpread } = responses[means]
    const { name, origin, euros, costOrigin, logSpread: prior } = MEANS[means]
    return {
      means,
      name,
      p05: median * Math.exp(-1.645 * logSpread),
      p50: median,
      p95: Math.min(0.9, median * Math.exp(1.645 * logSpread)),
      learnt: logSpread < prior,
      origin,
      euros,
      costOrigin,
    }
  })
}
