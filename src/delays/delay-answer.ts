import { z } from '@hono/zod-openapi'
import {
  bandOf,
  bandSchema,
  basisSchema,
  clockSchema,
  explanationSchema,
  parameterSchema,
  runSchema,
} from '../figures/band-answer.ts'
import { quarterlyAnswer, quarterlyAnswerSchema } from '../figures/quarterly-series-answer.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { type CsvTable, csvTable } from '../pure/figures/csv.ts'
import { type GrainedSeries, grainedSeries } from '../pure/figures/grained-series.ts'
import { STATISTICS, UNITS } from '../pure/figures/measure.ts'
import type { VintageRange } from '../pure/figures/quarterly-vintages.ts'
import { TITLES } from '../pure/law/title.ts'
import { projectCertOutlook } from './cert-outlook.ts'
import { delayBasis, delayQuarters, delayToday } from './delay-now.ts'
import { centralSeries, standInWords } from './delay-place.ts'
import type { delayVintages, ProjectedCert, ToldDelay } from './delay-queries.ts'
import { certParametersStated, explainCertOutlook } from './explain-outlook.ts'
import { otherMeasures } from './other-measures.tsx'

const days = z.number().nullable()
const besideSchema = z.object({
  measure: z.enum(['issued-within-target', 'oldest-file-age']),
  title: z.enum([...TITLES, '']),
  place: z.string(),
  period: z.string(),
  value: z.number(),
  targetDays: z.number().nullable(),
  statistic: z.enum(STATISTICS),
  unit: z.enum(UNITS),
  source: z.string(),
  document: z.string(),
  publishedOn: z.string(),
})

/** Published delays, what is published beside them, and whose figures they are. */
export const delaysAnswer = quarterlyAnswerSchema.extend({
  says: z.array(z.string()).openapi({
    description: 'Titres dont aucun chiffre propre n’est publié : à quel lieu sont ceux qui sont donnés',
  }),
  beside: z
    .array(besideSchema)
    .openapi({ description: 'Part dans l’objectif (%), âge du plus ancien dossier : jamais un délai moyen' }),
})

/** Published delays as the API tells them. */
export function delaysTold(
  told: Awaited<ReturnType<typeof delayVintages>>,
  series: GrainedSeries[],
  includeHistory: 'true' | 'false' | undefined,
): z.infer<typeof delaysAnswer> {
  return {
    ...quarterlyAnswer(told, series, includeHistory),
    says: standInWords(told.places, series),
    beside: told.beside.map(row =>
      answerOf(besideSchema, {
        ...row,
        measure: row.measure as 'issued-within-target' | 'oldest-file-age',
        targetDays: row.target,
      }),
    ),
  }
}

/** What a page shows of published delays: means or medians on its charts, the other measures under their names. */
export function shownDelays(told: Awaited<ReturnType<typeof delayVintages>>, { from, to }: VintageRange) {
  const series = centralSeries(told.series)
  return {
    series,
    notices: told.notices,
    says: standInWords(told.places, told.rows),
    // Where no quarter is known, none was chosen.
    others: otherMeasures(
      grainedSeries(told.rows, told.series, { from: from || undefined, to: to || undefined, grain: 'all' }),
      told.beside,
    ),
  }
}

const injectionSchema = z.object({
  day: z.string(),
  workDays: z.number(),
  files: z.number().nullable(),
})
const calibrationSchema = z.object({
  load: z.enum(['steady', 'by-quarter']),
  startDays: z.number(),
  loads: z.array(z.object({ quarter: z.string(), load: z.number() })),
  injections: z.array(injectionSchema),
  filesPerWorkingDay: z.number().nullable(),
  filesFrom: z.enum(['imported-team', 'injection']).nullable(),
  quarters: z.array(z.object({ quarter: z.string(), observed: z.number(), fitted: z.number() })),
  rootMeanSquareDays: z.number(),
  degreesOfFreedom: z.int(),
  notIdentifiable: z.array(z.string()),
})

/** The queue of the centre from today on, its team unchanged: what levers act on. */
const teamSchema = z
  .object({
    run: runSchema
      .nullable()
      .openapi({ description: 'Projection de la demande suivie ; null si aucune ne concerne ce titre' }),
    from: z.string(),
    paths: z.int(),
    probabilityEverOver: z.number(),
    points: z.array(
      z.object({
        quarter: z.string(),
        backward: bandSchema
          .nullable()
          .openapi({ description: 'Délai publié : âge moyen des dossiers délivrés dans le trimestre' }),
        forward: bandSchema.openapi({
          description: 'Attente à venir des dossiers déposés dans le trimestre',
        }),
        stockAtEnd: z.object({
          unit: z.enum(['files', 'working-days-of-the-team']),
          p05: days,
          p50: days,
          p95: days,
        }),
        backwardIfInflowConstant: bandSchema.nullable(),
      }),
    ),
    calibration: calibrationSchema,
    parameters: z.array(parameterSchema),
    explanation: explanationSchema,
  })
  .openapi('CertProjection')

