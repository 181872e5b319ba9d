import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, firstDay, type Month, monthsBetween, quarterOf } from '../../src/pure/calendar/period.ts'
import { drawResponse, queuePath } from '../../src/pure/numerics/queues/responsive-queue.ts'
import { normal, seededRandom } from '../../src/pure/numerics/series/random.ts'
import { readWords } from '../../src/waits/explain-now.ts'
import { factErrors, factMonth, type WaitFact } from '../../src/waits/wait-fact.ts'
import { monthBand, waitNow } from '../../src/waits/wait-now.ts'
import { pastLog, seasonOf, type WaitPlace, type WaitState, waitStates } from '../../src/waits/wait-state.ts'

const AS_OF = '2026-11-24'
const place: WaitPlace = { code: '79', kind: 'department', department: '79', halls: [] }
const hall: WaitPlace = { code: '79191', kind: 'hall', department: '79', halls: ['79191'], largest: '79191' }

function fact(code: string, period: string, days: number, status: WaitFact['status'] = 'observed'): WaitFact {
  return {
    place: code,
    period,
    granularity: period.length === 10 ? 'day' : period.length === 4 ? 'year' : 'month',
    days,
    clock: 'appointment-as-published',
    unit: 'unspecified-day',
    status,
    source: '',
    document: '',
    publishedOn: period.length === 10 ? period : '2019-01-01',
  }
}

const nation = [fact('FR', '2019-12', 20), fact('FR', '2022-05', 73), fact('FR', '2024-04', 16)]

/** Band of a month, 9 chances out of 10: of the day by default. */
function band(own: readonly WaitFact[], { of = place, month = AS_OF.slice(0, 7), asOf = AS_OF } = {}) {
  const now = waitNow({
    place: of,
    facts: [...nation, ...own],
    growth: undefined,
    asOf,
    to: quarterOf(firstDay(month)),
    paths: 150,
  })!
  const { low90, median, high90 } = monthBand(now, month, 30)
  return { low: low90!, median: median!, high: high90! }
}

const weekly = (days: readonly number[]) =>
  days.map((value, i) =>
    fact(
      '79',
      new Date(Date.UTC(2026, 10, 20 - 7 * (days.length - 1 - i))).toISOString().slice(0, 10),
      value,
    ),
  )
const between = (from: number, to: number) =>
  Array.from({ length: 26 }, (_, i) => from * (to / from) ** (i / 25))

