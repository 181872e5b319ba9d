import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PublishedValue, RELEASE_KINDS, settle } from '../../../src/pure/figures/observation.ts'

const said = (
  release: number,
  value: number | undefined,
  changes: Partial<PublishedValue> = {},
): PublishedValue => ({
  value,
  status: value === undefined ? 'withdrawn' : 'observed',
  release,
  kind: 'initial',
  publishedOn: '2022-04-05',
  source: 'Préfecture',
  document: 'bilan',
  locator: '',
  ...changes,
})

test('two first publications that differ: the first stays in force, the other is flagged', () => {
  const figure = settle([said(1, 40), said(2, 39, { publishedOn: '2022-04-13' })])
  expect(figure?.current.value).toBe(40)
  expect(figure?.conflicts.map(value => value.value)).toEqual([39])
})

test('a revision of the same source replaces, and ends the conflict', () => {
  const figure = settle([
    said(1, 40),
    said(2, 39),
    said(3, 41, { kind: 'revision', publishedOn: '2022-05-01' }),
  ])
  expect(figure?.current.value).toBe(41)
  expect(figure?.conflicts).toEqual([])
})

test('a revision of another source contradicts the first, unless the program brought it', () => {
  const other = said(2, 41, { kind: 'revision', source: 'Ministère' })
  expect(settle([said(1, 40), other])).toMatchObject({ current: { value: 40 }, conflicts: [{ value: 41 }] })
  expect(settle([said(1, 40), { ...other, curated: true }])?.current.value).toBe(41)
  const own = said(3, 42, { kind: 'revision', source: 'Ministère' })
  expect(settle([said(1, 40), other, own])).toMatchObject({
    current: { value: 40 },
    conflicts: [{ value: 42 }],
  })
})

test('a file brought later takes no figure over by giving itself an earlier day, unless it is of the program', () => {
  const official = said(1, 26, { shownAt: '2026-11-24T08:00:00.5Z' })
  const backdated = said(2, 12, {
    publishedOn: '1999-01-01',
    source: 'CERT',
    shownAt: '2026-11-24T08:00:00.51Z',
  })
  const figure = settle([official, backdated])
  expect(figure).toMatchObject({ current: { value: 26 }, conflicts: [{ value: 12 }] })
  const revised = { ...backdated, kind: 'revision' as const }
  expect(settle([official, revised, { ...revised, release: 3, value: 11 }])?.current.value).toBe(26)
  expect(settle([official, { ...backdated, curated: true }])?.current.value).toBe(12)
})

test('the same value said twice is no conflict', () => {
  expect(settle([said(1, 41), said(2, 41)])?.conflicts).toEqual([])
})

test('a withdrawn figure has no value; nothing published has none either', () => {
  expect(settle([said(1, 40), said(2, undefined, { kind: 'correction' })])).toBeUndefined()
  expect(settle([])).toBeUndefined()
})

test('the order of arrival of the rows does not matter', () => {
  const values = fc.array(
    fc.record({
      release: fc.nat(20),
      value: fc.nat(5),
      kind: fc.constantFrom(...RELEASE_KINDS),
      publishedOn: fc.constantFrom('2022-01-01', '2022-02-01', '2022-03-01'),
      source: fc.constantFrom('A', 'B'),
    }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (rows, chance) => {
      const published = [
        ...new Map(rows.map(row => [row.release, said(row.release, row.value, row)])).values(),
      ]
      const shuffled = published
        .map(row => ({ row, at: chance.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row)
      expect(settle(shuffled)).toEqual(settle(published))
    }),
  )
})
