import { z } from '@hono/zod-openapi'
import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { runSchema } from '../figures/band-answer.ts'
import { MOST_MESSAGES } from './campaign.ts'
import type { CampaignComparison, SavedCampaign, Staged } from './campaign-queries.ts'
import type { Effect } from './effect.ts'
import { MEANS, MEANS_CODES, type Means, type Response } from './response.ts'

const month = z.string().openapi({ example: '2030-03' })
const messageSchema = z
  .object({
    holders: z.enum(HOLDERS).openapi({ description: 'Qui est prévenu : titre, format et âge' }),
    endsFrom: month.openapi({ description: 'Premier mois de fin légale des titres' }),
    endsTo: month,
    sentIn: month.openapi({ description: 'Mois de l’envoi, après le mois en cours' }),
    means: z.enum(MEANS_CODES),
    share: z.number().default(1).openapi({ description: 'Part d’entre eux qui est prévenue' }),
    hall: z
      .string()
      .optional()
      .openapi({ description: 'Code INSEE d’une mairie équipée ; toutes celles du département sinon' }),
  })
  .openapi('CampaignMessage')
const countedSchema = z
  .object({
    means: z.enum(MEANS_CODES),
    told: z.number(),
    answered: z.number().openapi({ description: 'Personnes prévenues venues grâce à l’envoi' }),
    origin: z.string().max(300),
  })
  .openapi('CountedCampaign')

/** A campaign as it is sent. */
export const campaignBody = z
  .object({
    name: z.string(),
    place: z.string().openapi({ example: '16', description: 'Département' }),
    messages: z.array(messageSchema).max(MOST_MESSAGES),
    counted: z
      .array(countedSchema)
      .max(50)
      .default([])
      .openapi({ description: 'Campagnes passées et comptées : elles resserrent la réponse attendue' }),
    euros: z
      .object({ letter: z.number(), sms: z.number(), web: z.number() })
      .partial()
      .optional()
      .openapi({ description: 'Coût par personne prévenue, s’il est connu' }),
  })
  .openapi('Campaign')

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

const band = z
  .object({ p05: z.number().nullable(), p50: z.number().nullable(), p95: z.number().nullable() })
  .openapi({ description: 'Une borne nulle : rien n’est gagné de ce côté' })
const effectSchema = z
  .object({
    told: band,
    moved: band,
    monthsGivenUp: z.number().openapi({ description: 'Mois de validité perdus par qui vient plus tôt' }),
    euros: band,
    peak: z.object({
      quarter: z.string(),
      before: band,
      after: band,
      percentDown: band,
      chanceOfGain: z.number(),
    }),
    wait: z.object({
      from: z.string().openapi({ description: 'Premier des quatre trimestres de la moyenne' }),
      days: band,
      personDays: band,
      eurosPerPersonDay: band.nullable(),
    }),
    cert: z.object({ agents: band, euros: band }),
    quarters: z.array(
      z.object({
        quarter: z.string(),
        before: band,
        after: band,
        slots: z.number(),
        daysGained: band,
      }),
    ),
    halls: z.array(
      z.object({
        insee: z.string(),
        name: z.string(),
        peakBefore: z.number(),
        peakAfter: z.number(),
        moved: z.number(),
      }),
    ),
    messages: z.array(messageSchema.extend({ told: z.number() })),
  })
  .openapi('CampaignEffect') satisfies z.ZodType<Effect>
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
  return { id, address: `/campagnes/${id}`, department, savedAt, campaign }
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
  return {
    ...savedAnswer(saved),
    ...commonOf(run, stage.day),
    effect,
    responses: responsesOf(responses),
  }
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
