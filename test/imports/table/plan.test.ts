import { expect, test } from 'vitest'
import { communesByName } from '../../../src/imports/cells/commune-name.ts'
import { departmentsByName } from '../../../src/imports/cells/department-name.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { readMapping } from '../../../src/imports/table/mapping.ts'
import { read } from '../reading.ts'

const communesNamed = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
  { code: '16113', name: 'Confolens', department: '16' },
  { code: '53147', name: 'Mayenne', department: '53' },
  { code: '01004', name: 'Ambérieu-en-Bugey', department: '01' },
])
const departmentNamed = departmentsByName([
  { code: '01', name: 'Ain' },
  { code: '16', name: 'Charente' },
  { code: '53', name: 'Mayenne' },
  { code: '974', name: 'La Réunion' },
])

/** What a file was read as: its kind and, of each row, when, where and how much; or the codes of its faults. */
function shown(text: string, setting: Parameters<typeof read>[1] = {}): string[] {
  const file = read(text, { communesNamed, departmentNamed, defaultPlace: '16', ...setting })
  if (isRefused(file)) return file.faults.map(({ line, code }) => `${line} ${code}`)
  const cells = (row: object) =>
    [
      'period',
      'place',
      'commune',
      'title',
      'value',
      'stations',
      'weekday',
      'opens',
      'closes',
      'from',
      'until',
    ].flatMap(name => Reflect.get(row, name) ?? [])
  return [file.kind, ...(file.rows as readonly object[]).map(row => cells(row).join(' '))]
}

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'whole days under quarters, which could be departments',
    'Délais de délivrance (en jours)\nTitre;T1 2021;T2 2021\nPassport;21;24\nCNI;20;23',
    {},
    [
      'issuance-delays',
      '2021-Q1 16 passport 21',
      '2021-Q2 16 passport 24',
      '2021-Q1 16 cni 20',
      '2021-Q2 16 cni 23',
    ],
  ],
  [
    'a second column of days is no column of departments',
    'Trimestre;Titre;Délai moyen;Délai médian\nT1 2021;passeport;22,4;19',
    {},
    ['issuance-delays', '2021-Q1 16 passport 22.4', '2021-Q1 16 passport 19'],
  ],
  [
    'the department of a name beside it',
    'mois;département;commune;titre;demandes\n2021-01;Mayenne;Mayenne;cni;4\n2021-01;16;Cognac;cni;5',
    { knownCommunes: () => ({ state: 'current' }) },
    ['applications', '2021-01 53147 cni 4', '2021-01 16102 cni 5'],
  ],
  [
    'a postal code before a name, a code written as a decimal, an apostrophe before a number',
    "mois;commune;titre;demandes\n'2021-01;16100 Cognac;cni;'4\n01/21;16015.0;cni;1,205.00",
    {},
    ['applications', '2021-01 16102 cni 4', '2021-01 16015 cni 1205'],
  ],
  [
    'counts of both titles in one column',
    'Mois;Mairie;Demandes CNI/Passeport\n202101;Cognac;141',
    {},
    ['applications', '2021-01 16102 cni-passport 141'],
  ],
  [
    'the sum of both titles beside them',
    '# type : applications\nMois;Mairie;CNI;Passeports;CNI + Passeports\n2021-01;Cognac;81;60;141',
    {},
    ['applications', '2021-01 16102 cni 81', '2021-01 16102 passport 60'],
  ],
  [
    'a department and a median said by the title',
    'Préfecture de Mayenne\nDélais médians de délivrance de la carte nationale d’identité (jours)\nMois;Valeur\n2021-01;19',
    {},
    ['issuance-delays', '2021-01 53 cni 19'],
  ],
  [
    'the nation said by the title',
    'Délais nationaux de délivrance du passeport\nMois;Jours\nvendredi 1er janvier 2021;19',
    {},
    ['issuance-delays', '2021-01 FR passport 19'],
  ],
  ...[
    'Demandes cumulées',
    'Prévisions de demandes',
    'Taux de demandes pour 1 000 habitants',
    'Demandes refusées',
  ].map((title): [string, string, Parameters<typeof read>[1], string[]] => [
    `${title}: no counts`,
    `${title}\nMairie;Titre;janv-21;févr-21\nCognac;CNI;41;84`,
    {},
    ['2 ambiguous-kind'],
  ]),
  [
    'grants by year',
    'Code INSEE;Commune;DTS 2020;DTS 2021\n16102;Cognac;12.130;12 500 €',
    {},
    ['grants', '2020 16102 12130', '2021 16102 12500'],
  ],
  [
    'days of counts are no closures',
    'Début;Fin;Commune;Titre;Nombre de demandes\n01/01/2021;31/01/2021;Cognac;cni;41',
    {},
    ['applications', '2021-01 16102 cni 41'],
  ],
  [
    'what is foreseen is no count',
    'Mois;Mairie;Titre;Demandes prévues\n2021-01;Cognac;cni;41',
    {},
    ['1 ambiguous-kind'],
  ],
  [
    'departments as columns, by code',
    'Délais passeport (en jours)\nMois;16;53;974\n01/2022;31;33;29\n02/2022;34;36;s',
    {},
    [
      'issuance-delays',
      '2022-01 16 passport 31',
      '2022-01 53 passport 33',
      '2022-01 974 passport 29',
      '2022-02 16 passport 34',
      '2022-02 53 passport 36',
    ],
  ],
  [
    'departments as columns, one of which has the name of a town',
    'Délais de délivrance de la CNI\nMois;Charente;Mayenne\n01/2022;31;33',
    {},
    ['issuance-delays', '2022-01 16 cni 31', '2022-01 53 cni 33'],
  ],
  [
    'months without their year under a title with it, halls as columns',
    'Passeports : dépôts de 2021\nMois;Cognac;Confolens;Total\njanvier;210;44;254\nfévrier;198;39;237',
    {},
    [
      'applications',
      '2021-01 16102 passport 210',
      '2021-01 16113 passport 44',
      '2021-02 16102 passport 198',
      '2021-02 16113 passport 39',
    ],
  ],
  [
    'years as rows under the title of a hall and months as columns',
    'Mairie de Cognac : demandes de CNI\nAnnée;Janv;Févr\n2020;100;110\n2021;200;210',
    {},
    [
      'applications',
      '2020-01 16102 cni 100',
      '2020-02 16102 cni 110',
      '2021-01 16102 cni 200',
      '2021-02 16102 cni 210',
    ],
  ],
  [
    'a title of which a part is the name of a town',
    'Cognac – rendez-vous CNI/passeport 2021\nMois;Attente (jours)\njanvier 2021;31',
    {},
    ['appointment-waits', '2021-01 16102 31'],
  ],
  [
    'a department given with a file whose title names a town of it',
    'Mairie d’Ambérieu-en-Bugey : rendez-vous 2021\nMois;Attente (jours)\njanvier 2021;31',
    { place: '01' },
    ['appointment-waits', '2021-01 01004 31'],
  ],
  [
    'a title of which a part is the name of a department',
    'Délais moyens de délivrance 2021 – Ain\nTrimestre;CNI\nT1 2021;12',
    {},
    ['issuance-delays', '2021-Q1 01 cni 12'],
  ],
  [
    'a meeting, which is no department, and a month, which is no town',
    'Réunion – Mars 2021 – rendez-vous\nMairie;Attente (jours)\nCognac;31',
    {},
    ['appointment-waits', '2021-03 16102 31'],
  ],
  [
    'a column of figures that nothing names',
    'Date;Site;Type;Qté;Code postal\nsept.-21;Cognac;PSP;190;16100',
    { kind: 'applications' },
    ['applications', '2021-09 16102 passport 190'],
  ],
  [
    'a column of figures that the words around name',
    'semaine du;Mairie;Prochain RDV (jours)\n07/03/2022;Cognac;45\n14/03/2022;Cognac;complet',
    {},
    ['appointment-waits', '2022-03-07 16102 45'],
  ],
  [
    'two columns that may be the figure: one fault, that names them',
    'Mairie;Délai mini;Délai maxi;Date\nCognac;20;45;2022-03-05',
    { kind: 'appointment-waits' },
    ['1 missing-column'],
  ],
  [
    'measures side by side',
    'Mois;Appels reçus;Appels décrochés;Taux de décroché;Visites du site\n2022-01;4120;3205;77,8 %;15200',
    {},
    ['indicators', '2022-01 16 4120', '2022-01 16 77.8', '2022-01 16 15200'],
  ],
  [
    'titles in other words',
    'Trimestre;Titre;Délai moyen\nT3 2021;CNI-PSP;50\nT3 2021;1ère demande de TS;110\nT3 2021;Renouvellement titre de séjour;80',
    { kind: 'issuance-delays' },
    [
      'issuance-delays',
      '2021-Q3 16 cni-passport 50',
      '2021-Q3 16 residence-first 110',
      '2021-Q3 16 residence-renewal 80',
    ],
  ],
  [
    'hours of several days at once',
    'Commune;Jours;Horaires\nCognac;du lundi au mardi;8h30-12h00\nCognac;jeudi et samedi;9h-12h',
    {},
    [
      'opening-hours',
      '16102 1 08:30 12:00',
      '16102 2 08:30 12:00',
      '16102 4 09:00 12:00',
      '16102 6 09:00 12:00',
    ],
  ],
  [
    'the hours of a week in one cell',
    'Mairie;Horaires DR\nCognac;"Lundi au mardi : 9h - 12h et 14h-17h ; samedi 10h-12h"',
    {},
    [
      'opening-hours',
      '16102 1 09:00 12:00',
      '16102 1 14:00 17:00',
      '16102 2 09:00 12:00',
      '16102 2 14:00 17:00',
      '16102 6 10:00 12:00',
    ],
  ],
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
  [
    'departments by name',
    'Territoire;Trimestre;Titre;Délai\nCharente;T1 2021;CNI;6\n16 - Charente;T2 2021;CNI;7\nDépartement de l’Ain (01);T1 2021;CNI;8\nRéunion;T1 2021;CNI;9',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 cni 6', '2021-Q2 16 cni 7', '2021-Q1 01 cni 8', '2021-Q1 974 cni 9'],
  ],
  [
    'a department that another code belies',
    'Territoire;Trimestre;Titre;Délai\nCharente (17);T1 2021;CNI;6',
    { kind: 'issuance-delays' },
    ['2 unknown-place'],
  ],
  [
    'a department whose commune has its name, in a column of departments',
    'Département;Trimestre;Titre;Délai\nMayenne;T1 2021;CNI;6',
    { kind: 'issuance-delays', defaultPlace: '53' },
    ['issuance-delays', '2021-Q1 53 cni 6'],
  ],
  [
    'the same in a column that does not say',
    'Territoire;Trimestre;Titre;Délai\nMayenne;T1 2021;CNI;6',
    { kind: 'issuance-delays', defaultPlace: '53' },
    ['2 ambiguous-commune'],
  ],
  [
    'communes beside their department',
    'Département;Commune;Mois;Attente\nCharente;Cognac;2022-03;40\nCharente;Angoulême;2022-03;60',
    { kind: 'appointment-waits' },
    ['appointment-waits', '2022-03 16102 40', '2022-03 16015 60'],
  ],
  [
    'labels once above their rows',
    'Commune;Mois;Titre;Demandes\nCognac;2022-01;CNI;4\n;2022-02;CNI;5\nAngoulême;2022-01;CNI;6\n;2022-02;CNI;7\nTotal;;;22',
    {},
    [
      'applications',
      '2022-01 16102 cni 4',
      '2022-02 16102 cni 5',
      '2022-01 16015 cni 6',
      '2022-02 16015 cni 7',
    ],
  ],
  [
    'two labels once above their rows',
    'Commune;Titre;Mois;Demandes\nCognac;CNI;2022-01;4\n;;2022-02;5\n;Passeport;2022-01;6\n;;2022-02;7',
    {},
    [
      'applications',
      '2022-01 16102 cni 4',
      '2022-02 16102 cni 5',
      '2022-01 16102 passport 6',
      '2022-02 16102 passport 7',
    ],
  ],
  [
    'a place once above its titles, in a wide table',
    'Lieu;Titre;T1 2021;T2 2021\nCharente;CNI;6;7\n;Passeport;8;9',
    { kind: 'issuance-delays' },
    [
      'issuance-delays',
      '2021-Q1 16 cni 6',
      '2021-Q2 16 cni 7',
      '2021-Q1 16 passport 8',
      '2021-Q2 16 passport 9',
    ],
  ],
  [
    'a place left blank among places said on each line',
    'Commune;Mois;Titre;Demandes\nCognac;2022-01;CNI;4\nCognac;2022-02;CNI;5\n;2022-03;CNI;5',
    {},
    ['4 missing-value'],
  ],
  [
    'a blank that would say the same thing twice',
    'Commune;Mois;Titre;Demandes\nCognac;2022-01;CNI;4\n;2022-01;CNI;5',
    {},
    ['3 missing-value'],
  ],
  [
    'delays of titles side by side',
    'commune;mois;délai carte;délai passeport\n16102;2022-01;20;25',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2022-01 16102 cni 20', '2022-01 16102 passport 25'],
  ],
  [
    'hours of a day in a cell',
    'Commune;Jour;Horaires\nCognac;lundi;8h30-12h / 13h30-17h\nCognac;mardi;fermé\nCognac;jeudi;de 9h à 12 h 15',
    {},
    ['opening-hours', '16102 1 08:30 12:00', '16102 1 13:30 17:00', '16102 4 09:00 12:15'],
  ],
  [
    'hours of a week side by side',
    'Mairie;Lundi;Mardi;Mercredi\nCognac;8h30-12h 13h30-17h;;9-12h',
    {},
    ['opening-hours', '16102 1 08:30 12:00', '16102 1 13:30 17:00', '16102 3 09:00 12:00'],
  ],
  [
    'morning and afternoon side by side',
    'Commune;Jour;Matin;Après-midi\nCognac;lundi;8h30-12h;13h30-17h',
    { kind: 'opening-hours' },
    ['opening-hours', '16102 1 08:30 12:00', '16102 1 13:30 17:00'],
  ],
  ['hours that are none', 'Commune;Jour;Horaires\nCognac;lundi;sur rendez-vous', {}, ['2 invalid-time']],
  [
    'closures of one day',
    'Mairie;Date;Motif\nAngoulême;15/08/2022;férié\nCognac;du 01/08/2022 au 05/08/2022;congés',
    {},
    ['closures', '16015 2022-08-15 2022-08-15', '16102 2022-08-01 2022-08-05'],
  ],
  ['a closure without its day', 'Mairie;Date;Motif\nAngoulême;;férié', {}, ['2 missing-value']],
  [
    'a department and a commune that lost their zero',
    'Lieu;Trimestre;Titre;Délai\n1;T1 2021;CNI;6\n1004;T1 2021;CNI;7\n1999;T1 2021;CNI;8',
    { kind: 'issuance-delays' },
    ['4 lost-leading-zero'],
  ],
])('%s', (_, text, setting, expected) => expect(shown(text, setting)).toEqual(expected))

