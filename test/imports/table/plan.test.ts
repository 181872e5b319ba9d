import { expect, test } from 'vitest'
import { communesByName } from '../../../src/imports/cells/commune-name.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { read } from '../reading.ts'

const communesNamed = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
  { code: '16113', name: 'Confolens', department: '16' },
])

/** What a file was read as: its kind and, of each row, when, where and how much; or the codes of its faults. */
function shown(text: string, setting: Parameters<typeof read>[1] = {}): string[] {
  const file = read(text, { communesNamed, defaultPlace: '16', ...setting })
  if (isRefused(file)) return file.faults.map(({ line, code }) => `${line} ${code}`)
  const cells = (row: object) =>
    ['period', 'place', 'commune', 'title', 'value', 'stations', 'from', 'until'].flatMap(
      name => Reflect.get(row, name) ?? [],
    )
  return [file.kind, ...(file.rows as readonly object[]).map(row => cells(row).join(' '))]
}

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'counts under other words',
    'Mairie;Type de titre;Mois;Nb demandes\nAngoulême;CNI;janvier 2022;412',
    {},
    ['applications', '2022-01 16015 cni 412'],
  ],
  [
    'a unit and a mean in the heading',
    'Période;Titre;Délai moyen (jours)\nT1 2022;Passeport;20,5',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2022-Q1 16 passport 20.5'],
  ],
  [
    'waits of a day',
    'Mairie;Délai moyen RDV (jours);Date relevé\nAngoulême;60;15/03/2022',
    {},
    ['appointment-waits', '2022-03-15 16015 60'],
  ],
  [
    'the last day of a month',
    'Date;Commune;Titre;Demandes\n28/02/2022;16015;CNI;412',
    {},
    ['applications', '2022-02 16015 cni 412'],
  ],
  [
    'a year beside a month',
    'Année;Mois;Commune;Titre;Demandes\n2022;3;16015;CNI;412\n2022;février;16015;CNI;400',
    {},
    ['applications', '2022-03 16015 cni 412', '2022-02 16015 cni 400'],
  ],
  [
    'thousands by points',
    'Mois;Commune;Titre;Demandes\n2022-03;16015;CNI;1.234',
    {},
    ['applications', '2022-03 16015 cni 1234'],
  ],
  [
    'the call of a note',
    'Mois;Commune;Titre;Demandes\n2022-03;16015;CNI;412 (1)\n2022-02;16015;CNI;400*',
    {},
    ['applications', '2022-03 16015 cni 412', '2022-02 16015 cni 400'],
  ],
  [
    'weeks of waiting',
    'Mairie;Date;Attente\nAngoulême;mars 2022;8 semaines',
    { kind: 'appointment-waits' },
    ['appointment-waits', '2022-03 16015 56'],
  ],
  [
    'what is counted heads the titles',
    'Titres délivrés;2020;2021\nPasseport;9 000;7 000\nCNI;10000;8000',
    { kind: 'titles-issued' },
    [
      'titles-issued',
      '2020 16 passport 9000',
      '2021 16 passport 7000',
      '2020 16 cni 10000',
      '2021 16 cni 8000',
    ],
  ],
  [
    'headings that say what is counted',
    'Commune;Mois;Demandes CNI;Demandes passeport\n16015;2022-03;412;388',
    {},
    ['applications', '2022-03 16015 cni 412', '2022-03 16015 passport 388'],
  ],
  [
    'the year of a grant in its title',
    'Dotation titres sécurisés 2021;;\nCode INSEE;Commune;Montant de la DTS\n16015;Angoulême;48 520 €\nTotal;;48520',
    {},
    ['grants', '2021 16015 48520'],
  ],
  [
    'halls and their desks',
    'Commune;Nombre de DR\nCognac;2',
    { kind: 'town-halls' },
    ['town-halls', '16102 2'],
  ],
  [
    'first and last day',
    'Mairie;Date de début;Date de fin;Motif\nAngoulême;01/08/2022;15/08/2022;congés',
    {},
    ['closures', '16015 2022-08-01 2022-08-15'],
  ],
  [
    'pipes',
    'Mois|Commune|Titre|Demandes\n2022-03|16015|CNI|412',
    {},
    ['applications', '2022-03 16015 cni 412'],
  ],
  [
    'the same period twice',
    'période;trimestre;titre;lieu;jours\n2021-Q1;T1 2021;CNI;16;6',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 cni 6'],
  ],
  [
    'two periods that differ',
    'période;trimestre;titre;lieu;jours\n2021-Q1;T2 2021;CNI;16;6',
    { kind: 'issuance-delays' },
    ['1 duplicate-column'],
  ],
  [
    'an interval',
    'Mairie;Mois;Attente\nAngoulême;2022-03;30 à 40',
    { kind: 'appointment-waits' },
    ['2 not-a-number'],
  ],
  [
    'months of waiting',
    'Mairie;Mois;Attente\nAngoulême;2022-03;2 mois',
    { kind: 'appointment-waits' },
    ['2 not-a-number'],
  ],
])('%s', (_, text, setting, expected) => expect(shown(text, setting)).toEqual(expected))
