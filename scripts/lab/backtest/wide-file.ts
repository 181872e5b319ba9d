import type { CsvFile } from './csv-file.ts'
import { readPeriods, stepsOf } from './issue-counts.ts'

const [PERIOD, VALUE] = ['période', 'valeur']

/** A table whose columns are periods as one whose rows are; each row was a series, named by its first cells. Others are as they were. */
export function longFile(file: CsvFile): CsvFile {
  const isPeriod = new Set(file.columns.filter(column => readPeriods([column])[0] !== undefined))
  const periods = file.columns.filter(column => isPeriod.has(column))
  const labels = file.columns.filter(column => !isPeriod.has(column))
  if (periods.length < 3 || periods.length < labels.length || stepsOf(readPeriods(periods)) === undefined)
    return file
  const [by] = labels.filter(label => new Set(file.rows.map(row => row[label])).size === file.rows.length)
  return {
    ...file,
    columns: [...labels, PERIOD, VALUE],
    rows: file.rows.flatMap(row =>
      periods.map(period => ({
        ...Object.fromEntries(labels.map(label => [label, row[label] ?? ''])),
        [PERIOD]: period,
        [VALUE]: row[period] ?? '',
      })),
    ),
    ...(by !== undefined && file.rows.length > 1 ? { by } : {}),
  }
}
