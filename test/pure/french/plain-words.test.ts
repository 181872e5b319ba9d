import { expect, it } from 'vitest'
import { plainName, plainWords } from '../../../src/pure/french/plain-words.ts'

it.each([
  ['Saint-Cœur (16)', 'saint coeur 16'],
  [' Œuilly ', 'oeuilly'],
  ['L’Isle-d’Espagnac', 'l isle d espagnac'],
])('%s is %s', (text, plain) => {
  expect(plainWords(text)).toBe(plain)
})

it('a saint may be shortened', () => {
  expect(plainName('Ste-Sévère')).toBe(plainName('SAINTE SEVERE'))
  expect(plainName('Brest')).toBe('brest')
})
