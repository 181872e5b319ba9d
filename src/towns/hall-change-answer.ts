import { z } from '@hono/zod-openapi'

/** A change as it is asked: a hall that opens, at the size of its commune unless its stations are told, closes, or offers more. */
export const askedChange = z.object({
  commune: z.string().openapi({ example: '16167', description: 'Code INSEE de la commune' }),
  change: z.enum(['open', 'close', 'offer']).default('open'),
  from: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'un mois : 2027-03' })
    .openapi({ example: '2027-03' }),
  stations: z.coerce.number().int().min(1).max(60).optional(),
  factor: z.coerce.number().min(0.1).max(10).default(1.5),
})
/** The same, read. */
export type AskedChange = z.infer<typeof askedChange>

const chance = z.number().nullable()
const changedHall = z.object({
  insee: z.string(),
  name: z.string(),
  requestsBefore: z.number(),
  requestsAfter: z.number(),
  change: z.number(),
  grantChanceBefore: chance.openapi({ description: 'Chances d’une part variable l’année suivante' }),
  grantChanceAfter: chance,
  wait: z.object({ before: z.number(), after: z.number() }).nullable().openapi({
    description:
      'Jours d’attente, médiane, à la fin de l’année ; null pour les mairies que le changement touche peu',
  }),
})
/** What a change does to one hall in the first whole year after it. */
export type ChangedHall = z.infer<typeof changedHall>

/** What a hall that opens, closes or offers more does to its neighbours. */
export const changeSchema = z
  .object({
    status: z.literal('estimated'),
    insee: z.string(),
    name: z.string(),
    change: askedChange.shape.change.unwrap(),
    from: z.string(),
    year: z.int().openapi({ description: 'Première année entière après le changement' }),
    department: z.object({ before: z.number(), after: z.number() }),
    halls: z.array(changedHall),
  })
  .openapi('HallChange')
