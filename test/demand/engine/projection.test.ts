import { describe, expect, test } from 'vitest'
import { sampleDemand } from '../../../src/demand/demand-sample.ts'
import type { DemandInputs } from '../../../src/demand/engine/demand.ts'
import { demandPaths } from '../../../src/demand/engine/demand.ts'
import { exposureGate } from '../../../src/demand/engine/gate.ts'
import {
  isWhole,
  type ModelledPoint,
  projectDepartment,
  yearOfRequests,
} from '../../../src/demand/engine/projection.ts'
import { monthsBetween } from '../../../src/pure/calendar/period.ts'

const inputs: DemandInputs = {
  department: '16',
  departmentPopulation: 352_683,
  nationalPopulation: 68_952_941,
  volumes: {
    cni: [
      { year: 2006, volume: 4.944e6, spread: 0.02 },
      { year: 2019, volume: 5.4e6, spread: 0.06 },
      { year: 2020, volume: 4.4e6, spread: 0.06 },
      { year: 2021, volume: 4.8e6, spread: 0.02 },
      { year: 2022, volume: 6.6e6, spread: 0.02 },
    ],
    passport: [
      { year: 2005, volume: 3.353e6, spread: 0.02 },
      { year: 2019, volume: 4.1e6, spread: 0.06 },
      { year: 2020, volume: 2.6e6, spread: 0.06 },
      { year: 2021, volume: 3.2e6, spread: 0.06 },
      { year: 2022, volume: 5.5e6, spread: 0.06 },
    ],
  },
  totals: [],
  suppressed: { cni: 2.5e6, passport: 3.7e6 },
  halls: [
    { insee: '16015', people: 200_000, spread: 0.3, presence: [] },
    { insee: '16102', people: 110_000, spread: 0.3, presence: [] },
    { insee: '16106', people: 42_683, spread: 0.3, presence: [] },
  ],
  counted: [],
  residence: {
    first: monthsBetween('2021-01', '2021-12').map(month => ({ month, decisions: 4718 / 12 })),
    renewals: monthsBetween('2021-01', '2021-12').map(month => ({ month, decisions: 2770 / 12 })),
  },
  exceptional: [],
  firstQuarter: '2022-Q2',
  lastQuarter: '2033-Q4',
  paths: 200,
  seed: 7,
}
const { points } = projectDepartment(inputs)

const yearly = (of: readonly ModelledPoint[], place: string, year: string) =>
  of
    .filter(
      point => point.place === place && point.title === 'cni-passport' && point.quarter.startsWith(year),
    )
    .reduce((sum, point) => sum + point.mean, 0)

test('the requests of a year alone are those of the whole projection, to the last digit', () => {
  const places = ['16', ...inputs.halls.map(hall => hall.insee)]
  expect([...yearOfRequests(inputs, 2027)]).toEqual(
    places.map(place => [place, yearly(points, place, '2027')]),
  )
})

describe('a first projection, without any local count', () => {
  test('means of the halls add up to the department, and both titles to their sum', () => {
    for (const whole of points.filter(point => point.place === '16' && point.title !== 'residence-renewal')) {
      const halls = points.filter(
        point => point.place !== '16' && point.title === whole.title && point.quarter === whole.quarter,
      )
      expect(halls).toHaveLength(3)
      expect(Math.abs(halls.reduce((sum, point) => sum + point.mean, 0) - whole.mean)).toBeLessThan(1e-6)
    }
    for (const both of points.filter(point => point.title === 'cni-passport')) {
      const apart = points.filter(
        point =>
          ['cni', 'passport'].includes(point.title) &&
          point.place === both.place &&
          point.quarter === both.quarter,
      )
      expect(Math.abs(apart.reduce((sum, point) => sum + point.mean, 0) - both.mean)).toBeLessThan(1e-6)
    }
  })

  test('every point is finite, positive, and its quantiles rise', () => {
    for (const { mean, quantiles: q } of points) {
      const rising = [0, q.p05, q.p10, q.p25, q.p50, q.p75, q.p90, q.p95]
      expect(rising).toEqual([...rising].sort((a, b) => a - b))
      expect(Number.isFinite(mean) && mean > 0).toBe(true)
    }
  })

  test('parts make the mean: renewals and the rest, down to the year of issue', () => {
    const whole = points.filter(isWhole)
    expect(whole.length).toBe(points.filter(point => point.place === '16').length)
    for (const { title, mean, parts } of whole) {
      expect(parts.renewals + parts.other).toBeCloseTo(mean, 6)
      if (title === 'residence-renewal') continue
      expect(parts.end + parts.travelEnd + parts.early).toBeCloseTo(parts.renewals, 6)
      expect(parts.cohorts.reduce((sum, cohort) => sum + cohort.mean, 0)).toBeCloseTo(parts.renewals, 6)
    }
  })

  test('a calm year lies in the range studied for Charente: 45,000 to 60,000 requests', () => {
    for (const year of ['2025', '2027', '2028', '2029']) {
      expect(yearly(points, '16', year)).toBeGreaterThan(45_000)
      expect(yearly(points, '16', year)).toBeLessThan(60_000)
    }
  })

  test('2031 stands above the years before it, and old cards losing Europe are the reason', () => {
    expect(yearly(points, '16', '2031')).toBeGreaterThan(1.15 * yearly(points, '16', '2029'))
    const leaving = (quarter: string) =>
      points.find(point => point.place === '16' && point.title === 'cni' && point.quarter === quarter)?.parts
        ?.travelEnd ?? 0
    expect(leaving('2031-Q3')).toBeGreaterThan(1_000)
    expect(leaving('2028-Q3')).toBe(0)
  })

  test('departments under the same law share the futures of the nation, not the chance of their halls', () => {
    const elsewhere = { ...inputs, department: '17' }
    const nations: Float64Array[] = []
    const levels: number[] = []
    for (const one of [inputs, elsewhere]) {
      demandPaths(one, path => {
        if (path.index !== 5) return
        nations.push(path.national.cni)
        levels.push(path.levels.cni[0]!)
      })
    }
    expect(nations[0]).toBe(nations[1])
    expect(levels[0]).not.toBe(levels[1])
  })

  test('the same seed gives the same numbers, another seed others', () => {
    expect(projectDepartment(inputs).points).toEqual(points)
    expect(projectDepartment({ ...inputs, seed: 8 }).points[0]?.mean).not.toBe(points[0]?.mean)
  })
})

