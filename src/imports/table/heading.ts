import { type Context, valueIn } from '../cells/column.ts'
import { monthNamed } from '../cells/day-cell.ts'
import { nameKey } from '../cells/name.ts'
import { isPartialPeriod, isWeek, parsePeriod } from '../cells/period-cell.ts'
import { communesWritten } from '../cells/place-cell.ts'
import { readTitle } from '../cells/word-cell.ts'

/** What the heading of a column says when it is no name of a column but a value: a period, a title, a place. */
export interface Heading {
  /** A whole period, as written: `T1 2021`, `janv-22`. */
  period?: string
  /** A month or a quarter without its year: `T1`, `janvier`. */
  partial?: string
  /** A year alone: it may be a period or complete the partial ones under it. */
  year?: string
  title?: string
  place?: string
  /** A sum, or the figure of the whole year that stands after its parts. */
  summary?: 'total' | 'year'
}

/** What values of a wide table are headed with. */
export type Dimension = 'period' | 'title' | 'place' | 'measure' | 'statistic' | 'age' | 'kind'

const TOTAL =
  /^(sous-?\s?)?(grand\s)?totaux?\b(?!e)|^(sous-?\s?)?(grand\s)?total\b|^ensemble\b|^cumule?\b|^cumulé\b|^somme\b|^moyenne\b|^m[ée]dianes?\b|^max(?:i|imum)?\b|^min(?:i|imum)?\b|^moy\b\.?|^évolution|^evolution|^variation|^écart|^ecart|^var\b|^évol\b|^tcam\b|^part\b/i
const YEAR_FIGURE = /^(annuel(le)?|année|annee|moyenne annuelle|délai annuel|an)$/i

/** Whether a text heads or begins a sum of the others, or what they should be: « Total », « Cumul 2022 », « Moyenne », « Objectif ». */
export function isTotal(text: string): boolean {
  return TOTAL.test(text.trim()) || isTarget(text)
}

/** Whether a text heads what figures should be: « Objectif », « Cible 2025 ». */
export function isTarget(text: string): boolean {
  return /^(?:objectif|cible)s?\b/i.test(text.trim())
}

