import { type Child, useContext } from 'hono/jsx'
import { type Column, drawnColumn } from './column.ts'
import { DrawingSource, PageReading } from './page-reading.tsx'
import { tableFile } from './table-file.ts'

interface TableProps<Row> {
  id: string
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  csv?: string | undefined
  /** Says what the signs of the table mean. */
  note?: Child
  /** Shown in place of the rows when there are none, with the reason. */
  empty?: string | undefined
}

/**
 * A table that is never clipped: on a narrow screen it scrolls inside a frame that the keyboard reaches, with
 * the naming column in sight; on paper it takes the width of the sheet. A page that is read tells its values to whoever
 * makes files of them.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { id, caption, rows, csv, note, empty } = props
  const columns = props.columns.map(column => drawnColumn<Row>(column))
  const reading = useContext(PageReading)
  if (rows.length > 0)
    reading?.tables.push(
      tableFile({
        ...props,
        columns,
        note: typeof note === 'string' ? note : undefined,
        source: useContext(DrawingSource),
      }),
    )
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
      {((rows.length > 0 && reading !== undefined) || csv !== undefined) && (
        <details class="no-print table-files">
          <summary>
            Télécharger<span class="fr-sr-only"> : {caption}</span>
          </summary>
          <ul>
            {csv !== undefined && (
              <li>
                <a href={csv} download>
                  données détaillées (CSV)
                </a>
              </li>
            )}
            {rows.length > 0 &&
              reading !== undefined &&
              FILE_FORMATS.map(([format, words]) => (
                <li>
                  <a href={fileAddress(reading.query, id, format)} download>
                    {words}
                  </a>
                </li>
              ))}
          </ul>
        </details>
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

function fileAddress(query: string, id: string, format: string): string {
  return `?${query === '' ? '' : `${query}&`}tableau=${encodeURIComponent(id)}&format=${format}`
}
