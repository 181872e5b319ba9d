import { isWeek, parsePeriod, type WrittenPeriod } from '../../../src/imports/cells/period-cell.ts'
import { monthNumber, monthOf, quarterNumber } from '../../../src/pure/calendar/period.ts'
import { smallest } from '../../../src/pure/numerics/extremes.ts'
import { type CsvFile, cellNumber, numberColumns, requireColumn } from './csv-file.ts'
import type { Options } from './options.ts'

/** How many periods make a year: years, quarters or months. */
export type StepsAYear = 1 | 4 | 12

/** Titles issued by year, quarter or month, of a nation or a region. Periods are counted since year 0. */
export interface CountSeries {
  name: string
  stepsAYear: StepsAYear
  start: number
  values: (number | undefined)[]
}

/** When each row of a file is. */
interface RowTimes {
  columns: string[]
  stepsAYear: StepsAYear
  of: (row: Record<string, string>) => number
}

/** The series of a file of issue counts: one, or one per region. @throws if columns do not fit. */
export function countSeries(file: CsvFile, options: Options): CountSeries[] {
  const times = rowTimes(file)
  const numbers = numberColumns(file, times.columns)
  const rest = file.columns.filter(name => !times.columns.includes(name) && name !== options.by)
  const usual = [numbers, rest].find(({ length }) => length === 1)?.[0] ?? 'issued'
  const column = requireColumn(
    file,
    options.column ?? (file.columns.includes('issued') ? 'issued' : usual),
    '--column',
    numbers,
  )
  const others = rest.filter(name => !numbers.includes(name) && name !== column)
  const by = options.by === undefined ? undefined : requireColumn(file, options.by, '--by', others)
  const byRegion = new Map<string, Map<number, number | undefined>>()
  for (const row of file.rows) {
    const name = by === undefined ? 'total' : row[by]!
    const counts = byRegion.get(name) ?? new Map<number, number | undefined>()
    byRegion.set(name, counts)
    const period = times.of(row)
    if (counts.has(period))
      throw new Error(
        `${file.path} : plusieurs lignes pour la même période${by ? ` et ${name}` : ''}. Ajoutez --by pour une colonne de région${by === undefined && others.length > 0 ? ` (${others.join(', ')})` : ''}.`,
      )
    counts.set(period, cellNumber(file, row, column))
  }
  return [...byRegion].map(([name, counts]) => {
    const periods = [...counts].flatMap(([period, value]) => (value === undefined ? [] : [period]))
    if (periods.length === 0) throw new Error(`${file.path} : colonne ${column} vide pour ${name}.`)
    const start = Math.min(...periods)
    const values = Array.from({ length: Math.max(...periods) - start + 1 }, (_, t) => counts.get(start + t))
    return { name, stepsAYear: times.stepsAYear, start, values }
  })
}

/** The columns that tell the period: a year and the number of a month or quarter, or one in which every cell is a period. */
function rowTimes(file: CsvFile): RowTimes {
  const named = (pattern: RegExp) => file.columns.find(column => pattern.test(column))
  const year = named(/^(year|ann[ée]e|an|exercice)$/i)
  const within = (
    [
      [named(/^(month|mois)$/i), 12],
      [named(/^(quarter|trimestre)$/i), 4],
    ] as const
  ).find(([column, steps]) => column !== undefined && isNumberedWithin(file, column, steps))
  if (year !== undefined && within?.[0] !== undefined) {
    const [column, stepsAYear] = within
    return {
      columns: [year, column],
      stepsAYear,
      of: row => wholeYear(file, row, year) * stepsAYear + Number(row[column]) - 1,
    }
  }
  const told = named(/^(month|mois|quarter|trimestre|date|week|semaine|day|jour|p[ée]riode?)$/i) ?? year
  const hasPeriods = told !== undefined && readPeriods(file.rows.map(row => row[told] ?? '')).every(Boolean)
  for (const column of hasPeriods ? [told] : told === undefined ? file.columns : [told, ...file.columns]) {
    const cells = file.rows.map(row => row[column] ?? '')
    const read = readPeriods(cells)
    const stepsAYear = stepsOf(read)
    if (stepsAYear === undefined) continue
    const numbers = new Map(cells.map((cell, i) => [cell, periodNumber(read[i]!, stepsAYear)]))
    return { columns: [column], stepsAYear, of: row => numbers.get(row[column] ?? '')! }
  }
  if (told === undefined)
    throw new Error(
      `${file.path} : attendu une colonne d'années (2019), de trimestres (T1 2019) ou de mois (2019-03), ou un format de cohortes ou de concours. Colonnes : ${file.columns.join(', ')}.`,
    )
  const wrong = file.rows.findIndex(
    row => !isWeek(row[told] ?? '') && parsePeriod(row[told] ?? '') === undefined,
  )
  throw new Error(
    wrong < 0
      ? `${file.path} : la colonne ${told} mêle des périodes de plusieurs longueurs, ou en donne de plus courtes qu'un mois. Additionnez par mois, trimestre ou année.`
      : `${file.path}, ligne ${wrong + 2} : période « ${file.rows[wrong]![told]} » non comprise.`,
  )
}

function isNumberedWithin(file: CsvFile, column: string, steps: number): boolean {
  return file.rows.every(row => {
    const number = Number(row[column])
    return row[column] !== '' && Number.isInteger(number) && number >= 1 && number <= steps
  })
}

function wholeYear(file: CsvFile, row: Record<string, string>, column: string): number {
  const year = Number(row[column])
  if (Number.isInteger(year) && year >= 1000) return year
  throw new Error(
    `${file.path}, ligne ${file.rows.indexOf(row) + 2} : année « ${row[column]} » non comprise.`,
  )
}

const STEPS = { year: 1, quarter: 4, month: 12 } as const

/** How many periods of a column make a year, where all are of one length; a first day stands for what it begins. */
export function stepsOf(read: readonly (WrittenPeriod | undefined)[]): StepsAYear | undefined {
  const length = read[0]?.granularity
  if (length === undefined || read.some(each => each?.granularity !== length)) return undefined
  if (length === 'year' || length === 'quarter' || length === 'month') return STEPS[length]
  if (length !== 'day') return undefined
  const days = [...new Set(read.map(each => each!.period))].sort()
  const months = days.map(day => monthNumber(monthOf(day)))
  const apart = smallest(months.slice(1).map((month, i) => month - months[i]!))
  if (apart < 1) return undefined
  return apart >= 12 ? 1 : apart >= 3 ? 4 : 12
}

/** The periods of cells that stand together; a budget year (FY2019, 2019-20) is the year that names it, or in which it begins. */
export function readPeriods(cells: readonly string[]): (WrittenPeriod | undefined)[] {
  const years = cells.map(cell => {
    const [, first = '', next] =
      /^(?:FY\s?)?(\d{4})(?:\s?[-–/]\s?(?:\d{2})?(\d{2}))?(?: \[YR\d{4}\])?$/i.exec(cell) ?? []
    return next === undefined || Number(next) === (Number(first) + 1) % 100 ? first : ''
  })
  return years.every(year => year !== '')
    ? years.map(period => ({ period, granularity: 'year' }))
    : cells.map(parsePeriod)
}

function periodNumber({ period, granularity }: WrittenPeriod, stepsAYear: StepsAYear): number {
  if (granularity === 'year') return Number(period)
  if (granularity === 'quarter') return quarterNumber(period)
  return Math.floor(monthNumber(monthOf(period)) / (12 / stepsAYear))
}

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
