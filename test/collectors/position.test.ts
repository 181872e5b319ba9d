import { expect, test } from 'vitest'
import { kilometres, nearby } from '../../src/collectors/position.ts'

test('Angoulême to Cognac, and back', () => {
  const [angouleme, cognac] = [
    { lat: 45.6484, lon: 0.1562 },
    { lat: 45.6958, lon: -0.3287 },
  ]
  expect(kilometres(angouleme, cognac)).toBeCloseTo(38.0, 1)
  expect(kilometres(cognac, angouleme)).toBe(kilometres(angouleme, cognac))
  expect(nearby(angouleme, cognac, 30)).toBe(false)
  expect(kilometres({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(Math.PI * 6371, 6)
})