const VALUE_WORDS =
  /^(?:(?:nombre|nb|nbre|total|volume)\s+(?:de\s+|d['’]\s?)?)?(?:(?:demandes?|dossiers?|dts|dotations?|montants?|délais?|delais?|attentes?|jours?|rdv|rendez-vous|titres?(?:\s+délivrés)?|recueils?|réalisée?s?|constatée?s?|déposée?s?|reçue?s?|enregistrée?s?|moyen(?:ne)?s?|médiane?s?)\s*(?:(?:de|avant|\(?en)\s+|d['’]\s?)?){0,4}(?:[([](?:en )?(?:jours?|j)[)\]]\s*)?(?:de\s+|d['’]\s?|du\s+|des\s+|pour\s+|en\s+|au\s+|[-–:]\s*)?/i

/** What became of what is counted: « CNI délivrées », « passeports demandés ». */
const COUNTED = /\s+\(?(?:délivr|demand|déposé|reçu|produit|recueilli|applic|request|issued)\w*é?e?s?\)?$/iu

/** What figures are counted in, behind what heads them: « T1 2021 (jours) ». */
const UNIT = /\s[([](?:en )?(?:jours?|j|nombre|nb|euros?|€)[)\]]\s*$/i

/** Reads the heading of a column as a value, or as several: `CNI janv-22`, `Demandes passeport`. */
export function readHeading(text: string, context: Context): Heading | undefined {
  const flat = text
    .replace(/[\s\u00a0\u202f_]+/g, ' ')
    .replace(UNIT, '')
    .trim()
  if (flat === '' || flat.length > 120) return undefined
  if (YEAR_FIGURE.test(flat)) return { summary: 'year' }
  if (isTotal(flat)) return { summary: 'total' }
  return readPart(flat, context) ?? readPair(flat, context) ?? readDated(flat, context)
}

/** The year or the day of a figure: « DTS 2024 », « Demandes 2025 », « Attente au 03/11/2026 ». */
function readDated(text: string, context: Context): Heading | undefined {
  const bare = text.replace(VALUE_WORDS, '')
  const read = bare === text ? undefined : readPart(bare, context)
  return read?.year === undefined && read?.period === undefined ? undefined : read
}

function readPart(text: string, context: Context): Heading | undefined {
  if (/^\d{4}$/.test(text) && Number(text) >= 1970 && Number(text) <= 2100) return { year: text }
  const code = placeOf(text, context)
  const written = /^\d{4}$/.test(text) ? undefined : parsePeriod(text)
  if (written?.granularity === 'year') return { year: written.period }
  // Five digits may be the code of a commune or the number of a day in a spreadsheet.
  if (code !== undefined || written !== undefined)
    return { ...(written && { period: text }), ...(code && { place: code }) }
  if (isPartialPeriod(text)) return { partial: text }
  if (isWeek(text)) return /\d{4}/.test(text) ? { period: text } : { partial: text }
  const bare = text.replace(COUNTED, '')
  const title = titleOf(text, context) ?? counted(bare.replace(VALUE_WORDS, ''), text, context)
  return title === undefined ? undefined : { title }
}

function readPair(text: string, context: Context): Heading | undefined {
  const bare = text.replace(VALUE_WORDS, '')
  const words = bare.split(' ')
  if (words.length > 10) return undefined
  for (let i = 1; i < words.length; i++) {
    const left = words
      .slice(0, i)
      .join(' ')
      .replace(/\s*[-–:|/(]$/, '')
    const right = words
      .slice(i)
      .join(' ')
      .replace(/^[-–:|/(]\s*/, '')
      .replace(/^([^(]*)\)$/, '$1')
    const [a, b] = [readPart(left, context), readPart(right, context)]
    if (a !== undefined && b !== undefined) {
      const both = combined(a, b)
      if (both !== undefined) return both
    }
  }
  return undefined
}

/** Two headings, one above the other or side by side, as one; `undefined` when both say the same thing. */
export function combined(upper: Heading, lower: Heading): Heading | undefined {
  const year = upper.year ?? lower.year
  const partial = upper.partial ?? lower.partial
  if (year !== undefined && partial !== undefined && !(upper.year && lower.year)) {
    const { year: _, partial: __, ...rest } = { ...upper, ...lower }
    return { ...rest, period: `${partial} ${year}` }
  }
  if (upper.summary !== undefined || lower.summary !== undefined)
    return { ...upper, ...lower, summary: lower.summary ?? upper.summary! }
  const clash = (Object.keys(upper) as (keyof Heading)[]).some(key => key in lower)
  return clash ? undefined : { ...upper, ...lower }
}

function titleOf(text: string, context: Context): string | undefined {
  return nameKey(text).length < 2 ? undefined : valueIn({ read: readTitle }, text, context)
}

/** The title of what is counted: « délai carte » speaks of identity cards, « carte » alone of anything. */
function counted(subject: string, text: string, context: Context): string | undefined {
  return subject !== text && /^cartes?$/i.test(subject) ? 'cni' : titleOf(subject, context)
}

function placeOf(text: string, context: Context): string | undefined {
  const upper = text.toUpperCase()
  if (/^\d{5}$|^2[AB]\d{3}$/.test(upper))
    return context.knownCommunes(upper).state === 'unknown' ? undefined : upper
  if (context.communesNamed === undefined) {
    const coded = /^.*\p{L}.*?\s*\(?(\d{5}|2[AB]\d{3})\)?$/iu.exec(text)?.[1]?.toUpperCase()
    return coded !== undefined && context.knownCommunes(coded).state === 'current' ? coded : undefined
  }
  if (!/\p{L}/u.test(text) || monthNamed(text) !== undefined) return undefined
  return communesWritten(text, context).length > 0 ? text : undefined
}
