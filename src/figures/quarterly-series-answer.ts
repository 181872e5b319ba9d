import { z } from '@hono/zod-openapi'
import { GRAINS, type GrainedSeries } from '../pure/figures/grained-series.ts'
import { STATISTICS, STATUSES, UNITS } from '../pure/figures/measure.ts'
import type { QuarterlyVintages } from '../pure/figures/quarterly-vintages.ts'
import { TITLES } from '../pure/law/title.ts'
import { clockSchema } from './band-answer.ts'
import { noticeAnswer, noticeSchema, vintageAnswer, vintageSchema } from './vintage-answer.ts'

const origin = z
  .object({
    publisher: z.string(),
    document: z.string(),
    locator: z.string(),
    publishedOn: z.string(),
    release: z.int(),
  })
  .openapi('Origin')
const method = z.enum([
  'as-published',
  'mean-of-days',
  'mean-of-months',
  'decision-weighted',
  'mean-of-quarters',
])

/** A delay followed by quarter, as the API gives it. */
export const quarterlySeriesSchema = z
  .object({
    title: z.enum([...TITLES, '']),
    place: z.string(),
    clock: clockSchema,
    statistic: z.enum(STATISTICS).openapi({
      description: 'Une série par statistique : une médiane ou un centile ne se compare pas à une moyenne',
    }),
    unit: z.enum(UNITS),
    targetDays: z.number().nullable(),
    points: z.array(
      z.object({
        grain: z.enum(GRAINS),
        period: z.string(),
        quarter: z
          .string()
          .nullable()
          .openapi({ description: 'null quand la période n’est pas un trimestre : voir « period »' }),
        days: z.number(),
        method,
        methods: z.array(z.object({ method, days: z.number() })),
        clock: clockSchema,
        statistic: z.enum(STATISTICS),
        unit: z.enum(UNITS),
        status: z.enum(STATUSES),
        source: origin,
        conflicts: z.array(z.object({ days: z.number(), source: origin })),
        impliedOverloadPct: z.number().nullable(),
      }),
    ),
    years: z.array(z.object({ year: z.int(), days: z.number(), method })),
  })
  .openapi('QuarterlySeries')

/** Delays by quarter with the changes made to them, and their history when it is asked for. */
export const quarterlyAnswerSchema = z.object({
  series: z.array(quarterlySeriesSchema),
  notices: z
    .array(noticeSchema)
    .openapi({ description: 'Chaque changement d’un chiffre publié, avec son jour et son motif' }),
  history: z
    .array(vintageSchema)
    .optional()
    .openapi({ description: 'Avec includeHistory=true : toutes les valeurs publiées' }),
})

/** The grain of the points asked for, as a parameter of an address. */
export const grainParameter = z
  .enum([...GRAINS, 'all'])
  .optional()
  .openapi({
    description:
      'Longueur des périodes ; par défaut les trimestres là où il y en a, sinon la plus fine publiée',
  })

/** Delays by quarter, for the API. */
export function quarterlyAnswer(
  { notices, history }: Pick<QuarterlyVintages, 'notices' | 'history'>,
  series: GrainedSeries[],
  includeHistory: 'true' | 'false' | undefined,
): z.infer<typeof quarterlyAnswerSchema> {
  return {
    series,
    notices: notices.map(noticeAnswer),
    ...(includeHistory === 'true' ? { history: history.map(vintageAnswer) } : {}),
  }
}
