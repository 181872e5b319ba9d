import { z } from '@hono/zod-openapi'

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
    change: z.enum(['open', 'close', 'offer']),
    from: z.string(),
    year: z.int().openapi({ description: 'Première année entière après le changement' }),
    department: z.object({ before: z.number(), after: z.number() }),
    halls: z.array(changedHall),
  })
  .openapi('HallChange')

type HallChange = z.infer<typeof changeSchema>

/** The effect of a change, as the API and the page tell it. */
export function changeAnswer({
  asked: { insee, kind: change, month: from },
  ...effect
}: Pick<HallChange, 'name' | 'year' | 'department' | 'halls'> & {
  asked: { insee: string; kind: HallChange['change']; month: string }
}): HallChange {
  return { status: 'estimated', insee, change, from, ...effect }
}
