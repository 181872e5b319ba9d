import { expect, test } from 'vitest'
import { alignmentDistance, closestName, nameKey } from '../../../src/imports/cells/name.ts'

test('a name is its letters and digits', () => {
  expect(nameKey('  Publié_le ')).toBe('publiele')
  expect(nameKey('Jusqu’à')).toBe('jusqua')
  expect(nameKey('Cœur')).toBe('coeur')
})

test('distances', () => {
  expect(alignmentDistance('titer', 'titre')).toBe(1)
  expect(alignmentDistance('', 'abc')).toBe(3)
  expect(alignmentDistance('kitten', 'sitting')).toBe(3)
  // Unrestricted Damerau–Levenshtein would give 2.
  expect(alignmentDistance('ca', 'abc')).toBe(3)
})

test('the closest name, if one is close', () => {
  expect(closestName('titer', ['jours', 'titre'])).toBe('titre')
  expect(closestName('periodes', ['jours', 'période'])).toBe('période')
  expect(closestName('température', ['jours', 'titre'])).toBeUndefined()
})
