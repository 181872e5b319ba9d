import type { Columns } from './cells/column.ts'
import { type Flaw, flawed, quoted } from './cells/fault.ts'
import { closestName, nameKey } from './cells/name.ts'
import type { Table } from './csv.ts'
import type { FaultLog } from './fault-log.ts'

/** Where each column stands in the file, by the name of its field. */
export type Positions = ReadonlyMap<string, number>

/** What the header of a file gave: where the columns are, and whether rows can be made of them. */
export interface HeaderMatch {
  positions: Positions
  complete: boolean
}

/** Columns that a file must have, and pairs of which it must have one. */
export interface HeaderRule {
  columns: Columns
  oneOf?: readonly [string, string]
}

/** A header, where it stands, and the records in which something may stand under a column without a name. */
export type HeaderInFile = Pick<Table, 'header' | 'headerLine' | 'records'>

/** Finds the columns of a kind in the header of a file; anything unknown, double or missing is a fault. */
export function matchHeader(
  table: HeaderInFile,
  rule: HeaderRule,
  hasDefaultPlace: boolean,
  log: FaultLog,
): HeaderMatch {
  const positions = new Map<string, number>()
  const fieldOf = fieldsByName(rule.columns)
  for (const [i, name] of table.header.entries()) {
    const field = fieldOf.get(nameKey(name))
    const flaw =
      name === ''
        ? unnamedFlaw(table, i)
        : field === undefined
          ? unknownFlaw(name, rule.columns, positions)
          : positions.has(field)
            ? duplicateFlaw(name, positions.get(field)! + 1)
            : undefined
    if (flaw) {
      log.add({ line: table.headerLine, column: name.slice(0, 100), columnNumber: i + 1, ...flaw })
    } else if (field !== undefined) positions.set(field, i)
  }
  const missing = missingFields(rule, positions, hasDefaultPlace)
  for (const field of missing) log.add({ line: table.headerLine, ...missingFlaw(rule.columns, field) })
  return { positions, complete: missing.length === 0 }
}

/** Whether a header is exactly one of this kind: no unknown column, none missing. */
export function headerFits(header: readonly string[], rule: HeaderRule, hasDefaultPlace: boolean): boolean {
  const fieldOf = fieldsByName(rule.columns)
  const fields = header.filter(name => name !== '').map(name => fieldOf.get(nameKey(name)))
  const positions = new Map(fields.map((field, i) => [field ?? '', i]))
  return !fields.includes(undefined) && missingFields(rule, positions, hasDefaultPlace).length === 0
}

function fieldsByName(columns: Columns): Map<string, string> {
  return new Map(
    Object.entries(columns).flatMap(([field, { name, aliases }]) =>
      [name, ...aliases].map((known): [string, string] => [nameKey(known), field]),
    ),
  )
}

function missingFields(
  { columns, oneOf }: HeaderRule,
  positions: Positions,
  hasDefaultPlace: boolean,
): string[] {
  const missing = Object.entries(columns)
    .filter(
      ([field, { presence }]) =>
        !positions.has(field) &&
        presence !== 'optional' &&
        !(presence === 'unless-default-place' && hasDefaultPlace),
    )
    .map(([field]) => field)
  if (oneOf && !oneOf.some(field => positions.has(field))) missing.push(oneOf[0])
  return missing
}

function unknownFlaw(name: string, columns: Columns, positions: Positions): Flaw {
  const free = Object.entries(columns).filter(([field]) => !positions.has(field))
  const known = free.flatMap(([, { name, aliases }]) => [name, ...aliases].map(word => ({ word, name })))
  const word = closestName(
    name,
    known.map(({ word }) => word),
  )
  const closest = known.find(candidate => candidate.word === word)?.name
  return flawed(
    'unknown-column',
    `Colonne ${quoted(name)} inconnue${closest ? ` : vouliez-vous dire ${quoted(closest)} ?` : '.'}`,
    `Les colonnes connues sont ${Object.values(columns)
      .map(known => known.name)
      .join(', ')} ; renommez ou supprimez celle-ci.`,
  ).flaw
}

function duplicateFlaw(name: string, first: number): Flaw {
  return flawed(
    'duplicate-column',
    `Colonne ${quoted(name)} en double : la colonne ${first} la donne déjà.`,
    'Gardez une seule des deux colonnes.',
  ).flaw
}

// A spreadsheet saves empty columns at the right of a table; they do no harm while nothing stands under them.
function unnamedFlaw(table: HeaderInFile, index: number): Flaw | undefined {
  const filled = table.records.find(({ cells }) => cells[index]!.trim() !== '')
  if (!filled) return undefined
  return flawed(
    'unnamed-column',
    `La colonne ${index + 1} n’a pas de nom, mais ${quoted(filled.cells[index]!)} s’y trouve ligne ${filled.line}.`,
    'Nommez cette colonne ou videz-la.',
  ).flaw
}

function missingFlaw(columns: Columns, field: string): Flaw {
  const { name, description, example } = columns[field]!
  return flawed(
    'missing-column',
    `Colonne ${quoted(name)} manquante.`,
    `Ajoutez-la : ${description} Exemple : ${example}.`,
  ).flaw
}
