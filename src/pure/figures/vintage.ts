import type { Day } from '../calendar/day.ts'
import { groupBy } from './group-by.ts'
import { inPublicationOrder, type PublishedRow, type ReleaseKind, settle } from './observation.ts'

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
    const inOrder = inPublicationOrder(rows)
    const standing = inOrder.filter(row => row.withdrawn === undefined)
    const figure = settle(standing)
    return inOrder.map((row): Vintage => {
      if (row.withdrawn !== undefined) return { row, state: 'withdrawn', replacedOn: undefined }
      const by = standing
        .slice(standing.indexOf(row) + 1)
        .find(later => later.kind !== 'initial' && later.source === row.source)
      if (by !== undefined) return { row, state: 'replaced', replacedOn: by.publishedOn }
      const state =
        row.secret && row.value === undefined
          ? 'in-force'
          : row.value === undefined
            ? 'withdrawn'
            : row.release === figure?.current.release
              ? 'in-force'
              : row.value === figure?.current.value
                ? 'same'
                : 'conflict'
      return { row, state, replacedOn: undefined }
    })
  })
}

/** A change of the value in force of a figure, to be told beside it: from what to what, on which day, and why. */
export interface Notice {
  row: PublishedRow
  /** A first publication that takes the place of a figure taken back is a `republication`. */
  change: Exclude<ReleaseKind, 'initial'> | 'withdrawal' | 'republication'
  /** Value before; `undefined` when the figure had been taken back. */
  before: number | undefined
  /** Value after; `undefined` when it was taken back. */
  after: number | undefined
}

/**
 * Every change of the value in force of some figures since each was first published, figure by figure, in order of
 * publication. A release that leaves the value in force as it was changes nothing, and gives no notice.
 */
export function notices(published: readonly PublishedRow[]): Notice[] {
  return [...groupBy(published, figureKey).values()].flatMap(rows => {
    const inOrder = inPublicationOrder(rows)
    return inOrder.slice(1).flatMap((row, i): Notice[] => {
      const before = settle(inOrder.slice(0, i + 1))?.current.value
      const after = settle(inOrder.slice(0, i + 2))?.current.value
      if (before === after) return []
      const change = after === undefined ? 'withdrawal' : row.kind === 'initial' ? 'republication' : row.kind
      return [{ row, change, before, after }]
    })
  })
}

/** What makes two published values speak of the same figure. */
export function figureKey(row: PublishedRow): string {
  const { measure, title, place, variant, statistic, unit, clock, granularity, period } = row
  return [measure, title, place, variant, statistic, unit, clock, granularity, period].join('|')
}
