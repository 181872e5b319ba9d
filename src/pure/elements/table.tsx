import type { Child } from 'hono/jsx'

/** One column of a table: its heading and what a row shows in it. */
export interface Column<Row> {
  label: string
  cell: (row: Row) => Child
  /** Numbers are aligned on the right, with figures of one width. */
  numeric?: boolean
  /** A short text that is never broken over two lines, such as a day. */
  whole?: boolean
  /** The cell that names the row. The first column does unless another one says so. */
  names?: boolean
}

interface TableProps<Row> {
  id: string
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  /** Address of the same numbers as a file. */
  csv?: string | undefined
  /** Says what the signs of the table mean. */
  note?: Child
  /** Shown in place of the rows when there are none, with the reason. */
  empty?: string | undefined
}

/**
 * A table that is never clipped: on a narrow screen it scrolls inside a frame that the keyboard reaches, with
 * the naming column in sight; on paper it takes the width of the sheet.
 */
export function Table<Row>({ id, caption, columns, rows, csv, note, empty }: TableProps<Row>) {
  const naming = Math.max(
    0,
    columns.findIndex(column => column.names),
  )
  return (
    <div class="table" id={id}>
      <section class="table-frame" aria-labelledby={`${id}-caption`} tabindex={0}>
        <table>
          <caption id={`${id}-caption`}>
            <span>{caption}</span>
          </caption>
          <thead>
            <tr>
              {columns.map(column => (
                <th scope="col" class={column.numeric ? 'number' : undefined}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.length === 0 && (
              <tr>
                <td colspan={columns.length}>{empty ?? 'Aucune ligne.'}</td>
              </tr>
            )}
            {rows.map(row => (
              <tr>
                {columns.map((column, i) =>
                  i === naming ? (
                    <th scope="row" class={column.whole ? 'whole' : undefined}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td class={column.numeric ? 'number' : column.whole ? 'whole' : undefined}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {note !== undefined && <p class="table-note">{note}</p>}
      {(rows.length > 0 || csv !== undefined) && (
        <p class="no-print table-files">
          Télécharger :{' '}
          {csv !== undefined && (
            <a href={csv} download>
              données détaillées (CSV)<span class="fr-sr-only">, {caption}</span>
            </a>
          )}
          {rows.length > 0 && <TableFiles id={id} caption={caption} after={csv !== undefined} />}
        </p>
      )}
    </div>
  )
}

/** Formats in which every table of every page can be taken away, as the links name them. */
export const FILE_FORMATS = [
  ['csv', 'CSV'],
  ['xlsx', 'XLSX'],
  ['ods', 'ODS'],
  ['open.csv', 'CSV ouvert'],
  ['schema.json', 'schéma'],
] as const

function TableFiles({ id, caption, after }: { id: string; caption: string; after: boolean }) {
  return (
    <span class="table-formats">
      {FILE_FORMATS.map(([format, words], i) => (
        <>
          {after || i > 0 ? ' · ' : ''}
          <a href={`?tableau=${encodeURIComponent(id)}&format=${format}`} download>
            {words}
            <span class="fr-sr-only">, {caption}</span>
          </a>
        </>
      ))}
    </span>
  )
}
