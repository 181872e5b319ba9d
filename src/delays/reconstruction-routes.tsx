import { z } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, placeOrCertParameter, titleAmong } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { type Day, daysBetween } from '../pure/calendar/day.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { CERT_TITLES, type CertTitle } from './delay-now.ts'
import { issuanceDelays, lastConsecutive } from './delay-queries.ts'
import { LICENCES_2021, type Reconstruction, reconstruct, type Supposition } from './reconstruction.ts'
import { ReconstructionPage } from './reconstruction-page.tsx'

const { get } = chapter('Délais')

const certTitle = titleAmong(CERT_TITLES, 'un titre instruit au CERT :')
const days = z.number().nullable()
const retoldQuarter = z.object({ quarter: z.string(), publishedDays: days, days, gapDays: days })

/** Volumes that the reader supposes. */
const suppositionQuery = z.object({
  place: placeOrCertParameter.optional(),
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

const reconstruction = get(ROUTES.apiReconstruction, {
  summary: 'Le passé rejoué avec des volumes supposés, face aux délais publiés',
  description:
    'Une file quotidienne sur les jours ouvrés français. Plusieurs hypothèses différentes peuvent retrouver les mêmes délais : un bon accord ne prouve rien.',
  request: { query: suppositionQuery },
  responses: {
    200: described(
      'Délai reconstitué par trimestre, et stock au jour demandé',
      z
        .object({
          quarters: z.array(retoldQuarter),
          worstGapDays: days,
          stock: z.object({ day: z.string(), files: z.number() }),
          notIdentifiable: z.array(z.string()),
        })
        .openapi('Reconstruction'),
    ),
    404: refused('Lieu inconnu'),
  },
})

/** The past retold with supposed volumes: data and page. */
export function reconstructionRoutes({ db, department }: Ground) {
  const router = createRouter()
  router.openapi(reconstruction, async c => {
    const { place = department, ...asked } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    const { quarters, worstGapDays, stock } = await retold(db, place, asked)
    return c.json(
      {
        quarters: quarters.map(one => answerOf(retoldQuarter, one)),
        worstGapDays: worstGapDays ?? null,
        stock,
        notIdentifiable: [...NOT_TOLD],
      },
      200,
    )
  })
  router.get(ROUTES.reconstruction, async c => {
    const { place = department, ...asked } = queryOf(c, suppositionQuery)
    const known = await knownPlaceOrRefuse(db, place)
    const told = await retold(db, place, asked)
    return html(
      c,
      ReconstructionPage({
        placeName: known.name,
        asked,
        told,
        notTold: NOT_TOLD,
        variants: LICENCES_2021,
      }),
    )
  })
  return router
}

/** What the past retold cannot say. */
const NOT_TOLD = [
  'la part des dossiers traités hors du rang',
  'la date exacte de l’entrée des dossiers anciens',
  'si la charge vient de demandes en hausse ou d’une capacité en baisse',
] as const
/** Longest past that is retold, in days. */
const LONGEST_PAST = 3_700

/** The past with supposed volumes, beside what was published. */
async function retold(
  db: Db,
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
