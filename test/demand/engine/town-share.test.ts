import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  drawLevels,
  hallLevels,
  levelsAmong,
  openHalls,
  type SharingHall,
} from '../../../src/demand/engine/town-share.ts'

const hall = (insee: string, population: number, changes: Partial<SharingHall> = {}): SharingHall => ({
  insee,
  population,
  openedOn: undefined,
  closedOn: undefined,
  counted: undefined,
  ...changes,
})

describe('the level of a hall', () => {
  test('without counts: its own people and an equal part of the others, at nine tenths of the national rate', () => {
    const [small, large] = hallLevels([hall('a', 2_000), hall('b', 8_000)], 30_000, 1_000_000)
    expect(Math.exp(small?.mean ?? 0)).toBeCloseTo((0.9 * 12_000) / 1_000_000, 12)
    expect(Math.exp(large?.mean ?? 0)).toBeCloseTo((0.9 * 18_000) / 1_000_000, 12)
    expect(small?.counted).toBe(false)
  })

  test('counts pull it by their precision: two years weigh more than one month', () => {
    const counted = (months: number) => ({
      requests: 200 * months,
      nationalRequests: 10_000 * months,
      months,
    })
    const level = (months: number) =>
      hallLevels([hall('a', 2_000, { counted: counted(months) }), hall('b', 8_000)], 30_000, 1_000_000)[0]
    const truth = Math.log(0.02)
    const [one, many] = [level(1), level(24)]
    expect(Math.abs((many?.mean ?? 0) - truth)).toBeLessThan(Math.abs((one?.mean ?? 0) - truth))
    expect(Math.abs((many?.mean ?? 0) - truth)).toBeLessThan(0.05)
    expect(many?.spread).toBeLessThan(one?.spread ?? 0)
  })

  test('a hall that counted nothing at all is not a hall without counts', () => {
    const [silent] = hallLevels(
      [hall('a', 2_000, { counted: { requests: 0, nationalRequests: 100_000, months: 24 } })],
      30_000,
      1_000_000,
    )
    expect(Number.isFinite(silent?.mean)).toBe(true)
    expect(silent?.mean).toBeLessThan(Math.log(0.001))
  })
})

test('halls without counts share what those with counts leave of the department', () => {
  const halls = [
    hall('a', 2_000, { counted: { requests: 4_800, nationalRequests: 1_000_000, months: 24 } }),
    hall('b', 8_000),
    hall('c', 3_000),
  ]
  const levels = hallLevels(halls, 30_000, 1_000_000)
  const drawn = drawLevels(levels, 0.9, 0.03, () => 0)
  expect(drawn.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.9 * 0.03, 9)
  expect(drawn[0]).toBeCloseTo(Math.exp(levels[0]?.mean ?? 0), 12)
})

test('closing and opening keep the total, whoever is there', () => {
  const levels = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(levels, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (all, doors) => {
      const open = all.map((_, i) => i === 0 || doors[i] === true)
      const shared = levelsAmong(all, open)
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
      expect(sum(shared)).toBeCloseTo(sum(all), 9)
      expect(shared.every((level, i) => open[i] || level === 0)).toBe(true)
    }),
  )
})

test('a hall takes requests from the quarter it opens to the quarter it closes', () => {
  const halls = [hall('a', 1, { openedOn: '2024-05-15' }), hall('b', 1, { closedOn: '2024-05-15' })]
  expect(openHalls(halls, '2024-Q1')).toEqual([false, true])
  expect(openHalls(halls, '2024-Q2')).toEqual([true, true])
  expect(openHalls(halls, '2024-Q3')).toEqual([true, false])
})
