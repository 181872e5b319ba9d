import type { ExportCell, ExportColumn, TableExport } from '../figures/table-export.ts'
import { largest } from '../numerics/extremes.ts'

/** Where a page was read, for the file of one of its tables. */
export interface PageReading {
  /** Address of the page with its filters. */
  address: string
  /** Filters of the page, in words. */
  filters: string
  /** Day of the reading. */
  day: string
}

interface ReadTable {
  caption: string
  note: string | undefined
  headings: { label: string; numeric: boolean }[]
  rows: string[][]
}

/**
 * A table of a page, as `Table` writes it, ready to be a file: what is seen is what is taken away, filters included. Columns of
 * numbers become numbers when all their cells are, in one unit, which goes to the heading; what a cell leaves out stays empty.
 *
 * @returns `undefined` when the page has no such table.
 */
export function pageTable(page: string, id: string, reading: PageReading): TableExport | undefined {
  const found = readTable(page, id)
  if (found === undefined) return undefined
  const { caption, note, headings, rows } = found
  const columns = headings.map(({ label, numeric }, i) =>
    readColumn(
      label,
      numeric,
      rows.map(row => row[i] ?? ''),
    ),
  )
  const names = uniqueNames(columns.map(column => column.label))
  const source = sourceOf(page, id)
  return {
    name: nameOf(caption).slice(0, 60) || id,
    title: caption,
    columns: columns.map(({ label, type, decimals }, i): ExportColumn => {
      const described = { name: names[i] ?? '', label, type, description: `Colonne « ${label} » du tableau` }
      return decimals === undefined ? described : { ...described, decimals }
    }),
    rows: rows.map((_, r) => columns.map(column => column.cells[r])),
    origin: [
      { label: 'Tableau', text: caption },
      { label: 'Page', text: `${textOf(/<h1>([\s\S]*?)<\/h1>/.exec(page)?.[1] ?? '')}, ${reading.address}` },
      { label: 'Filtres', text: reading.filters || 'aucun' },
      ...(note === undefined ? [] : [{ label: 'Remarque', text: note }]),
      { label: 'Source', text: source ?? 'dite sur la page' },
      { label: 'Lu le', text: reading.day },
    ],
  }
}

function readTable(page: string, id: string): ReadTable | undefined {
  const start = page.indexOf(`<caption id="${id}-caption">`)
  if (start < 0) return undefined
  const end = page.indexOf('</table>', start)
  const [head = '', body = ''] = page.slice(start, end).split('<tbody>')
  const after = page.slice(end, page.indexOf('</div>', end))
  const note = /<p class="table-note">([\s\S]*?)<\/p>/.exec(after)?.[1]
  return {
    caption: textOf(/>([\s\S]*?)<\/caption>/.exec(head)?.[1] ?? ''),
    note: note === undefined ? undefined : textOf(note),
    headings: [...head.matchAll(/<th scope="col"( class="number")?>([\s\S]*?)<\/th>/g)].map(match => ({
      numeric: match[1] !== undefined,
      label: textOf(match[2] ?? ''),
    })),
    // A row of one wide cell says why there are no rows.
    rows: [...body.matchAll(/<tr>(?!<td colspan)([\s\S]*?)<\/tr>/g)].map(row =>
      [...(row[1] ?? '').matchAll(/<(td|th)\b[^>]*>([\s\S]*?)<\/\1>/g)].map(cell => textOf(cell[2] ?? '')),
    ),
  }
}

/** Source of the drawing that a table goes with. */
function sourceOf(page: string, id: string): string | undefined {
  const before = page.slice(0, page.indexOf(`<caption id="${id}-caption">`))
  const plate = before.lastIndexOf('<figure class="plate"')
  if (plate < 0 || before.indexOf('</figure>', plate) >= 0) return undefined
  const source = /<p class="plate-source">([\s\S]*?)(?:<span class="no-print">|<\/p>)/.exec(
    before.slice(plate),
  )
  return source?.[1] === undefined ? undefined : textOf(source[1]).replace(/^Source : /, '')
}

interface ReadColumn {
  label: string
  type: ExportColumn['type']
  decimals?: number
  cells: ExportCell[]
}

const NUMBER = /^([−-]?\d[\d ]*)(?:,(\d+))? ?(|%|€|jours?|semaines?|mois|minutes?|h|points?)$/

function readColumn(label: string, numeric: boolean, words: readonly string[]): ReadColumn {
  const told = words.filter(word => /\d/.test(word))
  const read = told.map(word => NUMBER.exec(word))
  const units = new Set(read.map(match => match?.[3]?.replace(/s$/, '') ?? ''))
  if (!numeric || told.length === 0 || read.includes(null) || units.size > 1)
    return { label, type: 'text', cells: [...words] }
  const decimals = largest(read.map(match => match?.[2]?.length ?? 0))
  const unit =
    read
      .map(match => match?.[3] ?? '')
      .sort()
      .at(-1) ?? ''
  return {
    label: unit === '' || label.includes(unit) ? label : `${label} (${unit})`,
    type: decimals === 0 ? 'integer' : 'number',
    ...(decimals === 0 ? {} : { decimals }),
    cells: words.map(numberOf),
  }
}

function numberOf(word: string): number | undefined {
  const match = NUMBER.exec(word)
  if (match === null) return undefined
  return Number(`${(match[1] ?? '').replace('−', '-').replaceAll(' ', '')}.${match[2] ?? '0'}`)
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
}

/** What a reader sees of a piece of page: no tag, no hidden words, one space where there are several. */
function textOf(html: string): string {
  return html
    .replace(/<span class="fr-sr-only">[\s\S]*?<\/span>/g, '')
    .replace(/<(svg|script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<(br|li|p|div)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

function nameOf(label: string): string {
  return label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('%', 'pct')
    .replaceAll('€', 'euros')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
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
