import { describe, expect, test } from 'vitest'
import { nextPublication } from '../../src/imports/rhythm.ts'

const MONTHLY = ['2026-03-01', '2026-01-01', '2026-02-01', '2026-02-01']

describe('the next publication of a source', () => {
  test('comes after the median of its gaps, from the shortest to the longest', () => {
    expect(nextPublication(MONTHLY, '2026-03-02')).toEqual({
      state: 'expected',
      day: '2026-03-31',
      earliest: '2026-03-29',
      latest: '2026-04-01',
      everyDays: 30,
    })
  })

  test('is late once its day is past, and no longer expected after twice the longest gap', () => {
    expect(nextPublication(MONTHLY, '2026-03-31').state).toBe('expected')
    expect(nextPublication(MONTHLY, '2026-04-01')).toMatchObject({ state: 'late', day: '2026-03-31' })
    expect(nextPublication(MONTHLY, '2026-05-02').state).toBe('late')
    expect(nextPublication(MONTHLY, '2026-05-03')).toEqual({ state: 'silent' })
  })

  test('is not told of fewer than three days, nor without a rhythm', () => {
    expect(nextPublication([], '2026-03-02')).toEqual({ state: 'too-few' })
    expect(nextPublication(['2026-01-01', '2026-02-01', '2026-02-01'], '2026-03-02').state).toBe('too-few')
    expect(nextPublication(['2026-01-01', '2026-01-02', '2026-11-01'], '2026-11-02').state).toBe('irregular')
  })

  test('follows the last eight gaps when a source changes its rhythm', () => {
    const yearly = ['2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01']
    const daily = Array.from({ length: 9 }, (_, i) => `2024-02-0${i + 1}`)
    expect(nextPublication([...yearly, ...daily], '2024-02-09')).toMatchObject({
      state: 'expected',
      day: '2024-02-10',
      earliest: '2024-02-10',
      latest: '2024-02-10',
    })
  })
})
