import type { Day } from '../../pure/calendar/day.ts'
import type { CommunesNamed } from './commune-name.ts'
import type { DepartmentNamed } from './department-name.ts'
import type { Reading } from './fault.ts'
import { type Legend, readMark } from './mark.ts'
import { namesIn } from './name.ts'

/** What is known of a commune code: in force, taken over by another, or never heard of. */
export type CommuneState =
  | { state: 'current' }
  | { state: 'merged'; name?: string; successor: string; successorName: string }
  | { state: 'unknown' }

/** Looks a commune code up in the official geographic code. */
export type CommuneLookup = (code: string) => CommuneState

/** What cells are read against. */
export interface Context {
  today: Day
  knownCommunes: CommuneLookup
  /** Communes in force by their names; none are found so when absent. */
  communesNamed?: CommunesNamed | undefined
  /** The department of a name; none is found so when absent. */
  departmentNamed?: DepartmentNamed | undefined
  /** Whether a code is that of a centre (CERT); none is known when absent. */
  knownCerts?: ((code: string) => boolean) | undefined
  /** Name of the column that the cell stands in, when it is known. */
  heading?: string | undefined
  /** Tells a zero that is put back before a code; without it nothing is repaired. */
  tellZero?: ((code: string) => void) | undefined
  /** Whether the sender answers for a place; of any place when absent. */
  answersFor?: ((code: string) => boolean) | undefined
  /** Place of rows that name none. */
  defaultPlace: string | undefined
  /** Title of all figures, as their sender says: what a cell leaves open. */
  title?: string | undefined
  /** What the notes of the table say of the calls behind its figures. */
  legend?: Legend | undefined
  /** Whether to look for what was meant: it takes time, wasted once the faults are only counted. */
  suggesting: boolean
}

/** Reads the text of a cell, trimmed and not empty. */
export type CellReader<T> = (text: string, context: Context) => Reading<T>

/**
 * Whether a cell must be filled: `always`; `always-column` (the column must be there, the cell may be empty);
 * `unless-default-place`; `optional`.
 */
export type Presence = 'always' | 'always-column' | 'unless-default-place' | 'optional'

/** One column of a kind of file. */
export interface Column<T = unknown, P extends Presence = Presence> {
  /** French name, as in the template. */
  name: string
  aliases: readonly string[]
  presence: P
  description: string
  example: string
  read: CellReader<T>
  /** Free text keeps « nd » or « - » as it is; elsewhere they mean a missing value. */
  freeText: boolean
  /** What a cell that stands for several says one by one, `undefined` when it stands for one: « lundi au vendredi ». */
  each?: (text: string) => readonly string[] | undefined
}

/** The columns of a kind of file, under the names of the fields they fill. */
export type Columns = Record<string, Column>

/** The values of one row. */
export type Cells<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<infer T, infer P>
    ? P extends 'always' | 'unless-default-place'
      ? T
      : T | undefined
    : never
}

/** What is said of a column beside its name; `aliases` on one line. */
export type ColumnAbout = Pick<Column, 'description' | 'example'> &
  Partial<Pick<Column, 'freeText' | 'each'>> & { aliases?: string }

/** Describes a column: `column('jours', 'always', number(…), { aliases: 'délai | attente', description, example })`. */
export function column<T, P extends Presence>(
  name: string,
  presence: P,
  read: CellReader<T>,
  { aliases = '', ...others }: ColumnAbout,
): Column<T, P> {
  return { name, presence, read, freeText: false, ...others, aliases: namesIn(aliases).filter(Boolean) }
}

/** What a column reads in a text, nothing else being looked for; `undefined` when it reads nothing. */
export function valueIn<T>({ read }: Pick<Column<T>, 'read'>, text: string, context: Context): T | undefined {
  const reading = read(text, { ...context, suggesting: false })
  return 'value' in reading ? reading.value : undefined
}

/** Whether a cell says that the value is not known: empty, `n.d.`, `nc`, `-`. */
export function isMissing(text: string, freeText: boolean): boolean {
  if (text === '') return true
  const mark = freeText ? undefined : readMark(text)
  return mark !== undefined && 'unknown' in mark && mark.unknown === 'missing'
}
