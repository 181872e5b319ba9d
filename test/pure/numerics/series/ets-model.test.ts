import { expect, test } from 'vitest'
import { admissibleForms, formName } from '../../../../src/pure/numerics/series/ets-model.ts'

test('fifteen models with a season, six without, additive only where a value is not positive', () => {
  expect(admissibleForms(true, true).map(formName)).toEqual([
    'ANN',
    'AAN',
    'AAdN',
    'MNN',
    'MAN',
    'MAdN',
    'ANA',
    'AAA',
    'AAdA',
    'MNA',
    'MAA',
    'MAdA',
    'MNM',
    'MAM',
    'MAdM',
  ])
  expect(admissibleForms(false, true)).toHaveLength(6)
  expect(admissibleForms(true, false).every(form => form.error === 'A')).toBe(true)
})
