import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parisOffset, readSlot, readSlots } from '../../src/collectors/slot.ts'

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
  ])('%s', (written, slot) => expect(readSlot(written)).toBe(slot))

  test.each(['', 'demain', '2026-02-30T10:00Z', '2026-12-01T25:00Z', '2026-12-01'])('%j is none', written =>
    expect(readSlot(written)).toBeUndefined(),
  )
})

test('Paris is what the time zones of the machine say it is', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  fc.assert(
    fc.property(fc.integer({ min: 26_000_000, max: 34_000_000 }), utc => {
      const shown = clock.format(new Date((utc + parisOffset(utc)) * 60_000 - parisOffset(utc) * 60_000))
      const iso = new Date((utc + parisOffset(utc)) * 60_000).toISOString()
      expect(shown).toBe(`${iso.slice(0, 10)} ${iso.slice(11, 16)}`)
    }),
  )
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
      ['5', []],
    ]),
  )
})
