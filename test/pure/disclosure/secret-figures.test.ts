import { expect, test } from 'vitest'
import { secretFigures, sumsBetween } from '../../../src/pure/disclosure/secret-figures.ts'
import type { PublishedRow } from '../../../src/pure/figures/observation.ts'
import { figureKey } from '../../../src/pure/figures/vintage.ts'

const HALLS = ['16015', '16102', '16113']
const terms = {
  thresholdOf: () => 11,
  parentOf: (place: string) => (HALLS.includes(place) ? '16' : undefined),
}

test('a hall under the threshold takes another with it, and the department stays', () => {
  const rows = department([4, 30, 500])
  const { hidden: secret } = secretFigures(rows, terms)
  expect(rows.filter(row => secret.has(figureKey(row))).map(row => row.place)).toEqual(['16015', '16102'])
})

test('a source with another threshold keeps its own', () => {
  const rows = department([4, 30, 500])
  expect(secretFigures(rows, { ...terms, thresholdOf: () => 4 }).hidden.size).toBe(0)
})

test('what a release hid stays hidden after the next, in both', () => {
  const rows = [...department([4, 30, 500]), ...department([40, 30, 500], 2)]
  const { hidden: secret } = secretFigures(rows, terms)
  expect(rows.filter(row => secret.has(figureKey(row))).map(row => [row.release, row.place])).toEqual([
    [1, '16015'],
    [1, '16102'],
    [2, '16015'],
    [2, '16102'],
  ])
})

test('a small volume that earlier releases let anybody compute is told as given away', () => {
  const [small, ...others] = department([4, 30, 500])
  if (small === undefined) throw new Error('no rows')
  const late = [...others, { ...small, release: 2 }]
  const { hidden, givenAway } = secretFigures(late, terms)
  expect([hidden.has(figureKey(small)), [...givenAway]]).toEqual([true, [figureKey(small)]])
  expect(secretFigures(department([4, 30, 500]), terms).givenAway.size).toBe(0)
})

test('a figure that its publisher takes back is no longer part of any sum, and stays as secret as it was', () => {
  const first = department([4, 30, 500])
  // Without the total, nobody computes what is left: nothing but the small one has to be hidden from then on.
  const back = line({ place: '16', value: undefined, release: 2 })
  const again = line({ place: '16113', value: 501, release: 3, kind: 'revision', publishedOn: '2022-06-01' })
  const { hidden: secret } = secretFigures([...first, back, again], terms)
  expect([again, ...first].filter(row => secret.has(figureKey(row))).map(row => row.place)).toEqual([
    '16015',
    '16102',
  ])
  const never = line({ place: '16', value: undefined })
  expect(secretFigures([...first.slice(0, 3), never], terms).hidden.size).toBe(1)
})

test('delays and calls are not under the secret', () => {
  const rows = department([4, 5, 6]).map(row => ({ ...row, measure: 'calls-lost' as const }))
  expect(secretFigures(rows, terms).hidden.size).toBe(0)
})

test('months, quarters, titles and variants add up, and a sum that lacks a part is left out', () => {
  const months = ['2022-01', '2022-02', '2022-03'].map(period => line({ period, value: 20 }))
  const quarter = line({ period: '2022-Q1', granularity: 'quarter', value: 60 })
  expect(sumsBetween([...months, quarter], terms.parentOf)).toEqual([
    { total: figureKey(quarter), parts: months.map(figureKey) },
  ])
  expect(sumsBetween([...months.slice(1), quarter], terms.parentOf)).toEqual([])
  const both = line({ title: 'cni-passport', value: 50 })
  const titles = [line({ title: 'cni', value: 30 }), line({ title: 'passport', value: 20 })]
  expect(sumsBetween([both, ...titles], terms.parentOf)).toEqual([
    { total: figureKey(both), parts: titles.map(figureKey) },
  ])
  const whole = line({ value: 50 })
  const variants = [
    line({ variant: 'validity=10;adults', value: 35 }),
    line({ variant: 'validity=5;minors', value: 15 }),
  ]
  expect(sumsBetween([whole, ...variants], terms.parentOf)).toEqual([
    { total: figureKey(whole), parts: variants.map(figureKey) },
  ])
})

function department(requests: number[], release = 1): PublishedRow[] {
  const halls = requests.map((value, i) => line({ place: HALLS[i] ?? '', value, release }))
  return [...halls, line({ place: '16', value: requests.reduce((sum, value) => sum + value, 0), release })]
}

function line(more: Partial<PublishedRow>): PublishedRow {
  return {
    measure: 'applications',
    title: 'cni',
    place: '16015',
    variant: '',
    statistic: 'total',
    unit: 'count',
    clock: 'not-a-delay',
    granularity: 'month',
    period: '2022-03',
    value: 0,
    status: 'observed',
    target: undefined,
    release: 1,
    kind: more.release === 2 ? 'revision' : 'initial',
    publishedOn: more.release === 2 ? '2022-05-01' : '2022-04-01',
    recordedAt: '2022-04-01T08:00:00Z',
    shownAt: '2022-04-01T08:00:00Z',
    source: 'Préfecture',
    document: 'Tableau',
    locator: '',
    ...more,
  }
}
