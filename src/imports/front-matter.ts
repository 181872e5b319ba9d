import { type Day, isDay } from '../pure/calendar/day.ts'
import type { ReleaseKind } from '../pure/figures/observation.ts'
import { frenchNumber } from '../pure/french/french.ts'
import { readDay } from './cells/day-cell.ts'
import { type Flaw, flawed, quoted, type Reading } from './cells/fault.ts'
import { closestName, nameKey, namesIn } from './cells/name.ts'
import { readBoolean, words } from './cells/word-cell.ts'
import type { FaultLog } from './fault-log.ts'

/** What a file says of itself, in lines `# clé : valeur` before the header. All of it is optional. */
export interface FrontMatter {
  /** Kind of file, as written. */
  type?: string
  /** Who publishes the figures. */
  source?: string
  /** Title of the document they come from. */
  document?: string
  publishedOn?: Day
  /** Place of all its figures, as written: a code, or a centre. */
  place?: string
  nature?: ReleaseKind
  /** Why figures were revised or corrected. */
  reason?: string
  address?: string
  licence?: string
  /** Whether the file waits for somebody to publish it. */
  draft?: boolean
  /** Moment before which nobody reads it, on French clocks: `2026-12-01T08:00`. */
  embargo?: string
  /** Remarks, and lines under a key that is not known. */
  notes: string[]
  /** Keys that are not known, with the one that may have been meant. */
  unknown?: { line: number; name: string; closest: string | undefined }[]
  /** Line of each piece of metadata read, for faults found later. */
  lines: Partial<Record<MetadataKey, number>>
}

const readNature = words<ReleaseKind>({
  initial: 'initiale | initial | première publication',
  revision: 'révision | revision | révisée',
  correction: 'correction | corrigée | rectificatif',
  methodology: 'méthode | méthodologie | methodology | changement de méthode',
})

const asWritten = (content: string): Reading<string> => ({ value: content })

/** Every key: its names, the one that people are shown first, and how its value is read. */
const KEYS = {
  type: ['type | kind | type de fichier', asWritten],
  source: ['source | publisher | éditeur | producteur | organisme', asWritten],
  document: ['document | title | titre du document', asWritten],
  publishedOn: [
    'publié le | publié | published | published on | date de publication | date publication',
    readDay,
  ],
  place: ['lieu | place | code lieu | code du lieu | centre', asWritten],
  nature: ['nature | release | release kind', readNature],
  reason: ['motif | raison | reason', asWritten],
  address: ['adresse | adresse web | url | lien | address | link', readAddress],
  licence: ['licence | license', asWritten],
  draft: ['brouillon | draft', readBoolean],
  embargo: ['embargo | embargo jusqu’au | sous embargo jusqu’au', readMoment],
} as const satisfies Record<string, readonly [string, (content: string) => Reading<string | boolean>]>

type MetadataKey = keyof typeof KEYS

const KEY_NAMED = new Map(
  (Object.keys(KEYS) as MetadataKey[]).flatMap(key =>
    namesIn(KEYS[key][0]).map(name => [nameKey(name), key] as const),
  ),
)
const keyNamed = (name: string) => KEY_NAMED.get(nameKey(name))
const SHOWN_KEYS = Object.values(KEYS).map(([names]) => namesIn(names)[0]!)

const MAXIMUM_LINES = 100
const MAXIMUM_CHARACTERS = 2_000

/** Reads the lines before the header. @returns also how many lines they take, blank ones included. */
export function readFrontMatter(
  lines: readonly string[],
  log: FaultLog,
): { frontMatter: FrontMatter; length: number } {
  const frontMatter: FrontMatter = { notes: [], lines: {} }
  let length = 0
  for (const line of lines) {
    const text = commentOf(line)
    // `sep=;` is how Excel is told the separator.
    if (text === undefined && !isBlank(line) && !(length === 0 && /^sep=.$/i.test(line))) break
    length += 1
    if (length > MAXIMUM_LINES) {
      log.add({
        line: length,
        ...flawed(
          'front-matter-too-long',
          `Plus de ${MAXIMUM_LINES} lignes avant l’en-tête.`,
          'Gardez quelques lignes « # clé : valeur », puis l’en-tête des colonnes.',
        ).flaw,
      })
      break
    }
    const flaw = text ? readEntry(text, length, frontMatter) : undefined
    if (flaw) log.add({ line: length, ...flaw })
  }
  return { frontMatter, length }
}