describe('the wait of the day says what its values say', () => {
  test.each<[string, WaitFact[], { low: number; high: number; factor: number }]>([
    ['one value of last month', [fact('79', '2026-10', 20)], { low: 16, high: 24, factor: 2.5 }],
    [
      '« less than 7 » long after 120',
      [fact('79', '2022-05', 120), fact('79', '2026-10', 7, 'at-most')],
      { low: 2, high: 7, factor: 6 },
    ],
    [
      '« less than 7 » a month after 120',
      [fact('79', '2026-10', 120), fact('79', '2026-11', 7, 'at-most')],
      { low: 2, high: 7, factor: 6 },
    ],
    [
      '« more than 90 » after 10',
      [fact('79', '2026-04', 10), fact('79', '2026-10', 90, 'censored')],
      { low: 80, high: 150, factor: 5 },
    ],
    ['a single old value', [fact('79', '2019-06', 60)], { low: 8, high: 40, factor: 45 }],
    ['no wait at all', [fact('79', '2026-10', 0)], { low: 1, high: 2, factor: 2.5 }],
    [
      '700 days for two years',
      monthsBetween('2025-01', '2026-10').map(month => fact('79', month, 700)),
      { low: 600, high: 730, factor: 1.6 },
    ],
    ['weekly values falling from 90 to 12', weekly(between(90, 12)), { low: 11, high: 15, factor: 1.5 }],
    ['weekly values rising from 12 to 90', weekly(between(12, 90)), { low: 72, high: 100, factor: 1.5 }],
    [
      'values of a month that contradict each other',
      [fact('79', '2026-10', 10), fact('79', '2026-10', 100)],
      { low: 8, high: 60, factor: 16 },
    ],
  ])('%s', (_, own, { low, high, factor }) => {
    for (const of of [place, hall]) {
      const told = band(of === hall ? own.map(one => ({ ...one, place: '79191' })) : own, { of })
      expect(told.median).toBeGreaterThanOrEqual(low)
      expect(told.median).toBeLessThanOrEqual(high)
      expect(told.high / told.low).toBeLessThanOrEqual(factor)
    }
  })

  test('the last value lies inside the band of a series that goes one way', () => {
    for (const [from, to] of [
      [90, 12],
      [12, 90],
      [30, 30],
    ] as const) {
      const { low, high } = band(weekly(between(from, to)))
      expect([low < to, high > to]).toEqual([true, true])
    }
  })

  test('a bound that contradicts a value of the month before leaves that month as it was told', () => {
    const own = [fact('79', '2026-10', 120), fact('79', '2026-11', 7, 'at-most')]
    expect(band(own, { month: '2026-10' }).median).toBeGreaterThan(100)
  })

  test('a bound said again and again in one month is said once', () => {
    const told = (times: number) =>
      band(Array.from({ length: times }, () => fact('79', '2026-10', 90, 'censored')))
    expect(told(30).low / told(1).low).toBeCloseTo(1, 3)
    expect(told(30).high / told(1).high).toBeCloseTo(1, 3)
  })

  test('two bounds of one month that cannot both hold say next to nothing, whichever comes first', () => {
    const crossed = [fact('79', '2026-10', 7, 'at-most'), fact('79', '2026-10', 60, 'censored')]
    const [one, other] = [band(crossed), band(crossed.toReversed())]
    expect(one.median / other.median).toBeCloseTo(1, 1)
    expect(one.low).toBeLessThan(7)
    expect(one.high).toBeGreaterThan(40)
  })

  test('values of one month weigh as one, and the less the more they disagree', () => {
    const errors = (...days: number[]) => factErrors(days.map(value => fact('79', '2026-10', value)))
    expect(errors(20)).toEqual([0.08])
    expect(errors(20, 20)[0]).toBeCloseTo(0.08 * Math.SQRT2, 12)
    expect(errors(10, 100)[0]).toBeCloseTo(1.632, 3)
  })

  test('a first free slot of the week is that of the day, whatever its month', () => {
    const slot = (period: string, days: number, status?: WaitFact['status']): WaitFact => ({
      ...fact('79191', period, days, status),
      clock: 'first-free-slot',
    })
    const read = (period: string, asOf: string, days = 20, status?: WaitFact['status']): WaitFact => ({
      ...slot(period, days, status),
      today: asOf.slice(0, 7),
    })
    const month = slot('2026-11', 80)
    const full = slot('2026-11', 181, 'censored')
    const slotOn = (own: WaitFact[], asOf: string) => {
      const now = waitNow({
        place: hall,
        facts: [...nation, ...own],
        growth: undefined,
        asOf,
        to: quarterOf(asOf),
        paths: 150,
      })!
      return monthBand(now, asOf.slice(0, 7), 30, 'firstSlot').median!
    }
    for (const before of [[], [month], [full]]) {
      expect(slotOn([...before, read('2026-11-24', AS_OF)], AS_OF)).toBeGreaterThan(20 / 1.1)
      expect(slotOn([...before, read('2026-11-24', AS_OF)], AS_OF)).toBeLessThan(20 * 1.2)
      expect(slotOn([...before, read('2026-11-28', '2026-12-02')], '2026-12-02')).toBeLessThan(20 * 1.2)
    }
    expect(slotOn([read('2026-11-24', AS_OF, 181, 'censored')], AS_OF)).toBeGreaterThan(181)
    // What one day tells of the mean wait is less than what a month tells.
    const bandOf = (own: WaitFact[]) => {
      const { low, high } = band(own, { of: hall })
      return high / low
    }
    expect(bandOf([read('2026-11-24', AS_OF)])).toBeGreaterThan(bandOf([slot('2026-11', 20)]))
  })

  test('a value of the week is told with its clock and its day', () => {
    const told = { ...fact('79', '2026-11-24', 44), today: '2026-11' }
    expect(readWords(told, AS_OF)).toBe('attente de 44\u00a0jours, publiée pour aujourd’hui')
    expect(readWords({ ...told, clock: 'first-free-slot', status: 'censored' }, '2026-11-26')).toBe(
      'premier créneau libre à au moins 44\u00a0jours, lu le 24\u00a0novembre 2026',
    )
  })

  test('a quarter or a year that is not over stands for the month in which it was told', () => {
    const told = { ...fact('79', '2026-10', 20), publishedOn: '2026-10-20' }
    expect(factMonth({ ...told, period: '2026-Q4', granularity: 'quarter' })).toBe('2026-10')
    expect(factMonth({ ...told, period: '2026-Q3', granularity: 'quarter' })).toBe('2026-09')
    expect(factMonth({ ...told, period: '2026', granularity: 'year', publishedOn: '2026-03-02' })).toBe(
      '2026-03',
    )
    expect(factMonth({ ...told, period: '2026', granularity: 'year' })).toBe('2026-07')
  })

  test('a lower bound never lowers, an upper bound never raises', () => {
    const days = fc.double({ min: 1, max: 400, noNaN: true })
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 40 }), (value, bound, back) => {
        // The nation’s value of last month fixes the month from which futures are drawn.
        const own = [fact('FR', '2026-10', 15), fact('79', addMonths('2026-10', -back), value)]
        const told = band(own).median
        expect(band([...own, fact('79', '2026-10', bound, 'censored')]).median).toBeGreaterThan(0.999 * told)
        expect(band([...own, fact('79', '2026-10', bound, 'at-most')]).median).toBeLessThan(1.001 * told)
      }),
      { numRuns: 25 },
    )
  })
})

