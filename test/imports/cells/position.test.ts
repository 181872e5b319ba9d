import { expect, test } from 'vitest'
import { isInFrance } from '../../../src/imports/cells/position.ts'

test.each([
  ['Angoulême', 45.649, 0.157],
  ['Ajaccio', 41.927, 8.737],
  ['Brest', 48.39, -4.486],
  ['Dunkerque', 51.034, 2.377],
  ['Pointe-à-Pitre', 16.241, -61.533],
  ['Saint-Martin', 18.068, -63.082],
  ['Cayenne', 4.938, -52.326],
  ['Saint-Denis de La Réunion', -20.879, 55.448],
  ['Mamoudzou', -12.78, 45.228],
  ['Nouméa', -22.271, 166.438],
  ['Papeete', -17.535, -149.57],
])('%s is in France', (_, latitude, longitude) => {
  expect(isInFrance(latitude, longitude)).toBe(true)
  expect(isInFrance(longitude, latitude)).toBe(false)
})

test.each([
  ['London', 51.507, -0.128],
  ['New York', 40.713, -74.006],
  ['nowhere', 0, 0],
])('%s is not', (_, latitude, longitude) => {
  expect(isInFrance(latitude, longitude)).toBe(false)
})
