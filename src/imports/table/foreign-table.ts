import type { AdaptedRow, Around } from '../adapters/adapter.ts'
import { type ForeignHeader, foreignRows } from '../adapters/adapters.ts'
import { nameKey } from '../cells/name.ts'
import type { Row } from '../file-kind.ts'
import type { FrontMatter } from '../front-matter.ts'
import { KINDS, type Kind } from '../kinds.ts'
import type { TableAbout, TableLogs } from './about.ts'
import type { TablePlan } from './plan.ts'
import type { TableRow } from './row.ts'
import type { AnyKind } from './spread.ts'

/** A table of another service, whose rows are read as those of a kind of file. */
export interface ForeignTable {
  kind: Kind
  plan: TablePlan
  about: TableAbout
  row(row: TableRow): void
  end(): void
}

interface Ground extends Omit<Around, 'refuse'> {
  frontMatter: FrontMatter
  logs: TableLogs
  /** Keeps a row that was made. */
  take: (row: Row, kind: Kind) => void
}

/** Opens a table of another service, of which what is known without its saying so is said. */
export function foreignTable(
  { adapter, line, names, rows }: ForeignHeader,
  head: readonly TableRow[],
  { frontMatter, logs, take, ...around }: Ground,
): ForeignTable {
  const { fields, kind: code } = adapter
  const kind = KINDS[code] as unknown as AnyKind
  for (const [key, told] of Object.entries(adapter.origin ?? {}))
    if (Reflect.get(frontMatter, key) === undefined) Reflect.set(frontMatter, key, told)
  around.remarks.add('service-recognised', `Reconnu : ${adapter.name}`)
  const adapting = adapter.open({
    ...around,
    refuse: (at, flaw) => logs.kind.add({ line: at, ...flaw }),
  })
  const plan: TablePlan = {
    header: fields.map(field => kind.columns[field]!.name),
    headerLine: line,
    positions: new Map(fields.map((field, i) => [field, i])),
    spread: undefined,
    merged: [],
    constants: [],
    complete: true,
  }
  const read = kind.rowReader(plan, around.context, logs.cells, around.remarks)
  const rowOf = foreignRows(names)
  const keep = (adapted: readonly AdaptedRow[]) => {
    for (const one of adapted) {
      const cells = fields.map(field => one.fields[field] ?? '')
      const made = read({ line: one.line, lastLine: one.line, cells })
      if (made !== undefined) take(made, code)
    }
  }
  const reads = new Map(Object.entries(adapter.reads).map(([name, field]) => [nameKey(name), field]))
  const shown = names.flatMap((name, i) => (reads.has(nameKey(name)) ? [i] : []))
  return {
    kind: code,
    plan,
    row: row => {
      if (row.cells.some(cell => cell.trim() !== '')) keep(adapting.row(rowOf(row.cells), row.line))
    },
    end: () => keep(adapting.end?.() ?? []),
    about: {
      kind: code,
      headerLine: line,
      header: names,
      mapping: names.map(column => ({ column, field: reads.get(nameKey(column)) })),
      head: head.slice(rows - 1, rows + 19).map(({ cells }) => shown.map(i => cells[i] ?? '')),
      fields,
    },
  }
}
