import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { decode } from '../../../src/imports/encoding.ts'

/** A CSV file with a header: its columns in order, and its rows by column. */
export interface CsvFile {
  path: string
  columns: string[]
  rows: Record<string, string>[]
  /** What stands before decimals: where commas part the columns they part nothing else. */
  decimal: '.' | ','
  /** The column that names the series, where the file itself parts them. */
  by?: string
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/** The text of a file, in any encoding that the service reads. @throws if it cannot be read. */
export function readText(path: string): string {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    throw new Error(`Fichier introuvable ou illisible : ${path}. Vérifiez le chemin.`)
  }
  const read = decode(bytes)
  if ('flaw' in read) throw new Error(`${path} : ${read.flaw.message} ${read.flaw.remedy}`)
  return read.value.text
}

/** The records of a CSV text, below lines that begin by #. @throws if it has no header or no row, or rows of uneven length. */
export function csvFile(path: string, text: string): CsvFile {
  const head = /^(?!#|\s*$).+/m.exec(text)?.[0] ?? ''
  const delimiter = DELIMITERS.reduce((best, one) =>
    head.split(one).length > head.split(best).length ? one : best,
  )
  const [header = [], ...records] = parseOrRefuse(path, text, delimiter)
  if (records.length === 0) throw new Error(`Aucune ligne de données dans ${path}.`)
  return {
    path,
    columns: header,
    rows: records.map(record => Object.fromEntries(header.map((name, i) => [name, record[i] ?? '']))),
    decimal: delimiter === ',' ? '.' : ',',
  }
}

function parseOrRefuse(path: string, text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      delimiter,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `CSV illisible dans ${path} : ${reason}. Attendu : une ligne d'en-tête, puis autant de colonnes à chaque ligne, séparées par des virgules, des points-virgules ou des tabulations.`,
    )
  }
}

/** The columns in which some cell is a number and none anything else but empty. */
export function numberColumns(file: CsvFile, except: readonly string[] = []): string[] {
  return file.columns.filter(column => {
    const cells = file.rows.map(row => writtenNumber(file, row[column] ?? ''))
    return (
      !except.includes(column) &&
      cells.some(value => value !== undefined) &&
      cells.every(value => value === undefined || Number.isFinite(value))
    )
  })
}

/** A column asked for. @throws listing those that could be. */
export function requireColumn(
  file: CsvFile,
  name: string,
  option: string,
  candidates: readonly string[],
): string {
  if (file.columns.includes(name)) return name
  throw new Error(
    `Pas de colonne « ${name} » dans ${file.path}. Choisissez avec ${option} parmi : ${candidates.join(', ') || 'aucune colonne utilisable'}.`,
  )
}

/** The number of a cell, or `undefined` if it is empty. @throws if it is neither. */
export function cellNumber(file: CsvFile, row: Record<string, string>, column: string): number | undefined {
  const value = writtenNumber(file, row[column] ?? '')
  if (value !== undefined && (!Number.isFinite(value) || value < 0))
    throw new Error(
      `« ${row[column]} » n'est pas un nombre positif (colonne ${column} de ${file.path}, ligne ${file.rows.indexOf(row) + 2}).`,
    )
  return value
}

/** The number that a text writes; `undefined` for what says that it is unknown, NaN for what is no number. */
function writtenNumber({ decimal }: CsvFile, written: string): number | undefined {
  // As Eurostat flags a value: provisional, estimated, break in the series.
  const text = written.replace(/(?<=\d|:)\s+[bcdefinprsuz]{1,3}$/, '').replace(/[\s\u00a0\u202f'’]/g, '')
  if (/^(n\.?[ad]\.?|nan|null|[-–—.:]*)$/i.test(text)) return undefined
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) && decimal === '.') return Number(text.replaceAll(',', ''))
  return Number(decimal === ',' ? text.replace(',', '.') : text)
}
