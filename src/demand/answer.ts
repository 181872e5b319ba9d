import { z } from '@hono/zod-openapi'
import { explanationSchema, runSchema, toldRun } from '../figures/band-answer.ts'
import { type CsvTable, csvTable } from '../pure/figures/csv.ts'
import { PROJECTED_TITLES } from './engine/projection.ts'
import { TITLE_CLASSES } from './engine/title-class.ts'
import { OWN_TITLES } from './own-title.ts'
import type { OwnDemand } from './own-title-queries.ts'
import type { PlaceDemand } from './place-demand-queries.ts'

const count = z.number().min(0)

/** Requests of a place: what was observed, what is expected, and the run it comes from. */
export const demandSchema = z
  .object({
    run: runSchema,
    points: z.array(
      z.object({
        quarter: z.string(),
        title: z.enum([...PROJECTED_TITLES, ...OWN_TITLES]),
        mean: count.openapi({ description: 'Demandes attendues ; la valeur même quand elle est observée' }),
        quantiles: z
          .object({ p05: count, p10: count, p25: count, p50: count, p75: count, p90: count, p95: count })
          .optional()
          .openapi({ description: 'Absents d’un trimestre observé' }),
        parts: z
          .object({
            renewals: count,
            other: count,
            end: count,
            travelEnd: count,
            early: count,
            suppressed: count,
            cohorts: z.array(z.object({ titleClass: z.enum(TITLE_CLASSES), issuedIn: z.int(), mean: count })),
          })
          .optional()
          .openapi({ description: 'Absentes d’un trimestre observé : un compte ne dit pas ce qui l’amène' }),
        status: z.enum(['observed', 'estimated']),
        assumed: z.boolean().optional().openapi({
          description: 'Repose sur un volume d’un autre lieu ou d’une autre année, faute de compte',
        }),
        counted: count.optional().openapi({
          description: 'Demandes déjà comptées dans le trimestre, comprises dans la moyenne',
        }),
      }),
    ),
    gate: z
      .array(z.object({ year: z.int(), dueLastYear: count, due: count, shift: count, opening: count }))
      .openapi({
        description:
          'Titres du lieu arrivant à échéance, année projetée par année projetée, face à la dernière : shift en bruits de comptage, opening de 0 (les erreurs passées décident) à 1 (les cohortes sont suivies)',
      }),
    explanation: explanationSchema,
  })
  .openapi('Demand')

/** The answer of a place. */
export function demandAnswer(given: PlaceDemand | OwnDemand): z.infer<typeof demandSchema> {
  const { run, points, gate, explanation } = given
  return {
    run: toldRun(run),
    points: points.map(({ place: _, ...point }) => point),
    gate,
    explanation,
  }
}

/** The same points, a line each, for a spreadsheet. */
export function demandRows({ run, points }: PlaceDemand | OwnDemand): CsvTable {
  const tenths = (value: number | undefined) => (value === undefined ? '' : Math.round(value * 10) / 10)
  return csvTable<(typeof points)[number]>(points, {
    titre: ({ title }) => title,
    lieu: ({ place }) => place,
    trimestre: ({ quarter }) => quarter,
    statut: ({ status }) => status,
    moyenne: ({ mean }) => tenths(mean),
    p05: ({ quantiles }) => tenths(quantiles?.p05),
    p25: ({ quantiles }) => tenths(quantiles?.p25),
    médiane: ({ quantiles }) => tenths(quantiles?.p50),
    p75: ({ quantiles }) => tenths(quantiles?.p75),
    p95: ({ quantiles }) => tenths(quantiles?.p95),
    renouvellements: ({ parts }) => tenths(parts?.renewals),
    'autres demandes': ({ parts }) => tenths(parts?.other),
    projection: () => run.id,
    'connue au': () => run.asOf,
  })
}
