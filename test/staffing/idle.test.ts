import { expect, it } from 'vitest'
import { idleOf } from '../../src/staffing/idle.ts'

const team = { startStock: 0, months: ['2027-01', '2027-02'] }

it('counts capacity without a file outside the peaks, and in all', () => {
  const idle = idleOf(team, [100, 100], [Float64Array.of(80, 100)])
  expect(idle.share).toBeCloseTo(0.2, 12)
  expect(idle.shareAll).toBeCloseTo(0.1, 12)
  expect(idle.months.map(month => month.peak)).toEqual([false, true])
})

it('decides what waits before it is idle, over the paths', () => {
  const late = Float64Array.of(150, 60)
  const early = Float64Array.of(50, 60)
  const idle = idleOf(team, [100, 100], [late, early])
  // 100 then 100 of 110 on one path, 50 then 60 on the other.
  expect(idle.months.map(month => month.decided)).toEqual([75, 80])
  expect(idle.shareAll).toBeCloseTo(1 - 155 / 200, 12)
})

it('has no share outside the peaks when every month is one', () => {
  expect(idleOf(team, [100, 100], [Float64Array.of(99, 100)]).share).toBeUndefined()
})
