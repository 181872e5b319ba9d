import { expect, test } from 'vitest'
import { freeText, readBoolean, readTitle, words } from '../../../src/imports/cells/word-cell.ts'
import { TITLE_NAMES, TITLES } from '../../../src/pure/law/title.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }

test.each([
  ['CNI', 'cni'],
  ["carte d'identité", 'cni'],
  ['Passeport', 'passport'],
  ['CNI et passeports', 'cni-passport'],
  ['CNI/Passeports', 'cni-passport'],
  ['permis de conduire', 'driving-licence'],
  ['Carte grise', 'vehicle-registration'],
  ['CIV', 'vehicle-registration'],
  ['premier titre de séjour', 'residence-first'],
  ['Renouvellement de titre de séjour', 'residence-renewal'],
])('%s is the title %s', (text, value) => {
  expect(readTitle(text, context)).toEqual({ value })
})

test('every title is read by its code and by its name on pages', () => {
  for (const title of TITLES) {
    expect(readTitle(title, context)).toEqual({ value: title })
    expect(readTitle(TITLE_NAMES[title], context)).toEqual({ value: title })
  }
})

test('a title mistyped brings the one meant, a vague one a question', () => {
  expect(readTitle('pasport', context)).toMatchObject({
    flaw: { code: 'unknown-title', message: expect.stringContaining('vouliez-vous dire « passport » ?') },
  })
  expect(readTitle('Titres de séjour', context)).toMatchObject({
    flaw: { message: '« Titres de séjour » : premier titre ou renouvellement ?' },
  })
})

test.each([
  ['oui', true],
  ['OUI', true],
  ['1', true],
  ['true', true],
  ['non', false],
  ['0', false],
  ['Faux', false],
])('%s is %s', (text, value) => {
  expect(readBoolean(text)).toEqual({ value })
})

test('free text is kept up to its length, and no further', () => {
  const read = freeText(5)
  expect(read('=1+1 ', context)).toEqual({ value: '=1+1 ' })
  expect(read('123456', context)).toMatchObject({
    flaw: {
      code: 'text-too-long',
      message: 'Texte de 6 caractères : « 123456 ».',
      remedy: 'Restez sous 5 caractères.',
    },
  })
})

test('an unknown word brings the closest one while faults are listed, and the first name of each code', () => {
  const read = words({ one: 'premier | primo', two: 'second' })
  expect(read('PRIMO !')).toEqual({ value: 'one' })
  expect(read('primmo')).toMatchObject({
    flaw: {
      message: '« primmo » n’est pas un mot connu ici : vouliez-vous dire « primo » ?',
      remedy: 'Écrivez premier ou second.',
    },
  })
  const hurried = read('primmo', { suggesting: false })
  expect(hurried).toMatchObject({ flaw: { message: '« primmo » n’est pas un mot connu ici.' } })
})
