import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import { bandOf, bandSchema, explanationSchema, parameterSchema, runSchema } from '../figures/band-answer.ts'
import { grainParameter, quarterlyAnswer, quarterlyAnswerSchema } from '../figures/quarterly-series-answer.ts'
import { vintageRows } from '../figures/vintage-answer.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import {
  dayParameter,
  placeParameter,
  quarterParameter,
  titleParameter,
  vintageParameters,
} from '../io/http/parameters.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { type Day, daysBetween } from '../pure/calendar/day.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { grainedSeries, seriesRows } from '../pure/figures/grained-series.ts'
import { DEFAULT_QUARTERS, MOST_QUARTERS, projectCertOutlook } from './cert-outlook.ts'
import {
  CERT_TITLES,
  type CertTitle,
  delayVintages,
  issuanceDelays,
  lastConsecutive,
  type ProjectedCert,
  projectedCert,
} from './delay-queries.ts'
import { certParametersStated, explainCertOutlook } from './explain-outlook.ts'
import { LICENCES_2021, type Reconstruction, reconstruct, type Supposition } from './reconstruction.ts'

/** What is asked of delays, by the API and by the pages. */
export const delaysRequest = {
  query: z.object({
    place: placeParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    title: titleParameter.optional(),
    grain: grainParameter,
    ...vintageParameters,
  }),
}

const delays = createRoute({
  method: 'get',
  path: '/api/delays',
  summary: 'Délais de délivrance par titre et par trimestre',
  description:
    'Chaque point dit son horloge, sa statistique et sa source ; les valeurs publiées en double sont gardées et signalées. « impliedOverloadPct » : demandes au-delà de la capacité depuis le trimestre précédent, déduites de la pente du délai.',
  tags: ['Délais'],
  request: delaysRequest,
  responses: {
    200: {
      description: 'Une série par titre',
      content: { 'application/json': { schema: quarterlyAnswerSchema } },
    },
    404: refused('Lieu inconnu'),
  },
})

const delaysCsv = createRoute({
  method: 'get',
  path: '/api/delays.csv',
  summary: 'Les mêmes délais, pour un tableur',
  tags: ['Délais'],
  request: delaysRequest,
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    404: refused('Lieu inconnu'),
  },
})

const certTitle = z
  .string()
  .refine((text): text is CertTitle => (CERT_TITLES as readonly string[]).includes(text), {
    message: `un titre instruit au CERT : ${CERT_TITLES.join(', ')}`,
    params: { code: 'invalid-title' },
  })
  .openapi({ type: 'string', enum: [...CERT_TITLES], example: 'cni-passport' })
const projectionRequest = {
  query: z.object({
    place: placeParameter.optional(),
    title: certTitle,
    quarters: z.coerce
      .number()
      .int()
      .min(1)
      .max(MOST_QUARTERS)
      .default(DEFAULT_QUARTERS)
      .openapi({ description: `Trimestres projetés, ${MOST_QUARTERS} au plus` }),
  }),
}
const days = z.number().nullable()
const certAnswer = z
  .object({
    place: z.string(),
    title: certTitle,
    status: z.literal('estimated'),
    run: runSchema
      .nullable()
      .openapi({ description: 'Projection de la demande suivie ; null si aucune ne concerne ce titre' }),
    from: z.string(),
    targetDays: z.number(),
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
    calibration: z.object({
      load: z.enum(['steady', 'by-quarter']),
      startDays: z.number(),
      loads: z.array(z.object({ quarter: z.string(), load: z.number() })),
      injections: z.array(z.object({ day: z.string(), workDays: z.number(), files: z.number().nullable() })),
      filesPerWorkingDay: z.number().nullable(),
      filesFrom: z.enum(['imported-team', 'injection']).nullable(),
      quarters: z.array(z.object({ quarter: z.string(), observed: z.number(), fitted: z.number() })),
      rootMeanSquareDays: z.number(),
      degreesOfFreedom: z.int(),
      notIdentifiable: z.array(z.string()),
    }),
    parameters: z.array(parameterSchema),
    explanation: explanationSchema,
  })
  .openapi('CertProjection')