describe('counts of a hall change its projection', () => {
  const counted = (insee: string, requests: number) =>
    (['cni', 'passport'] as const).flatMap(title =>
      monthsBetween('2021-04', '2022-03').map(month => ({ insee, title, month, requests })),
    )

  test('a hall that receives more than its share is expected to receive more, and narrower', () => {
    const { points: learned } = projectDepartment({ ...inputs, counted: counted('16106', 900) })
    const before = points.find(
      point => point.place === '16106' && point.quarter === '2025-Q1' && point.title === 'cni',
    )
    const after = learned.find(
      point => point.place === '16106' && point.quarter === '2025-Q1' && point.title === 'cni',
    )
    if (!before || !after) throw new Error('points expected')
    expect(after.mean).toBeGreaterThan(1.3 * before.mean)
    const width = ({ quantiles: q, mean }: ModelledPoint) => (q.p95 - q.p05) / mean
    expect(width(after)).toBeLessThan(width(before))
  })

  test('lockdown months are not learned from', () => {
    const quiet = {
      ...inputs,
      counted: counted('16106', 1),
      exceptional: monthsBetween('2021-04', '2022-03'),
    }
    expect(projectDepartment(quiet).points).toEqual(points)
  })
})

describe('two years of counts or more speak for themselves', () => {
  const months = monthsBetween('2019-04', '2022-03')
  const season = [1, 1.1, 1.3, 1.25, 1.25, 1.2, 1, 0.7, 0.8, 0.85, 0.8, 0.75]
  const counted = (['cni', 'passport'] as const).flatMap(title =>
    months.map((month, i) => ({
      insee: '16106',
      title,
      month,
      requests: Math.round(500 * (season[Number(month.slice(5)) - 1] ?? 1) * (1 + 0.02 * Math.sin(7 * i))),
    })),
  )
  const { points: learned, local } = projectDepartment({ ...inputs, counted })
  const at = (place: string, quarter: string, title = 'cni') => {
    const found = learned.find(
      point => point.place === place && point.quarter === quarter && point.title === title,
    )
    if (!found) throw new Error('point expected')
    return found
  }

  test('the next quarters follow the counts: level and season', () => {
    expect(at('16106', '2022-Q2').mean).toBeGreaterThan(0.85 * 500 * (1.25 + 1.25 + 1.2))
    expect(at('16106', '2022-Q2').mean).toBeLessThan(1.25 * 500 * (1.25 + 1.25 + 1.2))
    expect(at('16106', '2022-Q4').mean / at('16106', '2022-Q2').mean).toBeLessThan(0.8)
  })

  test('sums and parts still hold', () => {
    for (const quarter of ['2022-Q2', '2024-Q4', '2031-Q3']) {
      const halls = ['16015', '16102', '16106'].reduce((sum, hall) => sum + at(hall, quarter).mean, 0)
      expect(Math.abs(at('16', quarter).mean - halls)).toBeLessThan(1e-6)
      const { mean, parts } = at('16', quarter)
      expect(parts!.renewals + parts!.other).toBeCloseTo(mean, 6)
    }
  })

  test('its futures are the same whether what the counts say was kept or is computed again', () => {
    const asked = { inputs: { ...inputs, counted }, local: JSON.parse(JSON.stringify(local)) }
    const kept = sampleDemand(asked, 20)
    expect(kept.corrected.size).toBe(12)
    expect(kept).toEqual(sampleDemand({ inputs: asked.inputs }, 20))
    expect(kept).not.toEqual(sampleDemand({ inputs: asked.inputs, local: [] }, 20))
  })

  test('far away the cohorts speak alone: 2031 rises here as elsewhere', () => {
    const rise = (place: string) => at(place, '2031-Q3').mean / at(place, '2029-Q3').mean
    expect(rise('16106')).toBeCloseTo(rise('16015'), 1)
  })
})