test('a median is kept as one, and a source above the header is taken', () => {
  const file = read('Source;Mairie de Cognac;\nTrimestre;Titre;Délai médian\nT1 2021;passeport;19', {
    defaultPlace: '16',
  })
  expect(file).toMatchObject({
    frontMatter: { source: 'Mairie de Cognac' },
    rows: [{ statistic: 'median', value: 19 }],
  })
})

test('a zero put back and a label filled down are told, with their lines', () => {
  const file = read(
    'Lieu;Trimestre;Titre;Délai\n1;T1 2021;CNI;6\n;T2 2021;CNI;6\n1004;T1 2021;CNI;7\n;T2 2021;CNI;7',
    { kind: 'issuance-delays' },
  )
  expect(isRefused(file)).toBe(false)
  if (isRefused(file)) return
  expect(file.rows.map(row => Reflect.get(row, 'place'))).toEqual(['01', '01', '01004', '01004'])
  expect(file.remarks.map(({ code, lines }) => [code, lines])).toEqual(
    expect.arrayContaining([
      ['zero-restored', [2, 3]],
      ['zero-restored', [4, 5]],
      ['merged-cells', [3, 5]],
    ]),
  )
})

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'two tables one above the other, each of its title',
    'Demandes reçues\nCNI\nCommune;janv. 2021;févr. 2021\nCognac;12;13\n;;\nPasseports;;\nVille;janv. 2021;mars 2021\nCognac;7;9',
    {},
    [
      'applications',
      '2021-01 16102 cni 12',
      '2021-02 16102 cni 13',
      '2021-01 16102 passport 7',
      '2021-03 16102 passport 9',
    ],
  ],
  [
    'a second table of what is no title here is not of the first one’s',
    'Demandes de CNI\nCommune;janv. 2021;févr. 2021\nCognac;12;13\nDemandes de titres de voyage;;\nCommune;janv. 2021;févr. 2021\nConfolens;7;9',
    {},
    ['5 missing-column'],
  ],
  [
    'a second table of another kind',
    'Demandes de CNI\nCommune;janv. 2021;févr. 2021\nCognac;12;13\nAttente de rendez-vous;;\nCommune;T1 2021;T2 2021\nCognac;7;9',
    {},
    ['5 kind-mismatch'],
  ],
  [
    'half-years',
    'Titre;S1 2021;S2 2021\nCNI;12;13',
    { kind: 'titles-issued' },
    ['1 wrong-granularity', '1 wrong-granularity'],
  ],
  [
    'months in rows under years',
    'Demandes de CNI\nMois;2020;2021\nJanvier;12;13',
    { place: '16102' },
    ['applications', '2020-01 16102 cni 12', '2021-01 16102 cni 13'],
  ],
  [
    'a hall that nobody knows is not its department',
    'Mairie;Trimestre;Délai RDV\nMairie de Nulle-Part;T1 2021;30',
    {},
    ['2 unknown-place'],
  ],
  [
    'halls above their mean, and departments above their subtotals',
    'Attente de rendez-vous\nDépartement;Commune;T1 2021;T2 2021\nCharente;Cognac;30;31\n;Confolens;40;41\nSous-total Charente;;35;36\nMayenne;Mayenne;20;21\nMoyenne;;30;31',
    {},
    [
      'appointment-waits',
      '2021-Q1 16102 30',
      '2021-Q2 16102 31',
      '2021-Q1 16113 40',
      '2021-Q2 16113 41',
      '2021-Q1 53147 20',
      '2021-Q2 53147 21',
    ],
  ],
  [
    'first permits and renewals in a column of their own',
    'période;nature;titre;jours\nT1 2021;Première demande;Titre de séjour;90\nT1 2021;Renouvellement;Titre de séjour;60',
    {},
    ['issuance-delays', '2021-Q1 16 residence-first 90', '2021-Q1 16 residence-renewal 60'],
  ],
  [
    'counts split between first requests and renewals',
    'mois;commune;titre;type de demande;demandes\n2021-01;16102;CNI;Première demande;4\n2021-01;16102;CNI;Renouvellement;9',
    { kind: 'applications' },
    ['1 duplicate-column'],
  ],
  [
    'figures of five digits under their names, which codes of communes could be',
    'Titres délivrés en 2021\nDépartement;CNI délivrées;Passeports délivrés\n16;16015;16102\n53;16113;53147',
    {},
    [
      'titles-issued',
      '2021 16 cni 16015',
      '2021 16 passport 16102',
      '2021 53 cni 16113',
      '2021 53 passport 53147',
    ],
  ],
  ['no header at all', '2021-01;16102;CNI;12\n2021-02;16102;CNI;13', {}, ['1 unknown-kind']],
  [
    'names as a database writes them',
    'annee;mois;code_insee;nb_demandes_cni;nb_demandes_passeport\n2021;3;16102;12;9',
    {},
    ['applications', '2021-03 16102 cni 12', '2021-03 16102 passport 9'],
  ],
])('as agents have them: %s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test('days that are worked are told so, by a heading or by a cell', () => {
  const units = (text: string) => {
    const file = read(text)
    return isRefused(file) ? file.faults : file.rows.map(row => 'unit' in row && row.unit)
  }
  expect(units('trimestre;titre;délai (jours ouvrés);lieu\nT1 2021;CNI;12;16')).toEqual(['working-day'])
  expect(units('trimestre;titre;délai;lieu\nT1 2021;CNI;12 jours ouvrés;16\nT2 2021;CNI;12 j;16')).toEqual([
    'working-day',
    'unspecified-day',
  ])
})

