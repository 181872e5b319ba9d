import * as XLSX from '@e965/xlsx'
import { expect, test } from 'vitest'
import { communesByName } from '../../src/imports/cells/commune-name.ts'
import type { FileSetting } from '../../src/imports/file-setting.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import { readAnyFile } from '../../src/imports/workbook-work.ts'
import { knownCommunes, readSound } from './reading.ts'

const TODAY = '2026-11-24'
const named = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
  { code: '16113', name: 'Confolens', department: '16' },
])
const SETTING: FileSetting = { today: TODAY, knownCommunes, communesNamed: named, defaultPlace: '16' }

function workbook(sheets: Record<string, unknown[][]>, bookType: XLSX.BookType = 'xlsx'): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name)
  return new Uint8Array(XLSX.write(book, { bookType, type: 'buffer' }) as Buffer)
}

async function sound(bytes: Uint8Array, setting: Partial<FileSetting> = {}) {
  const read = await readAnyFile(bytes, { ...SETTING, ...setting })
  if (isRefused(read)) throw new Error(JSON.stringify(read.faults.slice(0, 3)))
  return read
}

const COMMITTEE = [
  ['Indicateur', 'Objectif', 'T1 2021', 'T2 2021', 'T3 2021', 'T4 2021', 'Annuel'],
  ['CNI et passeports', '14 jours', 6, 8, 14, 26, 13.5],
  ['CIV', '14 jours', 4, 4, 4, 4, 4],
  ['Permis de conduire', '14 jours', 14, 31, 48, 48, 35.3],
]

test('a table of dBase is read as a workbook', async () => {
  const rows = [
    ['COMMUNE', 'MOIS', 'TITRE', 'DEMANDES'],
    ['Cognac', '2022-01', 'CNI', 12],
    ['Confolens', '2022-01', 'CNI', 3],
  ]
  const read = await sound(workbook({ F: rows }, 'dbf'))
  expect(read.rows).toMatchObject([
    { period: '2022-01', place: '16102', title: 'cni', value: 12 },
    { period: '2022-01', place: '16113', title: 'cni', value: 3 },
  ])
})

test.each(['xlsx', 'biff8', 'ods', 'csv'] as const)(
  'the committee’s table as printed, in %s: its figures, and no message',
  async format => {
    const csv = COMMITTEE.map(row => row.map(cell => String(cell).replace('.', ',')).join(';')).join('\n')
    const bytes = format === 'csv' ? new TextEncoder().encode(csv) : workbook({ Feuille1: COMMITTEE }, format)
    const { kind, rows, remarks } = await sound(bytes)
    expect(kind).toBe('issuance-delays')
    expect(remarks).toEqual([])
    expect(rows).toHaveLength(15)
    expect(rows.filter(row => 'title' in row && row.title === 'driving-licence')).toMatchObject([
      { line: 4, period: '2021-Q1', place: '16', value: 14, targetDays: 14 },
      { period: '2021-Q2', value: 31 },
      { period: '2021-Q3', value: 48 },
      { period: '2021-Q4', value: 48 },
      { period: '2021', granularity: 'year', value: 35.3 },
    ])
  },
)

const NOT_EXACT = [
  ['environ 120', 120, 'estimated', 'value-rough'],
  ['~121', 121, 'estimated', 'value-rough'],
  ['121 (p)', 121, 'estimated', 'value-rough'],
  ['121 p', 121, 'estimated', 'value-rough'],
  ['121*', 121, 'estimated', 'value-rough'],
  ['1 200 e', 1200, 'estimated', 'value-rough'],
  ['121 (r)', 121, 'observed', 'value-revised'],
  ['121 (1)', 121, 'observed', 'note-call'],
] as const

