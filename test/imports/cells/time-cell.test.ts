import { expect, test } from 'vitest'
import { readTime } from '../../../src/imports/cells/time-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }

test.each([
  ['8h30', '08:30'],
  ['8 h 30', '08:30'],
  ['08:30', '08:30'],
  ['8H', '08:00'],
  ['17:00:00', '17:00'],
  ['0h00', '00:00'],
  ['23:59', '23:59'],
])('%s is %s', (text, value) => {
  expect(readTime(text, context)).toEqual({ value })
})

test.each(['24:00', '8:60', '8', 'midi', '8h3', '08:30:15', ''])('%s is no time', text => {
  expect(readTime(text, context)).toMatchObject({ flaw: { code: 'invalid-time' } })
})
