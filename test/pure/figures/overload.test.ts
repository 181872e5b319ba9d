import { expect, it } from 'vitest'
import { addQuarters } from '../../../src/pure/calendar/period.ts'
import { impliedOverload } from '../../../src/pure/figures/overload.ts'

const from2021 = (...days: number[]) => days.map((d, i) => ({ quarter: addQuarters('2021-Q1', i), days: d }))
const percent = (value: number | undefined) => value && Math.round(value * 1000) / 10

it('is +2.2, +6.6, +13.0 % for CNI and passports in 2021', () => {
  const overload = impliedOverload(from2021(6, 8, 14, 26))
  expect(overload.map(o => percent(o.overload))).toEqual([undefined, 2.2, 6.6, 13])
  expect(overload[3]!.overload).toBeCloseTo(12 / 92, 12)
})

it('is +15.5, +7.7, +1.1, +40.7 % for appointments to the first quarter of 2022', () => {
  const overload = impliedOverload(from2021(19, 33, 40, 41, 78))
  expect(overload.slice(1).map(o => percent(o.overload))).toEqual([15.5, 7.7, 1.1, 40.7])
})

it('says nothing after a gap', () => {
  const [, after] = impliedOverload([
    { quarter: '2021-Q3', days: 40 },
    { quarter: '2021-Q1', days: 19 },
  ])
  expect(after).toEqual({ quarter: '2021-Q3', days: 40, overload: undefined })
})
