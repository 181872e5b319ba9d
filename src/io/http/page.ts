import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { Refusal } from '../../errors.ts'
import { paths } from '../../pure/access/paths.ts'
import { EMBEDDED } from '../../pure/elements/embedding.ts'
import { newReading, ReadPage } from '../../pure/elements/page-reading.tsx'
import { placed } from '../../pure/elements/table-file.ts'
import { cardDrawing, cardTags, EmbeddedChart } from '../../pure/pages/embedding.tsx'
import { choicesOf, withChoices } from '../../pure/pages/kept-choice.ts'
import { documentText } from '../../pure/pages/layout.tsx'
import { withWords } from '../../pure/pages/page-words.tsx'
import { WORDS } from '../assets.ts'
import { today } from '../clock.ts'
import { othersFirst } from '../others-first.ts'
import { originOf, siteAsked } from './origin.ts'
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
  const site = siteAsked(c)
  // The answer to a form has no address of its own to take a table from.
  if (c.req.method !== 'GET' || status !== 200) {
    const chosen = choicesOf(new URL(c.req.url).search, {})
    return c.html(
      withChoices(await withPerson(c, await documentText(page, site)), c.req.path, chosen),
      status,
    )
  }
  const { tableau, dessin, format = 'csv' } = c.req.query()
  // A parameter may be given twice: two scenarios side by side.
  const filters = new URL(c.req.url).searchParams
  for (const name of ['tableau', 'dessin', 'format']) filters.delete(name)
  const query = filters.toString()
  const { path } = c.req
  const reading = newReading({ origin: originOf(c), path, query })
  // What the page says was computed just before: to draw it is another step, and so is to look for its words.
  await othersFirst()
  const text = await documentText(ReadPage({ reading, children: page as Child }), site)
  const address = query === '' ? path : `${path}?${query}`
  if (dessin !== undefined) {
    const figure = reading.figures.find(one => dessin === '' || one.id === dessin)
    if (figure === undefined || !EMBEDDED.test(path))
      throw new Refusal('not-found', `La page n’a pas de graphique « ${dessin} ».`)
    if (format === 'svg')
      return c.body(await cardDrawing(figure), 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
    return c.html(await documentText(EmbeddedChart({ figure, address, assetVersion: reading.assetVersion })))
  }
  if (tableau === undefined) {
    await othersFirst()
    const chosen = choicesOf(query, reading.choices)
    const explained = path === paths.method() ? text : withWords(text, WORDS)
    const page = withChoices(await withPerson(c, explained), path, chosen)
    return c.html(
      EMBEDDED.test(path) ? page.replace('</head>', () => `${cardTags(reading)}</head>`) : page,
      status,
    )
  }
  if (!(format in TABLE_FORMATS))
    throw new Refusal('invalid-parameter', `format : ${Object.keys(TABLE_FORMATS).join(', ')}.`)
  const table = reading.tables.find(one => one.id === tableau)
  if (table === undefined) throw new Refusal('not-found', `La page n’a pas de tableau « ${tableau} ».`)
  const origin = {
    page: reading.title,
    address,
    filters: [...filters].map(([name, value]) => `${name} = ${value}`).join(', '),
    day: today(),
  }
  return tableAnswer(c, format as TableFormat, [placed(table, origin)])
}
