import { describe, expect, it } from 'vitest'
import { inForce } from '../../../src/pure/law/dated.ts'
import {
  APPOINTMENT_MINUTES,
  APPOINTMENT_TARGET_DAYS,
  DELIVERY_TARGET_DAYS,
  EXAMINATION_TARGET_DAYS,
  ISSUANCE_TARGET_DAYS,
  OVERLOAD_REQUESTS,
  PLAN_LONGEST_MINUTES,
  PLAN_STATION_HOURS,
  PRODUCTIVITY_TARGET,
  STATION_HOURS,
} from '../../../src/pure/law/targets.ts'

describe('targets', () => {
  it.each([
    [ISSUANCE_TARGET_DAYS, '2021-01-01', 14],
    [EXAMINATION_TARGET_DAYS, '2024-01-01', 15],
    [DELIVERY_TARGET_DAYS, '2024-01-01', 21],
    [OVERLOAD_REQUESTS, '2022-04-01', 3750],
    [APPOINTMENT_MINUTES, '2022-04-01', 15],
    [STATION_HOURS, '2022-04-01', 30],
    [PLAN_LONGEST_MINUTES, '2022-05-04', 20],
    [PLAN_STATION_HOURS, '2022-05-04', 35],
    [PRODUCTIVITY_TARGET, '2022-04-05', 80],
  ])('$label begins on %s', (target, from, value) => {
    expect(inForce(target, from)).toBe(value)
    expect(() => inForce(target, '2020-12-31')).toThrow(RangeError)
  })

  it('of the wait go from 30 to 20 days in the autumn of 2023', () => {
    const wait = (day: string) => inForce(APPOINTMENT_TARGET_DAYS, day)
    expect(['2023-01-01', '2023-06-21', '2023-09-22', '2023-09-23'].map(wait)).toEqual([30, 30, 30, 20])
    expect(() => wait('2022-12-31')).toThrow(RangeError)
  })

  it('leave the plan of May 2022 its 105 appointments a week and station, where 125 were announced', () => {
    const day = '2022-05-04'
    expect((inForce(PLAN_STATION_HOURS, day) * 60) / inForce(PLAN_LONGEST_MINUTES, day)).toBe(105)
    expect((inForce(STATION_HOURS, day) * 60) / inForce(APPOINTMENT_MINUTES, day)).toBe(120)
  })
})
