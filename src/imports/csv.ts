import { frenchNumber } from '../pure/french/french.ts'
import { type Flaw, flawed, quoted } from './cells/fault.ts'
import { decode, type Encoding } from './encoding.ts'
import type { FaultLog } from './fault-log.ts'
import { foreignFormat, foreignText } from './file-signature.ts'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { LIMITS, type Limits } from './limits.ts'
import { type CsvRecord, parseRecords, type Separator } from './record.ts'
import { textDamage } from './text-damage.ts'

/** A CSV file taken apart: what it says of itself, the names of its columns, its rows as text. */
export interface Table {
  frontMatter: FrontMatter
  header: string[]
  headerLine: number
  /** Rows with as many cells as the header; blank and faulty ones left out. */
  records: CsvRecord[]
  encoding: Encoding
  separator: Separator
}

/**
 * Takes the bytes of a CSV file apart. Faults go to the log; the table is `undefined` when nothing can be read,
 * and holds the sound rows otherwise, so that their own faults can be told at the same time.
 */
export function readTable(bytes: Uint8Array, log: FaultLog, limits: Limits = LIMITS): Table | undefined {
  const refuse = (flaw: Flaw, line = 1) => {
    log.add({ line, ...flaw })
    return undefined
  }
  const foreign = sizeFlaw(bytes, limits) ?? foreignFormat(bytes)
  if (foreign) return refuse(foreign)
  const decoded = decode(bytes)
  if ('flaw' in decoded) return refuse(decoded.flaw)
  const { text, encoding } = decoded.value
  if (text.trim() === '') return refuse(EMPTY)
  const foreignKind = foreignText(text)
  if (foreignKind) return refuse(foreignKind)

  const lines = text.split(/\r\n|\r|\n/)
  const damaged = damagedLines(lines, limits, log)
  if (damaged === undefined) return undefined
  const { frontMatter, length } = readFrontMatter(lines, log)
  const headerLine = length + 1
  const headerText = lines[length]
  if (headerText === undefined) return refuse(NO_HEADER, Math.max(1, length))
  // Without a sound header every row would be faulty for a reason that is not its own.
  if ([...damaged].some(line => line <= headerLine)) return undefined
  const separator = separatorOf(headerText)
  if (separator === undefined) return refuse(noSeparator(headerText), headerLine)
  const [first, ...rest] = parseRecords(lines, headerLine, separator, limits, log)
  if (first?.line !== headerLine) return undefined
  const header = first.cells.map(cell => cell.trim())
  if (header.length > limits.columns) return refuse(tooManyColumns(header.length, limits), headerLine)
  if (rest.length > limits.rows) return refuse(tooManyRows(limits), rest[limits.rows]!.line)
  const records = soundRecords(rest, header.length, damaged, log)
  return { frontMatter, header, headerLine, records, encoding, separator }
}

function soundRecords(
  records: readonly CsvRecord[],
  width: number,
  damaged: ReadonlySet<number>,
  log: FaultLog,
): CsvRecord[] {
  return records.filter(({ line, lastLine, cells }) => {
    for (let touched = line; touched <= lastLine; touched++) if (damaged.has(touched)) return false
    if (cells.every(cell => cell.trim() === '')) return false
    const flaw = recordFlaw(cells, width)
    if (flaw) log.add({ line, ...flaw })
    return flaw === undefined
  })
}

/** Why a record cannot be a row under a header of `width` columns: a comment, too many cells or too few. */
export function recordFlaw(cells: readonly string[], width: number): Flaw | undefined {
  const comment = cells[0]!.includes('#') && /^\s*#(?![\p{Lu}/]+[!?/\d])/u.test(cells[0]!)
  return comment ? COMMENT : raggedFlaw(cells.length, width)
}

/** Lines whose characters cannot be trusted; `undefined` when the file is not to be read further. */
function damagedLines(lines: readonly string[], limits: Limits, log: FaultLog): Set<number> | undefined {
  const damaged = new Set<number>()
  let readable = true
  for (const [i, text] of lines.entries()) {
    const flaw = lineFlaw(text, limits)
    if (!flaw) continue
    log.add({ line: i + 1, ...flaw })
    damaged.add(i + 1)
    if (stopsReading(text, limits)) readable = false
  }
  return readable ? damaged : undefined
}

