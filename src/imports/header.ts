import type { Columns } from './cells/column.ts'
import { nameKey } from './cells/name.ts'

/** Where each column stands in the file, by the name of its field. */
export type Positions = ReadonlyMap<string, number>

/** Two fields that one cell may fill, from and to: `8h30-12h / 13h30-17h`, a day of closure. */
export interface Span {
  fields: readonly [from: string, to: string]
  /** Names of a column that holds both, on one line. */
  names: string
  /** The field whose values may head such columns: the days of the week. */
  headed?: string
  /** The ends of each span of a cell, with what heads it when the cell says it; `undefined` when it holds none. */
  split(text: string): readonly (readonly [from: string, to: string, headed?: string])[] | undefined
}

/** Columns that a file must have, and pairs of which it must have one. */
export interface HeaderRule {
  columns: Columns
  span?: Span
  oneOf?: readonly [string, string]
}

const UNIT = /\s*[([][^)\]]*[)\]]\s*/g
const COUNT_OF =
  /^(?:nombre|nb|nbre|nbr|total|volume|montant|date|jour)\.?\s+(?:moyen\s+)?(?:de\s+la\s+|de\s+l['’]|de\s+|du\s+|des\s+|d['’])?/i
const QUALIFIER =
  /\s+(?:moyens?|moyennes?|médiane?s?|max(?:i|imums?|imaux)?|min(?:i|imums?|imaux)?|(?:\d{1,2}e\s)?(?:dé|per)?centile(?:\s\d+)?|\de décile|p\d{2}|en jours?|en j|en euros?|en €)(?=\s|$)/gi
const PLURAL = /(?<=\p{L}{3})[sx](?=\s|$)/gu

/**
 * What identifies the name of a column: as written, then without its unit and what says that it is a count, a mean or a day.
 * *Example:* « Délai moyen (jours) » is also « Délai », « Nb de DR » is also « DR », « Date de début » is also « début ».
 */
export function nameKeys(name: string): string[] {
  const short = name.slice(0, 200).replaceAll('_', ' ')
  if (name.length > 80) return [nameKey(short)]
  const bare = short.replace(UNIT, ' ').trim()
  const loose = bare.replace(QUALIFIER, '').trim()
  const subject = loose.replace(COUNT_OF, '')
  const names = [short, bare, loose, subject, bare.replace(PLURAL, ''), subject.replace(PLURAL, '')]
  return [...new Set(names.map(nameKey))].filter(key => key !== '')
}

/** The field that a name stands for, as written or without what says how it is counted. */
export function fieldNamed(fields: ReadonlyMap<string, string>, name: string): string | undefined {
  for (const key of nameKeys(name)) {
    const field = fields.get(key)
    if (field !== undefined) return field
  }
  return undefined
}

/** Every name of the columns of a kind: what people write, what identifies it, the name shown first, the field. */
export function namesOf(columns: Columns): readonly KnownName[] {
  const known =
    names.get(columns) ??
    Object.entries(columns).flatMap(([field, { name, aliases }]) =>
      [name, ...aliases].map(word => ({ word, key: nameKey(word), shown: name, field })),
    )
  names.set(columns, known)
  return known
}

interface KnownName {
  word: string
  key: string
  shown: string
  field: string
}

/** Every table is held against all kinds: their names are read once. */
const names = new WeakMap<Columns, readonly KnownName[]>()
const fields = new WeakMap<Columns, ReadonlyMap<string, string>>()

/** The field that each name of a column stands for, by what identifies the name. */
export function fieldsByName(columns: Columns): ReadonlyMap<string, string> {
  const known = fields.get(columns)
  if (known !== undefined) return known
  const named = namesOf(columns)
  const byKey = new Map(named.map(({ key, field }) => [key, field]))
  for (const { word, field } of named) {
    const one = nameKey(word.replace(PLURAL, ''))
    if (!byKey.has(one)) byKey.set(one, field)
  }
  fields.set(columns, byKey)
  return byKey
}
