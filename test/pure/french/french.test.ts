import { describe, expect, it } from 'vitest'
import {
  capitalised,
  compareFrench,
  frenchBareQuantity,
  frenchCount,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchInstant,
  frenchList,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchQuantity,
  frenchRange,
  frenchShortNumber,
  frenchShortQuantity,
  fromRange,
  longQuarter,
  ofName,
  shortDay,
  shortQuarter,
  twoFigures,
  unbroken,
  writtenMonth,
} from '../../../src/pure/french/french.ts'

describe('numbers', () => {
  it('have a decimal comma and a narrow no-break space between thousands', () => {
    expect(frenchNumber(35.3, 1)).toBe('35,3')
    expect(frenchNumber(14_237)).toBe('14\u202f237')
    expect(frenchNumber(1_234_567.5, 1)).toBe('1\u202f234\u202f567,5')
  })

  it('have a true minus sign, and never a negative zero', () => {
    expect(frenchNumber(-4.2, 1)).toBe('\u22124,2')
    expect(frenchNumber(-0.04, 1)).toBe('0,0')
    expect(frenchGap(4.2)).toBe('+4,2')
    expect(frenchGap(-4.2)).toBe('\u22124,2')
    expect(frenchGap(0.01)).toBe('0,0')
  })

  it('have no decimal that says nothing, where that is asked', () => {
    expect(frenchShortNumber(30)).toBe('30')
    expect(frenchShortNumber(2.5)).toBe('2,5')
    expect(frenchShortNumber(29.99)).toBe('30')
  })

  it('carry their unit behind a no-break space', () => {
    expect(frenchPercent(84.3)).toBe('84,3\u00a0%')
    expect(frenchDays(35.3)).toBe('35,3\u00a0jours')
    expect(frenchQuantity(35.3, 'day')).toBe('35,3\u00a0jours')
    expect(frenchQuantity(14_237, 'count')).toBe('14\u202f237')
    expect(frenchQuantity(84.3, 'percent')).toBe('84,3\u00a0%')
    expect(frenchBareQuantity(35.3, 'day')).toBe('35,3')
    expect(frenchShortQuantity(30, 'day')).toBe('30\u00a0jours')
    expect(frenchShortQuantity(90, 'percent')).toBe('90\u00a0%')
  })

  it('are singular below two, as shown', () => {
    expect(frenchDays(1.5)).toBe('1,5\u00a0jour')
    expect(frenchDays(0)).toBe('0,0\u00a0jour')
    expect(frenchDays(1.94)).toBe('1,9\u00a0jour')
    expect(frenchDays(1.96)).toBe('2,0\u00a0jours')
    expect(frenchCount(1, 'mairie')).toBe('1\u00a0mairie')
    expect(frenchCount(0, 'mairie')).toBe('0\u00a0mairie')
    expect(frenchCount(19, 'mairie')).toBe('19\u00a0mairies')
    expect(frenchCount(3, 'journal', 'journaux')).toBe('3\u00a0journaux')
  })

  it('make ranges with « à », which a minus sign cannot be taken for', () => {
    expect(frenchRange(34.1, 46.1)).toBe('34,1\u00a0à\u00a046,1')
    expect(frenchRange(1200, 3400, 0)).toBe('1\u202f200\u00a0à\u00a03\u202f400')
    expect([frenchRange(3.98, 4.02), fromRange(3.98, 4.02), fromRange(3, 4, 0)]).toEqual([
      '4,0',
      '4,0',
      'de 3\u00a0à\u00a04',
    ])
  })
})

