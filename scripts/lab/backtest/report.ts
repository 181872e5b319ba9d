import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CompetitionRow } from './competition.ts'
import type { Score, Scored } from './score.ts'

/** A titled table of figures, as printed and as written in `table.json`. */
export interface Table {
  title: string
  notes: string[]
  rows: Record<string, string | number>[]
}

/** Scores as rows of a table, in French. */
export function scoreRows(scores: readonly Score[]): Table['rows'] {
  return scores
    .filter(score => score.points > 0)
    .map(score => ({
      modèle: score.model,
      régime: score.regime,
      points: score.points,
      'MAPE %': rounded(score.mape),
      'WAPE %': rounded(score.wape),
      'biais %': rounded(score.bias),
      'couv. 80': score.coverage80 === undefined ? '' : rounded(score.coverage80),
      'couv. 95': score.coverage95 === undefined ? '' : rounded(score.coverage95),
    }))
}

/** A figure with one decimal, as the tables show it. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** A table as aligned text. */
export function tableText({ title, notes, rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {})
  const cell = (value: string | number | undefined) =>
    Number.isNaN(value)
      ? '–'
      : typeof value === 'number'
        ? value.toLocaleString('fr-FR', { maximumFractionDigits: 3, useGrouping: 'min2' })
        : (value ?? '')
  const widths = columns.map(column => Math.max(column.length, ...rows.map(row => cell(row[column]).length)))
  const line = (values: string[], numeric: boolean[]) =>
    values.map((value, i) => (numeric[i] ? value.padStart(widths[i]!) : value.padEnd(widths[i]!))).join('  ')
  const numeric = columns.map(column => typeof rows[0]?.[column] === 'number' || column.startsWith('couv'))
  return [
    title,
    ...notes.map(note => `  ${note}`),
    line(columns, numeric),
    ...rows.map(row =>
      line(
        columns.map(column => cell(row[column])),
        numeric,
      ),
    ),
    '',
  ].join('\n')
}

/** Projections as rows of `forecasts.csv`; bounds are empty where a model gives none. */
export function forecastRows(projections: readonly Scored[]): CompetitionRow[] {
  return projections.map(({ id, seconds, model, mean, bounds }) => ({
    id,
    sec: seconds,
    model,
    mean,
    lo80: bounds?.[0]?.lower ?? [],
    hi80: bounds?.[0]?.upper ?? [],
    lo95: bounds?.[1]?.lower ?? [],
    hi95: bounds?.[1]?.upper ?? [],
  }))
}

/** Rows in the columns `id,sec,model,mean,lo80,hi80,lo95,hi95`, horizons separated by semicolons. */
export function forecastsCsv(rows: readonly CompetitionRow[]): string {
  const list = (values: readonly number[]) => values.map(value => Number(value.toPrecision(8))).join(';')
  const lines = rows.map(({ id, sec, model, mean, lo80, hi80, lo95, hi95 }) =>
    [quoted(id), sec.toFixed(4), quoted(model), ...[mean, lo80, hi80, lo95, hi95].map(list)].join(','),
  )
  return ['id,sec,model,mean,lo80,hi80,lo95,hi95', ...lines, ''].join('\n')
}

/** Writes `forecasts.csv` and `table.json` in a folder. @throws if the folder cannot be written. */
export function writeReport(folder: string, csv: string, tables: unknown): void {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'forecasts.csv'), csv)
    writeFileSync(join(folder, 'table.json'), `${JSON.stringify(tables, undefined, 2)}\n`)
  } catch {
    throw new Error(`Impossible d'écrire dans ${folder} : choisissez un autre dossier avec --out.`)
  }
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
