import { expect, it } from 'vitest'
import { askedAgain, askedAnew, faultsOf, filledForm, fromForm } from '../../src/staffing/form.ts'
import { question } from './synthetic.ts'

it('reads French numbers, lists and months; leaves out empty fields; keeps the unreadable to be refused', () => {
  expect(
    fromForm({
      title: 'cni-passport',
      months: '18',
      probability: '90 %',
      budget: '120 000',
      agents: ' ',
      training: '0 ; 0,4 ; 0,8',
      contractEnds: '2027-03 2, 2027-09 0,5',
      decided: '2027-01',
      received: '2026-12 38 000, 2027-01 41200',
      growthPerYear: '−0,1',
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
    received: [
      { month: '2026-12', files: 38_000 },
      { month: '2027-01', files: 41_200 },
    ],
    growthPerYear: -0.1,
    targetDays: 'quatorze',
  })
})

it('reads back what it fills in, but for what it rounds', () => {
  const asked = question({
    budget: 120_000,
    presence: [0.86, 0.78, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    contractEnds: [{ month: '2027-03', agents: 0.5 }],
  })
  const { season: _, seed: __, firstMonth: ___, unpromisedMonths: ____, decided: _____, ...shown } = asked
  expect(fromForm(filledForm(asked))).toMatchObject({
    ...shown,
    filesPerWorkingDay: 1_428.6,
  } satisfies Partial<Record<keyof typeof shown, unknown>>)
})

it('asks with what was changed alone, and with the promise', () => {
  const filled = filledForm(question({ budget: 5_000 }))
  expect(askedAnew({ ...filled, agents: '12', budget: '' }, filled)).toEqual({
    title: 'cni-passport',
    targetDays: 14,
    probability: 0.9,
    months: 18,
    agents: 12,
    budget: undefined,
  })
})

it('asks a plan again with what it had, contracts following terms that changed', () => {
  const contracts = [
    {
      kind: 'fixed-term' as const,
      months: 9,
      leadMonths: 3,
      hiringCost: 1,
      wagePerMonth: 2,
      endPremium: 0.1,
    },
  ]
  const plan = { question: question({ contracts, filesPerWorkingDay: 1_234.56 }), demandRun: 'run' }
  const fields = filledForm(plan.question)
  expect(askedAgain(plan, fields)).toMatchObject({
    request: { filesPerWorkingDay: 1_234.56, contracts },
    changed: [],
  })
  expect(askedAgain(plan, fields).request).not.toHaveProperty('season')
  expect(askedAgain(plan, { ...fields, wagePerMonth: '3 000' })).toMatchObject({
    request: { wagePerMonth: 3_000, contracts: [{ kind: 'fixed-term', months: 9, maxPerMonth: undefined }] },
    changed: ['wagePerMonth'],
  })
})

it('tells the first fault of each field', () => {
  const issue = (path: PropertyKey[], message: string) => ({ path, message })
  expect(
    faultsOf([
      issue(['decided', 0, 'month'], 'un'),
      issue(['decided', 1], 'deux'),
      issue(['months'], 'trois'),
    ]),
  ).toEqual([
    { field: 'decided', message: 'un' },
    { field: 'months', message: 'trois' },
  ])
})
