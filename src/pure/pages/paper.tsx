import { raw } from 'hono/html'
import type { Day } from '../calendar/day.ts'
import { Plate } from '../charts/plate.tsx'
import { type Column, drawnColumn, type FileColumn } from '../elements/column.ts'
import { EmptyState, Fold } from '../elements/message.tsx'
import { Table } from '../elements/table.tsx'
import { type ReadTable, tableFile } from '../elements/table-file.ts'
import type { ExplanationLine } from '../figures/explanation.ts'
import type { ExportCell } from '../figures/table-export.ts'

/** A column of the file of a table: its heading, and the value of each row. */
export interface PaperFileColumn extends Omit<FileColumn<never>, 'value'> {
  label: string
  values: readonly ExportCell[]
}

/** A table of a document: cells are already written in French. The first column names the row. */
export interface PaperTable {
  id: string
  caption: string
  columns: readonly { label: string; numeric?: boolean }[]
  rows: readonly (readonly string[])[]
  /** What a file holds; the words of the cells when absent. */
  file?: readonly PaperFileColumn[]
  note?: string
}

/** A table of a document from its columns, declared as those of a page are; their cells are words. */
export function paperTable<Row>(
  given: Pick<PaperTable, 'id' | 'caption' | 'note'> & {
    columns: readonly Column<Row>[]
    rows: readonly Row[]
  },
): PaperTable {
  const { columns, rows, ...about } = given
  const drawn = columns.map(column => drawnColumn<Row>(column))
  return {
    ...about,
    columns: drawn.map(({ label, numeric }) => (numeric ? { label, numeric } : { label })),
    rows: rows.map(row => drawn.map(({ cell }) => String(cell(row) ?? ''))),
    file: drawn.flatMap(({ label, file }) =>
      file.map(({ value, ...one }) => ({ ...one, label: one.label ?? label, values: rows.map(value) })),
    ),
  }
}

/** A drawing of a document, in its two variants, with the words for those who do not see it. */
export interface PaperFigure {
  id: string
  title: string
  subtitle: string
  alternative: string
  wide: string
  narrow: string
  source: string
  /** Address of its numbers, for the page. */
  csv?: string
}

/** A piece of a document. */
export type PaperBlock =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'text'; text: string }
  /** Small print at the end: where it all comes from. */
  | { kind: 'note'; text: string }
  | { kind: 'key-points'; points: readonly ExplanationLine[] }
  | { kind: 'list'; items: readonly ExplanationLine[] }
  | { kind: 'table'; table: PaperTable }
  | { kind: 'figure'; figure: PaperFigure }
  /** What follows begins a sheet of paper. */
  | { kind: 'new-page' }
  /** Something that cannot be shown, and why. */
  | { kind: 'absence'; title: string; reason: string }

/** Blocks under their heading, or nothing when there are none. */
export function section(text: string, blocks: readonly PaperBlock[]): PaperBlock[] {
  return blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text }, ...blocks]
}

/** A list of what there is, each with its title; no block when there is nothing. */
export function listed(items: readonly ExplanationLine[]): PaperBlock[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

/** A document for a screen and for paper: both are drawn from it, so that they never disagree. */
export interface Paper {
  title: string
  subtitle: string
  /** Day of what is told, never of the printing: the same data gives the same file. */
  asOf: Day
  footer: string
  /** Size of the sheet; A4 unless said. */
  sheet?: 'a3'
  /** How much larger its words are than those of a report, of nine points. */
  scale?: number
  /** Sheets of paper that it may take: it is printed smaller rather than longer. */
  pages?: number
  blocks: readonly PaperBlock[]
}

/** The blocks of a document, on a page. */
export function PaperBlocks({ blocks }: { blocks: readonly PaperBlock[] }) {
  return <>{blocks.map(block => blockOf(block))}</>
}

/** The blocks of a document, its parts after the first folded: each heading opens what follows it, on paper all do. */
export function PaperSections({ blocks }: { blocks: readonly PaperBlock[] }) {
  const starts = blocks.flatMap((block, i) => (block.kind === 'heading' && block.level === 2 ? [i] : []))
  const [, second = blocks.length] = starts
  return (
    <>
      <PaperBlocks blocks={blocks.slice(0, second)} />
      {starts.slice(1).map((start, i) => {
        const [heading, ...part] = blocks.slice(start, starts[i + 2])
        return (
          <Fold heading={heading?.kind === 'heading' ? heading.text : ''} printed>
            <PaperBlocks blocks={part} />
          </Fold>
        )
      })}
    </>
  )
}

interface PaperRow {
  cells: readonly string[]
  at: number
}

function paperColumns({ columns, file }: PaperTable): Column<PaperRow>[] {
  const told = file?.map(({ values, ...column }) => ({ ...column, value: ({ at }: PaperRow) => values[at] }))
  return columns.map(({ label, numeric }, i) => ({
    label,
    cell: ({ cells }: PaperRow) => cells[i] ?? '',
    // The columns of the file stand together, under the first of the page.
    file: told === undefined ? [{ value: ({ cells }: PaperRow) => cells[i] }] : i === 0 ? told : [],
    ...(numeric ? { numeric } : {}),
  }))
}

/** The tables of a document as values, for a workbook. */
export function paperTables({ blocks }: Paper): ReadTable[] {
  return blocks.flatMap(block => {
    if (block.kind !== 'table') return []
    const { id, caption, note } = block.table
    const columns = paperColumns(block.table).map(drawnColumn)
    return tableFile({ id, caption, note, source: undefined, columns, rows: paperRows(block.table) })
  })
}

function paperRows({ rows }: PaperTable): PaperRow[] {
  return rows.map((cells, at) => ({ cells, at }))
}

function blockOf(block: PaperBlock) {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>
    case 'text':
      return <p>{block.text}</p>
    case 'note':
      return (
        <p>
          <small>{block.text}</small>
        </p>
      )
    case 'key-points':
      return (
        <ol class="key-points">
          {block.points.map(point => (
            <li>
              <strong>{point.title}.</strong> {point.text}
            </li>
          ))}
        </ol>
      )
    case 'list':
      return (
        <ul>
          {block.items.map(item => (
            <li>
              {item.title !== '' && <strong>{item.title} :</strong>} {item.text}
            </li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <Table
          id={block.table.id}
          caption={block.table.caption}
          rows={paperRows(block.table)}
          columns={paperColumns(block.table)}
          note={block.table.note}
        />
      )
    case 'figure':
      return (
        <Plate
          id={block.figure.id}
          title={block.figure.title}
          subtitle={block.figure.subtitle}
          source={block.figure.source}
          csv={block.figure.csv}
        >
          {raw(block.figure.wide)}
          {raw(block.figure.narrow)}
        </Plate>
      )
    case 'new-page':
      return null
    case 'absence':
      return <EmptyState title={block.title} reason={block.reason} />
  }
}
