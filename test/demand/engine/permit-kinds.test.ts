import { expect, it } from 'vitest'
import {
  byMonth,
  PERMIT_ASSUMPTIONS,
  type PermitsIssued,
  permitPath,
  renewalsIn,
} from '../../../src/demand/engine/permit-kinds.ts'
import { residencePath } from '../../../src/demand/engine/residence.ts'
import { addMonths, monthsBetween, quartersBetween } from '../../../src/pure/calendar/period.ts'
import { PERMITS } from '../../../src/pure/law/residence-permit.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'

const drawn = (draws: number, of: (random: () => number) => number) =>
  Array.from({ length: draws }, (_, seed) => of(seededRandom(seed + 1))).sort((a, b) => a - b)

it('cards of ten years come back ten years later, those who stay, from four months before the end', () => {
  const issued = monthsBetween('2021-06', '2022-06').map(
    (month): PermitsIssued => ({ kind: 'refugee', month, permits: month === '2021-06' ? 120 : 0 }),
  )
  const path = permitPath(issued, '2031-12', () => 0.5)
  const [low, high] = PERMIT_ASSUMPTIONS.refugee.staying
  expect(renewalsIn(path, monthsBetween('2031-02', '2031-07'))).toBeCloseTo((120 * (low + high)) / 2, 9)
  expect(renewalsIn(path, monthsBetween('2021-07', '2031-01'))).toBe(0)
})

it('shares of what follows a permit add up to one, as do its terms', () => {
  for (const kind of PERMITS) {
    const { next, terms, staying } = PERMIT_ASSUMPTIONS[kind]
    if (next) expect(Object.values(next).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    if (terms) expect(terms.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(staying[0]).toBeLessThan(staying[1])
  }
})

it('a steady world stays steady: what is issued each month is renewed or brought by newcomers', () => {
  const issued = Array.from({ length: 60 }, (_, m) => addMonths('2021-01', m)).flatMap(
    (month): PermitsIssued[] => [
      { kind: 'temporary', month, permits: 100 },
      { kind: 'pluriannual', month, permits: 100 },
    ],
  )
  const path = permitPath(issued, '2033-12', () => 0.5)
  const year = (of: number) => renewalsIn(path, monthsBetween(`${of}-01`, `${of}-12`)) / 12
  expect(year(2026) / year(2025)).toBeGreaterThan(0.95)
  expect(Math.abs(year(2032) / year(2026) - 1)).toBeLessThan(0.15)
})

it('recovers the renewals of synthetic departments within its bands', () => {
  const inside = drawn(25, random => {
    const issued = [2022, 2023, 2024, 2025].flatMap(year =>
      (['temporary', 'student', 'pluriannual', 'subsidiary'] as const).flatMap(kind =>
        byMonth(kind, year, 200 + 2_000 * random()),
      ),
    )
    const months = monthsBetween('2026-01', '2027-12')
    const truth = renewalsIn(permitPath(issued, '2027-12', random), months)
    const paths = drawn(60, other => renewalsIn(permitPath(issued, '2027-12', other), months))
    return paths[2]! <= truth && truth <= paths[57]! ? 1 : 0
  })
  expect(inside.reduce((sum, one) => sum + one, 0) / inside.length).toBeGreaterThan(0.8)
})

it('what kinds explain of the last year counted is not counted twice', () => {
  const renewals = monthsBetween('2025-01', '2025-12').map(month => ({ month, decisions: 100 }))
  const issued = [2022, 2023, 2024, 2025].flatMap(year => byMonth('temporary', year, 1_200))
  const quarters = quartersBetween('2026-Q1', '2026-Q4')
  const draw = { brexitFiveYears: 0.3 } as Parameters<typeof residencePath>[2]
  const [told] = residencePath({ first: [], renewals, issued }, quarters, draw, () => 0.5)
  expect(told!.exchanged).toBeGreaterThan(100)
  expect(told!.exchanged + told!.other).toBeCloseTo(300, -2)
})
