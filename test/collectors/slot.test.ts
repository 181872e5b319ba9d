import { describe, expect, test } from 'vitest'
import { clockOf } from '../../src/collectors/local-clock.ts'
import { readSlot, readSlots } from '../../src/collectors/slot.ts'

describe('the hour of a slot', () => {
  test.each([
    ['2022-12-19T10:00Z', '2022-12-19T10:00'],
    // Clocks of Paris jump over this hour; the day is what it says.
    ['2026-03-29T02:30Z', '2026-03-29T02:30'],
    ['2026-10-25T00:15:00Z', '2026-10-25T00:15'],
    ['2026-03-28T23:45Z', '2026-03-28T23:45'],
    ['2026-07-01T22:30+00:00', '2026-07-02T00:30'],
    ['2026-07-01T22:30:00+0200', '2026-07-01T22:30'],
    ['2026-12-31T23:30:00-0100', '2027-01-01T01:30'],
    ['2026-12-01T10:00', '2026-12-01T10:00'],
    ['2026-12-01 9:05:00.000', '2026-12-01T09:05'],
    ['2026-07-01T22:30+00:00[UTC]', '2026-07-02T00:30'],
    ['2026-07-01T23:30-02', '2026-07-02T03:30'],
    // Where calendars end, an offset leads nowhere.
    ['9999-12-31T23:59:59-1200', '9999-12-31T23:59'],
    ['0001-01-01T00:00:00+14:00', '0001-01-01T00:00'],
    // The day alone is what is known.
    ['2026-12-01', '2026-12-01'],
  ])('%s', (written, slot) => expect(readSlot(written)).toBe(slot))

  test.each([
    '',
    'demain',
    '2026-02-30T10:00Z',
    '2026-12-01T25:00Z',
    '2026-12-01T',
    '2026-12-01T10:00+99:00',
  ])('%j is none', written => expect(readSlot(written)).toBeUndefined())
})

test('an explicit offset is told on the clocks of the point', () => {
  expect(readSlot('2026-12-01T23:30:00+01:00', clockOf('98800'))).toBe('2026-12-02T09:30')
  expect(readSlot('2026-12-01T03:30:00+01:00', clockOf('97110'))).toBe('2026-11-30T22:30')
  expect(readSlot('2026-12-01T03:30Z', clockOf('97110'))).toBe('2026-12-01T03:30')
})

test('absent, empty and null are no slot; disorder and duplicates change nothing', () => {
  const slot = (datetime: string) => ({ datetime, callback_url: 'https://x.example' })
  const answer = {
    1: [slot('2026-12-02T10:00Z'), slot('2026-12-01T10:00Z'), slot('2026-12-02T10:00:00+0100'), slot('?')],
    2: [],
    3: null,
  }
  expect(readSlots(answer, ['1', '2', '3', '4'])).toEqual(
    new Map([
      ['1', ['2026-12-01T10:00', '2026-12-02T10:00']],
      ['2', []],
      ['3', []],
      ['4', []],
    ]),
  )
})

test.each([[null], [[]], ['x'], [{ error: { code: 500 } }], [{ detail: 'down' }]])(
  '%j is no answer, which is not that there is no slot',
  answer => expect(readSlots(answer, ['1'])).toBeUndefined(),
)

test('a list that PHP wrote as an object, and points that could not be told', () => {
  const slot = { datetime: '2026-12-01T10:00Z' }
  expect(readSlots({ 1: { 0: slot, 2: slot } }, ['1', '2'])?.get('2')).toEqual([])
  for (const beside of [{ errors: ['2'] }, { status: 207 }, { errors: [] }])
    expect(readSlots({ 1: [slot], ...beside }, ['1', '2'])?.get('2')).toBeUndefined()
  for (const nested of [{ data: { 1: [slot] } }, { results: [] }, { data: [] }])
    expect(readSlots(nested, ['1', '2'])).toBeUndefined()
  // A point that the editor no longer tells of is one all the same.
  expect(readSlots({ 9: [slot] }, ['1'])?.get('1')).toEqual([])
})

test('identifiers in capitals at one address and in small letters at another are one', () => {
  const slot = { datetime: '2026-12-01T10:00Z' }
  const [uuid, other] = ['9F3B0A6C-1D2E-4F5A-8B7C-0D1E2F3A4B5C', '9f3b0a6c-1d2e-4f5a-8b7c-0d1e2f3a4b5d']
  const slots = readSlots({ [uuid.toLowerCase()]: [slot], [other]: [] }, [uuid, other])
  expect([slots?.get(uuid), slots?.get(other)]).toEqual([['2026-12-01T10:00'], []])
  // Two points that differ by that alone stay two.
  const two = readSlots({ a: [slot], A: [] }, ['A', 'a'])
  expect([two?.get('A'), two?.get('a')]).toEqual([[], ['2026-12-01T10:00']])
})

test('what cannot be read of a point says nothing of it, and takes no other with it', () => {
  const answer = {
    1: 'x',
    2: {},
    3: [{ datetime: 'demain' }],
    4: [{ datetime: '2026-12-01t10:00z' }],
    at: 'now',
  }
  expect(readSlots(answer, ['1', '2', '3', '4', '5'])).toEqual(
    new Map([
      ['1', undefined],
      ['2', undefined],
      ['3', undefined],
      ['4', ['2026-12-01T10:00']],
      ['5', undefined],
    ]),
  )
})
