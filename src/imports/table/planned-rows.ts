import type { Dimension } from './heading.ts'
import type { TablePlan } from './plan.ts'
import type { TableRow } from './row.ts'
import { spanRows } from './span.ts'

/** The rows of a plan that one row of the file gives: one for each figure when its figures stand side by side. */
export function plannedRows(plan: TablePlan, written: TableRow): TableRow[] {
  let rows = spreadRows(plan, written)
  for (const { index, each } of plan.several ?? [])
    rows = rows.flatMap(row => {
      const texts = each((row.cells[index] ?? '').slice(0, 200))
      return texts?.map(text => ({ ...row, cells: row.cells.with(index, text) })) ?? [row]
    })
  return rows
}

function spreadRows(plan: TablePlan, written: TableRow): TableRow[] {
  const { header, spread, spans, constants } = plan
  const row = withNature(plan, withDepartment(plan, withYear(plan, withEnd(plan, written))))
  const added = constants.map(({ text }) => text)
  if (spans !== undefined) return spanRows(spans, row, [...padded(row.cells, header.length), ...added])
  if (spread === undefined) {
    return added.length === 0 ? [row] : [{ ...row, cells: [...padded(row.cells, header.length), ...added] }]
  }
  const cells = padded(row.cells, header.length)
  const part = spread.partColumn === undefined ? undefined : cells[spread.partColumn]!.trim()
  const year = spread.yearColumn === undefined ? undefined : cells[spread.yearColumn]!.trim()
  return spread.columns.map(({ index, from, values }) => ({
    ...row,
    from,
    cells: [
      ...cells,
      ...added,
      ...spread.fields.map(field => {
        const value = values[field as Dimension]
        if (value === undefined) return cells[index] ?? ''
        if (field === 'period' && part !== undefined)
          return periodOf(part, value, header[spread.partColumn!]!)
        return field === 'period' && year !== undefined ? `${value} ${year}` : value
      }),
    ],
  }))
}

/** The name of a commune with the department that another column of its row says: names come twice in France. */
function withDepartment({ departments, positions }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('commune') ?? positions.get('place')
  const department = departments?.codeOf((row.cells[departments.index] ?? '').trim())
  const name = index === undefined ? '' : (row.cells[index] ?? '').trim()
  if (index === undefined || department === undefined || !/\p{L}{2}/u.test(name) || /[(\d]/.test(name))
    return row
  return { ...row, cells: row.cells.with(index, `${name} (${department})`) }
}

/** A period told by its first day with its last day, which another column says. */
function withEnd({ periodEnd, positions }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('period')
  if (periodEnd === undefined || index === undefined) return row
  const [first, last] = [index, periodEnd].map(i => (row.cells[i] ?? '').trim())
  return first && last ? { ...row, cells: row.cells.with(index, `du ${first} au ${last}`) } : row
}

function withYear({ yearOfPeriod, positions, header }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('period')
  if (yearOfPeriod === undefined || index === undefined) return row
  const part = (row.cells[index] ?? '').trim()
  const year = typeof yearOfPeriod === 'string' ? yearOfPeriod : (row.cells[yearOfPeriod] ?? '').trim()
  if (!part || !year) return row
  return { ...row, cells: row.cells.with(index, periodOf(part, year, header[index] ?? '')) }
}

/** A part of a year with it; a number is what the name of its column says: 3 may be March, or the summer. */
function periodOf(part: string, year: string, name: string): string {
  if (!/^\d{1,2}$/.test(part)) return `${part} ${year}`
  if (/mois|month/i.test(name)) return `${year}-${part.padStart(2, '0')}`
  const letter = /trim|quarter/i.test(name) ? 'T' : /sem/i.test(name) ? 'S' : ''
  return `${letter}${Number(part)} ${year}`
}

/** A permit with what another column says of it: « titre de séjour (renouvellement) ». */
function withNature({ nature, positions }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('title')
  if (nature === undefined || index === undefined) return row
  const [title, said] = [index, nature].map(i => (row.cells[i] ?? '').trim())
  return title && said ? { ...row, cells: row.cells.with(index, `${title} (${said})`) } : row
}

function padded(cells: readonly string[], width: number): string[] {
  return cells.length >= width
    ? cells.slice(0, width)
    : [...cells, ...Array<string>(width - cells.length).fill('')]
}