const projectionRefusals = {
  400: refused('Titre manquant ou paramètre illisible : chaque défaut est dit'),
  404: refused('Aucun lieu ne porte ce code'),
  409: refused('Pas de projection pour ce lieu : ce qu’il faut importer est dit'),
}

const projection = createRoute({
  method: 'get',
  path: '/api/delays/projection',
  summary: 'Délai projeté au CERT, à équipe inchangée',
  description:
    'File réglée sur les délais publiés puis menée le long des trajectoires de demande. « calibration.notIdentifiable » dit ce que ces délais ne permettent pas de savoir. Tout est estimé.',
  tags: ['Délais'],
  request: projectionRequest,
  responses: {
    200: { description: 'Bandes par trimestre', content: { 'application/json': { schema: certAnswer } } },
    ...projectionRefusals,
  },
})

const projectionCsv = createRoute({
  method: 'get',
  path: '/api/delays/projection.csv',
  summary: 'La même projection, pour un tableur',
  tags: ['Délais'],
  request: projectionRequest,
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    ...projectionRefusals,
  },
})

/** Volumes that the reader supposes. */
export const suppositionQuery = z.object({
  place: placeParameter.optional(),
  title: certTitle.default('driving-licence'),
  from: dayParameter.default(LICENCES_2021.plain.supposition.from),
  startFiles: z.coerce.number().min(0).max(10_000_000).default(LICENCES_2021.plain.supposition.startFiles),
  startDays: z.coerce.number().min(0).max(730).default(LICENCES_2021.plain.supposition.startDays),
  filesPerWorkingDay: z.coerce
    .number()
    .positive()
    .max(1_000_000)
    .default(LICENCES_2021.plain.supposition.filesPerWorkingDay),
  loadAfterInjection: z.coerce.number().min(0).max(5).default(1),
  injectionDay: dayParameter.default(LICENCES_2021.plain.supposition.injectionDay),
  injectionFiles: z.coerce.number().min(0).max(10_000_000).default(8_000),
  expressShare: z.coerce.number().min(0).max(1).default(0),
  stockOn: dayParameter.default('2021-08-31'),
})

const reconstruction = createRoute({
  method: 'get',
  path: '/api/delays/reconstruction',
  summary: 'Le passé rejoué avec des volumes supposés, face aux délais publiés',
  description:
    'Une file quotidienne sur les jours ouvrés français. Plusieurs hypothèses différentes peuvent retrouver les mêmes délais : un bon accord ne prouve rien.',
  tags: ['Délais'],
  request: { query: suppositionQuery },
  responses: {
    200: {
      description: 'Délai reconstitué par trimestre, et stock au jour demandé',
      content: {
        'application/json': {
          schema: z
            .object({
              quarters: z.array(z.object({ quarter: z.string(), publishedDays: days, days, gapDays: days })),
              worstGapDays: days,
              stock: z.object({ day: z.string(), files: z.number() }),
              notIdentifiable: z.array(z.string()),
            })
            .openapi('Reconstruction'),
        },
      },
    },
    404: refused('Lieu inconnu'),
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
}

/** The delays of titles: data and spreadsheet; their pages are `delay-page-routes.tsx`. */
export function delayRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  router.openapi(delays, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const told = await delayVintages(db, { place, ...rest })
    return c.json(
      quarterlyAnswer(told, grainedSeries(told.rows, told.series, rest), rest.includeHistory),
      200,
    )
  })
  router.openapi(delaysCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const { rows, series, history } = await delayVintages(db, { place, ...rest })
    const table =
      rest.includeHistory === 'true' ? vintageRows(history) : seriesRows(grainedSeries(rows, series, rest))
    return csvAnswer(c, `delais-${place}.csv`, table)
  })
  const certAt = async (place: string, title: CertTitle) => {
    await knownPlaceOrRefuse(db, place)
    const found = await projectedCert(db, place, title, today())
    if ('reason' in found) throw new Refusal('no-projection', found.reason)
    return found
  }
  router.openapi(projection, async c => {
    const { place = department, title, quarters } = c.req.valid('query')
    return c.json(projectedAnswer(await certAt(place, title), quarters), 200)
  })
  router.openapi(projectionCsv, async c => {
    const { place = department, title, quarters } = c.req.valid('query')
    const answer = projectedAnswer(await certAt(place, title), quarters)
    return csvAnswer(c, `delai-projete-${title}.csv`, projectionRows(answer))
  })
  router.openapi(reconstruction, async c => {
    const { place = department, ...asked } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const { quarters, worstGapDays, stock } = await retold(db, place, asked)
    return c.json(
      {
        quarters: quarters.map(one => ({
          quarter: one.quarter,
          publishedDays: one.publishedDays ?? null,
          days: one.days ?? null,
          gapDays: one.gapDays ?? null,
        })),
        worstGapDays: worstGapDays ?? null,
        stock,
        notIdentifiable: [...NOT_TOLD],
      },
      200,
    )
  })
  return router
}

