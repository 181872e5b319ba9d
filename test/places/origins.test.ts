import { expect, test } from 'vitest'
import type { WorkingHall } from '../../src/places/drawing.ts'
import { surroundings } from '../../src/places/drawing.ts'
import { departmentMoves, originsOf } from '../../src/places/origins.ts'

const at = (km: number) => ({ lat: 46 + km / 111.195, lon: 0 })
const commune = (code: string, department: string, km: number) => ({
  code,
  department,
  population: 1_000,
  ...at(km),
})
const hall = (insee: string, department: string, km: number, to?: WorkingHall['to']): WorkingHall => ({
  insee,
  department,
  population: 1_000,
  stations: undefined,
  from: undefined,
  to,
  ...at(km),
})
const communes = [commune('1', 'A', 0), commune('2', 'A', 20), commune('3', 'B', 30)]
const halls = [hall('1', 'A', 0), hall('3', 'B', 30), hall('2', 'A', 20, '2026-Q4')]

test('those who come are told by commune, with what stays, leaves and enters', () => {
  const found = originsOf(surroundings(communes, halls, 'A'), { insee: '1', department: 'A' }, '2027-Q1')!
  expect(found.communes.map(({ code }) => code)).toEqual(['1', '2', '3'])
  expect(found.people).toBeCloseTo(
    found.communes.reduce((sum, one) => sum + one.people, 0),
    9,
  )
  expect(found.fromElsewhere).toBeCloseTo(1 - found.communes[0]!.people / found.people, 12)
  const { residents, leaving, entering, received } = found.balance
  expect(received).toBeCloseTo(residents - leaving + entering, 9)
  expect(received).toBeCloseTo(found.people, 9)
  expect(departmentMoves(surroundings(communes, halls, 'A'), 'A', '2027-Q1')).toEqual(found.balance)
  expect(departmentMoves(surroundings(communes, halls, 'C'), 'C', '2027-Q1')).toBeUndefined()
})

test('a hall that has closed receives nobody', () => {
  expect(
    originsOf(surroundings(communes, halls, 'A'), { insee: '2', department: 'A' }, '2027-Q1'),
  ).toBeUndefined()
  expect(
    originsOf(surroundings(communes, halls, 'A'), { insee: '2', department: 'A' }, '2026-Q4'),
  ).toBeDefined()
})
