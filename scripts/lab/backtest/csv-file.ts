import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Refusal } from './refusal.ts'

/** A CSV file with a header: its columns in order, and its rows by column. */
export interface CsvFile {
  path: string
  columns: string[]
  rows: Record<string, string>[]
}

/** The text of a file. @throws Refusal if it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Refusal(`Fichier introuvable ou illisible : ${path}. Vérifiez le chemin.`)
  }
}

/** The records of a CSV text. @throws Refusal if it has no header or no row, or rows of uneven length. */
export function csvFile(path: string, text: string): CsvFile {
  try {
    const [header = [], ...records]: string[][] = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
    })
    if (records.length === 0) throw new Refusal(`Aucune ligne de données dans ${path}.`)
    return {
      path,
      columns: header,
      rows: records.map(record => Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']))),
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal(`CSV illisible dans ${path} : ${reason}. Attendu : virgules, une ligne d'en-tête.`)
  }
}

/** A column asked for. @throws Refusal listing the columns that hold numbers. */
export function requireColumn(file: CsvFile, name: string, option: string): string {
  if (file.columns.includes(name)) return name
  const candidates = file.columns.filter(
    column =>
      !['year', 'month'].includes(column) &&
      file.rows.some(row => row[column] !== '' && Number.isFinite(Number(row[column]))),
  )
  const list = option === '--by' ? file.columns.filter(column => !candidates.includes(column)) : candidates
  throw new Refusal(
    `Pas de colonne « ${name} » dans ${file.path}. Choisissez avec ${option} parmi : ${list.join(', ') || 'aucune colonne utilisable'}.`,
  )
}

/** The number of a cell, or `undefined` if it is empty. @throws Refusal if it is neither. */
export function cellNumber(file: CsvFile, row: Record<string, string>, column: string): number | undefined {
  const text = row[column]?.replace(/[\s\u00a0\u202f]/g, '') ?? ''
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0)
    throw new Refusal(
      `« ${row[column]} » n'est pas un nombre positif (colonne ${column} de ${file.path}, ligne ${file.rows.indexOf(row) + 2}).`,
    )
  return value
}