/** What the past retold cannot say. */
export const NOT_TOLD = [
  'la part des dossiers traités hors du rang',
  'la date exacte de l’entrée des dossiers anciens',
  'si la charge vient de demandes en hausse ou d’une capacité en baisse',
] as const
/** Longest past that is retold, in days. */
const LONGEST_PAST = 3_700

/** The past with supposed volumes, beside what was published. */
export async function retold(
  db: Kysely<Database>,
  place: string,
  { title, stockOn, ...supposition }: Supposition & { title: CertTitle; stockOn: Day },
): Promise<Reconstruction> {
  const published = lastConsecutive(await issuanceDelays(db, { place, title }))
  const until = published.at(-1)?.quarter ?? quarterOf(stockOn)
  const length = daysBetween(supposition.from, `${until.slice(0, 4)}-12-31`)
  if (length < 100 || length > LONGEST_PAST) {
    throw new Refusal(
      'invalid-day',
      'Commencez avant le dernier délai publié, dix ans plus tôt au plus : « from » est le premier jour de la file.',
    )
  }
  return reconstruct(supposition, published, until, stockOn)
}

function projectedAnswer(found: ProjectedCert, quarters: number): z.infer<typeof certAnswer> {
  const { run, place, title, outlook } = found
  const projected = projectCertOutlook(outlook, { quarters })
  const constant =
    outlook.demandFrom === 'flat' ? undefined : projectCertOutlook(outlook, { quarters, inflow: 'constant' })
  const { calibration, files } = outlook
  const inFiles = (work: number | undefined) =>
    work === undefined ? null : work * (files?.perWorkingDay ?? 1)
  return {
    place,
    title,
    status: 'estimated',
    run: run ? { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed } : null,
    from: outlook.from,
    targetDays: projected.targetDays,
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
    calibration: {
      load: outlook.load,
      startDays: calibration.startDays,
      loads: calibration.loads.map(({ quarter, load }) => ({ quarter: quarter ?? '', load })),
      injections: calibration.injections.map(({ day, workDays, files: count }) => ({
        day,
        workDays,
        files: count ?? null,
      })),
      filesPerWorkingDay: files?.perWorkingDay ?? null,
      filesFrom: files?.from ?? null,
      quarters: calibration.quarters,
      rootMeanSquareDays: calibration.rootMeanSquareDays,
      degreesOfFreedom: calibration.degreesOfFreedom,
      notIdentifiable: calibration.notIdentifiable,
    },
    parameters: certParametersStated(outlook),
    explanation: explainCertOutlook(outlook, projected),
  }
}

function projectionRows({ title, targetDays, points, run }: z.infer<typeof certAnswer>) {
  const rounded = (value: number | null | undefined) =>
    value === null || value === undefined ? undefined : Math.round(value * 10) / 10
  return {
    header: [
      'titre',
      'trimestre',
      'statut',
      'délai publié p05',
      'médiane',
      'p95',
      `probabilité de dépasser ${targetDays} jours`,
      'attente à venir, médiane',
      'projection',
    ],
    rows: points.map(({ quarter, backward, forward }) => [
      title,
      quarter,
      'estimated',
      rounded(backward?.quantiles.p05),
      rounded(backward?.quantiles.p50),
      rounded(backward?.quantiles.p95),
      backward ? Math.round(1_000 * backward.probabilityOver) / 1_000 : undefined,
      rounded(forward.quantiles.p50),
      run?.id ?? '',
    ]),
  }
}
