import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { placeOf } from '../places/place-queries.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { type ErrorSummary, type Score, scores, type TrackRecord, trackRecords } from './track-record.ts'
import { TrackRecordPage } from './track-record-page.tsx'
import { claims, facts } from './track-record-queries.ts'

const summary = z.object({ claims: z.int(), wapePct: z.number().nullable(), biasPct: z.number().nullable() })
const record = createRoute({
  method: 'get',
  path: '/api/track-record',
  summary: 'Ce que les projections annonçaient, ce qui est venu',
  description:
    'Erreur, biais et couverture par titre et par horizon, à côté de deux prévisions naïves. Une projection qui connaissait déjà un mois du trimestre n’est pas jugée sur lui.',
  tags: ['Demande'],
  responses: {
    200: {
      description: 'Bilan, et chaque prévision jugée',
      content: {
        'application/json': {
          schema: z.object({
            records: z.array(
              z.object({
                title: z.string(),
                horizon: z.int(),
                model: summary,
                lastQuarter: summary,
                sameQuarterLastYear: summary,
                coveragePct: z.object({ p50: z.number(), p80: z.number(), p90: z.number() }),
              }),
            ),
            scores: z.array(
              z.object({
                run: z.string(),
                place: z.string(),
                title: z.string(),
                quarter: z.string(),
                horizon: z.int(),
                said: z.number(),
                came: z.number(),
                lastQuarter: z.number().nullable(),
                sameQuarterLastYear: z.number().nullable(),
                within50: z.boolean(),
                within80: z.boolean(),
                within90: z.boolean(),
              }),
            ),
          }),
        },
      },
    },
  },
})

interface Ground {
  db: Kysely<Database>
  department: string
  site: Site
}

/** The track record of the projections: data and page. */
export function trackRecordRoutes({ db, department, site }: Ground) {
  const judged = async () => {
    const [came, said] = await Promise.all([facts(db, department), claims(db, department)])
    return scores(came, said)
  }
  const router = createRouter()
  router.openapi(record, async c => {
    const all = await judged()
    return c.json({ records: trackRecords(all).map(shownRecord), scores: all.map(shownScore) }, 200)
  })
  router.get('/fiabilite', async c => {
    const [all, { townHalls }, whole] = await Promise.all([
      judged(),
      network(db, department),
      placeOf(db, department),
    ])
    const names = new Map([
      [department, whole?.name ?? department],
      ...townHalls.map(hall => [hall.insee, hall.name] as const),
    ])
    return html(c, TrackRecordPage({ site, records: trackRecords(all), scores: all, names }))
  })
  return router
}

function shownScore(score: Score) {
  return {
    ...score,
    lastQuarter: score.lastQuarter ?? null,
    sameQuarterLastYear: score.sameQuarterLastYear ?? null,
  }
}

function shownRecord(one: TrackRecord) {
  const shown = ({ claims, wapePct, biasPct }: ErrorSummary) => ({
    claims,
    wapePct: wapePct ?? null,
    biasPct: biasPct ?? null,
  })
  return {
    ...one,
    model: shown(one.model),
    lastQuarter: shown(one.lastQuarter),
    sameQuarterLastYear: shown(one.sameQuarterLastYear),
  }
}
