import fc from 'fast-check'
import { expect, test } from 'vitest'
import { number } from '../../../src/imports/cells/number-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }
const percent = number({ min: 0, max: 1e9, percent: true })

test.each([
  ['13', 13],
  ['13,5', 13.5],
  ['13.5', 13.5],
  ['1 234', 1234],
  ['1\u202f234\u00a0567,25', 1234567.25],
  ['1234567', 1234567],
  ['77,8 %', 77.8],
  ['77,8\u00a0%', 77.8],
  ['0', 0],
])('%j is %d', (text, value) => {
  expect(percent(text, context)).toEqual({ value })
})

test('a minus sign of typographers is a minus', () => {
  expect(number({ min: -5, max: 0 })('\u22123,5', context)).toEqual({ value: -3.5 })
})

test('bounds are allowed', () => {
  const days = number({ min: 0, max: 1500 })
  expect(days('0', context)).toEqual({ value: 0 })
  expect(days('1500', context)).toEqual({ value: 1500 })
  expect(days('1500,01', context)).toMatchObject({ flaw: { code: 'out-of-range' } })
})

test('any amount written the French or the English way is read back', () => {
  const amount = fc.integer({ min: 0, max: 99_999_999 }).map(cents => cents / 100)
  fc.assert(
    fc.property(amount, value => {
      for (const text of [String(value), String(value).replace('.', ','), value.toLocaleString('fr-FR')]) {
        expect(percent(text, context)).toEqual({ value })
      }
    }),
  )
})