/** Why the characters of a line cannot be trusted. */
export function lineFlaw(text: string, limits: Limits): Flaw | undefined {
  return text.length > limits.lineCharacters ? lineTooLong(text, limits) : textDamage(text)
}

/** Whether a line shows that the file is no text at all, so that nothing in it is worth reading. */
export function stopsReading(text: string, limits: Limits): boolean {
  return text.length > limits.lineCharacters || text.includes('\0')
}

/** The separator most frequent in the header, outside quotes. */
export function separatorOf(header: string): Separator | undefined {
  const bare = header.replace(/"[^"]*"/g, '')
  const counts = ([';', '\t', ','] as const).map(separator => ({
    separator,
    count: bare.split(separator).length - 1,
  }))
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a))
  return best.count > 0 ? best.separator : undefined
}

/** The flaw of a file without text. */
export const EMPTY = flawed('empty-file', 'Le fichier est vide.', 'Partez du modèle de fichier.').flaw

/** The flaw of a file of metadata alone. */
export const NO_HEADER = flawed(
  'no-rows',
  'Le fichier n’a que des métadonnées : ni en-tête de colonnes, ni données.',
  'Ajoutez l’en-tête des colonnes puis les lignes, comme dans le modèle de fichier.',
).flaw

const COMMENT = flawed(
  'comment-in-body',
  'Ligne commençant par « # » parmi les données.',
  'Les commentaires vont avant l’en-tête : déplacez ou supprimez cette ligne.',
).flaw

function sizeFlaw(bytes: Uint8Array, limits: Limits): Flaw | undefined {
  if (bytes.length === 0) return EMPTY
  return bytes.length <= limits.bytes ? undefined : fileTooLarge(bytes.length, limits.bytes)
}

/** The flaw of a file heavier than what is read, both in bytes. */
export function fileTooLarge(bytes: number, most: number): Flaw {
  return flawed(
    'file-too-large',
    `Le fichier pèse ${frenchNumber(bytes)} octets ; ${frenchNumber(most)} au plus sont lus.`,
    'Découpez-le en plusieurs fichiers, par exemple un par année.',
  ).flaw
}

function lineTooLong(text: string, limits: Limits): Flaw {
  return flawed(
    'line-too-long',
    `Ligne de ${frenchNumber(text.length)} caractères, qui commence par ${quoted(text.slice(0, 200))}.`,
    `Aucune ligne ne doit dépasser ${frenchNumber(limits.lineCharacters)} caractères : vérifiez que c’est bien un CSV.`,
  ).flaw
}

/** The flaw of a header that nothing separates. */
export function noSeparator(header: string): Flaw {
  return flawed(
    'separator-not-found',
    `L’en-tête ${quoted(header)} n’a ni point-virgule, ni virgule, ni tabulation.`,
    'Séparez les colonnes par des points-virgules et mettez leurs noms sur la première ligne.',
  ).flaw
}

/** The flaw of a header wider than what is read. */
export function tooManyColumns(count: number, limits: Limits): Flaw {
  return flawed(
    'too-many-columns',
    `L’en-tête a ${frenchNumber(count)} colonnes ; ${limits.columns} au plus sont lues.`,
    'Ne gardez que les colonnes du modèle de fichier.',
  ).flaw
}

/** The flaw of a file longer than what is read. */
export function tooManyRows(limits: Limits): Flaw {
  return flawed(
    'too-many-rows',
    `Plus de ${frenchNumber(limits.rows)} lignes de données.`,
    'Découpez le fichier en plusieurs, par exemple un par année.',
  ).flaw
}

function raggedFlaw(count: number, width: number): Flaw | undefined {
  if (count === width) return undefined
  return flawed(
    'ragged-row',
    `Cette ligne a ${count} ${count > 1 ? 'cellules' : 'cellule'} ; l’en-tête en a ${width}.`,
    count > width
      ? 'Mettez entre guillemets (") les textes et les nombres qui contiennent le séparateur.'
      : 'Ajoutez les séparateurs manquants, même pour des cellules vides.',
  ).flaw
}
