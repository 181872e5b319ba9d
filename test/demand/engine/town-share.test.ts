import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  drawLevels,
  hallLevels,
  levelsAmong,
  presences,
  type SharingHall,
} from '../../../src/demand/engine/town-share.ts'

const hall = (insee: string, people: number, changes: Partial<SharingHall> = {}): SharingHall => ({
  insee,
  people,
  spread: 0.3,
  presence: [],
  counted: undefined,
  ...changes,
})
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('the level of a hall', () => {
  test('without counts: the people that it draws, at nine tenths of the national rate', () => {
    const [small] = hallLevels([hall('a', 12_000), hall('b', 18_000)], 1_000_000)
    expect(Math.exp(small?.mean ?? 0)).toBeCloseTo((0.9 * 12_000) / 1_000_000, 12)
    expect(small).toMatchObject({ counted: false, spread: 0.3 })
  })

  const counted = (months: number, requests: number) => ({
    months: Array.from({ length: months }, () => ({ requests, nationalRequests: 10_000 })),
    years: 1.5,
  })

  test('counts pull it by their precision: two years weigh more than one month', () => {
    const level = (months: number) =>
      hallLevels([hall('a', 12_000, { counted: counted(months, 200) })], 1_000_000)[0]
    const truth = Math.log(0.02)
    const [one, many] = [level(1), level(24)]
    expect(Math.abs((many?.mean ?? 0) - truth)).toBeLessThan(Math.abs((one?.mean ?? 0) - truth))
    expect(Math.abs((many?.mean ?? 0) - truth)).toBeLessThan(0.08)
    expect(many?.spread).toBeLessThan(one?.spread ?? 0)
  })

  test('two years without a request tell of a hall that has no users, whatever its inhabitants', () => {
    const [silent] = hallLevels([hall('a', 25_000, { counted: counted(24, 0) })], 1_000_000)
    expect(Math.exp(silent!.mean + 1.645 * silent!.spread) * 30_000).toBeLessThan(2)
  })

  test('months that agree tell more than months that differ', () => {
    const uneven = {
      months: [100, 300, 90, 310, 120, 280].map(requests => ({ requests, nationalRequests: 10_000 })),
      years: 1.5,
    }
    const spreadOf = (of: SharingHall['counted']) =>
      hallLevels([hall('a', 12_000, { counted: of })], 1_000_000)[0]!.spread
    expect(spreadOf(uneven)).toBeGreaterThan(1.1 * spreadOf(counted(6, 200)))
  })

  describe('an amount', () => {
    const told = (low: number, high: number, years = 1.5625) => ({
      brackets: [{ low, high, probability: 1 }],
      nationalRequests: 10_000,
      years,
    })
    const levelOf = (...all: ReturnType<typeof told>[]) =>
      hallLevels([hall('a', 20_000, { told: all })], 900_000)[0]!

    test('that tells a count weighs as the years since then say, beside the prior', () => {
      const level = levelOf(told(300, 300))
      // Prior ln 0.02, variance 0.3² + 0.1²; told ln 0.03, variance 0.08² × 1.5625 = 0.1².
      expect(level.mean).toBeCloseTo(Math.log(0.03) - (Math.log(1.5) * 0.01) / 0.11, 9)
      expect(level.spread).toBeCloseTo(Math.sqrt(1 / (1 / 0.1 + 1 / 0.01)), 9)
      expect(level.counted).toBe(true)
      expect(level.follows[0]).toBeCloseTo(0.1 / 0.11, 9)
      expect(levelOf(told(300, 300, 6)).spread).toBeGreaterThan(1.5 * level.spread)
    })

    test('that tells a bound expected anyway changes nothing, and an unexpected one cuts', () => {
      const far = levelOf(told(0, 20_000))
      expect(far.mean).toBeCloseTo(Math.log(0.02), 6)
      expect(far.spread).toBeCloseTo(Math.sqrt(0.1), 6)
      const cut = levelOf(told(0, 150))
      expect(cut.mean).toBeLessThan(Math.log(0.015))
      expect(cut.spread).toBeLessThan(0.8 * Math.sqrt(0.1))
    })
  })

  test('a hall that counted nothing at all is not a hall without counts', () => {
    const [silent] = hallLevels([hall('a', 2_000, { counted: counted(24, 0) })], 1_000_000)
    expect(Number.isFinite(silent?.mean)).toBe(true)
    expect(silent).toMatchObject({ counted: true })
  })
})

test('halls without counts share what those with counts leave of the department', () => {
  const halls = [
    hall('a', 12_000, {
      counted: {
        months: Array.from({ length: 24 }, () => ({ requests: 200, nationalRequests: 40_000 })),
        years: 1.5,
      },
    }),
    hall('b', 8_000),
    hall('c', 10_000),
  ]
  const levels = hallLevels(halls, 1_000_000)
  const drawn = drawLevels(levels, 0.9 * 0.03, () => 0)
  expect(sum(drawn)).toBeCloseTo(0.9 * 0.03, 9)
  expect(drawn[0]).toBeCloseTo(Math.exp(levels[0]?.mean ?? 0), 12)
  const followed = drawLevels(
    levels,
    0.9 * 0.03,
    () => 0,
    h => (h === 0 ? Math.log(2) : 0),
  )
  expect(followed[0]).toBeCloseTo(2 * drawn[0]!, 12)
})

test('closing and opening keep the total, whoever is there', () => {
  const levels = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 })
  const presence = fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(levels, presence, (all, drawn) => {
      const there = all.map((_, i) => (i === 0 ? 1 : drawn[i]!))
      const shared = levelsAmong(all, there)
      expect(sum(shared)).toBeCloseTo(sum(all), 9)
      expect(shared.every((level, i) => there[i]! > 0 || level === 0)).toBe(true)
    }),
  )
})

test('a hall draws what the last change before a quarter lets it draw', () => {
  const presence = [
    { from: '0001-Q1', share: 0 },
    { from: '2024-Q2', share: 1.2 },
  ] as const
  const halls = [hall('a', 1, { presence }), hall('b', 1)]
  expect(presences(halls, '2024-Q1')).toEqual([0, 1])
  expect(presences(halls, '2024-Q2')).toEqual([1.2, 1])
})
