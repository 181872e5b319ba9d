import { expect, it } from 'vitest'
import { fromForm } from '../../src/staffing/form.ts'

it('reads French numbers, lists and months; leaves out empty fields; keeps the unreadable to be refused', () => {
  expect(
    fromForm({
      title: 'cni-passport',
      months: '18',
      probability: '0,9',
      budget: '120 000',
      agents: ' ',
      training: '0 ; 0,4 ; 0,8',
      contractEnds: '2027-03 2, 2027-09 0,5',
      decided: '2027-01',
      targetDays: 'quatorze',
    }),
  ).toEqual({
    title: 'cni-passport',
    months: 18,
    probability: 0.9,
    budget: 120_000,
    training: [0, 0.4, 0.8],
    contractEnds: [
      { month: '2027-03', agents: 2 },
      { month: '2027-09', agents: 0.5 },
    ],
    decided: [{ month: '2027-01', agents: 1 }],
    targetDays: 'quatorze',
  })
})
