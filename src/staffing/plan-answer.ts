import { z } from '@hono/zod-openapi'
import { isMonth } from '../pure/calendar/period.ts'
import { isTitle, TITLES, type Title, titleChoice } from '../pure/law/title.ts'
import type { StaffingQuestion } from './team.ts'

/** A month in a request or an answer. */
export const month = z
  .string()
  .refine(isMonth, { message: 'un mois s’écrit 2027-01' })
  .openapi({ example: '2027-01', description: 'Mois, 2027-01' })
const shareWords = { message: 'un nombre de 0 à 1' }
/** A share between 0 and 1. */
export const share = z.number(shareWords).min(0, shareWords).max(1, shareWords)

/** A title, or a refusal that names those there are. */
export const title = z
  .string()
  .refine(isTitle, { message: `un titre parmi ${titleChoice(TITLES)}`, params: { code: 'invalid-title' } })
  .openapi({ type: 'string', enum: [...TITLES], example: 'cni-passport' })

/** Titled lines that walk a reader through a computation. */
export const explanation = z.array(z.object({ title: z.string(), text: z.string() }))

const costAndRisk = z
  .object({
    kind: z.enum(['nothing', 'mean', 'plan', 'other']),
    safety: z.number(),
    cost: z.number(),
    jointLateProbability: share,
    worstMonthLateProbability: share,
  })
  .openapi({ description: 'Un coût, et le risque qu’il achète' })
/** A cost and the risk that it buys. */
export type CostAndRisk = z.infer<typeof costAndRisk>

const delayBand = z.object({
  p05: z.number(),
  p10: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  stock: z.number().openapi({ description: 'Dossiers en attente, moyenne' }),
})
/** Quantiles of the delay at the end of a month, in days, and of the files waiting. */
export type DelayBand = z.infer<typeof delayBand>

/** One month of a plan, as it is told. */
export const plannedMonth = z.object({
  month,
  agents: z.number().openapi({ description: 'Au travail ou en formation, ETPO, prêts à part' }),
  hires: z.number(),
  decideBy: month.openapi({ description: 'Mois où décider les recrues de ce mois' }),
  arrivals: z
    .array(z.object({ contract: z.string(), agents: z.number(), decideBy: month }))
    .openapi({ description: 'Recrues par contrat (permanent, fixed-term-12, seasonal-6)' }),
  overtime: z.number().openapi({ description: 'Heures de toute l’équipe' }),
  loans: z.number(),
  leave: z.number().openapi({ description: 'Agents présents grâce à des congés déplacés, ou absents' }),
  redeployed: z.number().openapi({ description: 'Agents passés à un autre titre' }),
  need: z.number().optional().openapi({ description: 'Dossiers reçus, médiane' }),
  decided: z.number().optional().openapi({ description: 'Dossiers décidés, moyenne' }),
  peak: z
    .boolean()
    .optional()
    .openapi({ description: 'Besoin proche du plus haut de l’horizon : l’inoccupation se compte en dehors' }),
  cost: z.number(),
  lateProbability: share,
  promised: z.boolean(),
  expectedFiles: z.number(),
  capacity: z.number(),
  delay: delayBand,
})
/** One month of a plan; need, files decided and peak are missing in plans of before. */
export type PlannedMonth = z.infer<typeof plannedMonth>

const nothingDecided = z
  .object({
    jointLateProbability: share,
    monthlyLateProbability: z.array(share),
    firstBreak: month
      .optional()
      .openapi({ description: 'Premier mois dont le risque passe celui qui est accepté' }),
    medianDelayAtEnd: z.number(),
    filesBeyondTarget: z.number().openapi({ description: 'À la fin, moyenne' }),
    agentMonthsToClear: z.number(),
    costToClear: z.number(),
  })
  .openapi({ description: 'Ce qui arrive si rien n’est décidé' })
/** What happens when nothing is decided. */
export type DoingNothing = z.infer<typeof nothingDecided>

