import { expect, test } from 'vitest'
import { communesByName } from '../../../src/imports/cells/commune-name.ts'
import { departmentsByName } from '../../../src/imports/cells/department-name.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { read } from '../reading.ts'

const communesNamed = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
])
const departmentNamed = departmentsByName([{ code: '16', name: 'Charente' }])
const REQUESTS = { kind: 'applications' } as const

/** What a file was read as, one figure after the other, and what was told of it; or the codes of its faults. */
function shown(text: string, setting: Parameters<typeof read>[1] = {}) {
  const file = read(text, { communesNamed, departmentNamed, defaultPlace: '16', ...setting })
  if (isRefused(file)) return file.faults.map(({ line, code }) => `${line} ${code}`)
  const figures = (file.rows as unknown as Record<string, string>[]).map(
    ({ period, place, title = '', value, status }) =>
      [period, place, title, value, status === 'observed' ? '' : status].filter(Boolean).join(' '),
  )
  return [...figures, ...new Set(file.remarks.map(({ code }) => code))]
}

const BOTH = [
  '2021-01 16102 cni 12',
  '2021-02 16102 cni 11',
  '2021-01 16015 cni 31',
  '2021-02 16015 cni 29',
  '2021-01 16102 passport 8',
  '2021-02 16102 passport 7',
  '2021-01 16015 passport 21',
  '2021-02 16015 passport 19',
]

test.each([
  [
    'titles alone on their rows',
    'Commune;janv-21;févr-21\nCNI;;\nCognac;12;11\nAngoulême;31;29\nPasseport;;\nCognac;8;7\nAngoulême;21;19',
    [...BOTH, 'given-beside'],
  ],
  [
    'titles with the sums of their rows',
    'Demandes de titres;janv-21;févr-21\nCartes d’identité;43;40\nCognac;12;11\nAngoulême;31;29\nPasseports;29;26\nCognac;8;7\nAngoulême;21;19\nTotal;72;66',
    [...BOTH, 'total-left-aside'],
  ],
  [
    'a first title above the header, a note between two sections',
    'Demandes de CNI\nCommune;janv-21;févr-21\nCognac;12;11\nAngoulême;31;29\n* fermé le 3\nDemandes de passeports\nCognac;8;7\nAngoulême;21;19',
    [...BOTH, 'given-beside', 'note-left-aside'],
  ],
  [
    'halls, then their months, and totals under each',
    'Mois;CNI;Passeport\nMairie de Cognac;;\njanv-21;12;8\nfévr-21;11;7\nSous-total;23;15\nMairie d’Angoulême;;\njanv-21;31;21\nfévr-21;29;19\nTotal;83;55',
    [
      '2021-01 16102 cni 12',
      '2021-01 16102 passport 8',
      '2021-02 16102 cni 11',
      '2021-02 16102 passport 7',
      '2021-01 16015 cni 31',
      '2021-01 16015 passport 21',
      '2021-02 16015 cni 29',
      '2021-02 16015 passport 19',
      'given-beside',
      'total-left-aside',
    ],
  ],
  [
    'a year above two tables, each under its title',
    'Demandes de titres en mairie, année 2021\n\nCNI\nMairie;janvier;février\nCognac;12;11\nAngoulême;31;29\n\nPasseports\nMairie;janvier;février\nCognac;8;7\nAngoulême;21;19',
    [...BOTH, 'given-beside'],
  ],
  [
    'years above months without theirs',
    'Mois;Cognac;Angoulême\nCNI\nAnnée 2020;;\ndécembre;3;4\nAnnée 2021;;\njanvier;5;6',
    [
      '2020-12 16102 cni 3',
      '2020-12 16015 cni 4',
      '2021-01 16102 cni 5',
      '2021-01 16015 cni 6',
      'given-beside',
    ],
  ],
  [
    'labels in one column a level, with the sums of those under them',
    'Commune;Titre;Mois;Demandes\nCognac;;;43\n;CNI;;23\n;;janv-21;12\n;;févr-21;11\n;Passeport;;20\n;;janv-21;13\n;;févr-21;7\nTotal général;;;43',
    [
      '2021-01 16102 cni 12',
      '2021-02 16102 cni 11',
      '2021-01 16102 passport 13',
      '2021-02 16102 passport 7',
      'total-left-aside',
    ],
  ],
  [
    'labels said once, with totals among the rows',
    'Commune;Titre;Mois;Demandes\nCognac;CNI;janv-21;12\n;;févr-21;11\n;Passeport;janv-21;8\n;;févr-21;7\nTotal Cognac;;;38\nAngoulême;CNI;janv-21;31\n;;févr-21;29\nTotal général;;;98',
    [
      '2021-01 16102 cni 12',
      '2021-02 16102 cni 11',
      '2021-01 16102 passport 8',
      '2021-02 16102 passport 7',
      '2021-01 16015 cni 31',
      '2021-02 16015 cni 29',
      'merged-cells',
      'total-left-aside',
    ],
  ],
])('%s', (_, text, expected) => {
  const told = shown(text, REQUESTS)
  expect(told.toSorted()).toEqual([...expected].toSorted())
})

