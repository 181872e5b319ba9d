import type { Day } from '../calendar/day.ts'
import type { Title } from '../law/title.ts'
import type { Clock, Measure, Statistic, Status, Unit } from './measure.ts'

/** Why a release exists: first publication, planned revision, correction of an error, change of method. */
export const RELEASE_KINDS = ['initial', 'revision', 'correction', 'methodology'] as const
/** Code of a release kind. */
export type ReleaseKind = (typeof RELEASE_KINDS)[number]

/** One value as one document published it. `value` is `undefined` when the release withdrew the figure. */
export interface PublishedValue {
  value: number | undefined
  status: Status
  release: number
  kind: ReleaseKind
  /** Why the release revises or corrects, as its file says. */
  reason?: string | undefined
  publishedOn: Day
  source: string
  /** Brought by the program itself, whose files were compared before they said whose figures they change. */
  curated?: boolean
  /** Moment from which this service showed it: its publication here, or the end of its embargo; not known when absent. */
  shownAt?: string
  document: string
  locator: string
}

/** One published value with the series and the period it belongs to. `target` is in the unit of the value. */
export interface PublishedRow extends PublishedValue {
  measure: Measure
  title: Title | ''
  place: string
  variant: string
  statistic: Statistic
  unit: Unit
  clock: Clock
  granularity: 'day' | 'month' | 'quarter' | 'year'
  period: string
  target: number | undefined
  recordedAt: string
  shownAt: string
  /** Under the statistical secret: the public reads no value of it. */
  secret?: boolean
  /** Since when, and why, its file is taken back: it says nothing any more. */
  withdrawn?: { at: string; reason: string }
}

/** What is believed of one figure: the value in force, and the other values published that nothing replaced. */
export interface Figure {
  current: PublishedValue
  conflicts: PublishedValue[]
}

/**
 * Chooses between the values published for one figure. A revision, correction or change of method replaces the
 * earlier values of the same source, and the last one is in force. First publications never replace each other: when
 * they differ, the first stays in force until its source declares a revision, and the others are flagged. The first is the
 * one that this service showed first, whatever day a file brought later gives itself; the files of the program, which were
 * read and compared, count by their own day. A figure is of the source that told it first, or that the program put in
 * force: what another declares of it, or anybody of a day before its first publication, stands beside, as a first
 * publication would. A value taken back leaves the place to the others that stand. The same rule in SQL: `values_over_time`.
 *
 * @returns `undefined` when nothing was published, or when all of it was withdrawn.
 */
export function settle(published: readonly PublishedValue[]): Figure | undefined {
  const inOrder = inPublicationOrder(published)
  const standing = inOrder.filter(
    (value, i) =>
      value.value !== undefined &&
      !inOrder.slice(i + 1).some(later => later.kind !== 'initial' && later.source === value.source),
  )
  const changed = changes(inOrder)
  const current = standing.findLast(value => changed.has(value)) ?? firstShown(standing)
  if (current === undefined) return undefined
  return { current, conflicts: standing.filter(value => value.value !== current.value) }
}

/** Those of some values, in order of publication, that change a figure of their own. */
function changes(inOrder: readonly PublishedValue[]): Set<PublishedValue> {
  const first = firstShown(inOrder)
  const owners = new Set([first?.source])
  return new Set(
    inOrder
      .slice(first === undefined ? inOrder.length : inOrder.indexOf(first))
      .filter(({ kind, source, curated }) => {
        if (kind !== 'initial' && curated) owners.add(source)
        return kind !== 'initial' && owners.has(source)
      }),
  )
}

/** The one of some values that this service showed first, the program's counted by their own day. */
function firstShown(values: readonly PublishedValue[]): PublishedValue | undefined {
  const since = ({ publishedOn, shownAt = '', curated }: PublishedValue) => {
    const shown = curated ? '' : shownAt.replace(/Z$/, '')
    return shown > publishedOn ? shown : publishedOn
  }
  const before = (a: PublishedValue, b: PublishedValue) =>
    since(a) === since(b) ? a.release < b.release : since(a) < since(b)
  return values.reduce<PublishedValue | undefined>(
    (first, value) => (first === undefined || before(value, first) ? value : first),
    undefined,
  )
}

/** Published values by the day on which the world could know them, then by their order of arrival here. */
export function inPublicationOrder<Value extends PublishedValue>(published: readonly Value[]): Value[] {
  return [...published].sort((a, b) =>
    a.publishedOn === b.publishedOn ? a.release - b.release : a.publishedOn < b.publishedOn ? -1 : 1,
  )
}