test('the answers of this service are read as they are given', () => {
  const point = {
    grain: 'quarter',
    period: '2021-Q1',
    quarter: '2021-Q1',
    days: 13.5,
    method: 'as-published',
    methods: [{ method: 'as-published', days: 13.5 }],
    clock: 'issued-in-period',
    statistic: 'mean',
    unit: 'calendar-day',
    status: 'observed',
    source: { publisher: 'P', document: 'D', locator: 'l', publishedOn: '2022-03-31', release: 3 },
    conflicts: [],
    impliedOverloadPct: null,
  }
  const series = {
    title: 'cni',
    place: '16',
    clock: point.clock,
    unit: point.unit,
    targetDays: 15,
    years: [],
  }
  const delays = { series: [{ ...series, points: [point] }], notices: [{ a: 1 }, { a: 2 }] }
  expect(shown(JSON.stringify(delays))).toEqual(['issuance-delays', '2021-Q1 16 cni 13.5'])
  const clock = 'first-free-slot'
  const waits = {
    series: [{ ...series, title: '', clock, targetDays: null, points: [{ ...point, clock }] }],
    notices: [],
  }
  expect(shown(JSON.stringify(waits))).toEqual(['appointment-waits', '2021-Q1 16 13.5'])
})

const PERMITS =
  'trimestre;titre;délai\nT1 2021;passeport;21\nT1 2021;titre de séjour;70\nT2 2021;titre de séjour;71'
const HISTORY =
  'mesure;période;valeur;état\ndemandes reçues;2021;9;en vigueur\ndemandes reçues;2021;8;en conflit'
const MEANS =
  'indicateur;nature;t1_2021;t2_2021\nPasseport;publié;6;8\nPasseport : moyenne des trimestres;calculé;7;'
const COMPUTED =
  'titre;période;jours;méthode\nCNI;2021-Q1;13;as-published\npasseport;2021-Q1;14,5;mean-of-months'
const DASHBOARD =
  'Mois;Mairie;Délai CNI (j);Délai passeport (j);Attente RDV (j);Demandes CNI;Demandes passeport\njanv. 2021;Cognac;12;14;31;410;200'
