import { expect, it } from 'vitest'
import { fillSlots, listOn } from '../../../../src/pure/numerics/queues/waiting-list.ts'

const referrals = ['2024-01-01', '2024-01-04', '2024-01-10', '2024-01-16']

it('counts those who wait, people removed before the first day asked included', () => {
  const removals = ['2024-01-08', '2024-01-15']
  expect(listOn(referrals, removals, '2024-01-07')).toBe(2)
  expect(listOn(referrals, removals, '2024-01-15')).toBe(1)
  expect(listOn(referrals, removals, '2024-01-09')).toBe(1)
})

it('gives slots in the order of referral', () => {
  expect(fillSlots(referrals.slice(1), ['2024-01-03', '2024-01-05', '2024-01-18'])).toEqual([
    { referral: '2024-01-04', served: '2024-01-05' },
    { referral: '2024-01-10', served: '2024-01-18' },
    { referral: '2024-01-16', served: undefined },
  ])
})
