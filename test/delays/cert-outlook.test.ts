import { describe, expect, it } from 'vitest'
import { CERT_CHANGES } from '../../src/delays/cert-lever.ts'
import {
  type CertFacts,
  certOutlook,
  certParameters,
  projectCertOutlook,
} from '../../src/delays/cert-outlook.ts'
import { exactly } from '../../src/pure/figures/lever.ts'
import { normal, seededRandom } from '../../src/pure/numerics/series/random.ts'

const CARDS = [
  { quarter: '2021-Q1', days: 6 },
  { quarter: '2021-Q2', days: 8 },
  { quarter: '2021-Q3', days: 14 },
  { quarter: '2021-Q4', days: 26 },
]
const LICENCES = [
  { quarter: '2021-Q1', days: 14 },
  { quarter: '2021-Q2', days: 31 },
  { quarter: '2021-Q3', days: 48 },
  { quarter: '2021-Q4', days: 48 },
]
const flat = (changes: Partial<CertFacts>): CertFacts => {
  const random = seededRandom(1)
  return {
    observed: CARDS,
    injections: [],
    teams: [],
    demand: undefined,
    targetDays: 14,
    noise: () => normal(random),
    ...changes,
  }
}
const ready = (facts: CertFacts) => {
  const outlook = certOutlook(facts)
  if ('reason' in outlook) throw new Error(outlook.reason)
  return outlook
}
const medians = (outlook: ReturnType<typeof ready>, scenario = {}) =>
  projectCertOutlook(outlook, scenario).quarters.map(one => one.backward?.median ?? Number.NaN)

describe('identity cards and passports', () => {
  it('start from the last delay and grow by the last load', () => {
    const outlook = ready(flat({}))
    expect(outlook.from).toBe('2022-Q1')
    expect(outlook.load).toBe('by-quarter')
    expect(outlook.files).toBeUndefined()
    const [first, second] = medians(outlook)
    expect(first).toBeGreaterThan(26)
    // A load of 1.21 issues files that entered a delay earlier: about 0.21 ÷ 1.21 day a day, 16 days a quarter.
    expect(second! - first!).toBeGreaterThan(12)
    expect(second! - first!).toBeLessThan(20)
  })

  it('follow the demand when there is one: half as much again than before ends above constant files', () => {
    const demand = {
      requestsIn: (months: readonly string[]) => [
        Float64Array.from(months, month => (month < '2022-01' ? 100 : 150)),
        Float64Array.from(months, month => (month < '2022-01' ? 100 : 150)),
      ],
      noise: [0, 0],
    }
    const outlook = ready(flat({ demand }))
    expect(outlook.demandFrom).toBe('projection')
    expect(medians(outlook).at(-1)).toBeGreaterThan(medians(outlook, { inflow: 'constant' }).at(-1)!)
  })

  it('an imported team gives volumes, and its agents weigh what they are', () => {
    const team = { cert: 'CERT', since: '2021-01-01', etpo: 20, filesPerAgentDay: 95 }
    const outlook = ready(flat({ teams: [team] }))
    expect(outlook.files).toEqual({ perWorkingDay: 1_900, from: 'imported-team' })
    const { team: scaled } = certParameters(outlook)
    expect(scaled.fullTimeAgents * scaled.filesPerAgentDay * scaled.presence).toBeCloseTo(1, 12)
    const decision = {
      lever: { amount: exactly(5), leadWeeks: 0, change: CERT_CHANGES['more-agents'] },
      decidedOn: '2022-01-01',
    }
    const base = medians(outlook)
    const helped = medians(outlook, { decisions: [decision] })
    for (const [i, days] of helped.entries()) expect(days).toBeLessThan(base[i]!)
  })
})

describe('licences', () => {
  it('an injection of known size gives the volumes: about 343 files a working day', () => {
    const outlook = ready(flat({ observed: LICENCES, injections: [{ day: '2021-03-31', files: 8_000 }] }))
    expect(outlook.load).toBe('steady')
    expect(outlook.files?.from).toBe('injection')
    expect(Math.abs(outlook.files!.perWorkingDay - 345)).toBeLessThan(5)
    expect(Math.abs(outlook.startWorkDays * outlook.files!.perWorkingDay - 11_450)).toBeLessThan(500)
    expect(outlook.calibration.notIdentifiable.join(' ')).toContain('hors du rang')
    // A steady queue keeps its delay.
    for (const days of medians(outlook)) expect(Math.abs(days - 46)).toBeLessThan(5)
  })
})

it('no projection without delays, or across a gap', () => {
  expect(certOutlook(flat({ observed: [] }))).toEqual({ reason: 'too-few-quarters' })
  expect(certOutlook(flat({ observed: [CARDS[0]!, CARDS[2]!] }))).toEqual({ reason: 'gap-between-quarters' })
})
