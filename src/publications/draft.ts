import { groupBy } from '../pure/figures/group-by.ts'
import { type PublishedRow, settle } from '../pure/figures/observation.ts'
import { figureKey } from '../pure/figures/vintage.ts'

/** What publishing a file would do to one figure. A value is `undefined` when there is none. */
export interface CellChange {
  row: PublishedRow
  before: number | undefined
  after: number | undefined
}

/**
 * What publishing some values would change, figure by figure: the value in force before and after. A figure whose value
 * in force stays what it is changes nothing, such as a first publication beside another one.
 */
export function changesOf(
  published: readonly PublishedRow[],
  drafted: readonly PublishedRow[],
): CellChange[] {
  const known = groupBy(published, figureKey)
  return [...groupBy(drafted, figureKey)].flatMap(([key, rows]) => {
    const before = settle(known.get(key) ?? [])?.current.value
    const after = settle([...(known.get(key) ?? []), ...rows])?.current.value
    return before === after ? [] : [{ row: rows[0]!, before, after }]
  })
}