const outcome = z
  .object({
    asked: share.openapi({ description: 'Risque accepté' }),
    heldOutRisk: share.openapi({ description: 'Risque sur des trajectoires non vues par le calcul' }),
    met: z.boolean(),
    wouldHold: z
      .array(z.object({ limit: z.string(), amount: z.number(), text: z.string() }))
      .nullable()
      .openapi({ description: 'Promesse non tenue : ce qui, changé seul, la tiendrait' }),
  })
  .openapi({ description: 'Promesse tenue ou non' })

const idleCapacity = z.object({
  agentMonths: z.number().openapi({ description: 'Mois d’agent sans dossier, hors des pics' }),
  cost: z.number(),
  cut: z.object({ contract: z.string(), share, cost: z.number() }).nullable().optional().openapi({
    description: 'Contrat sans lequel il en resterait le moins, dit au-delà de 15 % ; null : aucun',
  }),
})
/** Idle capacity of a plan, priced, and the contract without which it would fall. */
export type IdleCapacity = z.infer<typeof idleCapacity>

const planFigures = z.object({
  months: z.array(plannedMonth),
  cost: z.number(),
  jointLateProbability: share,
  worstMonthLateProbability: share,
  safety: z.number().openapi({ description: 'Multiple de la demande moyenne tenu ; 0 : rien à décider' }),
  outcome,
  idleShare: share.nullable().openapi({
    description:
      '1 − dossiers décidés ÷ capacité, hors des mois dont le besoin médian atteint 90 % du plus haut',
  }),
  idleShareAll: share.nullable(),
  idle: idleCapacity.nullable(),
  nothing: nothingDecided,
  curve: z.array(costAndRisk),
  paths: z.object({ tuning: z.int(), heldOut: z.int() }),
})
/** A plan, its risk on paths it has never seen, and what to compare it with. */
export type StaffingPlan = z.infer<typeof planFigures> & { version: string; question: StaffingQuestion }

const planDifference = z.object({
  months: z.array(
    z.object({
      month,
      agents: z.number(),
      hires: z.number(),
      overtime: z.number(),
      cost: z.number(),
    }),
  ),
  cost: z.number(),
  jointLateProbability: z.number(),
  explanation,
})
/** What a new plan changes over the months that both cover. */
export type PlanDifference = z.infer<typeof planDifference>

/** A plan in a list. */
export const planSummary = z.object({
  id: z.string(),
  title,
  firstMonth: month,
  lastMonth: month,
  createdAt: z.string(),
  cost: z.number(),
  jointLateProbability: share,
})
/** A plan in a list. */
export type PlanSummary = z.infer<typeof planSummary> & { title: Title }

/** A plan as it is kept. */
export interface KeptPlan {
  id: string
  createdAt: string
  place: string
  demandRun: string | undefined
  previous: string | undefined
  plan: StaffingPlan
  /** Origin in French of each value that the plan was not given, by name. */
  origins: Readonly<Record<string, string>>
  explanation: z.infer<typeof explanation>
}

/** A plan as the API tells it. */
export const planAnswer = planFigures
  .extend({
    id: z.string(),
    createdAt: z.string(),
    previous: z.string().nullable(),
    demandRun: z.string().nullable(),
    title,
    targetDays: z.number(),
    probability: share,
    promise: z.enum(['joint', 'monthly']),
    question: z.looseObject({}),
    origins: z.record(z.string(), z.string()),
    difference: planDifference.nullable(),
    explanation,
  })
  .openapi('StaffingPlan')

/** A plan as the API tells it, with what it changes from the one that it took over. */
export function answerOf(
  { plan, id, createdAt, previous, demandRun, origins, explanation: lines }: KeptPlan,
  difference: PlanDifference | undefined,
): z.infer<typeof planAnswer> {
  const { version: _, question, ...figures } = plan
  const { title: planned, targetDays, probability, promise } = question
  return {
    ...figures,
    id,
    createdAt,
    previous: previous ?? null,
    demandRun: demandRun ?? null,
    title: planned,
    targetDays,
    probability,
    promise,
    question: { ...question },
    origins,
    difference: difference ?? null,
    explanation: lines,
  }
}
