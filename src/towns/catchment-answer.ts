import { z } from '@hono/zod-openapi'
import { runSchema } from '../figures/band-answer.ts'
import { CATCHMENT, POSITIONS_CREDIT } from '../places/catchment.ts'
import type { HallOrigins } from '../places/origins.ts'
import { answerOf } from '../pure/figures/answer-of.ts'

const communeSchema = z.object({
  insee: z.string(),
  name: z.string(),
  population: z.int(),
  km: z.number(),
  position: z
    .enum(['place', 'arrondissement', 'postal-code', 'intercommunality', 'department'])
    .nullable()
    .openapi({
      description:
        'D’où vient la position de la commune : la sienne, ou celle des communes de son code postal, de son intercommunalité ou de son département, dont `km` est alors la distance',
    }),
  share: z.number().openapi({ description: 'Part des habitants de la commune qui vont à cette mairie' }),
  people: z.number(),
  requests: z.number(),
})
const assumptionSchema = z.object({
  name: z.string(),
  label: z.string(),
  value: z.number(),
  spread: z.number(),
  origin: z.string(),
})

/** What is said of where a hall's requests come from. */
export const catchmentSchema = z
  .object({
    insee: z.string(),
    status: z.literal('estimated'),
    run: runSchema,
    year: z.int(),
    requests: z.number().openapi({ description: 'Demandes attendues de la mairie dans l’année' }),
    people: z.number().openapi({ description: 'Habitants dont elle reçoit les demandes' }),
    spread: z.number().openapi({ description: 'Écart-type du logarithme de ce nombre, faute de comptes' }),
    fromElsewhere: z
      .number()
      .openapi({ description: 'Part de ces habitants qui vivent dans une autre commune' }),
    communes: z.array(communeSchema),
    department: z
      .object({ residents: z.number(), leaving: z.number(), entering: z.number(), received: z.number() })
      .openapi({ description: 'Habitants du département, ceux qui en sortent, ceux qui y entrent' }),
    assumptions: z.array(assumptionSchema),
    credit: z.string(),
  })
  .openapi('Catchment')

/** A hall's catchment with its requests of a year, as pages and the API tell it. */
export type Catchment = z.infer<typeof catchmentSchema>
type Position = Catchment['communes'][number]['position'] & string

/** The catchment of a hall: its requests of a year come from each commune in proportion to the people who come. */
export function catchmentAnswer(
  insee: string,
  origins: HallOrigins,
  of: {
    run: Catchment['run']
    year: number
    requests: number
    nameOf: (code: string) => string
    positionOf: (code: string) => Position | undefined
  },
): Catchment {
  const { nameOf, positionOf, requests } = of
  return answerOf(catchmentSchema, {
    ...of,
    ...origins,
    insee,
    status: 'estimated',
    communes: origins.communes.map(one =>
      answerOf(communeSchema, {
        ...one,
        insee: one.code,
        name: nameOf(one.code),
        position: positionOf(one.code),
        requests: (requests * one.people) / origins.people,
      }),
    ),
    department: origins.balance,
    assumptions: Object.entries(CATCHMENT).map(([name, one]) => answerOf(assumptionSchema, { name, ...one })),
    credit: POSITIONS_CREDIT,
  })
}
