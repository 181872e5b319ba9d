import { expect, it } from 'vitest'
import { csvFile } from '../../../../scripts/lab/backtest/csv-file.ts'
import {
  flowErrors,
  flowFileBacktest,
  flowsByRegion,
  isFlowFile,
} from '../../../../scripts/lab/backtest/nhs-flows.ts'
import { readOptions } from '../../../../scripts/lab/backtest/options.ts'

const HEADER = 'month,region_code,arrivals_new_periods,completions,backlog_incomplete_month_end'

/** A list that a tenth of those waiting leaves each month beside the treated: 10 come and 5 go. */
function leakingList(months: number): string {
  const rows: string[] = []
  let backlog = 1_000
  for (let m = 0; m < months; m++) {
    const month = `${2020 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`
    rows.push(`${month},QE1,10,5,${backlog}`)
    backlog = backlog + 10 - 5 - 0.1 * backlog
  }
  return [HEADER, ...rows].join('\n')
}

it('an exit term closes a list that leaks, learnt only from the months before', () => {
  const errors = flowErrors(flowsByRegion(csvFile('fuite.csv', leakingList(30))))
  expect(errors.points).toBe(30 - 1 - 12)
  expect(errors.exitSharePct).toBeCloseTo(10, 9)
  expect(errors.withExit.meanPct).toBeLessThan(1e-9)
  expect(errors.withoutExit.medianPct).toBeGreaterThan(9)
})

it('a month that is missing is not bridged, and too short a file is refused', () => {
  const gap = leakingList(30)
    .split('\n')
    .filter(line => !line.startsWith('2021-06'))
    .join('\n')
  expect(flowErrors(flowsByRegion(csvFile('trou.csv', gap))).points).toBe(30 - 1 - 12 - 2)
  expect(() => flowErrors(flowsByRegion(csvFile('court.csv', leakingList(10))))).toThrow('Pas assez de mois')
})

it('a file of flows is known by its columns, and its table tells both errors', () => {
  const file = csvFile('fuite.csv', leakingList(30))
  expect(isFlowFile(file.columns)).toBe(true)
  expect(isFlowFile(['month', 'issued'])).toBe(false)
  const [table] = flowFileBacktest(file).tables
  expect(table?.title.replace(/\s/g, ' ')).toContain('1 région, 17 prévisions')
  expect(table?.notes[0]?.replace(/\s/g, ' ')).toContain('10 % de la liste par mois')
  expect(table?.rows.map(row => row['modèle'])).toEqual(['entrées − traités', 'entrées − traités − sorties'])
  expect(table?.rows[0]?.['erreur médiane %']).toBeGreaterThan(9)
  expect(table?.rows[1]?.['erreur moyenne %']).toBeLessThan(1e-9)
})

it('a file of flows is named as such or like any other', () => {
  for (const typed of [['--flows', 'f.csv'], ['f.csv', '--flows'], ['f.csv']])
    expect(readOptions(typed).files).toEqual(['f.csv'])
})
