import { describe, expect, it } from 'vitest'
import { LICENCES_2021, reconstruct } from '../../src/delays/reconstruction.ts'

const PUBLISHED = [
  { quarter: '2021-Q1', days: 14 },
  { quarter: '2021-Q2', days: 31 },
  { quarter: '2021-Q3', days: 48 },
  { quarter: '2021-Q4', days: 48 },
]
const told = (which: keyof typeof LICENCES_2021) =>
  reconstruct(LICENCES_2021[which].supposition, PUBLISHED, '2021-Q4', '2021-08-31')

describe('the licences of 2021 in Charente', () => {
  it('a plain queue: 14.3, 37.5, 47.3, 47.9 days within half a day, 11,450 files on 31 August', () => {
    const { quarters, stock, worstGapDays } = told('plain')
    const expected = [14.3, 37.5, 47.3, 47.9]
    expect(quarters.map(one => one.quarter)).toEqual(PUBLISHED.map(one => one.quarter))
    for (const [i, { days }] of quarters.entries()) expect(Math.abs(days! - expected[i]!)).toBeLessThan(0.06)
    expect(stock).toEqual({ day: '2021-08-31', files: 11_450 })
    expect(worstGapDays).toBeCloseTo(37.51 - 31, 1)
  })

  it('with a lane, all four published quarters within a day: the figures cannot choose', () => {
    const { worstGapDays, stock } = told('express')
    expect(worstGapDays).toBeLessThan(1)
    expect(stock.files).toBeCloseTo(11_985.2, 6)
  })
})

it('says nothing of a gap where nothing was published', () => {
  const { quarters, worstGapDays } = reconstruct(LICENCES_2021.plain.supposition, [], '2021-Q2', '2021-08-31')
  expect(quarters.map(one => one.gapDays)).toEqual([undefined, undefined])
  expect(worstGapDays).toBeUndefined()
})
