import { expect, it } from 'vitest'
import { COMMUNE_CODE, DEPARTMENT_CODE, isPlaceCode } from '../../../src/pure/figures/place-code.ts'

it('tells departments, communes and the country by how their codes are written', () => {
  expect(['01', '16', '2A', '971', '988'].every(code => DEPARTMENT_CODE.test(code))).toBe(true)
  expect(['1', '160', '2C', '2a', '16102'].some(code => DEPARTMENT_CODE.test(code))).toBe(false)
  expect(['01001', '2B033', '97411'].every(code => COMMUNE_CODE.test(code))).toBe(true)
  expect(['1001', '2AB33', '160102'].some(code => COMMUNE_CODE.test(code))).toBe(false)
  expect(['FR', '16', '16102'].every(isPlaceCode)).toBe(true)
  expect(['', 'fr', 'XX', '16 102'].some(isPlaceCode)).toBe(false)
})