const REQUESTS = { kind: 'applications', title: 'cni' } as const
const SOUND = ['applications', '2021-01 16015 cni 5']

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'rows whose labels say a title, then what they count of it',
    ';T1 2021;T2 2021\nCNI : délai moyen;12;13\nPermis de conduire : délai moyen;30;31',
    {},
    [
      'issuance-delays',
      '2021-Q1 16 cni 12',
      '2021-Q2 16 cni 13',
      '2021-Q1 16 driving-licence 30',
      '2021-Q2 16 driving-licence 31',
    ],
  ],
  [
    'the delays of a table that counts requests and tells waits too',
    DASHBOARD,
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-01 16102 cni 12', '2021-01 16102 passport 14'],
  ],
  ['its waits', DASHBOARD, { kind: 'appointment-waits' }, ['appointment-waits', '2021-01 16102 31']],
  [
    'its requests',
    DASHBOARD,
    { kind: 'applications' },
    ['applications', '2021-01 16102 cni 410', '2021-01 16102 passport 200'],
  ],
  [
    'a mean of months that this service computed',
    COMPUTED,
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 cni 13'],
  ],
  ['a permit that says neither first nor renewal, once', PERMITS, {}, ['3 unknown-title']],
  [
    'the same, once its sender says which',
    PERMITS,
    { title: 'residence-renewal' },
    [
      'issuance-delays',
      '2021-Q1 16 passport 21',
      '2021-Q1 16 residence-renewal 70',
      '2021-Q2 16 residence-renewal 71',
    ],
  ],
  [
    'small figures under quarters, in a table whose titles have no name',
    ';T1 2021;T2 2021\nPasseports;21;24\nCNI;53;16',
    { kind: 'issuance-delays' },
    [
      'issuance-delays',
      '2021-Q1 16 passport 21',
      '2021-Q2 16 passport 24',
      '2021-Q1 16 cni 53',
      '2021-Q2 16 cni 16',
    ],
  ],
  ['values that are no longer in force', HISTORY, {}, ['indicators', '2021 16 9']],
  [
    'a mean that its line says computed',
    MEANS,
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 passport 6', '2021-Q2 16 passport 8'],
  ],
  ['a second mark', '\ufeff\ufeffmois;commune;titre;demandes\n01/2021;16015;CNI;5', {}, SOUND],
  [
    'a header of another separator',
    'mois;commune;titre;demandes\n01/2021,16015,CNI,5\n02/2021,16015,CNI,s',
    {},
    SOUND,
  ],
  ['plurals, and calls of notes', 'Mois;Communes;Titres;Demandes\n2021-M01;16015;CNI (1);5 †', {}, SOUND],
  [
    'communes under another name, in a department said beside',
    'Mois;Mairie équipée;Titre;Demandes\nM01 2021;Angoulême;CNI;5',
    { kind: 'applications', place: '16' },
    SOUND,
  ],
  [
    'a year that begins in September',
    'Année scolaire;Commune;Titre;Demandes\n2020-2021;16015;CNI;5',
    {},
    ['2 wrong-granularity'],
  ],
  [
    'bounds, until both are left aside by hand',
    'trimestre;titre;lieu;délai p5;délai p95;délai\n1T21;CNI;16;1;9;5',
    {
      kind: 'issuance-delays',
      mapping: new Map([
        ['delaip5', ''],
        ['delaip95', ''],
      ]),
    },
    ['issuance-delays', '2021-Q1 16 cni 5'],
  ],
  [
    'quarters told by their number beside their year',
    'Année;Trimestre;Délai CNI (j)\n2021;1;23\n2021;2;25',
    { kind: 'issuance-delays', title: 'cni' },
    ['issuance-delays', '2021-Q1 16 cni 23', '2021-Q2 16 cni 25'],
  ],
  [
    'a half of a year told so is no month',
    'Année;Semestre;Délai\n2021;1;23',
    { kind: 'issuance-delays', title: 'cni' },
    ['2 wrong-granularity'],
  ],
  [
    'a month that heads the only column',
    'Commune;mars 2022\n16015;5',
    REQUESTS,
    ['applications', '2022-03 16015 cni 5'],
  ],
  [
    'minutes in a waiting room are no days',
    'Mairie;Mois;Attente moyenne en salle (min)\n16015;03/2022;12',
    {},
    ['1 wrong-unit'],
  ],
  [
    'weeks in a column of units',
    'Mairie;Mois;Délai RDV;Unité\n16015;mars 2022;5;semaines',
    {},
    ['2 wrong-unit'],
  ],
  [
    'months without brackets, whose column is not to be called days',
    'Mairie;Délai de rendez-vous en mois;Date\n16015;2;mars 2022',
    { kind: 'appointment-waits' },
    ['1 wrong-unit'],
  ],
  [
    'delays of a centre are no waits, though nothing else says their title',
    'Délai de traitement du CERT de Limoges\nTrimestre;Délai (jours ouvrés)\nT1 2021;12',
    {},
    ['2 missing-column'],
  ],
  [
    'requests of an area without its halls are no titles issued',
    'Demandes de CNI\nMois;Nombre\n2021-01;412',
    {},
    ['2 missing-column'],
  ],
  ['values of which nothing says what they are', 'année;dep;valeur\n2021;16;21,2', {}, ['1 ambiguous-kind']],
  [
    'delays in months, in brackets, are no titles issued',
    'Délais (en mois) de délivrance des titres de séjour\nTitre;2021-01;2021-02\nTitre de séjour (renouvellement);3;4',
    {},
    ['2 wrong-unit'],
  ],
  [
    'a unit in the corner of a wide table',
    'Dotation (en k€);2020;2021\nAngoulême;48,5;50,1\nCognac;12,1;12,5',
    { kind: 'grants' },
    ['1 wrong-unit'],
  ],
  [
    'a column since January',
    'Mois;Commune;Titre;Demandes depuis janvier\n2022-01;16015;CNI;412\n2022-02;16015;CNI;830',
    {},
    ['1 wrong-unit'],
  ],
  [
    'a title since the beginning of the year',
    'Demandes de CNI depuis le début de l’année\nMois;Angoulême;Cognac\n2022-01;412;121\n2022-02;830;240',
    {},
    ['2 wrong-unit'],
  ],
  [
    'delays of a region are not of the sender’s department',
    'Délais de délivrance - Région Nouvelle-Aquitaine\nTitre;T1 2021\nCNI;21',
    {},
    ['2 unknown-place'],
  ],
  [
    'a region that publishes',
    'Préfecture de région Nouvelle-Aquitaine\nDélais de délivrance\nTitre;T1 2021\nCNI;21',
    {},
    ['issuance-delays', '2021-Q1 16 cni 21'],
  ],
  [
    'a title that names another department without the word',
    'Délais de délivrance en Mayenne\nTitre;T1 2021\nCNI;21',
    {},
    ['issuance-delays', '2021-Q1 53 cni 21'],
  ],
  [
    'a title that names another department by its code',
    'Délais du CERT de Limoges (87)\nTrimestre;Titre;Délai moyen\nT1 2021;CNI;12',
    {},
    ['issuance-delays', '2021-Q1 87 cni 12'],
  ],
  [
    'a title whose brackets hold a year',
    'Délais de délivrance, Janvier (22)\nTitre;Délai moyen\nCNI;12',
    {},
    ['issuance-delays', '2022-01 16 cni 12'],
  ],
  [
    'delays of halls that do not say which',
    'Mairie;Mois;Délai moyen CNI\nAngoulême;2022-03;21',
    {},
    ['1 ambiguous-kind'],
  ],
  [
    'delays of halls that say which',
    'Mairie;Mois;Délai de délivrance CNI\n16015;2022-03;21',
    {},
    ['issuance-delays', '2022-03 16015 cni 21'],
  ],
  [
    'euros written with their first letter',
    'Commune;Code INSEE;Montant DTS 2021\nAngoulême;16015;48 520 e\nCognac;16102;12 130e',
    {},
    ['grants', '2021 16015 48520', '2021 16102 12130'],
  ],
  [
    'the day of reopening is not the last day closed',
    'Commune;Date de fermeture;Date de réouverture\n16015;04/04/2022;11/04/2022',
    {},
    ['closures', '16015 2022-04-04 2022-04-10'],
  ],
  [
    'a three-digit department before its name',
    'Département;Titre;Année;Titres délivrés\n016 - Charente;passeport;2021;20150\n053;passeport;2021;31200',
    {},
    ['titles-issued', '2021 16 passport 20150', '2021 53 passport 31200'],
  ],
  [
    'validity told in years',
    'Titre;Validité;Année;Titres délivrés\nPasseport;10 ans;2021;14900',
    {},
    ['titles-issued', '2021 16 passport 14900'],
  ],
  [
    'periods told by two days',
    'Titre;Du;Au;Délai moyen\nPasseport;01/01/2021;31/03/2021;21',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 passport 21'],
  ],
  [
    'days of the week above hours, some of which are none',
    'Commune;Lundi;Mardi\nAngoulême;9h-12h;9h-12h\nCognac;9h-12h;fermé',
    {},
    ['opening-hours', '16015 1 09:00 12:00', '16015 2 09:00 12:00', '16102 1 09:00 12:00'],
  ],
  [
    'what a JSON says beside its records',
    '{"annee":2021,"unite":"milliers","donnees":[{"dep":"16","titre":"passeport","titres_delivres":21}]}',
    { kind: 'titles-issued' },
    ['1 wrong-unit'],
  ],
  [
    'the month that a JSON says once',
    '{"total":1,"periode":"2022-03","mairies":[{"commune":"16015","titre":"CNI","demandes":412}]}',
    {},
    ['applications', '2022-03 16015 cni 412'],
  ],
  [
    'a sum since January',
    'Demandes de CNI cumulées\nCommune;janv-22;févr-22\n16015;400;800',
    { kind: 'applications' },
    ['2 wrong-unit'],
  ],
  [
    'a period of titles that goes over several months',
    'Délais de rendez-vous de janvier à avril 2021\nMairie;Délai\n16015;30\n16102;40',
    { kind: 'appointment-waits' },
    ['2 wrong-granularity'],
  ],
  [
    'a kind said of figures that say another',
    'période;lieu;mesure;valeur\n2022-02;16;Taux d’appels décrochés;0,778',
    { kind: 'appointment-waits' },
    ['1 kind-mismatch'],
  ],
  [
    'waits of what nobody asks at a town hall',
    'indicateur;T1 2021;T2 2021\npermis de conduire;4;4',
    { kind: 'appointment-waits' },
    ['1 kind-mismatch'],
  ],
  [
    'cards and passports together that are not the sum of both',
    'Mois;Passeport;CNI;Passeport + CNI\njanvier 2022;120;210;60',
    { kind: 'applications', place: '16015' },
    ['1 duplicate-column'],
  ],
  [
    'a quarter among its months',
    'Commune;janv-22;févr-22;mars-22;T1 2022\n16015;1;2;3;6',
    REQUESTS,
    ['applications', '2022-01 16015 cni 1', '2022-02 16015 cni 2', '2022-03 16015 cni 3'],
  ],
  [
    'two tables side by side, each under its title',
    'CNI;;;;Passeport;;\nMairie;janv-22;févr-22;;Mairie;janv-22;févr-22\n16015;1;2;;16015;3;4',
    { kind: 'applications' },
    [
      'applications',
      '2022-01 16015 cni 1',
      '2022-02 16015 cni 2',
      '2022-01 16015 passport 3',
      '2022-02 16015 passport 4',
    ],
  ],
  [
    'two tables side by side of which the second is of another kind',
    'Délais de RDV (jours);;;;Demandes CNI;;\nMairie;janv-22;févr-22;;Mairie;janv-22;févr-22\n16015;1;2;;16015;3;4',
    {},
    ['2 kind-mismatch'],
  ],
  [
    'a pivot table, each level of whose labels has its rows under it',
    'Étiquettes de lignes;Somme de CNI;Total général\nAngoulême;9;9\n2021;9;9\njanv;4;4\nfévr;5;5\nCognac;3;3\n2021;3;3\nfévr;3;3\nTotal général;12;12',
    { kind: 'applications' },
    ['applications', '2021-01 16015 cni 4', '2021-02 16015 cni 5', '2021-02 16102 cni 3'],
  ],
  [
    'a group that is folded in a pivot table',
    'Étiquettes de lignes;Demandes\nAngoulême;9\njanv 2021;9\nCognac;3',
    REQUESTS,
    ['4 missing-value'],
  ],
  [
    'JSON by lines',
    '{"mois":"2021-01","commune":"16015","titre":"CNI","demandes":5}\n{"mois":"2021-02","demandes":"s","titre":"CNI","commune":"16015"}',
    {},
    SOUND,
  ],
  [
    'JSON of rows under their columns, within others',
    '{"data":{"columns":[{"name":"mois"},{"name":"commune"},{"name":"titre"},{"name":"demandes"}],"rows":[["2021-01","16015","CNI",5]]}}',
    {},
    SOUND,
  ],
  [
    'points of a map',
    '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[0.1,45.6]},"properties":{"mois":"2021-01","commune":"16015","titre":"CNI","demandes":5}}]}',
    {},
    SOUND,
  ],
])('%s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test.each([
  ['MIME-Version: 1.0\r\nSubject: délais\r\n', 'un courriel'],
  ['BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', 'un agenda'],
  ['[InternetShortcut]\r\nURL=https://exemple.fr\r\n', 'un raccourci'],
  ['MOIS     INSEE  TITRE   DEMANDES\n2022-03  16015  CNI          412', 'par des espaces'],
  ['\0\0\0\u0018ftypheic', 'une image'],
  ['\u00d0\u00cf\u0011\u00e0....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0', 'un document'],
])('another file sent by mistake is named: %j', (text, name) => {
  const file = read(Buffer.from(text, 'latin1'))
  expect(isRefused(file) && file.faults).toMatchObject([{ message: expect.stringContaining(name) }])
})

