import type { Day } from '../../pure/calendar/day.ts'
import type { PiloteIndicator } from '../../pure/figures/pilote-indicator.ts'
import type { Context } from '../cells/column.ts'
import type { Flaw } from '../cells/fault.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FrontMatter } from '../front-matter.ts'
import type { Kind } from '../kinds.ts'

/** What an adapter may ask about the file besides its rows. */
export interface Around {
  context: Context
  /** Day on which the file was published. */
  publishedOn: Day
  remarks: RemarkLog
  /** Refuses the file. */
  refuse(line: number, flaw: Flaw): void
  /** Name of the file, and of its sheet. */
  words: readonly string[]
  /** Which indicators of PILOTE are which figures. */
  pilote: readonly PiloteIndicator[]
}

/** A row of a foreign file: the text of a column by its name, empty when there is none. */
export type ForeignRow = (column: string) => string

/** A row of the kind that a foreign file becomes: the text of each field, and the line that it comes from. */
export interface AdaptedRow {
  line: number
  fields: Readonly<Record<string, string>>
}

/** Takes the rows of a foreign file one by one, and gives what they amount to, as they come or at the end. */
export interface Adapting {
  row(row: ForeignRow, line: number): readonly AdaptedRow[]
  end?(): readonly AdaptedRow[]
}

/** A file of another service, recognised by the names of its columns and read as a kind of file of this one. */
export interface Adapter {
  /** Whose file it is, in French. */
  name: string
  kind: Kind
  /** Columns without which it is not this file; of a list, one. */
  signs: readonly (string | readonly string[])[]
  /** Columns that are read, and the field that each mostly fills: the others are never looked at. */
  reads: Readonly<Record<string, string>>
  /** Fields that its rows may fill. */
  fields: readonly string[]
  /** What is known of every such file, when it says nothing of itself. */
  origin?: Pick<FrontMatter, 'source' | 'document' | 'licence' | 'address'>
  open(around: Around): Adapting
}
