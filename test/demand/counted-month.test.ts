import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedOnce, type ObservedMonth, sharedBetweenTitles } from '../../src/demand/counted-month.ts'
import { monthIndex } from '../../src/demand/engine/simulated-month.ts'

const row = (title: ObservedMonth['title'], requests: number, month = '2026-03'): ObservedMonth => ({
  insee: '16102',
  title,
  month,
  requests,
})

test('both titles together are shared as the nation shares the month: the worked example', () => {
  const national = { cni: new Float64Array(600), passport: new Float64Array(600) }
  national.cni[monthIndex('2026-03')] = 60
  national.passport[monthIndex('2026-03')] = 40
  expect(sharedBetweenTitles([row('cni-passport', 90), row('cni', 7, '2026-04')], national)).toEqual([
    row('cni', 54),
    row('passport', 36),
    row('cni', 7, '2026-04'),
  ])
})

test('each request is counted once, however its month was told', () => {
  expect(countedOnce([row('cni', 50), row('passport', 40), row('cni-passport', 95)])).toEqual([
    row('cni', 50),
    row('passport', 40),
  ])
  expect(countedOnce([row('passport', 40), row('cni-passport', 95)])).toEqual([
    row('passport', 40),
    row('cni', 55),
  ])
  const counts = fc.record(
    { cni: fc.nat(500), passport: fc.nat(500), 'cni-passport': fc.nat(1_000) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(counts, told => {
      const rows = Object.entries(told).map(([title, requests]) =>
        row(title as ObservedMonth['title'], requests),
      )
      const once = countedOnce(rows)
      const total = once.reduce((sum, { requests }) => sum + requests, 0)
      const apart = (told.cni ?? 0) + (told.passport ?? 0)
      const both = told.cni !== undefined && told.passport !== undefined
      expect(total).toBe(both ? apart : Math.max(told['cni-passport'] ?? 0, apart))
    }),
  )
})