test.each(['xlsx', 'csv'] as const)(
  'a figure that says it is not exact is told so, long or wide, in %s',
  async format => {
    const bytes = (rows: unknown[][]) =>
      format === 'csv'
        ? new TextEncoder().encode(rows.map(row => row.join(';')).join('\n'))
        : workbook({ F: rows })
    for (const [text, value, status, code] of NOT_EXACT) {
      const long = [
        ['mois', 'commune', 'titre', 'demandes'],
        ['2022-01', 'Cognac', 'CNI', text],
        ['2022-02', 'Cognac', 'CNI', 12],
        ['* provisoire'],
      ]
      const wide = [['commune', 'janv-22', 'févr-22'], ['Cognac', text, 12], ['* provisoire']]
      for (const rows of [long, wide]) {
        const read = await sound(bytes(rows), { kind: 'applications', title: 'cni' })
        expect(read.rows).toMatchObject([
          { period: '2022-01', value, status },
          { period: '2022-02', value: 12, status: 'observed' },
        ])
        expect(read.remarks.map(remark => remark.code)).toContain(code)
      }
    }
  },
)

test.each([
  [
    'the heading of a column',
    [
      ['commune', 'janv-22', 'févr-22 (p)'],
      ['Cognac', 12, 11],
    ],
  ],
  [
    'words in it',
    [
      ['commune', 'janv-22', 'févr-22 (provisoire)'],
      ['Cognac', 12, 11],
    ],
  ],
  [
    'one of a title and a month',
    [
      ['commune', 'CNI janv-22', 'CNI févr-22 (e)'],
      ['Cognac', 12, 11],
    ],
  ],
  ['a star that a note explains', [['commune', 'janv-22', 'févr-22*'], ['Cognac', 12, 11], ['* estimé']]],
  [
    'a month',
    [
      ['mois', 'commune', 'demandes'],
      ['2022-01', 'Cognac', 12],
      ['2022-02 (p)', 'Cognac', 11],
    ],
  ],
  ['a legend above', [['p : provisoire'], ['commune', 'janv-22', 'févr-22 (p)'], ['Cognac', 12, 11]]],
])('what %s says of its figures is theirs', async (_, rows) => {
  const read = await sound(workbook({ F: rows }), { kind: 'applications', title: 'cni' })
  expect(read.rows).toMatchObject([
    { period: '2022-01', value: 12, status: 'observed' },
    { period: '2022-02', value: 11, status: 'estimated' },
  ])
  expect(read.remarks.map(({ code }) => code)).toContain('value-rough')
})

