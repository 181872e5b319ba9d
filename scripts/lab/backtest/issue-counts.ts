import { isMonth, monthNumber } from '../../../src/pure/calendar/period.ts'
import { type CsvFile, cellNumber, requireColumn } from './csv-file.ts'
import type { Options } from './options.ts'
import { Refusal } from './refusal.ts'

/** Titles issued by year or month, of a nation or a region. Periods are year numbers, or months since year 0. */
export interface CountSeries {
  name: string
  stepsAYear: 1 | 12
  start: number
  values: (number | undefined)[]
}

/** The series of a file of issue counts: one, or one per region. @throws Refusal if columns do not fit. */
export function countSeries(file: CsvFile, options: Options): CountSeries[] {
  const column = requireColumn(file, options.column ?? 'issued', '--column')
  const by = options.by === undefined ? undefined : requireColumn(file, options.by, '--by')
  const monthly = file.columns.includes('month')
  if (!monthly && !file.columns.includes('year'))
    throw new Refusal(
      `${file.path} : attendu une colonne year (et month), ou un format de cohortes ou de concours.`,
    )
  const byRegion = new Map<string, Map<number, number | undefined>>()
  for (const row of file.rows) {
    const name = by === undefined ? 'total' : row[by]!
    const counts = byRegion.get(name) ?? new Map<number, number | undefined>()
    byRegion.set(name, counts)
    const period = periodOf(file, row, monthly)
    if (counts.has(period))
      throw new Refusal(
        `${file.path} : plusieurs lignes pour la même période${by ? ` et ${name}` : ''}. Ajoutez --by pour une colonne de région.`,
      )
    counts.set(period, cellNumber(file, row, column))
  }
  return [...byRegion].map(([name, counts]) => {
    const periods = [...counts].flatMap(([period, value]) => (value === undefined ? [] : [period]))
    if (periods.length === 0) throw new Refusal(`${file.path} : colonne ${column} vide pour ${name}.`)
    const start = Math.min(...periods)
    const values = Array.from({ length: Math.max(...periods) - start + 1 }, (_, t) => counts.get(start + t))
    return { name, stepsAYear: monthly ? 12 : 1, start, values }
  })
}

function periodOf(file: CsvFile, row: Record<string, string>, monthly: boolean): number {
  const month = row['month'] ?? ''
  if (monthly && isMonth(month)) return monthNumber(month)
  const year = Number(row['year'])
  const number = monthly ? year * 12 + Number(month) - 1 : year
  if (!Number.isInteger(number) || year < 1000 || (monthly && !(Number(month) >= 1 && Number(month) <= 12)))
    throw new Refusal(
      `${file.path}, ligne ${file.rows.indexOf(row) + 2} : période « ${row['year']} ${month} » non comprise.`,
    )
  return number
}
