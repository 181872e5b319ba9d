import { describe, expect, test } from 'vitest'
import {
  etsMember,
  levelMember,
  seasonalNaiveMember,
  stlMember,
  thetaMember,
} from '../../../../src/pure/numerics/series/members.ts'
import { AIR_PASSENGERS } from './air-passengers.ts'

const training = AIR_PASSENGERS.slice(0, 132)
const truth = AIR_PASSENGERS.slice(132)

describe('each member forecasts the last year of the airline passengers within 6 %', () => {
  for (const member of [
    etsMember(training, 12, 12)!,
    thetaMember(training, 12, 12),
    stlMember(training, 12, 12),
  ])
    test(member.name, () => {
      const error = truth.reduce((sum, value, h) => sum + Math.abs(member.mean[h]! - value) / value / 12, 0)
      expect(error).toBeLessThan(0.06)
      expect(member.residuals).toHaveLength(132)
      for (const deviation of member.deviation) expect(deviation).toBeGreaterThan(0)
    })
})

test('from too few values: the level, with a fifth of a lone value as its noise', () => {
  expect(levelMember([4, 8], 2).mean).toEqual([6, 6])
  expect(levelMember([100], 1).deviation).toEqual([20])
  expect(levelMember([5, 5, 5], 1).deviation).toEqual([0])
})

test('the refuge repeats the last period', () => {
  expect(seasonalNaiveMember([1, 2, 3, 2, 3, 4], 3, 4).mean).toEqual([2, 3, 4, 2])
  expect(seasonalNaiveMember([1, 2, 3, 2, 3, 4], 3, 1).deviation).toEqual([1])
})
