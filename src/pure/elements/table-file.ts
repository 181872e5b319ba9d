import type { ExportCell, ExportColumn, TableExport } from '../figures/table-export.ts'
import { plainWords } from '../french/plain-words.ts'
import type { DrawnColumn, FileColumn } from './column.ts'

/** A table of a page as values, before the page around it is known. */
export interface ReadTable {
  id: string
  caption: string
  note: string | undefined
  source: string | undefined
  columns: ExportColumn[]
  rows: ExportCell[][]
}

/** Where a table was read. */
export interface TableOrigin {
  page: string
  address: string
  filters: string
  day: string
}

/** The values of a table as its page declares them: numbers are numbers, each in a column of its own. */
export function tableFile<Row>(given: {
  id: string
  caption: string
  columns: readonly DrawnColumn<Row>[]
  rows: readonly Row[]
  note: string | undefined
  source: string | undefined
}): ReadTable {
  const { id, caption, columns, rows, note, source } = given
  const told = columns.flatMap(({ label, file }) =>
    file.map(one => ({
      ...one,
      label: headingOf(one, label),
    })),
  )
  const cells = rows.map(row => told.map(column => withoutNoise(column.value(row))))
  const names = uniqueNames(told.map(column => column.label))
  return {
    id,
    caption,
    note,
    source,
    columns: told.map(({ label, type, decimals, description }, i) => {
      const values = cells.flatMap(row => row[i] ?? [])
      return {
        name: names[i] ?? '',
        label,
        type: typeOf(type, values),
        description: description ?? `${caption} : ${label}`,
        ...(decimals === undefined || typeOf(type, values) === 'integer' ? {} : { decimals }),
      }
    }),
    rows: cells,
  }
}

/** The file of a table, once the page that it stands on is known. */
export function placed(table: ReadTable, { page, address, filters, day }: TableOrigin): TableExport {
  const { id, caption, note, source, columns, rows } = table
  return {
    name: nameOf(caption).slice(0, 60) || id,
    title: caption,
    columns,
    rows,
    origin: [
      { label: 'Tableau', text: caption },
      { label: 'Page', text: `${page}, ${address}` },
      { label: 'Filtres', text: filters || 'aucun' },
      ...(note === undefined ? [] : [{ label: 'Remarque', text: note }]),
      { label: 'Source', text: source ?? 'dite sur la page' },
      { label: 'Lu le', text: day },
    ],
  }
}

/** Digits beyond the twelfth are those of the machine. */
function withoutNoise(cell: ExportCell): ExportCell {
  return typeof cell === 'number' ? Number(cell.toPrecision(12)) : cell
}

function typeOf(type: FileColumn<never>['type'], values: readonly ExportCell[]): ExportColumn['type'] {
  if (type === 'day') return 'day'
  const numbers = values.filter(value => typeof value === 'number')
  if (type !== 'number' && (numbers.length === 0 || numbers.length < values.length)) return 'text'
  return numbers.length > 0 && numbers.every(Number.isInteger) ? 'integer' : 'number'
}

function headingOf({ label, unit }: Pick<FileColumn<never>, 'label' | 'unit'>, heading: string): string {
  const words = label ?? heading
  return unit === undefined || words.includes(`(${unit}`) ? words : `${words} (${unit})`
}

function nameOf(label: string): string {
  return plainWords(label.replaceAll('%', 'pct').replaceAll('€', 'euros')).replaceAll(' ', '_')
}

function uniqueNames(labels: readonly string[]): string[] {
  const used = new Map<string, number>()
  return labels.map((label, i) => {
    const name = nameOf(label) || `colonne_${i + 1}`
    const times = (used.get(name) ?? 0) + 1
    used.set(name, times)
    return times === 1 ? name : `${name}_${times}`
  })
}