test('the gate is shut in a calm year and open when old cards lose Europe', () => {
  const gate = exposureGate(inputs)
  expect(gate.find(year => year.year === 5)?.opening).toBe(0)
  expect(gate.find(year => year.year === 10)?.opening).toBe(1)
})

test('five-year permits of the British come back in 2026, ten-year ones in 2031', () => {
  const exchanged = (from: string, to: string) =>
    points
      .filter(point => point.title === 'residence-renewal' && point.quarter >= from && point.quarter <= to)
      .reduce((sum, point) => sum + (point.parts?.end ?? 0), 0)
  expect(exchanged('2025-Q4', '2027-Q1')).toBeGreaterThan(1_080)
  expect(exchanged('2025-Q4', '2027-Q1')).toBeLessThan(1_450)
  expect(exchanged('2030-Q4', '2032-Q1')).toBeGreaterThan(2_000)
  expect(exchanged('2027-Q3', '2030-Q2')).toBe(0)
})

test('a closed hall sends its requests to the others; the department keeps its total', () => {
  const presence = [{ from: '2024-Q3', share: 0 }] as const
  const halls = inputs.halls.map(hall => (hall.insee === '16102' ? { ...hall, presence } : hall))
  const { points: after } = projectDepartment({ ...inputs, halls })
  const of = (set: readonly ModelledPoint[], place: string, quarter: string) =>
    set.find(point => point.place === place && point.quarter === quarter && point.title === 'passport')
      ?.mean ?? Number.NaN
  expect(of(after, '16102', '2024-Q2')).toBeGreaterThan(0)
  expect(of(after, '16102', '2024-Q3')).toBe(0)
  expect(of(after, '16', '2024-Q3')).toBeCloseTo(of(points, '16', '2024-Q3'), 6)
  expect(of(after, '16015', '2024-Q3')).toBeGreaterThan(of(points, '16015', '2024-Q3'))
})

test('halls to which chance leaves nobody share what is expected of them', () => {
  const [hall] = inputs.halls
  const months = monthsBetween('2021-01', '2021-12')
  const counted = months.map(month => ({
    insee: hall!.insee,
    title: 'passport' as const,
    month,
    requests: 1,
  }))
  const few = projectDepartment({ ...inputs, halls: [{ ...hall!, people: 20 }], counted })
  const closed = inputs.halls.map(one => ({ ...one, presence: [{ from: '2022-Q1', share: 0 }] }))
  for (const { mean, quantiles } of [
    ...few.points,
    ...projectDepartment({ ...inputs, halls: closed }).points,
  ])
    for (const amount of [mean, ...Object.values(quantiles)]) expect(amount).toBeGreaterThanOrEqual(0)
  for (const { title, quarter, mean } of few.points.filter(point => point.place === hall!.insee))
    expect(mean).toBeCloseTo(
      few.points.find(one => one.place === '16' && one.title === title && one.quarter === quarter)!.mean,
      6,
    )
})

test('paths hand out the national months and the part of each hall', () => {
  const seen: number[] = []
  demandPaths({ ...inputs, paths: 3 }, path => {
    seen.push(path.index)
    expect(path.levels.cni).toHaveLength(3)
    expect(path.national.cni.every(month => month > 0)).toBe(true)
  })
  expect(seen).toEqual([0, 1, 2])
})

test('beside a city, a hall of three requests a month and one that counts none stay what they are', () => {
  const odd = {
    '16015': (i: number) => 2_700 + 300 * Math.sin(i),
    '16102': (i: number) => (7 * i) % 6,
    '16106': () => 0,
  }
  const counted = Object.entries(odd).flatMap(([insee, of]) =>
    monthsBetween('2019-01', '2021-12').map((month, i) => ({
      insee,
      title: 'cni' as const,
      month,
      requests: Math.round(of(i)),
    })),
  )
  const { points: told } = projectDepartment({ ...inputs, counted, paths: 100 })
  const next = (place: string) =>
    told.find(one => one.place === place && one.title === 'cni' && one.quarter === '2023-Q1')!
  expect(next('16015').mean).toBeGreaterThan(5_000)
  expect(next('16102').quantiles.p95).toBeLessThan(60)
  expect(next('16106').quantiles.p95).toBeLessThan(5)
  for (const { mean, quantiles } of told)
    for (const value of [mean, ...Object.values(quantiles)]) {
      if (!(value >= 0 && value < 1e6)) throw new Error(`not a number of requests: ${value}`)
    }
})
