import type { Context } from 'hono'
import { Refusal } from '../../errors.ts'
import { documentText } from '../../pure/pages/layout.tsx'
import { pageTable } from '../../pure/pages/page-table.ts'
import { today } from '../clock.ts'
import { withPerson } from './person.tsx'
import { TABLE_FORMATS, type TableFormat, tableAnswer } from './table-answer.ts'

type PageStatus = 200 | 201 | 400 | 403 | 404 | 409 | 413 | 415 | 422 | 500 | 503

/**
 * Answers with a page, or with one of its tables as a file when the address names it (`?tableau=…&format=…`): every table
 * of every page can be taken away, with the filters of the page.
 */
export async function html(
  c: Context,
  page: { toString: () => string | Promise<string> },
  status: PageStatus = 200,
): Promise<Response> {
  const text = await withPerson(c, await documentText(page))
  // The answer to a form has no address of its own to take a table from.
  if (c.req.method !== 'GET' || status !== 200) return c.html(text.replace(TABLE_LINKS, ''), status)
  const { tableau, format = 'csv' } = c.req.query()
  // A parameter may be given twice: two scenarios side by side.
  const filters = new URL(c.req.url).searchParams
  for (const name of ['tableau', 'format']) filters.delete(name)
  const query = filters.toString()
  if (tableau === undefined) return c.html(withFilters(text, query), status)
  if (!(format in TABLE_FORMATS))
    throw new Refusal('invalid-parameter', `format : ${Object.keys(TABLE_FORMATS).join(', ')}.`)
  const table = pageTable(text, tableau, {
    address: query === '' ? c.req.path : `${c.req.path}?${query}`,
    filters: [...filters].map(([name, value]) => `${name} = ${value}`).join(', '),
    day: today(),
  })
  if (table === undefined) throw new Refusal('not-found', `La page n’a pas de tableau « ${tableau} ».`)
  return tableAnswer(c, format as TableFormat, [table])
}

const TABLE_LINKS = /<span class="table-formats">[\s\S]*?<\/a><\/span>/g

function withFilters(text: string, query: string): string {
  return query === ''
    ? text
    : text.replaceAll('href="?tableau=', `href="?${query.replaceAll('&', '&amp;')}&amp;tableau=`)
}
