import type { Day } from '../calendar/day.ts'
import { groupBy } from './group-by.ts'
import { type PublishedRow, settle } from './observation.ts'

/** What became of a published value: it stands, is contradicted, repeated, replaced, or taken back. */
export type VintageState = 'in-force' | 'conflict' | 'same' | 'replaced' | 'withdrawn'

/** One value as it was published, with what became of it. */
export interface Vintage {
  row: PublishedRow
  state: VintageState
  /** Day on which the release that replaced it was published. */
  replacedOn: Day | undefined
}

/**
 * Every value published for some figures with what became of it, figure by figure, in order of publication. It says
 * what `settle` chose: the value in force, those that contradict it, those that a revision of their source replaced.
 */
export function vintages(published: readonly PublishedRow[]): Vintage[] {
  return [...groupBy(published, figureKey).values()].flatMap(rows => {
    const inOrder = [...rows].sort((a, b) =>
      a.publishedOn === b.publishedOn ? a.release - b.release : a.publishedOn < b.publishedOn ? -1 : 1,
    )
    const figure = settle(inOrder)
    return inOrder.map((row, i): Vintage => {
      const by = inOrder.slice(i + 1).find(later => later.kind !== 'initial' && later.source === row.source)
      if (by !== undefined) return { row, state: 'replaced', replacedOn: by.publishedOn }
      const state =
        row.value === undefined
          ? 'withdrawn'
          : figure === undefined || row.release === figure.current.release
            ? 'in-force'
            : row.value === figure.current.value
              ? 'same'
              : 'conflict'
      return { row, state, replacedOn: undefined }
    })
  })
}

/** What makes two published values speak of the same figure. */
export function figureKey(row: PublishedRow): string {
  return [
    row.measure,
    row.title,
    row.place,
    row.variant,
    row.statistic,
    row.unit,
    row.clock,
    row.granularity,
    row.period,
  ].join('|')
}
