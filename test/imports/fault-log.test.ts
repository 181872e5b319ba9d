import { expect, test } from 'vitest'
import { FaultLog } from '../../src/imports/fault-log.ts'

test('faults that are only counted are in the total and under their code, as those that are told', () => {
  const log = new FaultLog()
  log.count('duplicate-row', 3)
  log.add({ line: 4, code: 'duplicate-row', message: 'Deux fois.', remedy: 'Une seule.' })
  log.count('duplicate-row', 2)
  const report = log.report()
  expect([report.total, report.byCode]).toEqual([6, { 'duplicate-row': 6 }])
  expect(report.faults).toHaveLength(1)
})
