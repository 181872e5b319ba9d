import { describe, expect, it } from 'vitest'
import type { DemandSample } from '../../src/demand/demand-sample.ts'
import { exactly } from '../../src/pure/figures/lever.ts'
import { moreHours, sharing } from '../../src/waits/lever.ts'
import {
  hallSlotsPerWeek,
  type KnownHall,
  projectOutlook,
  waitOutlook,
} from '../../src/waits/wait-outlook.ts'

const INSEES = ['16015', '16102', '16374']
/** Ten thousand requests a month in the nation, three halls that receive 2, 1 and 1 % of them, a little noise. */
function sampleOf(paths: number): DemandSample {
  return {
    halls: INSEES.map(insee => ({ insee, presence: [] })),
    corrected: new Map(),
    paths: Array.from({ length: paths }, (_, p) => {
      const tilt = Math.exp(0.4 * Math.sin(7 * p))
      const months = new Float64Array(400).fill(5_000 * (1 + 0.1 * Math.cos(3 * p)))
      const levels = [0.02 * tilt, 0.01, 0.01 / tilt]
      return {
        national: { cni: months, passport: months },
        levels: { cni: levels, passport: levels },
        noise: Math.sin(11 * p),
        corrections: { cni: new Float64Array(), passport: new Float64Array() },
      }
    }),
  }
}
const WAITS = [
  { quarter: '2021-Q4', days: 41 },
  { quarter: '2022-Q1', days: 60 },
]
const hall = (insee: string, changes: Partial<KnownHall> = {}): KnownHall => ({
  insee,
  name: insee,
  stations: undefined,
  hours: undefined,
  closures: [],
  withoutAppointment: false,
  observed: undefined,
  ...changes,
})
const outlookOf = (halls: KnownHall[], waits = WAITS) => waitOutlook({ sample: sampleOf(60), waits, halls })
const medians = (quarters: readonly { wait: { median: number | undefined } }[]) =>
  quarters.map(one => one.wait.median ?? Number.POSITIVE_INFINITY)

describe('a department whose stations are not known', () => {
  const outlook = outlookOf(INSEES.map(insee => hall(insee)))

  it('starts from its last wait, with slots that explain how it rose', () => {
    expect(outlook.from).toBe('2022-Q2')
    expect(outlook.halls.map(one => [one.startFrom, one.startDays])).toEqual([
      ['department', 60],
      ['department', 60],
      ['department', 60],
    ])
    // 19 days in 91 is +20.9 %: the slope goes on when requests and slots stay as they are.
    const [first, second] = medians(projectOutlook(outlook, { limitDays: 30 }).pooled)
    expect(second! - first!).toBeGreaterThan(0.209 * 91 - 5)
    expect(second! - first!).toBeLessThan(0.209 * 91 + 5)
  })

  it('shares its slots between halls like the demand', () => {
    const slots = outlook.halls.map(hallSlotsPerWeek)
    expect(slots.reduce((a, b) => a + b, 0)).toBeCloseTo(outlook.requestsPerWeek, 6)
    expect(slots[0]! / slots[1]!).toBeGreaterThan(1.5)
  })

  it('pooled slots are never worse than halls apart, and a common booking is between', () => {
    const apart = projectOutlook(outlook, { limitDays: 30 })
    const decision = { lever: sharing({ amount: exactly(0.5), leadWeeks: 0 }), decidedOn: '2022-04-01' }
    const shared = projectOutlook(outlook, { limitDays: 30, decisions: [decision] })
    const last = (quarters: typeof apart.pooled) => medians(quarters).at(-1)!
    expect(last(apart.pooled)).toBeLessThanOrEqual(last(apart.meanOfRequests) + 1e-9)
    expect(last(shared.meanOfRequests)).toBeLessThanOrEqual(last(apart.meanOfRequests) + 1e-9)
  })

  it('more hours shorten its wait from their first effect', () => {
    const decision = {
      lever: moreHours('16015', { amount: exactly(20), leadWeeks: 26 }),
      decidedOn: '2022-04-01',
    }
    const before = projectOutlook(outlook, { limitDays: 30 }).halls[0]!
    const after = projectOutlook(outlook, { limitDays: 30, decisions: [decision] }).halls[0]!
    if ('reason' in before || 'reason' in after) throw new Error('not projected')
    expect(medians(after.quarters).at(-1)).toBeLessThan(medians(before.quarters).at(-1)!)
  })

  it('more days of wait at the start never end in fewer', () => {
    const longer = outlookOf(
      INSEES.map(insee => hall(insee, { observed: { observation: { kind: 'wait', days: 90 }, source: '' } })),
    )
    const [a, b] = [outlook, longer].map(one => medians(projectOutlook(one, { limitDays: 30 }).pooled))
    for (const [i, days] of a!.entries()) expect(b![i]).toBeGreaterThanOrEqual(days)
  })
})

describe('halls that are known', () => {
  it('use their own stations and hours', () => {
    const outlook = outlookOf([
      hall('16015', { stations: 2, hours: [6, 6, 6, 6, 6, 0, 0] }),
      hall('16102'),
      hall('16374'),
    ])
    expect(outlook.halls.map(one => one.capacity)).toEqual(['imported', 'implied', 'implied'])
    // 2 stations × 30 hours × 60 ÷ (15 + 5) minutes.
    expect(hallSlotsPerWeek(outlook.halls[0]!)).toBeCloseTo(180, 9)
  })

  it('without appointment wait 0 by design; a full book is a lower bound', () => {
    const outlook = outlookOf([
      hall('16015', { withoutAppointment: true }),
      hall('16102', { observed: { observation: { kind: 'book-full', atLeastDays: 80 }, source: 'relevé' } }),
      hall('16374'),
    ])
    const [walkIn, full] = projectOutlook(outlook, { limitDays: 30 }).halls
    expect(walkIn).toEqual({ hall: '16015', reason: 'no-appointment' })
    expect(full).toMatchObject({ atLeast: true })
    expect(outlook.halls[1]?.startDays).toBe(80)
  })
})
