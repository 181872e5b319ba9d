import { expect, test } from 'vitest'
import {
  inPublicationOrder,
  type PublishedRow,
  type PublishedValue,
  settle,
} from '../../../src/pure/figures/observation.ts'
import { figureKey, notices, vintages } from '../../../src/pure/figures/vintage.ts'

import { seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { counts, DAYS, type HistoryRelease, randomHistory, rowsOf, slate, worldDay } from '../../histories.ts'

const said = (
  release: number,
  value: number | undefined,
  changes: Partial<PublishedRow> = {},
): PublishedRow => ({
  measure: 'appointment-wait',
  title: 'cni-passport',
  place: '16',
  variant: '',
  statistic: 'mean',
  unit: 'unspecified-day',
  clock: 'appointment-as-published',
  granularity: 'quarter',
  period: '2021-Q3',
  target: undefined,
  recordedAt: '2026-11-24T08:00:00+00:00',
  shownAt: '2026-11-24T08:00:00Z',
  value,
  status: value === undefined ? 'withdrawn' : 'observed',
  release,
  kind: 'initial',
  publishedOn: `2022-04-${String(4 + release).padStart(2, '0')}`,
  source: 'Préfecture',
  document: 'bilan',
  locator: '',
  ...changes,
})
const states = (rows: PublishedRow[]) => vintages(rows).map(({ state, replacedOn }) => [state, replacedOn])

test('the two values printed for the third quarter of 2021: the first in force, the other in conflict', () => {
  expect(states([said(1, 40), said(2, 39), said(3, 40)])).toEqual([
    ['in-force', undefined],
    ['conflict', undefined],
    ['same', undefined],
  ])
})

test('a revision replaces what its source had said, on its day; another source stays in conflict', () => {
  const rows = [
    said(1, 40),
    said(2, 38, { source: 'Presse' }),
    said(3, 41, { kind: 'revision', publishedOn: '2022-05-01' }),
  ]
  expect(states(rows)).toEqual([
    ['replaced', '2022-05-01'],
    ['conflict', undefined],
    ['in-force', undefined],
  ])
})

test('a figure taken back says so, and when what it said was replaced', () => {
  expect(
    states([said(1, 40), said(2, undefined, { kind: 'correction', publishedOn: '2022-06-01' })]),
  ).toEqual([
    ['replaced', '2022-06-01'],
    ['withdrawn', undefined],
  ])
})

test('figures of two quarters or two clocks are not set against each other', () => {
  const rows = [said(1, 40), said(2, 41, { period: '2021-Q4' }), said(3, 60, { clock: 'first-free-slot' })]
  expect(states(rows).map(([state]) => state)).toEqual(['in-force', 'in-force', 'in-force'])
  expect(new Set(rows.map(figureKey)).size).toBe(3)
})

type Rule = (rows: readonly PublishedValue[]) => number | undefined
const HISTORIES = 10_000
const LAST_DAY = '2026-11-24'

/** Every question asked of a history: each day, after each number of publications. */
function questions(releases: readonly HistoryRelease[]) {
  const published = releases.filter(release => release.published !== undefined).length
  return [...DAYS, LAST_DAY].flatMap(asOf =>
    [1, Math.ceil(published / 2), published].map(known => ({ asOf, known })),
  )
}
/** The first history, by its seed, on which a rule leaves the slate. */
function firstFault(rule: Rule, histories = HISTORIES): number | undefined {
  for (let seed = 1; seed <= histories; seed++) {
    const releases = randomHistory(seededRandom(seed), 1)
    for (const question of questions(releases))
      if (rule(rowsOf(releases, 0, question)) !== slate(releases, 0, question)) return seed
  }
  return undefined
}
const rule: Rule = rows => settle(rows)?.current.value

test(`${HISTORIES} random histories: the rule says what a clerk would have kept on a slate`, () => {
  expect(firstFault(rule)).toBeUndefined()
})

/** Of some values, the one shown first, the program's counted by their day. */
const firstShown = (values: PublishedValue[], since = sinceShown) =>
  [...values].sort((a, b) =>
    since(a) === since(b) ? a.release - b.release : since(a) < since(b) ? -1 : 1,
  )[0]
const sinceShown = ({ publishedOn, shownAt, curated }: PublishedValue): string =>
  curated || shownAt === undefined || shownAt < publishedOn ? publishedOn : shownAt

/** The rule written out, so that each of its clauses can be broken alone. */
const written =
  ({
    order = (rows: PublishedValue[]): PublishedValue[] => inPublicationOrder(rows),
    declared = (value: PublishedValue) => value.kind !== 'initial',
    first = (values: PublishedValue[]) => firstShown(values),
    since = (value: PublishedValue, owner: PublishedValue | undefined, inOrder: PublishedValue[]) =>
      owner === undefined || inOrder.indexOf(value) >= inOrder.indexOf(owner),
    owns = (value: PublishedValue, inOrder: PublishedValue[]) =>
      value.source === first(inOrder)?.source ||
      inOrder
        .slice(0, inOrder.indexOf(value) + 1)
        .some(one => one.source === value.source && one.curated && one.kind !== 'initial'),
    takesBack = (later: PublishedValue, earlier: PublishedValue) => later.source === earlier.source,
    gone = (value: PublishedValue) => value.value === undefined,
    pick = (standing: PublishedValue[], isDeclared: (value: PublishedValue) => boolean) =>
      standing.findLast(isDeclared) ?? first(standing),
  } = {}): Rule =>
  rows => {
    const inOrder = order([...rows])
    const standing = inOrder.filter(
      (value, i) =>
        !gone(value) && !inOrder.slice(i + 1).some(later => declared(later) && takesBack(later, value)),
    )
    return pick(
      standing,
      value => declared(value) && owns(value, inOrder) && since(value, first(inOrder), inOrder),
    )?.value
  }
const byDay = (rows: PublishedValue[], turned: 1 | -1) =>
  rows.sort((a, b) =>
    a.publishedOn === b.publishedOn
      ? turned * (a.release - b.release)
      : a.publishedOn < b.publishedOn
        ? -1
        : 1,
  )
const BROKEN: Record<string, Rule> = {
  'the last publication wins, declared or not': written({ pick: standing => standing.at(-1) }),
  'the first publication always wins': written({ pick: standing => firstShown(standing) }),
  'the first is the one of the first day': written({ first: inOrder => inOrder[0] }),
  'the files of the program count by the moment they were shown': written({
    first: values => firstShown(values, value => sinceShown({ ...value, curated: false })),
  }),
  'a change told of a day before the first publication changes it': written({ since: () => true }),
  'the first declared change wins': written({
    pick: (standing, isDeclared) => standing.find(isDeclared) ?? firstShown(standing),
  }),
  'the last first publication wins': written({
    pick: (standing, isDeclared) => standing.findLast(isDeclared) ?? standing.at(-1),
  }),
  'whoever declares changes the figure of another': written({ owns: () => true }),
  'the program changes no figure of another': written({
    owns: (value, inOrder) => value.source === firstShown(inOrder)?.source,
  }),
  'what the program changed cannot be changed again': written({
    owns: (value, inOrder) => value.curated === true || value.source === firstShown(inOrder)?.source,
  }),
  'a declared change takes back every source': written({ takesBack: () => true }),
  'a declared change takes nothing back': written({ takesBack: () => false }),
  'a declared change takes back other sources only': written({
    takesBack: (later, earlier) => later.source !== earlier.source,
  }),
  'a correction is not a declared change': written({
    declared: value => value.kind === 'revision' || value.kind === 'methodology',
  }),
  'a change of method is not a declared change': written({
    declared: value => value.kind === 'revision' || value.kind === 'correction',
  }),
  'a revision is not a declared change': written({
    declared: value => value.kind === 'correction' || value.kind === 'methodology',
  }),
  'order of arrival alone': written({ order: rows => rows.sort((a, b) => a.release - b.release) }),
  'on one day the later file comes first': written({ order: rows => byDay(rows, -1) }),
  'a withdrawal hides the values of the others': written({ gone: () => false }),
  'a withdrawal is no change': rows => rule(rows.filter(row => row.value !== undefined)),
  'no value but the first release of its source': rows =>
    rule(
      rows.filter(row => rows.every(other => other.source !== row.source || other.release >= row.release)),
    ),
}

test('the rule written out is the rule', () => {
  expect(firstFault(written(), 2_000)).toBeUndefined()
})

test.each(Object.keys(BROKEN))('a broken rule is caught: %s', name => {
  expect(firstFault(BROKEN[name]!, 1_000)).toBeDefined()
})

test('every change of the value in force gives one notice, from what it was to what it is, and nothing else does', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const releases = randomHistory(seededRandom(seed), 1)
    const ordered = releases
      .filter(one => one.cells.has(0) && counts(one, { asOf: LAST_DAY }))
      .sort((a, b) => worldDay(a).localeCompare(worldDay(b)) || a.arrival - b.arrival)
    const told = ordered.map((_, i) => slate(ordered.slice(0, i + 1), 0, { asOf: LAST_DAY }))
    const expected = told.slice(1).flatMap((after, i) => (after === told[i] ? [] : [[told[i], after]]))
    const given = notices(rowsOf(releases, 0, { asOf: LAST_DAY }))
    expect(given.map(({ before, after }) => [before, after])).toEqual(expected)
    for (const { change, after } of given) expect(change === 'withdrawal').toBe(after === undefined)
  }
})