test.each([
  [
    'a section of a title that nobody knows',
    'Commune;janv-21;févr-21\nCNI;;\nCognac;12;11\nTitres de voyage;;\nCognac;8;7',
    'unknown-title',
  ],
  [
    'a section of a hall that nobody knows',
    'Mois;CNI\nMairie de Cognac;\njanv-21;12\nMairie de Saint-Truc le Vieux;\njanv-21;8',
    'invalid-insee',
  ],
  [
    'rows that do not add up to the one above',
    'Commune;janv-21;févr-21\nCNI;50;40\nCognac;12;11\nPasseport;50;40\nCognac;8;7',
    'missing-column',
  ],
])('%s', (_, text, code) => {
  expect(shown(text, REQUESTS).join()).toContain(code)
})

test('a rough value is an estimate, weeks and days are days', () => {
  const waits = (value: string) => shown(`Commune;Mois;Délai de rendez-vous\nCognac;janv-21;${value}`)
  expect(waits('environ 20 j')).toEqual(['2021-01 16102 20 estimated', 'value-rough'])
  expect(waits('~3 semaines')).toEqual(['2021-01 16102 21 estimated', 'value-rough'])
  expect(waits('> 8 semaines')).toEqual(['2021-01 16102 56 censored', 'value-bounded'])
  for (const [text, days] of [
    ['2 sem. et 3 j', 17],
    ['1 semaine 2 jours', 9],
    ['J+12', 12],
    ['12j.', 12],
    ['12 jrs', 12],
    ['12 jour(s)', 12],
  ] as const)
    expect(waits(text)).toEqual([`2021-01 16102 ${days}`])
  expect(waits('1 mois et 5 j')).toEqual(['2 not-a-number'])
})

test.each(['Charente', '16', 'CHARENTE (16)', 'Département de la Charente'])(
  'a row of %j among communes is their sum, left aside, or is refused once by its name',
  name => {
    const wide = (sum: number) =>
      shown(`Commune;janv-21;févr-21\n${name};43;${sum}\nCognac;12;11\nAngoulême;31;29`, {
        ...REQUESTS,
        title: 'cni',
      })
    expect(wide(40)).toEqual([...BOTH.slice(0, 4), 'total-left-aside'])
    expect(wide(41)).toEqual(['2 invalid-insee'])
    const long = (sum: number) =>
      shown(
        `Mois;Commune;Titre;Demandes\njanv-21;Cognac;CNI;12\nfévr-21;Cognac;CNI;11\njanv-21;Angoulême;CNI;31\nfévr-21;Angoulême;CNI;29\njanv-21;${name};CNI;${sum}\nfévr-21;${name};CNI;40`,
        REQUESTS,
      )
    expect(long(43)).toEqual([...BOTH.slice(0, 4), 'total-left-aside'])
    expect(long(44)).toEqual(['6 invalid-insee'])
    // Sorted by commune, a department stands a hundred rows below what it adds up, or above.
    const months = Array.from(
      { length: 60 },
      (_, i) => `${2015 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    )
    const sorted = (place: string, count: number) => months.map(month => `${month};${place};CNI;${count}`)
    const parts = [...sorted('Cognac', 12), ...sorted('Angoulême', 31)]
    const all = (lines: readonly string[]) =>
      shown(`Mois;Commune;Titre;Demandes\n${lines.join('\n')}`, REQUESTS).slice(-1)
    expect(all([...parts, ...sorted(name, 43)])).toEqual(['total-left-aside'])
    expect(all([...sorted(name, 43), ...parts])).toEqual(['total-left-aside'])
    expect(all([...parts, ...sorted(name, 44)])).toEqual(['122 invalid-insee'])
  },
)

test.each(['La mairie était fermée le samedi', 'Données hors dimanche', 'Fermeture en août'])(
  'the note %j between two sections is neither',
  note => {
    const sections = `Mois;Titre;Demandes\nCognac;;\njanv-21;CNI;12\nfévr-21;CNI;11\n${note};;\nAngoulême;;\njanv-21;CNI;31\nfévr-21;CNI;29`
    expect(shown(sections, REQUESTS)).toEqual([...BOTH.slice(0, 4), 'given-beside', 'note-left-aside'])
  },
)
