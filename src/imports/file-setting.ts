import type { Day } from '../pure/calendar/day.ts'
import type { PiloteIndicator } from '../pure/figures/pilote-indicator.ts'
import type { CommuneLookup } from './cells/column.ts'
import type { CommunesNamed } from './cells/commune-name.ts'
import type { DepartmentNamed } from './cells/department-name.ts'
import type { Kind } from './kinds.ts'
import type { Limits } from './limits.ts'

/** What a file is read with. */
export interface FileSetting {
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
  /** What was chosen by hand for an earlier file of the same head. */
  remembered?: ((head: string) => ReadonlyMap<string, string> | undefined) | undefined
  /** Name of the file, which may speak of its figures. */
  fileName?: string | undefined
  today: Day
  /** Day of publication, when the file does not say it; else today. */
  publishedOn?: Day | undefined
  /** Part of the program: read and compared by hand, it says what its sources said, when they said it. */
  shipped?: boolean | undefined
  knownCommunes: CommuneLookup
  /** Whether a code is that of a centre (CERT); none is known when absent. */
  knownCerts?: ((code: string) => boolean) | undefined
  communesNamed?: CommunesNamed | undefined
  departmentNamed?: DepartmentNamed | undefined
  /** Whether the sender answers for a place; of any place when absent. */
  answersFor?: ((code: string) => boolean) | undefined
  /** Place of the rows that name none. */
  defaultPlace?: string | undefined
  /** Which indicators of PILOTE are which figures. */
  pilote?: readonly PiloteIndicator[] | undefined
  limits?: Limits | undefined
}
