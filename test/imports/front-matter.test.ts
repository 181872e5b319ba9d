import { expect, test } from 'vitest'
import { FaultLog } from '../../src/imports/fault-log.ts'
import { readFrontMatter } from '../../src/imports/front-matter.ts'
import { faultsOf, faultWords, readSound } from './reading.ts'

function read(...lines: string[]) {
  const log = new FaultLog()
  return { ...readFrontMatter(lines, log), faults: log.report().faults.map(({ line, code }) => [line, code]) }
}

test('reads whether a file waits, and until when', () => {
  const { frontMatter } = read('# brouillon : oui', 'a;b')
  expect([frontMatter.draft, frontMatter.embargo]).toEqual([true, undefined])
  expect(read('# Embargo : 2026-12-01 08:00', 'a;b').frontMatter.embargo).toBe('2026-12-01T08:00')
})

test('reads every key, and how a spreadsheet leaves it', () => {
  const { frontMatter, length, faults } = read(
    '# Type: issuance-delays;;;',
    '"# source : Préfecture ""16"", Angoulême",,,',
    '',
    '#document : Comité local : 5 avril 2022',
    '# Publié le : 05/04/2022',
    '# NATURE : Révision',
    '# motif : erreur de saisie',
    '# adresse : https://www.charente.gouv.fr/comite?x=1',
    '# licence : Licence Ouverte 2.0',
    '# note : lu à l’écran',
    '# Contact : cab@charente.gouv.fr',
    '# sans clé',
    'période;jours',
  )
  expect(faults).toEqual([])
  expect(length).toBe(12)
  expect(frontMatter).toEqual({
    type: 'issuance-delays',
    source: 'Préfecture "16", Angoulême',
    document: 'Comité local : 5 avril 2022',
    publishedOn: '2022-04-05',
    nature: 'revision',
    reason: 'erreur de saisie',
    address: 'https://www.charente.gouv.fr/comite?x=1',
    licence: 'Licence Ouverte 2.0',
    notes: ['lu à l’écran', 'Contact : cab@charente.gouv.fr', 'sans clé'],
    lines: { type: 1, source: 2, document: 4, publishedOn: 5, nature: 6, reason: 7, address: 8, licence: 9 },
    unknown: [{ line: 11, name: 'Contact', closest: undefined }],
  })
})

test('is optional, and keys may be empty', () => {
  expect(read('période;jours')).toMatchObject({ length: 0, frontMatter: { notes: [], lines: {} } })
  expect(read('# source :', '#', 'a;b')).toEqual({
    length: 2,
    frontMatter: { notes: [], lines: {} },
    faults: [],
  })
})

test('tells what cannot be read, on its line', () => {
  expect(
    read('# publié le : hier', '# nature : x', '# adresse : www.x.fr', '# adresse : https://x.fr').faults,
  ).toEqual([
    [1, 'invalid-day'],
    [2, 'unknown-word'],
    [3, 'invalid-address'],
    [4, 'duplicate-metadata'],
  ])
})

const HEADS = [
  'sep=;',
  'SEP=,',
  'sep=;x',
  'xsep=;',
  'sep=',
  ' # source : a ',
  '"# source : a"',
  '"# source : a',
  '# source : a"',
  '"#a ""b"" : c"',
  '#source:a;;;\t,',
  '## source : a',
  '### source : # a',
  '\u00a0# source : a',
  'a # source : b',
  '# source',
  '# source : a : b',
  ': a',
  '# : a',
  '# note : a',
  '# notes : a',
  '# Remarque : a',
  '# remarques: a',
  '# ma note : a',
  '# note bene : a',
  '# notable : a',
  `# note : ${'x'.repeat(1_993)}`,
  `# note : ${'x'.repeat(1_994)}`,
  '# embargo : 2026-12-01T08:00',
  '# embargo : 2026-12-01 23:59',
  '# embargo : 2026-12-01T24:00',
  '# embargo : 2026-12-01T08:60',
  '# embargo : 2026-02-30T08:00',
  '# embargo : x2026-12-01T08:00',
  '# embargo : 2026-12-01T08:00x',
  '# embargo : 2026-12-01T08:00:00',
  '# embargo : 2026-12-01',
  '# adresse : https://exemple.fr/a',
  '# adresse : http://exemple.fr',
  '# adresse : ftp://exemple.fr',
  '# adresse : httpsx://exemple.fr',
  '# adresse : xhttps://exemple.fr',
  '# adresse : https://exemple.fr/a b',
  '# adresse : exemple.fr',
  '# publié le : hier',
  '# nature : finale',
  '# brouillon : bof',
  ';;, ;',
  '\t',
]
test('each head of a file: what is kept of it, or what a person is told', () => {
  const told = HEADS.map(head => {
    const log = new FaultLog()
    const { frontMatter, length } = readFrontMatter([head, 'a;b'], log)
    const short = JSON.stringify({ length, ...frontMatter }).replace(/x{50,}/, 'x…')
    return [head.replace(/x{50,}/, 'x…'), ...(log.total > 0 ? log.report().faults.map(faultWords) : [short])]
  })
  expect(told).toMatchSnapshot()
  const twice = new FaultLog()
  readFrontMatter(['# source : a', '#  Publisher  : b', 'sep=;', 'a;b'], twice)
  expect(twice.report().faults.map(faultWords)).toMatchSnapshot('twice')
  expect(readFrontMatter(['# source : a', 'sep=;', 'a;b'], new FaultLog()).length).toBe(1)
})

test('a head of a hundred lines is read, one line more is too many', () => {
  const lines = (count: number) => [...Array.from({ length: count }, () => '# a'), 'a;b']
  expect(read(...lines(100)).faults).toEqual([])
  expect(read(...lines(101)).faults).toEqual([[101, 'front-matter-too-long']])
})

test('a value may stand in the next cell, as a spreadsheet leaves it', () => {
  const { frontMatter } = read(
    '# source : ;Mairie de Cognac;;',
    '# document;Relevé du lundi;;',
    '# publié le :\t05/04/2022\t',
    '# sourse : Mairie;;;',
    'période;lieu;jours;origine',
  )
  expect(frontMatter).toMatchObject({
    source: 'Mairie de Cognac',
    document: 'Relevé du lundi',
    publishedOn: '2022-04-05',
    unknown: [{ line: 4, name: 'sourse', closest: 'source' }],
  })
  expect(read('# source : Mairie de Cognac, service des titres', 'a,b').frontMatter.source).toBe(
    'Mairie de Cognac, service des titres',
  )
})

test('the place of the whole file: a code or a centre, refused where it is none', () => {
  const setting = { knownCerts: (code: string) => code === 'cert-16' }
  const file = (place: string) => `# lieu : ${place}\npériode;titre;jours\nT4 2021;permis de conduire;48\n`
  expect(readSound(file('cert-16'), setting).rows).toMatchObject([{ place: 'cert-16', value: 48 }])
  expect(readSound(file('16'), { ...setting, defaultPlace: '17' }).rows).toMatchObject([{ place: '16' }])
  expect(faultsOf(file('cert-99'), setting)[0]).toMatch(/unknown-place/)
})