test('bands hold 85 to 97 % of queues that they never saw, of the day and a year later', () => {
  const random = seededRandom(22)
  const first: Month = '2019-01'
  const months = monthsBetween(first, '2027-12')
  const queue = (ratio: number, shock: number) => {
    const noise = Float64Array.from(months, () => shock * normal(random))
    const start = { days: 20 * ratio, overload: 0.05 * normal(random) }
    return queuePath(
      start,
      drawResponse(() => normal(random), ratio),
      noise,
      {},
      new Float64Array(months.length),
    )
  }
  const cases = Array.from({ length: 50 }, () => {
    const common = queue(1, 0.04)
    const apart = 0.35 * normal(random)
    let passing = 0
    const own = common.map(log => {
      passing = 0.94 * passing + 0.12 * normal(random)
      return log + apart + passing
    })
    const said = (log: number, month: Month) => Math.exp(log + seasonOf(month) + 0.1 * normal(random))
    const every = 1 + Math.floor(6 * random())
    const facts = months
      .slice(0, 94)
      .flatMap((month, m) => [
        ...(m % 5 === 0 ? [fact('FR', month, said(common[m]!, month))] : []),
        ...(m > 60 && m % every === 0 ? [fact('79', month, said(own[m]!, month))] : []),
      ])
    const now = waitNow({ place, facts, growth: undefined, asOf: AS_OF, to: '2027-Q4', paths: 150 })!
    const inside = (month: Month) => {
      const { low90, high90 } = monthBand(now, month, 30)
      const came = Math.exp(own[months.indexOf(month)]! + seasonOf(month))
      return low90! <= came && came <= high90!
    }
    return { day: inside('2026-11'), later: inside('2027-11') }
  })
  for (const of of ['day', 'later'] as const) {
    const held = cases.filter(one => one[of]).length / cases.length
    expect(held, `${of}: ${held}`).toBeGreaterThanOrEqual(0.85)
  }
})

test('halls that are read far apart on one day are told apart, each near its own slot; those that agree are left to the prior', () => {
  const halls = ['16015', '16102', '16106', '16374']
  const read = (days: readonly number[]) =>
    waitStates(
      halls.map(code => ({ code, kind: 'hall', department: '16', halls, largest: '16015' })),
      [
        ...nation,
        ...days.map((value, i) => ({
          ...fact(halls[i]!, AS_OF, value, value > 180 ? 'censored' : 'observed'),
          clock: 'first-free-slot' as const,
          today: '2026-11',
        })),
      ],
    )
  const waitOf = (state: WaitState) => Math.exp(pastLog(state, '2026-11').mean)
  const apart = read([3, 45, 181, 120])
  expect(apart.map(({ hallsApart }) => hallsApart)).toEqual([4, 4, 4, 4])
  expect(waitOf(apart[0]!)).toBeLessThan(12)
  expect(waitOf(apart[1]!)).toBeGreaterThan(15)
  expect(waitOf(apart[2]!)).toBeGreaterThan(50)
  expect(read([18, 25, 14, 30]).map(({ hallsApart }) => hallsApart)).toEqual([1, 1, 1, 1])
})

test.each([
  [1, 0.86],
  [2, 0.74],
  [4, 0.52],
])(
  'the band holds the waits of halls that stand %i times as far apart as supposed, one of six unread',
  (apart, least) => {
    const halls = ['16015', '16102', '16106', '16374', '16046', '16001']
    const chance = seededRandom(7)
    const held = Array.from({ length: 200 }, () => {
      const department = Math.log(20) + 0.5 * normal(chance)
      const spreads = halls.map((_, i) => apart * (i === 0 ? 0.3 : 0.6))
      const truth = spreads.map(spread => department + spread * normal(chance))
      const facts = truth.slice(0, 5).map((wait, i) => {
        const days = Math.max(1, Math.round(Math.exp(wait + spreads[i]! * normal(chance))))
        return {
          ...fact(halls[i]!, AS_OF, Math.min(181, days), days > 181 ? 'censored' : 'observed'),
          clock: 'first-free-slot' as const,
          today: '2026-11',
        }
      })
      const states = waitStates(
        halls.map(code => ({ code, kind: 'hall', department: '16', halls, largest: '16015' })),
        [fact('FR', '2026-10', 20), ...facts],
      )
      return states.filter((state, i) => {
        const { mean, spread } = pastLog(state, '2026-11')
        return Math.abs(mean - seasonOf('2026-11') - truth[i]!) <= 1.645 * spread
      }).length
    })
    expect(held.reduce((sum, count) => sum + count, 0) / (6 * held.length)).toBeGreaterThan(least)
  },
)
