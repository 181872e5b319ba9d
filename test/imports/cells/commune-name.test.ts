import { expect, test } from 'vitest'
import { communesByName, writtenCommune } from '../../../src/imports/cells/commune-name.ts'

const named = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '72181', name: 'Le Mans', department: '72' },
  { code: '93066', name: 'Saint-Denis', department: '93' },
  { code: '97411', name: 'Saint-Denis', department: '974' },
  { code: '16106', name: 'Confolens', department: '16' },
])
const codes = (name: string) => named(name).map(({ code }) => code)

test.each([
  'Angoulême',
  'ANGOULEME',
  'Mairie d’Angoulême',
  'mairie d’angouleme',
  'Angoulême (16)',
  'Ville d’Angoulême',
])('%s', text => expect(codes(text)).toEqual(['16015']))

test('articles and saints are written as people write them', () => {
  expect(codes('Mairie du Mans')).toEqual(['72181'])
  expect(codes('Mans (Le)')).toEqual(['72181'])
  expect(codes('St-Denis')).toEqual(['93066', '97411'])
  expect(codes('St Denis (974)')).toEqual(['97411'])
  expect(codes('Mairie de Confolens')).toEqual(['16106'])
  expect(codes('Nulle part')).toEqual([])
})

test('a department may stand with the name', () => {
  expect(writtenCommune('Saint-Denis, 93')).toEqual({ name: 'Saint-Denis', department: '93' })
  expect(writtenCommune('Saint-Denis')).toEqual({ name: 'Saint-Denis', department: undefined })
})

test('districts as people write them, and a commune of the past where none in force has its name', () => {
  const named = communesByName([
    { code: '75115', name: 'Paris 15e Arrondissement', department: '75' },
    { code: '13201', name: 'Marseille 1er Arrondissement', department: '13' },
    { code: '16150', name: 'Genac', department: '16', merged: true },
  ])
  const codes = (name: string) => named(name).map(({ code }) => code)
  for (const name of ['Paris 15e', 'PARIS 15', 'Paris 15ème arrondissement', 'paris-15e-arrondissement'])
    expect([name, codes(name)]).toEqual([name, ['75115']])
  expect(codes('Marseille 1er ardt')).toEqual(['13201'])
  expect(codes('Mairie de Genac')).toEqual(['16150'])
})
