import { expect, test } from 'vitest'
import { readMark } from '../../../src/imports/cells/mark.ts'

test.each([
  '',
  'n.d.',
  'ND',
  'NC',
  'n/a',
  '-',
  '–',
  '…',
  'Non communiqué',
  'non renseigné',
  '#N/A',
  'sans objet',
])('%j is unknown', text => expect(readMark(text)).toEqual({ unknown: 'missing' }))

test.each(['s', 'S', '[c]', 'secret', 'secret statistique', '***', '1 à 4', '1-4'])('%j is a secret', text =>
  expect(readMark(text)).toEqual({ unknown: 'secret' }),
)

test.each([
  ['<11', '11'],
  ['< 5', '5'],
  ['≤ 10', '10'],
  ['moins de 5', '5'],
  ['inférieur à 11', '11'],
  ['10 ou moins', '10'],
])('%j is a bound from above', (text, atMost) => expect(readMark(text)).toEqual({ atMost }))

test.each([
  ['> 60', '60'],
  ['≥60 jours', '60'],
  ['plus de 60', '60'],
  ['au moins 1 200', '1 200'],
  ['60+', '60'],
  ['60 et plus', '60'],
])('%j is a bound from below', (text, atLeast) => expect(readMark(text)).toEqual({ atLeast }))

test.each(['0', '412', '13,5', '77,8 %', 'CNI', '=A1', '-3'])('%j is none', text =>
  expect(readMark(text)).toBeUndefined(),
)
