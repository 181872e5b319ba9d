import { z } from '@hono/zod-openapi'
import type { HindcastRow } from '../demand/engine/hindcast.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { leadScores, PAIR_RULE, type WaitPair } from '../waits/wait-hindcast.ts'
import { type ErrorSummary, type Score, type TrackRecord, trackRecords } from './track-record.ts'

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
const leadScore = z.object({
  lead: z.string(),
  pairs: z.int(),
  logError: z.number(),
  coverage90: z.number(),
  lastValueLogError: z.number(),
  usualLogError: z.number(),
})
const waitPair = z.object({
  place: z.string(),
  run: z.string().nullable(),
  clock: z.enum(['wait', 'firstSlot']),
  asOf: z.string(),
  lastKnown: z.string(),
  month: z.string(),
  leadMonths: z.int(),
  said: z.number(),
  low90: z.number(),
  high90: z.number(),
  came: z.number(),
  bound: z.boolean(),
  lastValue: z.number(),
  usualValue: z.number(),
  within: z.boolean(),
})
const waitReplay = z.object({
  rule: z.string(),
  leads: z.array(leadScore),
  pairs: z.array(waitPair),
  kept: z.object({ leads: z.array(leadScore), pairs: z.array(waitPair) }),
})

const score = z.object({
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
})

/** What was said of demand and waits, put back on past days or kept here, beside what came. */
export const trackRecordSchema = z.object({
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
  waits: waitReplay,
  scores: z.array(score),
})

/** What the track record is told from. */
export interface Judged {
  /** Kept projections of demand that met facts. */
  all: readonly Score[]
  /** The engine put back at the ends of past years. */
  replayed: readonly HindcastRow[]
  /** The wait of the nation put back on past days. */
  waits: readonly WaitPair[]
  /** Kept projections of waits that met facts. */
  keptWaits: readonly WaitPair[]
}

/** The track record, for the API. */
export function trackRecordAnswer({
  all,
  replayed,
  waits,
  keptWaits,
}: Judged): z.infer<typeof trackRecordSchema> {
  return {
    records: trackRecords(all).map(shownRecord),
    scores: all.map(one => answerOf(score, one)),
    hindcast: replayed.map(shownHindcast),
    waits: {
      rule: PAIR_RULE,
      leads: leadScores(waits),
      pairs: waits.map(pair => answerOf(waitPair, pair)),
      kept: { leads: leadScores(keptWaits), pairs: keptWaits.map(pair => answerOf(waitPair, pair)) },
    },
  }
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

function shownRecord(one: TrackRecord) {
  const shown = (errors: ErrorSummary) => answerOf(summary, errors)
  return {
    ...one,
    model: shown(one.model),
    lastQuarter: shown(one.lastQuarter),
    sameQuarterLastYear: shown(one.sameQuarterLastYear),
  }
}
