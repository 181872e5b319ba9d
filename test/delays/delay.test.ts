import { expect, test } from 'vitest'
import { againstTarget } from '../../src/delays/delay.ts'

test('a target of fourteen days is met on the fourteenth and missed after it', () => {
  expect(againstTarget(14, 14)).toEqual({ late: false, excessDays: 0 })
  expect(againstTarget(26, 14)).toEqual({ late: true, excessDays: 12 })
  expect(againstTarget(6, 14)).toEqual({ late: false, excessDays: 0 })
})
