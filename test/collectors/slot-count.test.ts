import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSlots, horizonOf, isKnown, stretchesFrom } from '../../src/collectors/slot-count.ts'
import { addDays } from '../../src/pure/calendar/day.ts'

test('six months, by month, without a day twice nor a day missed', () => {
  expect(horizonOf('2026-08-31')).toBe('2027-02-28')
  expect(horizonOf('2026-11-29')).toBe('2027-05-29')
  expect(stretchesFrom('2026-11-29').at(0)).toEqual({ from: '2026-11-29', to: '2026-11-30' })
  expect(stretchesFrom('2026-11-29').at(-1)).toEqual({ from: '2027-05-01', to: '2027-05-29' })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 }), n => {
      const stretches = stretchesFrom(addDays('2020-01-01', n))
      stretches.slice(1).forEach((one, i) => {
        expect(one.from).toBe(addDays(stretches[i]!.to, 1))
      })
    }),
  )
})

const day = '2026-11-29'
const stretches = stretchesFrom(day)
const empty = { slots: [] }

test('the first slot and those within 7, 30 and 90 days', () => {
  const told = [
    { slots: [] },
    { slots: ['2026-12-06T09:00', '2026-12-06T10:00', '2026-12-30T09:00'] },
    empty,
    { slots: ['2027-02-27T09:00', '2027-02-28T09:00'] },
  ]
  expect(countSlots(day, stretches, told)).toEqual({
    state: 'read',
    cause: undefined,
    firstSlotDays: 7,
    open: [2, 2, 4],
  })
  expect(isKnown(day, stretches, told)).toBe(true)
  expect(isKnown(day, stretches, told.slice(0, 3))).toBe(false)
})

test('no slot anywhere is a bound, and a slot beyond what was asked is none', () => {
  const told = stretches.map(() => ({ slots: ['2026-11-28T09:00', '2027-06-15T09:00'] }))
  expect(countSlots(day, stretches, told)).toMatchObject({ state: 'no-slot-within-horizon', open: [0, 0, 0] })
})

test('a month that could not be read hides the first slot, unless an earlier one had it', () => {
  const late = { slots: ['2027-01-15T09:00'] }
  expect(countSlots(day, stretches, [empty, { cause: 'timeout' }, late])).toMatchObject({
    state: 'unreachable',
    cause: 'timeout',
    firstSlotDays: undefined,
    open: [undefined, undefined, undefined],
  })
  expect(countSlots(day, stretches, [{ cause: 'token-refused' }])).toMatchObject({ state: 'refused' })
  const early = { slots: ['2026-11-30T09:00'] }
  expect(countSlots(day, stretches, [early, empty, { cause: 'timeout' }])).toMatchObject({
    state: 'read',
    firstSlotDays: 1,
    open: [1, 1, undefined],
  })
})
