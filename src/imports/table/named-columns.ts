import type { Context } from '../cells/column.ts'
import { parseDay } from '../cells/day-cell.ts'
import { headsDepartments } from '../cells/department-name.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import { fieldNamed, fieldsByName, nameKeys } from '../header.ts'
import { agree, holdsCodes, holdsOnly, isWords, isYears, readable } from './column-content.ts'
import { saidStatistic } from './figure-terms.ts'
import type { FoundHeader } from './header-row.ts'
import type { TableRow } from './row.ts'
import { firstOfSpan } from './span.ts'
import type { AnyKind } from './spread.ts'

interface NamedTable {
  found: FoundHeader
  body: readonly TableRow[]
  kind: AnyKind
  /** Fields of columns chosen by hand, by the key of their names; empty to leave one aside. */
  mapping: ReadonlyMap<string, string> | undefined
  context: Context
  /** Whether what is known of each figure stands in a column. */
  holdsStatuses: (index: number) => boolean
}

/** Columns that say something of the others, where there are any. */
const OF_TABLE: {
  /** The names of places whose codes another column holds. */
  names?: number | undefined
  /** The years of months or quarters. */
  yearOfPeriod?: number | undefined
  /** Whether a permit is a first one or a renewal. */
  nature?: number | undefined
  /** What became of each value, or how it was made: some are no longer in force, others computed. */
  standing?: number | undefined
  /** The last days of periods whose first days stand in that of the periods. */
  periodEnd?: number | undefined
  /** First requests or renewals, of other titles. */
  split?: number | undefined
} = {}

/** The columns of a kind by their names; of several of one field, what they hold says which is read. */
export function namedColumns(table: NamedTable) {
  const { found, body, kind, mapping, context, holdsStatuses } = table
  const { names } = found
  const said = {
    /** Column of each field. */
    positions: new Map<string, number>(),
    /** Columns that no name says, or whose field another says better. */
    free: [] as number[],
    /** Columns that say again what another says. */
    twins: new Set<number>(),
    /** Two columns of one field, or a column said by hand to be of none. */
    faults: [] as { flaw: Flaw; index: number }[],
    ...OF_TABLE,
  }
  const { positions, free } = said
  const fieldOf = fieldsByName(kind.columns)
  const isHeadedByValues = found.headings.filter(heading => heading !== undefined).length >= 2
  const placeRank = (index: number) =>
    (headsDepartments(names[index]!) ? 0 : 2) + (holdsCodes(index, body) ? 1 : 0)
  /** Reads the field in one of two columns, and leaves the other. */
  const choose = (field: string, kept: number, left: number) => {
    positions.set(field, kept)
    free.push(left)
  }
  for (const [i, name] of names.entries()) {
    const asked = mapping?.get(nameKey(name))
    const chosen =
      asked === undefined || asked === '' || asked in kind.columns ? asked : fieldNamed(fieldOf, asked)
    if (asked !== undefined && chosen === undefined)
      said.faults.push({ flaw: unknownField(name, asked, kind), index: i })
    const named = chosen ?? fieldNamed(fieldOf, name)
    // « Nature » heads titles, or what is known of each figure.
    const known = named === 'title' && chosen === undefined && holdsStatuses(i) ? undefined : named
    // A table whose figures stand under years may head what they count with the name of the figure.
    const isLabel = chosen === undefined && known === kind.figure && isHeadedByValues && isWords(i, body)
    // « Mineurs » heads the answers to a question, or a count of them.
    const isCount = known === 'minors' && holdsOnly(i, body, text => /^\d[\d\s]+$/.test(text))
    const field = isLabel || isCount ? undefined : known
    if (field === '') continue
    if (chosen === undefined && /^(?:etat|methode?)$/.test(nameKey(name)) && holdsOnly(i, body, isStanding)) {
      said.standing ??= i
      continue
    }
    const first = positions.get(field ?? '')
    const column = kind.columns[field ?? '']
    if (field === undefined) free.push(i)
    else if (first === undefined) positions.set(field, i)
    else if (isPlace(field) && placeRank(i) !== placeRank(first)) {
      // A name beside a code says the same place, and its department less: what says most is read.
      const [kept, left] = placeRank(i) > placeRank(first) ? [i, first] : [first, i]
      choose(field, kept, left)
      if (holdsCodes(kept, body) && !headsDepartments(names[left]!)) said.names = left
    } else if (field === 'title' && (holdsNatures(i, body) || holdsNatures(first, body))) {
      const [titles, natures] = holdsNatures(i, body) ? [first, i] : [i, first]
      positions.set(field, titles)
      if (holdsOnly(titles, body, isPermit)) said.nature = natures
      else said.split = natures
    } else if (field === 'period' && isYears(i, body) !== isYears(first, body)) {
      // A year in a column and a month in another are one period.
      const [years, parts] = isYears(first, body) ? [first, i] : [i, first]
      said.yearOfPeriod = years
      positions.set(field, parts)
    } else if (field === 'period' && holdsQuarters(i, found, body) !== holdsQuarters(first, found, body)) {
      // A quarter beside its months says nothing more than they do.
      if (holdsQuarters(first, found, body)) choose(field, i, first)
      else free.push(i)
    } else if (field === kind.figure && saidStatistic([name]) !== saidStatistic([names[first]!])) {
      // Beside a mean, a median or a percentile is told and left aside; neither of two extremes is the figure.
      if ([i, first].every(one => /imum$/.test(saidStatistic([names[one]!]) ?? ''))) {
        positions.delete(field)
        free.push(first, i)
      } else if (saidStatistic([name]) === undefined) choose(field, i, first)
      else free.push(i)
    } else if (
      chosen === undefined &&
      column !== undefined &&
      nameKey(name) !== nameKey(names[first]!) &&
      agree(column, [first, i], body, context)
    ) {
      // The same thing twice, as exports write it: `2021-Q1` and « T1 2021 », a total of nothing else.
      const better = readable(column, i, body, context) > readable(column, first, body, context)
      if (better) choose(field, i, first)
      else free.push(i)
      said.twins.add(better ? first : i)
    } else said.faults.push({ flaw: duplicateFlaw(name, first + 1), index: i })
  }
  const begun = firstOfSpan(kind, names, free, positions)
  if (begun !== undefined) {
    positions.set(kind.span!.fields[0], begun)
    free.splice(free.indexOf(begun), 1)
  }
  const ends = [/^(?:debut|du)$/, /^(?:fin|au)$/].map(end =>
    free.find(
      i =>
        nameKeys(names[i]!).some(key => end.test(key)) &&
        holdsOnly(i, body, text => parseDay(text) !== undefined),
    ),
  )
  if (kind.columns['period'] !== undefined && !positions.has('period') && !ends.includes(undefined)) {
    positions.set('period', ends[0]!)
    said.periodEnd = ends[1]
    said.free = free.filter(i => !ends.includes(i))
  }
  return said
}

