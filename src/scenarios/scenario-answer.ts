import { z } from '@hono/zod-openapi'
import { campaignBody } from '../campaigns/effect-answer.ts'
import { LEVER_CODES, MOST_LEVERS } from './lever.ts'

const amount = z
  .union([z.number(), z.strictObject({ low: z.number(), central: z.number(), high: z.number() })])
  .transform(value => (typeof value === 'number' ? { low: value, central: value, high: value } : value))
  .openapi({
    description: 'Un nombre, ou une fourchette { low, central, high } dans l’unité du levier',
    example: 1,
  })
const plannedLever = z
  .strictObject({
    code: z.enum(LEVER_CODES),
    hall: z
      .string()
      .optional()
      .openapi({ description: 'Code INSEE ; toutes les mairies du département sinon' }),
    amount,
    startsOn: z.string().openapi({ example: '2027-04-01', description: 'Jour de la décision' }),
    until: z.string().optional(),
    leadWeeks: z.number().openapi({ description: 'Semaines avant le premier effet' }),
    minutesSaved: z
      .number()
      .optional()
      .openapi({ description: 'Minutes gagnées par une pré-demande : aucune source' }),
    campaign: campaignBody.optional().openapi({
      description: 'Pour le levier « campaign » : la campagne, telle que la donne GET /api/campaigns',
    }),
    cost: z
      .strictObject({ once: z.number(), perYear: z.number(), origin: z.string().trim().max(300) })
      .optional()
      .openapi({ description: 'Inconnu quand il est absent, jamais nul' }),
    trigger: z.strictObject({ aboveDays: z.number(), probability: z.number() }).optional().openapi({
      description:
        'À décider si la valeur projetée, le jour du premier effet, passe ce seuil plus probablement que cela',
    }),
  })
  .openapi('PlannedLever')
/** A lever somebody thinks of: from when, how much, how long before it acts, at what cost. */
export type PlannedLever = z.infer<typeof plannedLever>
/** A scenario as it is sent and given back. */
export const scenarioBody = z
  .strictObject({
    name: z.string().trim(),
    place: z.string().openapi({ example: '16', description: 'Département, ou mairie équipée' }),
    title: z.enum(['cni-passport', 'driving-licence']).optional(),
    agents: z
      .number()
      .positive()
      .optional()
      .openapi({ description: 'ETPO supposés du CERT, faute d’import' }),
    filesPerAgentDay: z.number().positive().optional(),
    levers: z.array(plannedLever).max(MOST_LEVERS),
  })
  .openapi('Scenario')
/** A scenario as it is kept: its digest is made of all this. */
export type Scenario = z.infer<typeof scenarioBody>
/** A scenario as it was saved. */
export const savedAnswer = z
  .object({
    id: z.string(),
    address: z.string(),
    department: z.string(),
    savedAt: z.string(),
    scenario: scenarioBody,
  })
  .openapi('SavedScenario')
/** A scenario that was saved. */
export type SavedScenario = z.infer<typeof savedAnswer>
