import type { Day } from '../pure/calendar/day.ts'
import type { PiloteIndicator } from '../pure/figures/pilote-indicator.ts'
import type { Context } from './cells/column.ts'
import type { Kind } from './kinds.ts'
import type { Limits } from './limits.ts'

/** What cells are read against, whatever the file: the day, and which places there are. */
type Known = Pick<
  Context,
  'today' | 'knownCommunes' | 'knownCerts' | 'communesNamed' | 'departmentNamed' | 'answersFor' | 'title'
>

/** What a person says of a file beside it. */
export interface SaidBeside {
  /** Kind said by the person who sends the file; else the front matter says it, else the header. */
  kind?: Kind | undefined
  /** Title of all its figures, when the file does not say it. */
  title?: string | undefined
  /** Place of all its figures, when the file does not say it. */
  place?: string | undefined
  /** Sheet to be read, of a workbook; else the one that can be. */
  sheet?: string | undefined
  /** Fields of columns chosen by hand, by what identifies their names; empty to leave one aside. */
  mapping?: ReadonlyMap<string, string> | undefined
  /** Day of publication, when the file does not say it; else today. */
  publishedOn?: Day | undefined
  /** Which indicators of PILOTE are which figures. */
  pilote?: readonly PiloteIndicator[] | undefined
}

/** What a file is read with. */
export interface FileSetting extends SaidBeside, Known {
  /** What was chosen by hand for an earlier file of the same head. */
  remembered?: ((head: string) => ReadonlyMap<string, string> | undefined) | undefined
  /** Name of the file, which may speak of its figures. */
  fileName?: string | undefined
  /** Part of the program: read and compared by hand, it says what its sources said, when they said it. */
  shipped?: boolean | undefined
  /** Place of the rows that name none. */
  defaultPlace?: string | undefined
  limits?: Limits | undefined
}