test('UTF-16 without its mark, either way round', () => {
  const bytes = () => Buffer.from('mois;commune;titre;demandes\n2021-01;16015;CNI;5', 'utf16le')
  for (const file of [bytes(), bytes().swap16()]) expect(read(file)).toMatchObject({ kind: 'applications' })
})

test.each([
  ['mois;commune;nombre de rendez-vous\n2022-01;Cognac;120\n', ['1 ambiguous-kind']],
  ['mois;commune;nb rdv\n2022-01;Cognac;120\n', ['1 missing-column']],
  ['mois;commune;titre;demandes (prévision)\n2022-01;Cognac;CNI;120\n', ['1 estimated-figures']],
  ['mois;commune;titre;Demandes estimées\n2022-01;Cognac;CNI;120\n', ['1 estimated-figures']],
  ['mois;commune;nombre de jours d’attente\n2022-01;Cognac;35\n', ['appointment-waits', '2022-01 16102 35']],
])('what counts no days is no wait, and what was foreseen is no fact: %s', (text, told) => {
  expect(shown(text)).toEqual(told)
})

const by = (fields: Record<string, string>) => readMapping(JSON.stringify(fields))

/** What a file was read as, with the terms of each figure, or the codes and places of its faults. */
function terms(text: string, setting: Parameters<typeof read>[1] = {}): string[] {
  const file = read(text, { communesNamed, departmentNamed, defaultPlace: '16', ...setting })
  if (isRefused(file)) return file.faults.map(({ column, code }) => `${column ?? ''} ${code}`.trim())
  return (file.rows as unknown as readonly Record<string, string>[]).map(row =>
    [row['period'], row['place'], row['title'], row['variant'], row['statistic'], row['clock'], row['value']]
      .filter(Boolean)
      .join(' '),
  )
}

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'a mean, a median and a percentile side by side are each what they say',
    'Mois;Mairie;Délai moyen de rendez-vous;Délai médian de rendez-vous;P90\n2022-01;Cognac;24,5;21;45',
    {},
    [
      '2022-01 16102 mean appointment-as-published 24.5',
      '2022-01 16102 median appointment-as-published 21',
      '2022-01 16102 p90 appointment-as-published 45',
    ],
  ],
  [
    'months over statistics',
    'Mairie;janv-22;;févr-22;\n;Moyenne;Médiane;Moyenne;Médiane\nCognac;21;15;22;16',
    { kind: 'appointment-waits' },
    [
      '2022-01 16102 mean appointment-as-published 21',
      '2022-01 16102 median appointment-as-published 15',
      '2022-02 16102 mean appointment-as-published 22',
      '2022-02 16102 median appointment-as-published 16',
    ],
  ],
  [
    'titles over statistics',
    'Mois;CNI;;Passeport;\n;Moyenne;Médiane;Moyenne;Médiane\n2022-01;21;15;22;16',
    { kind: 'issuance-delays' },
    [
      '2022-01 16 cni mean issued-in-period 21',
      '2022-01 16 cni median issued-in-period 15',
      '2022-01 16 passport mean issued-in-period 22',
      '2022-01 16 passport median issued-in-period 16',
    ],
  ],
  [
    'a statistic before each title',
    'Mois;Délai moyen CNI;Délai médian CNI\n2022-01;21;15',
    {},
    ['2022-01 16 cni mean issued-in-period 21', '2022-01 16 cni median issued-in-period 15'],
  ],
  [
    'labels that say what each row counts',
    'Indicateur;janv-22;févr-22\nDélai médian CNI (jours);18;20\nDélai médian passeport (jours);16;17',
    {},
    [
      '2022-01 16 cni median issued-in-period 18',
      '2022-02 16 cni median issued-in-period 20',
      '2022-01 16 passport median issued-in-period 16',
      '2022-02 16 passport median issued-in-period 17',
    ],
  ],
  [
    'labels of several kinds are asked about',
    ';janv-22;févr-22\nDélai CNI;18;20\nDemandes de CNI;310;290',
    {},
    ['ambiguous-kind'],
  ],
  [
    'of labels of several kinds, those of the kind asked for',
    ';janv-22;févr-22\nDélai CNI;18;20\nDemandes de CNI;310;290\nTaux de réponse;3;4',
    { kind: 'issuance-delays' },
    ['2022-01 16 cni mean issued-in-period 18', '2022-02 16 cni mean issued-in-period 20'],
  ],
  [
    'a label of a wait, under the name of its town and of its department',
    'RDV passeports/CNI - Ville d’Ambérieu-en-Bugey (01)\nmois;janv-22;févr-22\nDélai d’obtention d’un RDV;41;38\nRDV proposés;1200;1180',
    {},
    [
      '2022-01 01004 as-published appointment-as-published 41',
      '2022-02 01004 as-published appointment-as-published 38',
    ],
  ],
  [
    'halls one of whose names says how one is received',
    'Mairie;janv-22;févr-22\nCognac;18;20\nAngoulême (rendez-vous);16;17',
    { kind: 'appointment-waits' },
    ['Mairie unknown-place'],
  ],
  [
    'a label that names its town',
    'Mairie;janv-22;févr-22\nAttente RDV Cognac;18;20',
    { kind: 'appointment-waits' },
    ['Mairie unknown-place'],
  ],
  [
    'rows that say one title drawn in two ways stay as they are',
    'Indicateur;janv-22;févr-22\nDélai moyen CNI;18;20\nDélai médian CNI;16;17',
    { kind: 'issuance-delays' },
    ['Indicateur unknown-title', 'Indicateur unknown-title'],
  ],
  [
    'a town of the postcode beside it',
    'Code postal;Ville;Mois;Attente RDV\n1500;Ambérieu-en-Bugey;2022-01;22\n16100;Cognac;2022-01;12',
    {},
    [
      '2022-01 01004 as-published appointment-as-published 22',
      '2022-01 16102 as-published appointment-as-published 12',
    ],
  ],
  [
    'counts that look like years under years',
    'CNI délivrées\nCommune;2020;2021\nCognac;2035;2048\nAngoulême;1998;2010',
    {},
    [
      '2020 16102 cni total not-a-delay 2035',
      '2021 16102 cni total not-a-delay 2048',
      '2020 16015 cni total not-a-delay 1998',
      '2021 16015 cni total not-a-delay 2010',
    ],
  ],
  ['weeks of delays', 'Semaine;Délai CNI;Délai passeport\n2022-S10;21;15', {}, ['Semaine week-period']],
  [
    'percentiles alone',
    'Mois;Mairie;P50;P80\n2022-01;Cognac;21;35',
    { kind: 'appointment-waits' },
    ['2022-01 16102 median appointment-as-published 21', '2022-01 16102 p80 appointment-as-published 35'],
  ],
  [
    'requests a month are counts',
    'Mois;Mairie;Titre;Demandes par mois\n2022-01;Cognac;CNI;321',
    {},
    ['2022-01 16102 cni total not-a-delay 321'],
  ],
  [
    'the median of others is none of one’s own',
    'Mois;Mairie;Délai moyen;Médiane nationale\n2022-01;Cognac;24,5;21',
    { kind: 'appointment-waits' },
    ['2022-01 16102 as-published appointment-as-published 24.5'],
  ],
  [
    'a stock by ages',
    'Stock par ancienneté\nMois;Titre;Moins de 8 jours;8 à 14 jours;Total\n2022-01;Passeport;120;80;200',
    { kind: 'indicators' },
    [
      '2022-01 16 passport age=upTo7 as-published not-a-delay 120',
      '2022-01 16 passport age=upTo14 as-published not-a-delay 80',
    ],
  ],
  [
    'ages that are not those followed are parts of a stock',
    'Mois;Titre;Moins de 8 jours;8 à 14 jours;Plus de 14 jours\n2022-01;Passeport;120;80;9',
    { kind: 'indicators' },
    ['Plus de 14 jours unknown-word'],
  ],
  [
    'no age is followed',
    'Mois;Titre;< 15 j;15 à 45 j;> 45 j\n2022-01;Passeport;120;80;9',
    { kind: 'indicators' },
    ['< 15 j unknown-word'],
  ],
  [
    'kinds of permits as columns',
    'Année;Carte de résident;Réfugié\n2021;410;60',
    { kind: 'titles-issued', title: 'residence-renewal' },
    [
      '2021 16 residence-renewal kind=resident total not-a-delay 410',
      '2021 16 residence-renewal kind=refugee total not-a-delay 60',
    ],
  ],
  [
    'populations by year',
    'Code INSEE;Population 2019;Population 2020\n16102;18 670;18 700',
    {},
    ['2019 16102 as-published not-a-delay 18670', '2020 16102 as-published not-a-delay 18700'],
  ],
  [
    'licences issued',
    'Mois;Département;Permis de conduire délivrés\n2022-01;16;1 204',
    {},
    ['2022-01 16 driving-licence total not-a-delay 1204'],
  ],
  [
    'licences of one class are part of them',
    'Année;Titre;Catégorie;Nombre\n2021;Permis de conduire;B;9 204',
    { kind: 'titles-issued' },
    ['Catégorie duplicate-column'],
  ],
  [
    'weeks as columns are told one by one',
    'Attente (jours) en 2022\nMairie;S10 2022;Semaine 11\nCognac;21;25',
    { kind: 'appointment-waits' },
    ['S10 2022 week-period', 'Semaine 11 week-period'],
  ],
  ...[
    ['Délai avant le premier créneau libre (jours)', 'first-free-slot'],
    ['Délai entre la prise de rendez-vous et le rendez-vous (jours)', 'booked-to-seen'],
    ['Délai de rendez-vous (jours)', 'appointment-as-published'],
  ].map(([head, clock]): [string, string, Parameters<typeof read>[1], string[]] => [
    `${head}: ${clock}`,
    `Mois;Mairie;${head}\n2022-01;Cognac;22`,
    {},
    [`2022-01 16102 as-published ${clock} 22`],
  ]),
  ...[
    ['Délai entre la demande et la remise du titre', 'request-to-receipt'],
    ['Délai d’instruction', 'instruction-only'],
  ].map(([head, clock]): [string, string, Parameters<typeof read>[1], string[]] => [
    `${head}: ${clock}`,
    `Mois;Titre;${head}\n2022-01;Passeport;22`,
    {},
    [`2022-01 16 passport mean ${clock} 22`],
  ]),
  ...['Demandes (moyenne mensuelle)', 'Demandes par jour', 'Demandes par DR', 'Demandes/station'].map(
    (head): [string, string, Parameters<typeof read>[1], string[]] => [
      `${head}: no number of titles`,
      `Mois;Mairie;Titre;${head}\n2022-01;Cognac;CNI;22`,
      { kind: 'applications' },
      ['wrong-unit'],
    ],
  ),
  [
    'a mean said by the title, its months as columns',
    'Demandes de passeports : mois moyen\nMois;Cognac;Angoulême\n2022-01;310;925',
    {},
    ['wrong-unit'],
  ],
  [
    'a column that is said by hand to be a field, by its code or its French name',
    'Période obs.;Guichet;Famille;Qté traitée;Obs\n2022-01;Cognac;CNI;41;z',
    {
      kind: 'applications',
      mapping: by({
        'Période obs.': 'mois',
        Guichet: 'commune',
        Famille: 'title',
        'Qté traitée': 'count',
        Obs: '',
      }),
    },
    ['2022-01 16102 cni total not-a-delay 41'],
  ],
  [
    'columns said by hand over one row that holds two days, as a header of days would',
    'Horodatage;Quand;Famille;Mairie;Qté\n01/03/2022;02/03/2022;passeport;Cognac;41',
    {
      kind: 'applications',
      mapping: by({ Horodatage: '', Quand: '', Famille: 'title', Mairie: 'commune', Qté: 'count' }),
    },
    ['missing-column'],
  ],
  [
    'a column that is said by hand to be what no kind has',
    'Mois;Mairie;Titre;Demandes\n2022-01;Cognac;CNI;41',
    { kind: 'applications', mapping: by({ Mairie: 'hall' }) },
    ['Mairie unknown-column'],
  ],
  [
    'a title of which a part is the name of a town of another department',
    'Ambérieu-en-Bugey – rendez-vous CNI/passeport 2021\nMois;Attente (jours)\njanvier 2021;31',
    {},
    ['unknown-commune'],
  ],
  [
    'a postal code is no commune',
    'Mois;Code postal;Titre;Demandes\n2022-01;16102;CNI;141',
    { kind: 'applications', defaultPlace: undefined },
    ['missing-column'],
  ],
])('%s', (_, text, setting, expected) => {
  expect(terms(text, setting)).toEqual(expected)
})

