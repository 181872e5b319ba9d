import { expect, it } from 'vitest'
import { chancesInTen } from '../../../src/pure/french/chances.ts'

it.each([
  [0.9, '9 chances sur 10'],
  [0.14, '1 chance sur 10'],
  [0.05, '5 chances sur 100'],
  [0.95, '95 chances sur 100'],
  [0.949, '9 chances sur 10'],
  [0.97, '97 chances sur 100'],
  [0.012, '1 chance sur 100'],
  [1, 'plus de 99 chances sur 100'],
  [0, 'moins de 1 chance sur 100'],
])('a probability of %d is told as %s', (probability, words) => {
  expect(chancesInTen(probability)).toBe(words)
})