const titledBasis = basisSchema.extend({ title: z.string() })

/** The delay of a title from a quarter on, as of a day. */
export const delayProjectionSchema = z
  .object({
    place: z.string(),
    by: z.string().nullable().openapi({
      description:
        'Lieu dont les chiffres sont suivis : celui demandé, ou celui qui en tient lieu ; null : la France seule',
    }),
    title: z.string(),
    status: z.literal('estimated'),
    asOf: z.string(),
    clock: clockSchema,
    statistic: z.enum(STATISTICS),
    targetDays: z
      .number()
      .nullable()
      .openapi({ description: 'null : aucun objectif, aucune probabilité de le dépasser' }),
    today: bandSchema.shape.quantiles,
    points: z.array(bandSchema.extend({ tense: z.enum(['past', 'present', 'future']) })),
    basis: z.array(titledBasis),
    team: teamSchema.nullable().openapi({
      description:
        'La file du CERT depuis aujourd’hui, à équipe inchangée ; null pour un autre titre ou un jour passé',
    }),
  })
  .openapi('DelayProjection')

/** The delay of a title from a quarter on, for the API. */
export function delayProjectionAnswer(
  { now, by, targetDays }: ToldDelay,
  cert: ProjectedCert | undefined,
  { place, from, quarters }: { place: string; from: Quarter; quarters: number },
): z.infer<typeof delayProjectionSchema> {
  return {
    place,
    by: by?.code ?? null,
    title: now.title,
    status: 'estimated',
    asOf: now.asOf,
    clock: now.clock,
    statistic: now.statistic,
    targetDays: targetDays ?? null,
    today: bandOf('', delayToday(now, targetDays)).quantiles,
    points: delayQuarters(now, from, quarters, targetDays).map(({ quarter, tense, band }) => ({
      ...bandOf(quarter, band),
      tense,
    })),
    basis: delayBasis(now).map(({ fact, ageDays, weight }) =>
      answerOf(titledBasis, {
        ...fact,
        value: fact.days,
        bound: fact.status === 'censored' ? 'at-least' : fact.status === 'at-most' ? 'at-most' : null,
        ageDays,
        weight,
      }),
    ),
    team: cert === undefined ? null : teamAnswer(cert, quarters),
  }
}

function teamAnswer({ run, outlook }: ProjectedCert, quarters: number): z.infer<typeof teamSchema> {
  const projected = projectCertOutlook(outlook, { quarters })
  const constant =
    outlook.demandFrom === 'flat' ? undefined : projectCertOutlook(outlook, { quarters, inflow: 'constant' })
  const { calibration, files } = outlook
  const inFiles = (work: number | undefined) =>
    work === undefined ? null : work * (files?.perWorkingDay ?? 1)
  return {
    run: run ? { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed } : null,
    from: outlook.from,
    paths: projected.paths,
    probabilityEverOver: projected.probabilityEverOver,
    points: projected.quarters.map(({ quarter, backward, forward, stockAtEnd }, i) => {
      const same = constant?.quarters[i]?.backward
      return {
        quarter,
        backward: backward ? bandOf(quarter, backward) : null,
        forward: bandOf(quarter, forward),
        stockAtEnd: {
          unit: files === undefined ? ('working-days-of-the-team' as const) : ('files' as const),
          p05: inFiles(stockAtEnd.low90),
          p50: inFiles(stockAtEnd.median),
          p95: inFiles(stockAtEnd.high90),
        },
        backwardIfInflowConstant: same ? bandOf(quarter, same) : null,
      }
    }),
    calibration: answerOf(calibrationSchema, {
      ...calibration,
      load: outlook.load,
      injections: calibration.injections.map(one => answerOf(injectionSchema, one)),
      filesPerWorkingDay: files?.perWorkingDay,
      filesFrom: files?.from,
    }),
    parameters: certParametersStated(outlook),
    explanation: explainCertOutlook(outlook, projected),
  }
}

/** A projected delay, for a spreadsheet. */
export function delayProjectionTable({
  title,
  targetDays,
  points,
  team,
}: z.infer<typeof delayProjectionSchema>): CsvTable {
  const rounded = (value: number | null | undefined) =>
    value === null || value === undefined ? undefined : Math.round(value * 10) / 10
  return csvTable(points, {
    titre: () => title,
    trimestre: point => point.quarter,
    statut: () => 'estimated',
    temps: point => point.tense,
    'délai p05': point => rounded(point.quantiles.p05),
    médiane: point => rounded(point.quantiles.p50),
    p95: point => rounded(point.quantiles.p95),
    [`probabilité de dépasser ${targetDays ?? '…'} jours`]: point =>
      targetDays === null ? undefined : Math.round(1_000 * point.probabilityOver) / 1_000,
    'médiane à équipe inchangée': point =>
      rounded(team?.points.find(one => one.quarter === point.quarter)?.backward?.quantiles.p50),
  })
}
