import { z } from '@hono/zod-openapi'
import type { GrantRead } from '../places/granted.ts'
import { answerOf } from '../pure/figures/answer-of.ts'

const grantSchema = z.object({
  year: z.int(),
  euros: z.number(),
  requestsYear: z.int().openapi({ description: 'Les demandes comptées sont celles de l’année précédente' }),
  reading: z
    .enum(['station', 'commune'])
    .openapi({ description: 'Lecture des seuils qui explique le mieux le département cette année-là' }),
  explained: z
    .object({ station: z.int(), commune: z.int(), towns: z.int() })
    .openapi({ description: 'Mairies du département que chaque lecture explique' }),
  combinations: z.array(
    z.object({
      stations: z.int(),
      connected: z.int(),
      requests: z
        .int()
        .openapi({ description: 'Demandes ; la borne haute quand le montant ne dit qu’un palier' }),
      requestsFrom: z
        .int()
        .openapi({ description: 'Borne basse ; égale à « requests » quand le montant les dit' }),
      certifications: z.int(),
      probability: z.number(),
    }),
  ),
})

/** What the published grants of a hall tell of its stations and requests. */
export const grantsSchema = z
  .object({
    insee: z.string(),
    grants: z.array(grantSchema),
  })
  .openapi('GrantsRead')

/** The grants of a hall, read backwards. */
export function grantsAnswer(insee: string, reads: readonly GrantRead[]): z.infer<typeof grantsSchema> {
  return {
    insee,
    grants: reads.map(read =>
      answerOf(grantSchema, { ...read, explained: { ...read.explained, towns: read.towns } }),
    ),
  }
}