test.each(['CNI mineurs;CNI majeurs', 'Permis A;Permis B'])(
  '%s: no remedy keeps a part for the whole',
  heads => {
    const file = read(`Mois;Mairie;${heads}\n2022-01;16102;12;31`, { kind: 'applications', title: 'cni' })
    const remedies = isRefused(file) ? file.faults.map(({ remedy }) => remedy) : []
    expect(remedies).toEqual([expect.stringContaining('Additionnez-les')])
  },
)

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'a unit told under the table, in thousands',
    'Titre;2020;2021\nCNI;12;13\nPasseport;8;9\nUnité : milliers de titres',
    { kind: 'titles-issued' },
    ['4 wrong-unit'],
  ],
  [
    'a row of units under the names of the columns',
    'Mois;Mairie;Délai\n;;(semaines)\n2021-03;16102;4',
    { kind: 'appointment-waits' },
    ['2 wrong-unit'],
  ],
  [
    'units that are those expected, under the names of the columns',
    'Mois;Mairie;Délai\n;;(jours)\n2021-03;16102;4',
    { kind: 'appointment-waits' },
    ['appointment-waits', '2021-03 16102 4'],
  ],
  [
    'years told from the one that the title says',
    'Demandes de CNI 2021\nMairie;Janvier N-1;Janvier N\nCognac;100;120\nConfolens;50;55',
    {},
    [
      'applications',
      '2020-01 16102 cni 100',
      '2021-01 16102 cni 120',
      '2020-01 16113 cni 50',
      '2021-01 16113 cni 55',
    ],
  ],
  [
    'years told from one that nobody says',
    'Demandes de CNI\nMairie;Janvier N-1;Janvier N\nCognac;100;120',
    { kind: 'applications' },
    ['2 invalid-period'],
  ],
  [
    'what sets a year against the one before',
    'Commune;mars 2020;mars 2021;Écart N/N-1\nCognac;31;28;-3',
    { kind: 'applications', title: 'cni' },
    ['applications', '2020-03 16102 cni 31', '2021-03 16102 cni 28'],
  ],
  [
    'months past the end of the year that the title says',
    'Rapport 2021\nMairie;nov.;déc.;janv.\nCognac;1;2;3',
    { kind: 'applications', title: 'cni' },
    ['2 invalid-period', '2 invalid-period', '2 invalid-period'],
  ],
  [
    'the same down a column',
    'Rapport 2021\nMois;Mairie;Demandes CNI\nnov.;Cognac;1\ndéc.;Cognac;2\njanv.;Cognac;3',
    { kind: 'applications' },
    ['3 invalid-period', '4 invalid-period', '5 invalid-period'],
  ],
  [
    'two days above waits, whose figures are not of their year',
    'Relevé du 20 novembre 2021 (précédent : 13 novembre 2021)\nMairie;Attente (jours)\nCognac;31',
    {},
    ['2 missing-column'],
  ],
  [
    'what a title says was simulated',
    'Simulation des demandes de CNI\nCommune;sept-21;oct-21\nCognac;12;13',
    {},
    ['2 estimated-figures'],
  ],
  [
    'ages of a stock without a period',
    'Titre;7 jours au plus;8 à 14 jours;15 à 30 jours\npermis;120;80;40',
    {},
    ['1 missing-column'],
  ],
  [
    'a part beside its whole',
    'Mois;Mairie;Demandes CNI;dont mineurs\n2021-03;Cognac;120;40',
    {},
    ['applications', '2021-03 16102 cni 120'],
  ],
  [
    'what is counted since January beside a month',
    'Mairie;Demandes mars 2021;Cumul depuis janvier 2021\nCognac;120;340',
    { title: 'cni' },
    ['applications', '2021-03 16102 cni 120'],
  ],
  [
    'a town in the heading of the only figure',
    'Mois;Demandes CNI Cognac\nJanvier 2021;100\nCumul à fin janvier 2021;210',
    {},
    ['applications', '2021-01 16102 cni 100'],
  ],
  [
    'one class of licences, which is no note',
    'Titre;2021\nPermis (B);120',
    { kind: 'titles-issued' },
    ['2 unknown-title'],
  ],
  [
    'notes called without a space, quarters in Roman numbers',
    'Titre;T I 2021;T II 2021\nPermis(1);31;28\n(1) Hors renouvellements',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 16 driving-licence 31', '2021-Q2 16 driving-licence 28'],
  ],
  [
    'a centre that bears the name of its town',
    'Période;CERT;Titre;Délai de délivrance\n2021-03;Angoulême;permis;12',
    {},
    ['2 unknown-place'],
  ],
  [
    'a delay in hours, and one of none',
    'Jour;Mairie;Attente\n2021-11-20;Cognac;1 h\n2021-11-20;16015;immédiat',
    {},
    ['2 wrong-unit', '3 wrong-unit'],
  ],
])('%s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test.each([
  ['mois;commune;titre;demandes\n2021-03;16102;passeport;412', 'ne sert pas'],
  ['Demandes de passeports\nmois;commune;demandes\n2021-03;16102;412', 'l’emporte sur « passport »'],
  ['mois;commune;demandes\n2021-03;16102;412', undefined],
])('a title said beside a file that says another is told: %j', (text, told) => {
  const file = read(text, { title: 'cni' })
  const remarks = isRefused(file) ? [] : file.remarks.filter(({ code }) => code === 'given-beside')
  expect(remarks.map(({ message }) => message)).toEqual(
    told === undefined ? [] : [expect.stringContaining(told)],
  )
})

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'a year of which a note says that it is not whole',
    'Titre;2020;2021*\nCNI;1200;900\nPasseport;800;600\n* à fin septembre',
    { kind: 'titles-issued' },
    ['4 wrong-unit'],
  ],
  [
    'a year of which a title tells the beginning',
    'Titres délivrés en 2021 (à fin octobre)\nTitre;Nombre\nCNI;1200\nPasseport;800',
    {},
    ['2 missing-column'],
  ],
  [
    'kinds of permits as columns, which are a header',
    'Titres de séjour délivrés (renouvellements)\nAnnée;Étudiant;Réfugié\n2020;120;30\n2021;130;35',
    {},
    [
      'titles-issued',
      '2020 16 residence-renewal 120',
      '2020 16 residence-renewal 30',
      '2021 16 residence-renewal 130',
      '2021 16 residence-renewal 35',
    ],
  ],
  [
    'what stands under the name of a question and is a count',
    'Année;Titre;Majeurs;Mineurs\n2021;passeport;9800;3150',
    { kind: 'titles-issued' },
    ['1 missing-column'],
  ],
  [
    'a rate by inhabitants, named as a count under its title',
    'Demandes de CNI pour 1 000 habitants\nMois;Mairie;Demandes\njanv-21;Cognac;10',
    {},
    ['2 wrong-unit'],
  ],
  [
    'a share of requests',
    'Mois;Mairie;Part des demandes CNI\njanv-21;Cognac;45',
    { kind: 'applications', title: 'cni' },
    ['1 wrong-unit'],
  ],
  [
    'what was corrected for the season',
    'Demandes de CNI corrigées des variations saisonnières\nMois;Mairie;Demandes\njanv-21;Cognac;105',
    {},
    ['2 wrong-unit'],
  ],
  [
    'a stock sent as titles issued',
    'Stock de dossiers au 31 mars 2021\nTitre;Dossiers\nPermis;1200',
    { kind: 'titles-issued' },
    ['2 wrong-unit'],
  ],
  [
    'delays that a column says to be national',
    'Titre;Niveau;T1 2021;T2 2021\nPermis;National;25;24',
    { kind: 'issuance-delays' },
    ['issuance-delays', '2021-Q1 FR driving-licence 25', '2021-Q2 FR driving-licence 24'],
  ],
  [
    'what was counted beside what was aimed at',
    'Titre;Réalisé 2021;Objectif 2022\nCNI;1200;1300\nPasseport;800;900',
    { kind: 'titles-issued' },
    ['titles-issued', '2021 16 cni 1200', '2021 16 passport 800'],
  ],
])('%s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'the year of a table in its corner, over titles, with what they should be under them',
    'Délais moyens (en jours);;\nAnnée 2021;T1;T2\nCNI / Passeports;12;14\nPermis de conduire;21;25\nObjectif;14;14',
    {},
    [
      'issuance-delays',
      '2021-Q1 16 cni-passport 12',
      '2021-Q2 16 cni-passport 14',
      '2021-Q1 16 driving-licence 21',
      '2021-Q2 16 driving-licence 25',
    ],
  ],
  [
    'the year in the corner of months, under a title with commas',
    'Demandes reçues, mairie de Cognac\n\n2021;CNI;Passeport\nJanvier;300;150\nFévrier;290;141\nTotal;590;291',
    {},
    [
      'applications',
      '2021-01 16102 cni 300',
      '2021-01 16102 passport 150',
      '2021-02 16102 cni 290',
      '2021-02 16102 passport 141',
    ],
  ],
  [
    'the year behind the name of the labels',
    'Délais de délivrance\nTitre (2021);T1;T2\nCNI;12;14',
    {},
    ['issuance-delays', '2021-Q1 16 cni 12', '2021-Q2 16 cni 14'],
  ],
  [
    'a year over years is a period',
    'Titre;2020;2021\nCNI;1200;1300\nPasseport;800;900',
    { kind: 'titles-issued' },
    ['titles-issued', '2020 16 cni 1200', '2021 16 cni 1300', '2020 16 passport 800', '2021 16 passport 900'],
  ],
  [
    'the day of the only figures in their heading',
    'Mairie;Attente au 03/11/2021\nCognac;22\nConfolens;9',
    {},
    ['appointment-waits', '2021-11-03 16102 22', '2021-11-03 16113 9'],
  ],
  [
    'the month of the only figures behind their unit',
    'Mairie;Délai de RDV (jours) - octobre 2021\nCognac;22',
    {},
    ['appointment-waits', '2021-10 16102 22'],
  ],
  [
    'the quarter of means, whose name is that of a commune elsewhere',
    'Titre;Délai moyen T3 2021;Objectif\nCNI;12;14',
    {},
    ['issuance-delays', '2021-Q3 16 cni 12'],
  ],
  [
    'a list of halls in the words of an installer',
    'Mairie équipée;Nb de DR;Date d’installation\nCognac;3;2009-05-01',
    {},
    ['town-halls', '16102 3'],
  ],
])('%s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test.each<[string, string, Parameters<typeof read>[1], string[]]>([
  [
    'the day of a first free slot, counted from that of its reading',
    'jour;mairie;1er créneau disponible\n03/11/2021;Cognac;25/11/2021\n03/11/2021;Angoulême;complet',
    {},
    ['appointment-waits', '2021-11-03 16102 22'],
  ],
  [
    'a first free slot before the day of its reading',
    'jour;mairie;Premier créneau libre\n03/11/2021;Cognac;25/10/2021',
    {},
    ['2 not-a-number'],
  ],
  [
    'a year behind months without theirs, which heads their sum',
    'Mairie;jan;fév;mar;2021\nCognac;300;290;350;940',
    { kind: 'applications', title: 'cni' },
    ['applications', '2021-01 16102 cni 300', '2021-02 16102 cni 290', '2021-03 16102 cni 350'],
  ],
  [
    'titles under short names, with their total',
    'Mairie;Annee;Mois;Nb_CNI;Nb_PAS;Nb_Total\nCognac;2021;1;310;150;460',
    { kind: 'applications' },
    ['applications', '2021-01 16102 cni 310', '2021-01 16102 passport 150'],
  ],
  [
    'what was filed, of two titles',
    'Période;Dossiers déposés CNI;Dossiers déposés PSP;Dont urgences\n2021-01;300;150;4',
    { kind: 'applications', place: '16102' },
    ['applications', '2021-01 16102 cni 300', '2021-01 16102 passport 150'],
  ],
])('%s', (_, text, setting, expected) => {
  expect(shown(text, setting)).toEqual(expected)
})

