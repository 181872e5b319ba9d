import { describe, expect, it } from 'vitest'
import {
  adultCardTerm,
  isNewCard,
  NEW_CARD_ROLL_OUT,
  newCardRule,
} from '../../../src/pure/law/identity-card.ts'

describe('the roll-out of the new card', () => {
  it.each([
    ['60', '2021-03-14', '2021-03-15'],
    ['76', '2021-03-28', '2021-03-29'],
    ['974', '2021-03-28', '2021-03-29'],
    ['16', '2021-06-13', '2021-06-14'],
    ['17', '2021-06-13', '2021-06-14'],
    ['64', '2021-06-13', '2021-06-14'],
    ['69', '2021-06-27', '2021-06-28'],
    ['2A', '2021-06-27', '2021-06-28'],
  ])('in %s comes between %s and %s', (department, before, after) => {
    expect(isNewCard(before, department)).toBe(false)
    expect(isNewCard(after, department)).toBe(true)
    expect(newCardRule(department).from).toBe(after)
  })

  it('is in doubt where no source names the department, until it is everywhere', () => {
    expect(isNewCard('2021-05-16', '75')).toBe(false)
    expect(isNewCard('2021-05-17', '75')).toBeUndefined()
    expect(isNewCard('2021-08-01', '75')).toBeUndefined()
    expect(isNewCard('2021-08-02', '75')).toBe(true)
  })

  it('is in doubt from the first wave where the department is not given', () => {
    expect(isNewCard('2021-03-14', undefined)).toBe(false)
    expect(isNewCard('2021-03-15', undefined)).toBeUndefined()
    expect(isNewCard('2021-08-01', undefined)).toBeUndefined()
    expect(isNewCard('2021-08-02', undefined)).toBe(true)
  })

  it('names a department once, and all twelve of Nouvelle-Aquitaine', () => {
    const named = NEW_CARD_ROLL_OUT.values.flatMap(({ value }) => (value === 'everywhere' ? [] : value))
    expect(new Set(named).size).toBe(named.length)
    const aquitaine = ['16', '17', '19', '23', '24', '33', '40', '47', '64', '79', '86', '87']
    expect(aquitaine.map(department => newCardRule(department).from)).toEqual(
      aquitaine.map(() => '2021-06-14'),
    )
  })
})

describe('the term of an adult card', () => {
  it.each([
    ['2003-12-31', 10, 0],
    ['2004-01-01', 10, 0],
    ['2004-01-02', 10, 5],
    ['2013-12-31', 10, 5],
    ['2014-01-01', 15, 0],
    ['2021-08-01', 15, 0],
    ['2022-01-01', 15, 0],
  ])('of the old format issued on %s is %i + %i', (day, printedYears, addedYears) => {
    expect(adultCardTerm(day, false)?.value).toEqual({ printedYears, addedYears })
  })

  it('is ten years for the new format, and unknown before 1995', () => {
    expect(adultCardTerm('2021-03-15', true)?.value).toEqual({ printedYears: 10, addedYears: 0 })
    expect(adultCardTerm('1994-12-31', false)).toBeUndefined()
  })
})
