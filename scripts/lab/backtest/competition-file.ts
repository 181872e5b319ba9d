import { parse } from 'csv-parse/sync'

/** One series of a forecasting competition: what may be learnt, and what followed where the file tells. */
export type CompetitionSeries = {
  id: string
  /** Values a year. */
  period: number
  training: number[]
  actual: number[]
  horizon: number
}

/** Steps ahead asked by the competitions where a file does not hold what followed. */
const USUAL_HORIZONS: Record<number, number> = { 1: 6, 4: 8, 12: 18 }

/** The series of a file whose columns are `id`, `f` (values a year), `x` and perhaps `xx`, values apart by `;`. */
export function competitionSeries(csvText: string): CompetitionSeries[] {
  const records = parse(csvText, { columns: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[]
  const numbers = (text: string | undefined) =>
    text ? text.split(';').map(part => (part.trim() === '' ? Number.NaN : Number(part))) : []
  return records.map(record => {
    const period = Number(record['f'])
    const actual = numbers(record['xx'])
    const horizon = actual.length > 0 ? actual.length : (USUAL_HORIZONS[period] ?? 2 * period)
    return { id: record['id'] ?? '', period, training: numbers(record['x']), actual, horizon }
  })
}
