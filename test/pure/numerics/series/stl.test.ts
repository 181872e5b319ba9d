import { expect, test } from 'vitest'
import { loess, stl } from '../../../../src/pure/numerics/series/stl.ts'
import { AIR_PASSENGERS } from './air-passengers.ts'

const logs = AIR_PASSENGERS.map(Math.log)
const ends = (part: Float64Array) => [...part.slice(0, 3), ...part.slice(-3)]

function expectClose(found: number[], expected: number[]) {
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThan(1e-9)
  })
}

test('airline passengers, season of degree 0 over 7 years: `stl` of R 4.2.2 without robustness or jumps', () => {
  const { trend, season } = stl(logs, 12, { span: 7, degree: 0 })
  expectClose(
    ends(season),
    [
      -0.0917206544712553, -0.0506267809536774, 0.0664851487017008, -0.0667579622415892, -0.2136163629061824,
      -0.1186432732815645,
    ],
  )
  expectClose(
    ends(trend),
    [4.80916796310194, 4.8138785461638, 4.8186655031184, 6.18171288959351, 6.18938724870018, 6.1970172621238],
  )
})

test('airline passengers, season of degree 1 over 11 years: `stl` of R 4.2.2 without robustness or jumps', () => {
  const { trend, season } = stl(logs, 12, { span: 11, degree: 1 })
  expectClose(
    ends(season),
    [
      -0.0913626255455258, -0.0215601635174164, 0.0841512822802714, -0.0616159806726006, -0.2141463353510223,
      -0.1246856599369789,
    ],
  )
  expectClose(
    ends(trend),
    [
      4.8044353098684, 4.80984422915374, 4.81519088079549, 6.17808314167053, 6.18506169683307,
      6.19201602817897,
    ],
  )
})

test('a line plus a season that sums to zero comes back as that line and that season', () => {
  const season = [3, -1, -4, 2]
  const values = Array.from({ length: 24 }, (_, t) => 10 + 0.5 * t + season[t % 4]!)
  const found = stl(values, 4, { span: 7, degree: 1 })
  expectClose(
    [...found.season],
    values.map((_, t) => season[t % 4]!),
  )
  expectClose(
    [...found.trend],
    values.map((_, t) => 10 + 0.5 * t),
  )
})

test('the parts add up to the whole, and two periods are enough', () => {
  const found = stl(logs.slice(0, 24), 12, { span: 7, degree: 0 })
  for (let t = 0; t < 24; t++)
    expect(found.trend[t]! + found.season[t]! + found.remainder[t]!).toBeCloseTo(logs[t]!, 12)
})

test('loess of degree 1 keeps a line, even beyond its ends', () => {
  expectClose([...loess(Float64Array.of(1, 2, 3, 4, 5), 3, 1, 1)], [0, 1, 2, 3, 4, 5, 6])
})