test('the order of arrival of files of the program does not matter when each document has its day', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const random = seededRandom(seed)
    const releases = randomHistory(random, 1).map((release, i) => ({
      ...release,
      day: `2022-0${i + 1}-15`,
      curated: true,
      wait: 'none' as const,
      published: i,
    }))
    const arrivals = releases.map((_, i) => i).sort(() => random() - 0.5)
    const shuffled = releases.map((release, i) => ({
      ...release,
      arrival: arrivals[i]!,
      published: arrivals[i]!,
    }))
    for (const asOf of ['2022-03-20', LAST_DAY])
      expect(rule(rowsOf(shuffled, 0, { asOf }))).toBe(rule(rowsOf(releases, 0, { asOf })))
  }
})

test('a value kept from the reader stands as it is, and one told again after it was taken back is a republication', () => {
  expect(states([said(1, undefined, { secret: true, status: 'observed' })])).toEqual([
    ['in-force', undefined],
  ])
  expect(states([said(1, 40, { secret: true })])).toEqual([['in-force', undefined]])
  const rows = [said(1, 40), said(2, undefined, { kind: 'correction' }), said(3, 41, { source: 'Presse' })]
  expect(notices(rows).map(({ change, before, after }) => [change, before, after])).toEqual([
    ['withdrawal', 40, undefined],
    ['republication', undefined, 41],
  ])
})