describe('time', () => {
  it('writes the first of a month as 1er', () => {
    expect(frenchDay('2026-09-01')).toBe('1er\u00a0septembre 2026')
    expect(frenchDay('2026-08-31')).toBe('31\u00a0août 2026')
    expect(shortDay('2026-09-01')).toBe('01/09/2026')
    expect(() => frenchDay('2026-02-30')).toThrow(RangeError)
  })

  it('names months and quarters', () => {
    expect(frenchMonth('2022-03')).toBe('mars 2022')
    expect(shortQuarter('2022-Q1')).toBe('T1\u00a02022')
    expect(longQuarter('2022-Q1')).toBe('1er\u00a0trimestre 2022')
    expect(longQuarter('2022-Q4')).toBe('4e\u00a0trimestre 2022')
    expect(['2022-Q2', '2022-03', '2022-03-04', '2022'].map(frenchPeriod)).toEqual([
      '2e\u00a0trimestre 2022',
      'mars 2022',
      '4\u00a0mars 2022',
      '2022',
    ])
  })

  it('reads instants on the clock of Paris, on both sides of the change of hour', () => {
    expect(frenchInstant('2026-03-29T00:30:00Z')).toBe('29\u00a0mars 2026 à 1\u00a0h\u00a030')
    expect(frenchInstant('2026-03-29T01:05:00Z')).toBe('29\u00a0mars 2026 à 3\u00a0h\u00a005')
    expect(frenchInstant('2026-12-31T23:00:00Z')).toBe('1er\u00a0janvier 2027 à 0\u00a0h\u00a000')
  })
})

describe('words', () => {
  it('sort with their accents where a French reader looks for them', () => {
    expect(['Eymouthiers', 'Étagnac', 'Écuras', 'Angoulême'].sort(compareFrench)).toEqual([
      'Angoulême',
      'Écuras',
      'Étagnac',
      'Eymouthiers',
    ])
  })

  it('make lists with « et »', () => {
    expect(frenchList(['Angoulême'])).toBe('Angoulême')
    expect(frenchList(['Angoulême', 'Cognac', 'Confolens'])).toBe('Angoulême, Cognac et Confolens')
  })

  it('elide a town after « de »', () => {
    expect(
      ['Cognac', 'Angoulême', 'Écuras', 'Le Gond', 'Les Pins', 'Hiersac', 'La Couronne'].map(ofName),
    ).toEqual(['de Cognac', 'd’Angoulême', 'd’Écuras', 'du Gond', 'des Pins', 'de Hiersac', 'de La Couronne'])
  })

  it('begin a sentence, and promise no more than two figures', () => {
    expect(capitalised('échange de titres')).toBe('Échange de titres')
    expect([3_817, 554, 99.6, 84.4, 1.2, 0, -4_869].map(twoFigures)).toEqual([
      3_800, 550, 100, 84, 1, 0, -4_900,
    ])
  })

  it('keep punctuation with its word', () => {
    expect(unbroken('Attention : « 35 % » ; vraiment ? Oui !')).toBe(
      'Attention\u00a0: «\u00a035\u00a0%\u00a0»\u202f; vraiment\u202f? Oui\u202f!',
    )
    expect(unbroken('https://exemple.fr/?a=1')).toBe('https://exemple.fr/?a=1')
    expect(unbroken("L'Étang-Salé, l’eau")).toBe('L’Étang-Salé, l’eau')
    expect(unbroken('1 234 567,50 et 46 700 sur 152 300, en 2021, 05 45 97')).toBe(
      '1\u202f234\u202f567,50 et 46\u202f700 sur 152\u202f300, en 2021, 05 45 97',
    )
  })
})

it('reads a month as people write it, and only then', () => {
  const written = ['2031-02', 'février 2031', 'FEV. 2031', '2/2031', '02.2031', ' févr 2031 ']
  expect(written.map(writtenMonth)).toEqual(written.map(() => '2031-02'))
  expect(['jui 2031', 'x 2031', '13/2031', '0/2031', 'mars', '2031'].map(writtenMonth)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  )
  const year = Array.from({ length: 12 }, (_, i) => `2031-${String(i + 1).padStart(2, '0')}`)
  expect(year.map(month => writtenMonth(frenchMonth(month)))).toEqual(year)
})