test('a note that comes once its figures have been read refuses them once, and is read above them', async () => {
  const rows = Array.from({ length: 150 }, (_, i) => [
    `${2009 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    'Cognac',
    '12*',
  ])
  const [head, note] = [['mois', 'commune', 'demandes'], ['* provisoire']]
  const setting = { ...SETTING, kind: 'applications', title: 'cni' } as const
  const late = await readAnyFile(workbook({ F: [head, ...rows, note] }), setting)
  expect(isRefused(late) && late.faults).toMatchObject([{ line: 152, code: 'estimated-figures' }])
  const read = await sound(workbook({ F: [note, head, ...rows] }), setting)
  expect(read.rows).toHaveLength(150)
  expect(new Set(read.rows.map(row => 'status' in row && row.status))).toEqual(new Set(['estimated']))
})

test('thirty halls, fifty-five months and two titles side by side, with a title line and totals', async () => {
  const months = Array.from(
    { length: 55 },
    (_, i) =>
      `${['janv', 'févr', 'mars', 'avr', 'mai', 'juin', 'juil', 'août', 'sept', 'oct', 'nov', 'déc'][i % 12]}.-${18 + Math.floor(i / 12)}`,
  )
  const halls = ['Angoulême', 'Cognac', 'Confolens']
  const rows = [
    ['Demandes reçues par mairie', ...Array<null>(111).fill(null)],
    ['', ...months.flatMap(month => [month, null])],
    ['Mairie', ...months.flatMap(() => ['CNI', 'Passeport'])],
    ...halls.map((hall, h) => [hall, ...months.flatMap((_, m) => [100 * h + m, h + m])]),
    ['Total', ...months.flatMap(() => [1, 2])],
  ]
  const started = performance.now()
  const { kind, rows: read, remarks } = await sound(workbook({ Recueil: rows }))
  expect(performance.now() - started).toBeLessThan(30_000)
  expect(kind).toBe('applications')
  expect(read).toHaveLength(3 * 55 * 2)
  expect(read[1]).toMatchObject({ place: '16015', period: '2018-01', title: 'passport', value: 0, line: 4 })
  expect(remarks.map(({ code }) => code)).toEqual(['kind-recognised', 'total-left-aside'])
})

test('the sheet is chosen by its content, and faults speak of it', async () => {
  const table = [
    ['mois', 'commune', 'titre', 'demandes'],
    ['2022-03', '16015', 'CNI', 412],
    ['2022-03', '16102', 'CNI', 'beaucoup'],
  ]
  const read = await readAnyFile(workbook({ 'À lire': [['Bonjour']], Données: table }), SETTING)
  expect(isRefused(read) && read.faults).toMatchObject([
    { sheet: 'Données', line: 3, column: 'demandes', columnNumber: 4, code: 'not-a-number' },
  ])
  const sheets = { A: table.slice(0, 2), B: table.slice(0, 2) }
  const two = await readAnyFile(workbook(sheets), SETTING)
  expect(isRefused(two) && two.faults[0]).toMatchObject({ code: 'ambiguous-sheet' })
  expect((await sound(workbook(sheets), { sheet: 'B' })).about?.sheet).toBe('B')
})

test('a page of text before the tables is none of the faults', async () => {
  const silent = [
    ['Mois', 'Délai (j)'],
    ['janvier 2022', 18],
  ]
  const book = workbook({
    Notice: [['Document interne'], ['Ne pas diffuser']],
    CNI: silent,
    Passeport: silent,
  })
  const read = await readAnyFile(book, { ...SETTING, fileName: 'a.xlsx' })
  expect(isRefused(read) && read.faults.map(({ code, sheet }) => [code, sheet])).toEqual([
    ['ambiguous-kind', 'CNI'],
  ])
})

test('sheets of one table are read together, unless two of them speak of the same', async () => {
  const months = (a: number, b: number) => [
    ['Mairie', 'Janvier', 'Février'],
    ['Cognac', a, b],
  ]
  const setting = { kind: 'applications', title: 'cni' } as const
  const { rows, remarks } = await sound(
    workbook({ 2021: months(210, 200), 2022: months(220, 205), Notice: [['Lire avant usage']] }),
    setting,
  )
  expect(rows.map(row => 'value' in row && [row.period, row.value])).toEqual([
    ['2021-01', 210],
    ['2021-02', 200],
    ['2022-01', 220],
    ['2022-02', 205],
  ])
  expect(remarks.map(({ code }) => code)).toContain('sheets-together')
  const named = { Cognac: months(1, 2), Copie: months(3, 4) }
  const twice = await readAnyFile(workbook(named), { ...SETTING, ...setting, fileName: 'demandes 2021.xlsx' })
  expect(isRefused(twice) && twice.faults.map(({ code }) => code)).toEqual(['ambiguous-sheet'])
})

test('a page saved under the name of a workbook: a merged title, letters by name or as Windows writes them', async () => {
  const page = (month: string) =>
    `<table><tr><th colspan=3>Demandes de passeport</th></tr><tr><th>Mois</th><th>Mairie</th><th>Nombre</th></tr><tr><td>${month} 2023</td><td>Cognac</td><td>170</td></tr></table>`
  for (const bytes of [
    new TextEncoder().encode(page('f&eacute;vrier')),
    Uint8Array.from(Buffer.from(page('février'), 'latin1')),
  ])
    expect((await sound(bytes)).rows).toMatchObject([
      { period: '2023-02', place: '16102', title: 'passport', value: 170 },
    ])
})

test.each([
  [
    'halls as columns',
    'Mois;Angoulême;Cognac;Total\nmars-22;412;88;500',
    { kind: 'applications', title: 'cni' },
    2,
  ],
  ['titles as columns', 'mois;code insee;CNI;Passeports\n2022-03;16015;412;388', { kind: 'applications' }, 2],
  ['years above quarters', ';2020;;2021;\nTitre;T1;T2;T1;T2\nCNI;5;6;7;8', { kind: 'issuance-delays' }, 4],
  ['a title line that says the month', 'Demandes de CNI, mars 2022;\ncommune;demandes\n16015;412', {}, 1],
  [
    'a column of years',
    'année;commune;titre;janvier;février\n2022;16015;CNI;4;5',
    { kind: 'applications' },
    2,
  ],
  ['an unknown column', 'mois;commune;titre;demandes;commentaire\n2022-03;16015;CNI;4;x', {}, 1],
] as const)('%s', (_, text, setting, count) => {
  expect(readSound(text, { ...SETTING, ...setting }).rows).toHaveLength(count)
})

test('an export of this service comes back: names beside codes, document and day in their columns', () => {
  const text =
    'lieu,titre,titre_nom,trimestre,trimestre_nom,jours,objectif_jours,unite,statistique,methode,horloge,statut,surcharge_pct,autres_valeurs,source,document,emplacement,publie_le\n' +
    '16,cni-passport,Cartes d’identité et passeports,2021-Q1,T1 2021,6,14,unspecified-day,mean,published,issued-in-period,observed,,,Préfecture,Comité,p. 4,2022-04-05\n'
  expect(readSound(text, SETTING)).toMatchObject({
    kind: 'issuance-delays',
    frontMatter: { source: 'Préfecture', document: 'Comité', publishedOn: '2022-04-05' },
    rows: [{ value: 6, targetDays: 14, locator: 'p. 4', title: 'cni-passport' }],
  })
})

test('a CSV that a spreadsheet kept whole in its first column is read as the CSV', async () => {
  const rows = [
    ['# source: Mairie de Cognac'],
    ['mois;commune;titre;demandes;remarque'],
    ['2022-03;Cognac;CNI;310;"fermé le 2 ; ouvert le 3"'],
    ['2022-04;Cognac;CNI;320;'],
  ]
  const { frontMatter, rows: read } = await sound(workbook({ Feuil1: rows }))
  expect(frontMatter.source).toBe('Mairie de Cognac')
  expect(read).toMatchObject([
    { line: 3, period: '2022-03', place: '16102', title: 'cni', value: 310 },
    { line: 4, period: '2022-04', value: 320 },
  ])
})

test('a number that its format writes in weeks or months is no number of days; SYLK is read', async () => {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['Mairie', 'Mois', 'Délai de rendez-vous'],
    ['16015', '2022-03', 5],
    ['16102', '2022-03', 35],
  ])
  sheet['C2'].z = '0" semaines"'
  sheet['C3'].z = '0" j"'
  const bytesOf = (bookType: XLSX.BookType) =>
    new Uint8Array(
      XLSX.write({ SheetNames: ['A'], Sheets: { A: sheet } }, { bookType, type: 'buffer' }) as Buffer,
    )
  expect((await sound(bytesOf('xlsx'))).rows).toMatchObject([{ value: 35 }, { value: 35 }])
  sheet['C2'].z = '0" mois"'
  expect(await readAnyFile(bytesOf('xlsx'), SETTING)).toMatchObject({ faults: [{ code: 'not-a-number' }] })
  sheet['C2'].z = '[h]:mm'
  expect(await readAnyFile(bytesOf('xlsx'), SETTING)).toMatchObject({ faults: [{ code: 'not-a-number' }] })
  sheet['C2'].z = 'General'
  expect((await sound(bytesOf('sylk'))).rows).toMatchObject([{ value: 5 }, { value: 35 }])
})
