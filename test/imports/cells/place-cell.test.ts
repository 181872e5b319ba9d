import { expect, test } from 'vitest'
import { readCommune, readPlace } from '../../../src/imports/cells/place-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }

test.each([
  ['FR', 'FR'],
  ['France', 'FR'],
  ['16', '16'],
  ['2a', '2A'],
  ['971', '971'],
  ['975', '975'],
  ['988', '988'],
  ['01', '01'],
  ['16015', '16015'],
  ['2A004', '2A004'],
  ['2a004', '2A004'],
  ['97105', '97105'],
])('%s is the place %s', (text, value) => {
  expect(readPlace(text, context)).toEqual({ value })
})

test.each(['20', '00', '96', '979', '989', 'Charente', '160150', '16 015', '-'])('%s is no place', text => {
  expect(readPlace(text, context)).toHaveProperty('flaw')
})

test.each(['021', '21', '5'])('%s under the communes of a table is the code of no department', text => {
  for (const heading of ['Code commune', 'code_commune', 'COM'])
    expect(readPlace(text, { ...context, heading })).toMatchObject({ flaw: { code: 'invalid-insee' } })
  expect(readPlace('21', { ...context, heading: 'Département de la commune' })).toEqual({ value: '21' })
})

test('the code written beside the name of a commune goes before the department of the file', () => {
  const named = {
    ...context,
    defaultPlace: '16',
    communesNamed: () => [{ code: '01004', name: 'Ambérieu-en-Bugey', department: '01' }],
  }
  expect(readCommune('Ambérieu-en-Bugey (01004)', named)).toEqual({ value: '01004' })
  expect(readCommune('Ambérieu-en-Bugey', named)).toMatchObject({ flaw: { code: 'unknown-commune' } })
})

test('a slip of two digits brings the commune meant', () => {
  expect(readCommune('16051', context)).toMatchObject({
    flaw: { code: 'unknown-commune', message: expect.stringContaining('Vouliez-vous dire 16015 ?') },
  })
})

test('a postal code and Corsica in digits are recognised', () => {
  expect(readCommune('16000', context)).toMatchObject({ flaw: { remedy: expect.stringContaining('postal') } })
  expect(readCommune('20004', context)).toMatchObject({ flaw: { remedy: expect.stringContaining('2A') } })
})

test('a lost zero is repaired only where it can be told', () => {
  expect(readCommune('1004', context)).toMatchObject({
    flaw: { code: 'lost-leading-zero', remedy: expect.stringContaining('01004') },
  })
  const told: string[] = []
  const telling = { ...context, tellZero: (code: string) => told.push(code) }
  expect(readCommune('1004', telling)).toEqual({ value: '01004' })
  expect(readPlace('9', telling)).toEqual({ value: '09' })
  expect(readCommune('1999', telling)).toHaveProperty('flaw')
  expect(told).toEqual(['01004', '09'])
})

test('a sound place that the sender does not answer for is a fault, not a row', () => {
  const own = { ...context, answersFor: (code: string) => code === '16015' }
  expect(readCommune('16015', own)).toEqual({ value: '16015' })
  for (const text of ['16102', '16', 'FR']) {
    expect(readPlace(text, own)).toMatchObject({ flaw: { code: 'foreign-place' } })
  }
  expect(readPlace('16999', own)).toMatchObject({ flaw: { code: 'unknown-commune' } })
})

test('a commune of the past is refused with its successor by name', () => {
  const known = { state: 'merged', successor: '16015', successorName: 'Angoulême' } as const
  const read = readPlace('16001', { ...context, knownCommunes: () => known })
  expect('flaw' in read && read.flaw.message).toContain('sa commune est Angoulême (16015).')
})
