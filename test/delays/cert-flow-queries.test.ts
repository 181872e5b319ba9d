import { expect, test } from 'vitest'
import { daysFrom, workingDayShares } from '../../src/delays/cert-capacity.ts'
import { flowOf } from '../../src/delays/cert-flow.ts'
import { flowPoints } from '../../src/delays/cert-flow-queries.ts'
import { evenlyAged } from '../../src/delays/cert-queue.ts'
import { addDays } from '../../src/pure/calendar/day.ts'
import { firstDay, lastDay, monthsBetween } from '../../src/pure/calendar/period.ts'

const months = monthsBetween('2027-01', '2027-03')
const [from, to] = [firstDay('2027-01'), lastDay('2027-03')]
const days = daysFrom(from, addDays(to, 500))
const flow = (files: number) => ({
  from,
  to,
  months,
  requests: [3_000, 3_300].map(each => Float64Array.from(months, () => each)),
  counters: undefined,
  capacity: Float64Array.from(days, () => files),
  start: evenlyAged(1_500, 14),
  targetDays: 14,
  shares: workingDayShares(from, to),
})
const periods = months.map(period => ({ period, first: firstDay(period), last: lastDay(period) }))

test('a flow is followed once, another one for itself', async () => {
  const first = flowPoints(flow(100), periods)
  expect(flowPoints(flow(100), periods)).toBe(first)
  expect(await first).toEqual(flowOf(flow(100), periods))
  expect(await flowPoints(flow(120), periods)).toEqual(flowOf(flow(120), periods))
  expect(flowPoints(flow(100), periods.slice(1))).not.toBe(first)
})
