import { expect, test } from 'vitest'
import type { Residents } from '../../src/places/catchment.ts'
import { drawings, isOpen, surroundings, type WorkingHall } from '../../src/places/drawing.ts'

const at = (km: number) => ({ lat: 46 + km / 111.195, lon: 0 })
const commune = (code: string, department: string, population: number, km: number): Residents => ({
  code,
  department,
  population,
  ...at(km),
})
const hall = (
  insee: string,
  department: string,
  km: number,
  changes: Partial<WorkingHall> = {},
): WorkingHall => ({
  insee,
  department,
  population: 1_000,
  stations: undefined,
  from: undefined,
  to: undefined,
  ...at(km),
  ...changes,
})
const communes = [commune('1', 'A', 6_000, 0), commune('2', 'A', 3_000, 20), commune('3', 'B', 9_000, 40)]

test('a hall works from the quarter it opens to the quarter it closes', () => {
  const hall = { from: '2024-Q2', to: '2025-Q1' } as const
  expect(
    (['2024-Q1', '2024-Q2', '2025-Q1', '2025-Q2'] as const).map(quarter => isOpen(hall, quarter)),
  ).toEqual([false, true, true, false])
})

test('without openings nothing moves, and the halls of two departments receive everybody', () => {
  const halls = [hall('a', 'A', 0), hall('b', 'B', 40)]
  const [a, b] = ['A', 'B'].map(department => drawings(surroundings(communes, halls, department), department))
  expect([...a!.keys(), ...b!.keys()]).toEqual(['a', 'b'])
  expect(a!.get('a')!.people + b!.get('b')!.people).toBeCloseTo(18_000, 6)
  expect(a!.get('a')!.presence).toEqual([])
})

test('a hall that opens takes from its neighbours, nearest first', () => {
  const halls = [hall('a', 'A', 0), hall('c', 'A', 20, { from: '2027-Q1' }), hall('d', 'A', 35)]
  const drawn = drawings(surroundings(communes, halls, 'A'), 'A')
  const share = (insee: string, at: number) => drawn.get(insee)!.presence[at]!.share
  expect(drawn.get('a')!.presence.map(({ from }) => from)).toEqual(['0001-Q1', '2027-Q1'])
  expect(share('c', 0)).toBe(0)
  expect(share('c', 1)).toBeCloseTo(1, 12)
  expect(share('a', 0)).toBeGreaterThan(1)
  const before = [...drawn.values()].reduce((sum, one) => sum + one.people * one.presence[0]!.share, 0)
  const after = [...drawn.values()].reduce((sum, one) => sum + one.people * one.presence[1]!.share, 0)
  expect(before).toBeCloseTo(18_000, 6)
  expect(Math.abs(after - before)).toBeLessThan(1e-6)
})
