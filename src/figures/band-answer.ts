import { z } from '@hono/zod-openapi'
import type { Quarter } from '../pure/calendar/period.ts'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'

const quantile = z.number().nullable()

/** The bands of a projected figure in one quarter; `null` is further than the calendar known to the model. */
export const bandSchema = z
  .object({
    quarter: z.string(),
    quantiles: z.object({
      p025: quantile,
      p05: quantile,
      p10: quantile,
      p25: quantile,
      p50: quantile,
      p75: quantile,
      p90: quantile,
      p95: quantile,
      p975: quantile,
    }),
    probabilityOver: z.number().min(0).max(1).openapi({
      description: 'Part des trajectoires au-dessus de la limite ; au-delà du calendrier compte pour dépassé',
    }),
    status: z.literal('estimated'),
  })
  .openapi('ProjectedBand')

/** A parameter of a projection, with its origin. */
export const parameterSchema = z
  .object({
    name: z.string(),
    value: z.union([z.number(), z.string()]),
    unit: z.string(),
    status: z.enum(['observed', 'derived', 'estimated', 'assumed']),
    origin: z.string(),
  })
  .openapi('StatedParameter')

/** What an indicator measures, from when to when. */
export const clockSchema = z.enum(Object.keys(CLOCKS) as [keyof typeof CLOCKS, ...(keyof typeof CLOCKS)[]])

/** One published value that an estimate rests on. */
export const basisSchema = z.object({
  source: z.string(),
  document: z.string(),
  place: z.string(),
  period: z.string(),
  value: z.number(),
  bound: z.enum(['at-least', 'at-most']).nullable(),
  clock: clockSchema,
  ageDays: z.int(),
  weight: z.number().openapi({ description: 'Part de cette valeur dans ce que disent les faits' }),
})
/** One published value that an estimate rests on; shares of all of them sum to one. */
export type Basis = z.infer<typeof basisSchema>

/** A titled line that walks a reader through a computation. */
export const explanationSchema = z.array(
  z.object({
    code: z.enum(['returning', 'wave']).optional().openapi({
      description: 'De quoi parle la ligne : les titres qui reviennent, la prochaine vague',
    }),
    year: z.int().optional().openapi({ description: 'Année où la vague commence' }),
    title: z.string(),
    text: z.string(),
  }),
)

/** The projection of demand that a figure rests on. */
export const runSchema = z.object({ id: z.string(), asOf: z.string(), version: z.string(), seed: z.int() })

/** What is told of a projection: nothing of what it was made from. */
export function toldRun({ id, asOf, version, seed }: z.infer<typeof runSchema>): z.infer<typeof runSchema> {
  return { id, asOf, version, seed }
}

/** A median and 9 chances in 10. */
export const endsSchema = z.object({ p05: quantile, p50: quantile, p95: quantile })

/** The median of a band and its 9 chances in 10; an end is null where nothing is known of that side. */
export function endsOf({ low90, median, high90 }: Pick<PathBand, 'low90' | 'median' | 'high90'>) {
  return { p05: low90 ?? null, p50: median ?? null, p95: high90 ?? null }
}

/** A band as the API gives it. */
export function bandOf(quarter: Quarter, band: PathBand) {
  const { low95, low90, low80, low50, median, high50, high80, high90, high95, probabilityOver } = band
  return {
    quarter,
    quantiles: {
      p025: low95 ?? null,
      p05: low90 ?? null,
      p10: low80 ?? null,
      p25: low50 ?? null,
      p50: median ?? null,
      p75: high50 ?? null,
      p90: high80 ?? null,
      p95: high90 ?? null,
      p975: high95 ?? null,
    },
    probabilityOver,
    status: 'estimated' as const,
  }
}
