import { z } from '@hono/zod-openapi'
import type { Effect } from './effect.ts'

const figureChange = z.object({
  change: z.enum(['added', 'revised', 'contradicted', 'taken-back']),
  measure: z.string(),
  title: z.string(),
  place: z.string(),
  variant: z.string(),
  period: z.string(),
  unit: z.string(),
  before: z.number().nullable().openapi({ description: 'Valeur en vigueur sans le fichier' }),
  told: z.number().nullable().openapi({ description: 'Ce que dit le fichier' }),
  after: z.number().nullable().openapi({ description: 'Valeur en vigueur avec le fichier' }),
  suppressed: z.boolean().openapi({ description: 'Sous le secret statistique pour ce lecteur' }),
})
const row = z.record(z.string(), z.unknown())

/** What a file changes, as the API gives it. */
export const effectSchema = z
  .object({
    figures: z.object({
      added: z.int(),
      revised: z.int(),
      contradicted: z.int().openapi({ description: 'Autre valeur publiée, que rien ne départage' }),
      takenBack: z.int(),
      unchanged: z.int(),
      partial: z.boolean().openapi({ description: 'true : trop de chiffres pour les comparer tous' }),
      changes: z.array(figureChange).openapi({ description: 'Les 200 premiers' }),
    }),
    facts: z.object({
      changed: z
        .int()
        .openapi({ description: 'Mairies, horaires, fermetures, équipes, événements, contours' }),
      changes: z.array(z.object({ subject: row, before: z.array(row), after: z.array(row) })),
    }),
  })
  .openapi('ImportEffect')

/** What a file changes, for the API. */
export function effectAnswer({ figures, facts }: Effect): z.infer<typeof effectSchema> {
  const { changes, 'taken-back': takenBack, ...counts } = figures
  return {
    figures: {
      ...counts,
      takenBack,
      changes: changes.map(({ before, told, after, secret, ...change }) => ({
        ...change,
        before: before ?? null,
        told: told ?? null,
        after: after ?? null,
        suppressed: secret,
      })),
    },
    facts: { changed: facts.changed, changes: facts.changes.map(change => ({ ...change })) },
  }
}
