import { expect, test } from 'vitest'
import { type Claim, type Fact, scores, trackRecords } from '../../src/track-record/track-record.ts'

const fact = (quarter: string, requests: number, knownFrom: number): Fact => ({
  place: '16102',
  title: 'cni',
  quarter,
  requests,
  knownFrom,
})
const claim = (quarter: string, mean: number, knownRelease: number): Claim => ({
  run: `run-${knownRelease}`,
  knownRelease,
  place: '16102',
  title: 'cni',
  quarter,
  mean,
  p05: mean - 20,
  p10: mean - 15,
  p25: mean - 5,
  p75: mean + 5,
  p90: mean + 15,
  p95: mean + 20,
})
const facts = [fact('2021-Q2', 80, 10), fact('2022-Q1', 100, 10), fact('2022-Q2', 120, 11)]

test('a claim is judged by the fact that came after it, beside two naive forecasts', () => {
  const [score] = scores(facts, [claim('2022-Q2', 110, 10)])
  expect(score).toMatchObject({
    said: 110,
    came: 120,
    horizon: 1,
    lastQuarter: 100,
    sameQuarterLastYear: 80,
    within50: false,
    within80: true,
    within90: true,
  })
})

test('a run that knew any month of the quarter is not judged on it', () => {
  expect(scores(facts, [claim('2022-Q2', 120, 11)])).toEqual([])
  expect(scores(facts, [claim('2022-Q3', 120, 11)])).toEqual([])
})

test('error, bias and coverage by hand: 110 for 120 and 130 for 120', () => {
  const [record] = trackRecords(
    scores(facts, [claim('2022-Q2', 110, 10), { ...claim('2022-Q2', 130, 10), run: 'other' }]),
  )
  expect(record?.model).toEqual({ claims: 2, wapePct: (100 * 20) / 240, biasPct: 0 })
  expect(record?.lastQuarter.biasPct).toBeCloseTo((100 * -40) / 240, 12)
  expect(record?.coveragePct).toEqual({ p50: 0, p80: 100, p90: 100 })
})

test('without any count before it, a claim has no naive rival', () => {
  const [record] = trackRecords(scores([fact('2022-Q2', 120, 11)], [claim('2022-Q2', 110, 3)]))
  expect(record).toMatchObject({ horizon: 0, lastQuarter: { claims: 0, wapePct: undefined } })
})
