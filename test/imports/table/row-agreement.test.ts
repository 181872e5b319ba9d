import { expect, test } from 'vitest'
import { communesByName } from '../../../src/imports/cells/commune-name.ts'
import { departmentsByName } from '../../../src/imports/cells/department-name.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { read } from '../reading.ts'

const communesNamed = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
  { code: '16358', name: 'Saint-Yrieix-sur-Charente', department: '16' },
  { code: '93014', name: 'Clichy-sous-Bois', department: '93' },
  { code: '69029', name: 'Bron', department: '69' },
  { code: '16113', name: 'La Couronne', department: '16' },
])
const departmentNamed = departmentsByName([
  { code: '16', name: 'Charente' },
  { code: '69', name: 'Rhône' },
])
const knownCommunes = (code: string) =>
  /^(16015|16100|16102|16358|93014|69029|16113)$/.test(code)
    ? ({ state: 'current' } as const)
    : ({ state: 'unknown' } as const)

function shown(text: string, setting: Parameters<typeof read>[1] = {}) {
  const file = read(text, { communesNamed, departmentNamed, knownCommunes, defaultPlace: '16', ...setting })
  if (isRefused(file)) return file.faults.map(({ line, code }) => `${line} ${code}`)
  return (file.rows as unknown as Record<string, string>[]).map(
    ({ period, place, title = '', value, statistic }) => [period, place, title, value, statistic].join(' '),
  )
}

test.each([
  [
    'a postal code for that of INSEE',
    'code_insee;commune;Mois;Titre;Demandes\n16100;Cognac;2022-01;CNI;4',
    '2 place-mismatch',
  ],
  [
    'names sorted without their codes',
    'INSEE;Commune;Mois;Titre;Demandes\n16102;Angoulême;2022-01;CNI;4\n16015;Cognac;2022-01;CNI;5',
    '2 place-mismatch,3 place-mismatch',
  ],
  [
    'a name that says the same in its way',
    'INSEE;Commune;Mois;Titre;Demandes\n16102;Mairie de COGNAC;2022-01;CNI;4\n16015;Centre;2022-01;CNI;5',
    '2022-01 16102 cni 4 total,2022-01 16015 cni 5 total',
  ],
  [
    'a year and the month of another',
    'Année;Mois;Commune;Titre;Demandes\n2021;janvier 2022;Cognac;CNI;4',
    '2 invalid-period',
  ],
  [
    'a note that tells another unit',
    'Commune;Mois;Attente\nCognac;2022-01;4\nNB : délais exprimés en semaines',
    '3 wrong-unit',
  ],
  [
    'a note that tells thousands',
    'Commune;Mois;Titre;Demandes\nCognac;2022-01;CNI;4\nNote : données en milliers',
    '3 wrong-unit',
  ],
  [
    'a part of the public',
    'Commune;Mois;Titre;Type de demandeur;Demandes\nCognac;2022-01;CNI;Mineur;4',
    '1 duplicate-column',
  ],
  [
    'the longest wait alone',
    'Commune;Mois;Délai maximum de rendez-vous\nCognac;2022-01;40',
    '2022-01 16102  40 maximum',
  ],
  [
    'a quarter beside its month',
    'Année;Trimestre;Mois;Commune;Titre;Demandes\n2021;T1;janvier;Cognac;CNI;4',
    '2021-01 16102 cni 4 total',
  ],
  [
    'the first and the last day of a month',
    'Début;Fin;Commune;Titre;Demandes\n01/01/2022;31/01/2022;Cognac;CNI;4',
    '2022-01 16102 cni 4 total',
  ],
  [
    'the first and the last day of a quarter',
    'Début;Fin;Commune;Titre;Demandes\n01/01/2022;31/03/2022;Cognac;CNI;4',
    '2 wrong-granularity',
  ],
  [
    'months by their numbers',
    'Demandes CNI 2021\nCommune;1;2;3\nCognac;4;5;6',
    '2021-01 16102 cni 4 total,2021-02 16102 cni 5 total,2021-03 16102 cni 6 total',
  ],
  [
    'a department in the title',
    'Préfecture du Rhône, demandes 2021\nCommune;Mois;CNI\nBron;janvier;4',
    '2021-01 69029 cni 4 total',
  ],
  [
    'postal codes in headings',
    'Mois;Cognac (16100);Angoulême (16000)\njanv-22;4;5',
    '2022-01 16102 cni 4 total,2022-01 16015 cni 5 total',
  ],
])('%s', (_, text, expected) => {
  const setting = text.startsWith('Mois;Cognac (') ? ({ kind: 'applications', title: 'cni' } as const) : {}
  expect(shown(text, setting).join()).toBe(expected)
})

test.each([
  ['St Yrieix s/ Charente', '16358'],
  ['ST YRIEIX/CHARENTE', '16358'],
  ['Cognac - Centre', '16102'],
  ['Cognac centre-ville', '16102'],
  ['COGNAC CEDEX', '16102'],
  ['Cognac (Charente)', '16102'],
  ['Cognac 16100', '16102'],
  ['Cognac (16102)', '16102'],
  ['COURONNE LA', '16113'],
  ['Clichy s/Bois (93)', '93014'],
])('%s', (name, code) => {
  expect(shown(`Commune;Mois;Titre;Demandes\n${name};2022-01;CNI;4`)).toEqual([`2022-01 ${code} cni 4 total`])
})
