import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { hindcastApart } from '../demand/apart-work.ts'
import type { HindcastRow } from '../demand/engine/hindcast.ts'
import { nationalFactsOf } from '../demand/input-queries.ts'
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
const hindcastRow = z.object({
  asOf: z.string(),
  year: z.int(),
  title: z.string(),
  median: z.number(),
  p05: z.number(),
  p95: z.number(),
  fact: z.number(),
  factLow: z.number(),
  factHigh: z.number(),
  factKind: z.enum(['published', 'derived']),
  errorPct: z.number(),
  within: z.boolean(),
  lastValue: z.number().nullable(),
  lastValueErrorPct: z.number().nullable(),
  drift: z.number().nullable(),
  driftErrorPct: z.number().nullable(),
  hindsight: z.array(z.string()).openapi({
    description: 'Volumes et hypothèses employés bien que leur source ait paru après ce jour',
  }),
})
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
            hindcast: z.array(hindcastRow),
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
  const replay = async () => hindcastApart(await nationalFactsOf(db))
  const router = createRouter()
  router.openapi(record, async c => {
    const [all, replayed] = await Promise.all([judged(), replay()])
    return c.json(
      {
        records: trackRecords(all).map(shownRecord),
        scores: all.map(shownScore),
        hindcast: replayed.map(shownHindcast),
      },
      200,
    )
  })
  router.get('/fiabilite', async c => {
    const [all, replayed, { townHalls }, whole] = await Promise.all([
      judged(),
      replay(),
      network(db, department),
      placeOf(db, department),
    ])
    const names = new Map([
      [department, whole?.name ?? department],
      ...townHalls.map(hall => [hall.insee, hall.name] as const),
    ])
    return html(
      c,
      TrackRecordPage({ site, records: trackRecords(all), scores: all, names, hindcast: replayed }),
    )
  })
  return router
}

/** Millions of titles are not known to the unit. */
const toThousands = (titles: number) => 1_000 * Math.round(titles / 1_000)
const toTenths = (percent: number) => Math.round(10 * percent) / 10

function shownHindcast(row: HindcastRow) {
  const { median, p05, p95, errorPct, lastValue, lastValueErrorPct, drift, driftErrorPct } = row
  return {
    ...row,
    median: toThousands(median),
    p05: toThousands(p05),
    p95: toThousands(p95),
    errorPct: toTenths(errorPct),
    lastValue: lastValue === undefined ? null : toThousands(lastValue),
    lastValueErrorPct: lastValueErrorPct === undefined ? null : toTenths(lastValueErrorPct),
    drift: drift === undefined ? null : toThousands(drift),
    driftErrorPct: driftErrorPct === undefined ? null : toTenths(driftErrorPct),
  }
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