test('a first free slot is told so by a name with low lines, and a target by its row', () => {
  const wait = read('commune;delai_premier_rdv_jours;date_releve\nCognac;22;2021-11-03', {
    communesNamed,
    defaultPlace: '16',
    kind: 'appointment-waits',
  })
  expect(wait).toMatchObject({ rows: [{ clock: 'first-free-slot', value: 22 }] })
  const worked = read('période;titre;lieu;délai_jours_ouvrés\nT1 2021;cni;16;12', { kind: 'issuance-delays' })
  expect(worked).toMatchObject({ rows: [{ unit: 'working-day', value: 12 }] })
  const delays = read('Titre;T1 2021;T2 2021\nCNI;12;14\nObjectif;14;14', { kind: 'issuance-delays' })
  expect(delays).toMatchObject({
    remarks: expect.arrayContaining([expect.objectContaining({ code: 'target-left-aside', lines: [3] })]),
  })
})

test.each([
  'CERT;Titre;janvier 2021;février 2021\nCERT de Reims;permis;18;18,5\nCERT de Reims;carte grise;7;8',
  'CERT;Titre;janv-21;févr-21\nCERT de Reims;permis;18;18,5\nCERT de Reims;carte grise;7;8',
])('months as columns are the days since when a centre has so many agents: %#', text => {
  const file = read(text, { kind: 'cert-capacity' })
  expect(isRefused(file) ? file.faults : file.rows).toMatchObject([
    { title: 'driving-licence', since: '2021-01-01', etpo: 18 },
    { title: 'driving-licence', since: '2021-02-01', etpo: 18.5 },
    { title: 'vehicle-registration', since: '2021-01-01', etpo: 7 },
    { title: 'vehicle-registration', since: '2021-02-01', etpo: 8 },
  ])
})
