import { expect, test } from 'vitest'
import { legendOf, readFigureMark, readMark } from '../../../src/imports/cells/mark.ts'

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

test.each([
  ['environ 120', '120', undefined],
  ['estimé 120', '120', undefined],
  ['121 (p)', '121', 'provisional'],
  ['121(p)', '121', 'provisional'],
  ['121 p', '121', 'provisional'],
  ['(p) 121', '121', 'provisional'],
  ['(prov.) 1 210', '1 210', 'provisional'],
  ['p 121', '121', 'provisional'],
  ['e 121', '121', 'estimated'],
  ['révisé 121', '121', 'revised'],
  ['* 121', '121', 'provisional'],
  ['(1) 121', '121', 'noted'],
  ['121 provisoire', '121', 'provisional'],
  ['121 (prov.)', '121', 'provisional'],
  ['12 jours (p)', '12 jours', 'provisional'],
  ['77,8 % (e)', '77,8 %', 'estimated'],
  ['1 200 e', '1 200', 'estimated'],
  ['121 (estimation)', '121', 'estimated'],
  ['121 (r)', '121', 'revised'],
  ['121 révisé', '121', 'revised'],
  ['121*', '121', 'provisional'],
  ['121 (1)', '121', 'noted'],
  ['121 (c)', '121', 'estimated'],
])('%j is a figure that is not simply observed', (text, about, said) =>
  expect(readFigureMark(text, legendOf(['* provisoire', '(c) : données estimées']))).toEqual(
    said === undefined ? { about } : { about, said },
  ),
)

test('what stands behind a mark changes nothing of it, and a legend goes before usage', () => {
  expect(readFigureMark('< 11 (p)', undefined)).toEqual({ atMost: '11' })
  expect(readFigureMark('n.d.*', undefined)).toEqual({ unknown: 'missing' })
  expect(readFigureMark('121 (e)', legendOf(['(e) hors étrangers']))).toEqual({ about: '121', said: 'noted' })
  expect([...legendOf(['p : provisoire ; r = révisé', '* Cognac', '* estimé'])]).toEqual([
    ['*', 'estimated'],
    ['p', 'provisional'],
    ['r', 'revised'],
  ])
  for (const text of ['412', '13,5', '12 jours', 'CNI'])
    expect(readFigureMark(text, undefined)).toBeUndefined()
})
