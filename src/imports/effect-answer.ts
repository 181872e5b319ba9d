import { z } from '@hono/zod-openapi'
import { paths } from '../pure/access/paths.ts'
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

const move = z.object({
  place: z.string(),
  what: z.enum(['requests-next-year', 'wait-now', 'wait-in-a-year']).openapi({
    description:
      'Demandes de l’an prochain ; attente médiane aujourd’hui, et dans quatre trimestres, en jours',
  }),
  before: z.number().nullable().openapi({ description: 'Sans le fichier' }),
  after: z.number().nullable().openapi({ description: 'Avec le fichier' }),
  reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  href: z.string(),
})

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
    projections: z.array(move).nullable().openapi({
      description:
        'Projections déplacées d’au moins une demande ou un dixième de jour, le département d’abord ; null pour qui n’apporte pas de fichiers, et tant qu’elles se calculent',
    }),
    projectionsAt: z
      .string()
      .nullable()
      .openapi({ description: 'Adresse où les lire, quand elles se calculent encore ; sinon null' }),
  })
  .openapi('ImportEffect')

/** What a file changes, for the API; `release` where it can be asked for again. */
export function effectAnswer(
  { figures: { changes, 'taken-back': takenBack, ...counts }, facts, projections, pending }: Effect,
  release?: number,
): z.infer<typeof effectSchema> {
  return {
    figures: { ...counts, takenBack, changes },
    facts,
    projections: projections ?? null,
    projectionsAt: pending && release !== undefined ? paths.apiReleaseEffect({ release }) : null,
  }
}
