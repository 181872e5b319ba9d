import { nameKey } from '../cells/name.ts'
import { fieldsByName } from '../header.ts'
import { PERMIT_NAMES } from '../kinds/count-file.ts'
import { MEASURE_WORDS } from '../kinds/indicator-file.ts'
import { KINDS } from '../kinds.ts'
import type { HeaderNames } from './header-row.ts'

/** The names of columns that kinds of files know, and of their figures. */
export const NAMES: HeaderNames = {
  known: new Set([
    ...Object.values(KINDS).flatMap(({ columns }) => [...fieldsByName(columns).keys()]),
    ...[...MEASURE_WORDS, ...PERMIT_NAMES].map(nameKey),
  ]),
  figures: new Set(
    Object.values(KINDS).flatMap(({ columns, figure }) =>
      [...fieldsByName(columns)].flatMap(([name, field]) => (field === figure ? [name] : [])),
    ),
  ),
}

/** The same, with the columns that the sender says what are. */
export function namesWith(mapping: ReadonlyMap<string, string> | undefined): HeaderNames {
  return mapping === undefined ? NAMES : { ...NAMES, known: new Set([...NAMES.known, ...mapping.keys()]) }
}
