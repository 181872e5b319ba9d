import { expect, test } from 'vitest'
import { hourRanges, readTime, weekdaysIn, weeklyHours } from '../../../src/imports/cells/time-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }

test.each([
  ['8h30', '08:30'],
  ['8 h 30', '08:30'],
  ['08:30', '08:30'],
  ['8H', '08:00'],
  ['17:00:00', '17:00'],
  ['0h00', '00:00'],
  ['23:59', '23:59'],
])('%s is %s', (text, value) => {
  expect(readTime(text, context)).toEqual({ value })
})

test.each(['24:00', '8:60', '8', 'midi', '8h3', '08:30:15', ''])('%s is no time', text => {
  expect(readTime(text, context)).toMatchObject({ flaw: { code: 'invalid-time' } })
})

test.each([
  ['8h30-12h / 13h30-17h', '8h30 12h, 13h30 17h'],
  ['8h30-12h 13h30-17h', '8h30 12h, 13h30 17h'],
  ['de 8 h 30 à 12 h et de 13:30 à 17:00', '8 h 30 12 h, 13:30 17:00'],
  ['9-12h', '9h 12h'],
  ['9h–12h', '9h 12h'],
  ['Fermé', ''],
  ['', ''],
])('%s are the hours %s', (text, hours) => {
  expect(
    hourRanges(text)
      ?.map(range => range.join(' '))
      .join(', '),
  ).toBe(hours)
})

test.each(['8h30', '8h30-', 'sur rendez-vous', '8h30-12h sauf le 3', '8-12'])(
  '%s is no range of hours',
  text => {
    expect(hourRanges(text)).toBeUndefined()
  },
)

test.each([
  ['du lundi au mercredi et samedi', ['lundi', 'mardi', 'mercredi', 'samedi']],
  ['ven. - lun.', ['vendredi', 'samedi', 'dimanche', 'lundi']],
  ['tous les jours', ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi']],
  ['lundi', ['lundi']],
  ['lundi matin', undefined],
  ['8h30', undefined],
])('%s names its days one by one', (text, days) => {
  expect(weekdaysIn(text)).toEqual(days)
})

test('a week in one cell gives the hours of each day, and nothing when part of it is not understood', () => {
  expect(weeklyHours('Lundi et mardi : 9h-12h ; samedi 10h-12h')).toEqual([
    ['9h', '12h', 'lundi'],
    ['9h', '12h', 'mardi'],
    ['10h', '12h', 'samedi'],
  ])
  expect(weeklyHours('Lundi 9h-12h sauf vacances')).toBeUndefined()
  expect(weeklyHours('Horaires : lundi 9h-12h')).toBeUndefined()
})
