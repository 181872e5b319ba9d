import { expect, it } from 'vitest'
import { stepWords } from '../../src/staffing/progress.ts'

it('tells the share that is done only where the end is known', () => {
  expect(stepWords({ step: 'futures', drawn: 1_000, of: 4_000 })).toMatchObject({ share: 0.25 })
  expect(stepWords({ step: 'linear', solved: 1 })).toEqual({
    words: 'Réglage du plan sur le risque accepté : 1\u00a0essai.',
  })
  expect(stepWords({ step: 'whole', solved: 24 }).words).toContain('agents entiers : 24\u00a0essais')
})
