import { expect, it } from 'vitest'
import {
  contractCode,
  contractFaults,
  contractName,
  END_PREMIUM,
  OFFERED,
  offeredTerms,
} from '../../src/staffing/contract.ts'

const common = { leadMonths: 3, hiringCost: 1_500, wagePerMonth: 3_300 }

it('pays the premium of the end for terms of a year at most, and none for a season or a post', () => {
  const premium = (kind: 'permanent' | 'fixed-term' | 'seasonal', months?: number) =>
    offeredTerms({ kind, months }, common).endPremium
  expect(premium('fixed-term', 12)).toBe(END_PREMIUM.value)
  expect(premium('fixed-term', 13)).toBe(0)
  expect(premium('seasonal', 6)).toBe(0)
  expect(premium('permanent')).toBe(0)
})

it('names each contract offered once, and the post first', () => {
  const codes = OFFERED.map(contractCode)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes[0]).toBe('permanent')
  expect(contractName({ kind: 'fixed-term', months: 12 }).replaceAll('\u00a0', ' ')).toBe(
    'contrat de 12 mois',
  )
  expect(contractFaults(OFFERED)).toEqual([])
})

it('tells every fault at once, with its place', () => {
  const faults = contractFaults([
    { kind: 'permanent', months: 6 },
    { kind: 'seasonal', months: 7 },
    { kind: 'fixed-term' },
    { kind: 'fixed-term', months: 12 },
    { kind: 'fixed-term', months: 12 },
  ])
  expect(faults.map(([place]) => place)).toEqual([0, 1, 2, 4])
})