/** Takes what a row above the header says of the file, a key and its value side by side; @returns whether it does. */
export function readMetadataRow(cells: readonly string[], line: number, into: FrontMatter): boolean {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  const [name, content, ...more] = filled.length === 1 ? filled[0]!.split(/\s*:\s+/) : filled
  const key = name === undefined ? undefined : keyNamed(name.replace(/\s*:$/, ''))
  if (key === undefined || !TOLD_ABOVE.includes(key) || content === undefined || more.length > 0) return false
  const read = KEYS[key][1](content)
  if ('flaw' in read || into[key] !== undefined) return false
  into.lines[key] = line
  Object.assign(into, { [key]: read.value })
  return true
}

/** What the title lines of a table may say without the mark of a comment. */
const TOLD_ABOVE: readonly MetadataKey[] = ['source', 'document', 'publishedOn', 'licence', 'address']

/** A spreadsheet leaves its separators on an empty row. */
function isBlank(line: string): boolean {
  return /^[\s;,]*$/.test(line)
}

function commentOf(line: string): string | undefined {
  const trimmed = line.trim()
  if (!/^"?\s*#/.test(trimmed)) return undefined
  let end = trimmed.length
  while (end > 0 && ';,\t'.includes(trimmed[end - 1]!)) end -= 1
  const bare = trimmed.slice(0, end)
  const quotedWhole = bare.startsWith('"') && bare.endsWith('"')
  const text = quotedWhole ? bare.slice(1, -1).replaceAll('""', '"') : bare
  return text.replace(/^\s*#+/, '').trim()
}

function readEntry(text: string, line: number, into: FrontMatter): Flaw | undefined {
  if (text.length > MAXIMUM_CHARACTERS)
    return flawed(
      'front-matter-too-long',
      `Métadonnée de ${frenchNumber(text.length)} caractères : ${quoted(text)}.`,
      `Restez sous ${frenchNumber(MAXIMUM_CHARACTERS)} caractères.`,
    ).flaw
  const { name, content } = entryOf(text)
  const key = keyNamed(name)
  if (key === undefined) {
    const isNote = /^(note|remarque)s?$/.test(nameKey(name))
    into.notes.push(isNote ? content : text)
    if (!isNote && content !== '' && name.trim().split(/\s+/).length <= 4) {
      into.unknown ??= []
      into.unknown.push({ line, name: name.trim(), closest: closestName(name, SHOWN_KEYS) })
    }
    return undefined
  }
  if (content === '') return undefined
  const earlier = into.lines[key]
  if (earlier !== undefined)
    return flawed(
      'duplicate-metadata',
      `« ${name.trim()} » est déjà donné ligne ${earlier}.`,
      'Gardez une seule des deux lignes.',
    ).flaw
  into.lines[key] = line
  const reading = KEYS[key][1](content)
  if ('flaw' in reading) return reading.flaw
  Object.assign(into, { [key]: reading.value })
  return undefined
}

/** A key and its value, in one cell (`source : mairie`) or in two (`source : ;mairie;;`, `source;mairie;;`). */
function entryOf(text: string): { name: string; content: string } {
  const beside =
    /^\s*([^:;\t]{1,40}?)\s*:?\s*[;\t](.*)$/s.exec(text) ?? /^\s*([^:,]{1,40}?)\s*:\s*,(.*)$/s.exec(text)
  const comma = /^\s*([^:,]{1,40}?)\s*,(.*)$/s.exec(text)
  const known = beside ?? (comma && keyNamed(comma[1]!) !== undefined ? comma : null)
  if (known !== null) return { name: known[1]!, content: unquotedCell(known[2]!) }
  const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  return { name, content: value.trim() }
}

/** What stands in the cells beside a key, without the separators of empty ones. */
function unquotedCell(cells: string): string {
  const bare = cells.replace(/^[\s;,]+|[\s;,]+$/g, '')
  return bare.startsWith('"') && bare.endsWith('"') && bare.length > 1
    ? bare.slice(1, -1).replaceAll('""', '"').trim()
    : bare
}

function readMoment(text: string): Reading<string> {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d:[0-5]\d|2[0-3]:[0-5]\d)$/.exec(text) ?? []
  if (isDay(day)) return { value: `${day}T${time}` }
  return flawed(
    'invalid-moment',
    `${quoted(text)} n’est pas un moment.`,
    'Écrivez le jour et l’heure de Paris : 2026-12-01T08:00.',
  )
}

/** Only web addresses: pages show them as links, where `javascript:` would run. */
function readAddress(text: string): Reading<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && !/\s/.test(text)) return { value: text }
  return flawed(
    'invalid-address',
    `${quoted(text)} n’est pas une adresse web.`,
    'Écrivez une adresse entière, qui commence par https://.',
  )
}