/** What the exports of this service say of a value: what became of it, or how it was made. */
const isStanding = (text: string) =>
  /^(?:en vigueur|en conflit|identique à la valeur en vigueur|remplacé|(?:import )?retiré|as-published$|mean-of-|decision-weighted$)/.test(
    text,
  )

/** Whether a field is that of a place. */
export const isPlace = (field: string) => field === 'place' || field === 'commune'

const isPermit = (text: string) => /sejour/.test(nameKey(text))

function holdsNatures(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /^(?:1ere|1re|premiere?s?|primo|renouv)/.test(nameKey(text)))
}

function holdsQuarters(index: number, { names }: FoundHeader, body: readonly TableRow[]): boolean {
  const isQuarter = (text: string) =>
    (parsePeriod(text) ?? parsePeriod(`${text} 2022`))?.granularity === 'quarter'
  return /^(?:n(?:umero)?(?:de)?)?trim/.test(nameKey(names[index]!)) || holdsOnly(index, body, isQuarter)
}

/** What the columns are called that share figures among parts of the public. */
const PARTS =
  /^(?:sexe|genre|civilite|age|tranchedages?|(?:majeurs?|mineurs?)+|(?:typede)?demandeurs?|publics?|usagers?|canal|motif|urgence|nationalite)/

/** Of columns left aside, those that say of which part of the public each figure is. */
export function partsAmong(aside: readonly number[], names: readonly string[], body: readonly TableRow[]) {
  return aside.filter(
    i =>
      (PARTS.test(nameKey(names[i]!)) ||
        holdsOnly(i, body, text => /^(?:permis\s)?[A-D]\d?E?$/.test(text))) &&
      holdsOnly(i, body, text => /\p{L}/u.test(text) && !/^(?:tou|ensemble|n\.?[acdr])/i.test(text)),
  )
}

function unknownField(name: string, field: string, { columns }: AnyKind): Flaw {
  const fields = Object.entries(columns).map(([key, column]) => `${key} (${column.name})`)
  return flawed(
    'unknown-column',
    `La colonne ${quoted(name)} est dite ${quoted(field)}, ce qui n’est aucun champ de ce type de fichier.`,
    `Donnez l’un de ses champs : ${fields.join(', ')} ; ou rien, pour la laisser de côté.`,
  ).flaw
}

function duplicateFlaw(name: string, first: number): Flaw {
  return flawed(
    'duplicate-column',
    `Colonne ${quoted(name)} en double : la colonne ${first} la donne déjà.`,
    'Gardez une seule des deux colonnes.',
  ).flaw
}

/** The column of the communes where the place was found in that of their department, which says less. */
export function townBesideDepartment(
  kind: AnyKind,
  names: readonly string[],
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
  readsPlaces: (index: number) => boolean,
): number | undefined {
  const place = positions.get('place')
  if (place === undefined || kind.columns['commune'] !== undefined) return undefined
  if (!headsDepartments(names[place]!)) return undefined
  return free.find(i => /mairie|commune|ville|insee/.test(nameKey(names[i]!)) && readsPlaces(i))
}
