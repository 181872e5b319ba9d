import { expect, test } from 'vitest'
import { communesByName } from '../../../src/imports/cells/commune-name.ts'
import type { ObservationRow } from '../../../src/imports/kinds/observation-row.ts'
import type { RowOf } from '../../../src/imports/kinds.ts'
import { addDays } from '../../../src/pure/calendar/day.ts'
import { readIndicators } from '../../../src/pure/figures/pilote-indicator.ts'
import { read, readSound as readTable } from '../reading.ts'

const communesNamed = communesByName([
  { code: '16015', name: 'Angoulême', department: '16' },
  { code: '16102', name: 'Cognac', department: '16' },
  { code: '16113', name: 'Confolens', department: '16' },
  { code: '01004', name: 'Ambérieu-en-Bugey', department: '01' },
  { code: '75056', name: 'Paris', department: '75' },
])
const setting = {
  communesNamed,
  today: '2022-04-05',
  pilote: readIndicators('IND-123=appointment-wait,IND-124=issuance-delay:passport'),
}
const readSound = (text: string, changes = {}) => readTable(text, { ...setting, ...changes })
const figures = (text: string, changes = {}) => readSound(text, changes).rows as ObservationRow[]
const told = (text: string) => readSound(text).remarks.map(({ code }) => code)

const RDVSP = [
  'année',
  'date prise rdv',
  'heure prise rdv',
  'origine',
  'date rdv',
  'heure rdv',
  'service',
  'motif',
  'contexte',
  'statut',
  'lieu',
  'professionnel.le(s)',
  'usager(s)',
  'commune du premier responsable',
  'au moins un usager mineur ?',
  'résultat des notifications',
  'Organisation',
  'date naissance',
  'code postal du premier responsable',
  'créé par',
  'email(s) professionnel.le(s)',
]
const french = (day: string) => day.split('-').reverse().join('/')

/** An appointment a day from December to March, booked 10, 20 or 30 days before; each fifth is missed, each fourth comes from elsewhere. */
function rdvsp({
  place = 'Mairie de Cognac, 68 boulevard Denfert-Rochereau, Cognac, 16100',
  header = RDVSP,
} = {}): string {
  const lines = Array.from({ length: 121 }, (_, i) => {
    const held = addDays('2021-12-01', i)
    const cells: Record<string, string> = {
      'date prise rdv': french(addDays(held, -(10 + (i % 3) * 10))),
      'date rdv': french(held),
      'heure rdv': '12h54',
      motif:
        i % 2
          ? "Passeport disponible sur le site de l'ANTS"
          : "Carte d'identité disponible sur le site de l'ANTS",
      statut: i % 5 ? 'Rendez-vous honoré' : 'Absence non excusée',
      lieu: place,
      'usager(s)': 'DUPONT Jeanne',
      'date naissance': '12/03/1988',
      'commune du premier responsable': i % 4 ? 'Cognac' : 'Angoulême',
      'code postal du premier responsable': i % 4 ? '16100' : '16000',
      Organisation: 'Mairie de Cognac',
      'email(s) professionnel.le(s)': 'agent@example.org',
    }
    return header.map(name => cells[name] ?? '').join(';')
  })
  return [header.join(';'), ...lines].join('\n')
}

test('an export of RDV Service Public gives requests, waits, no-shows and residence, and nothing of a person', () => {
  const file = readSound(rdvsp())
  expect(file.kind).toBe('appointments')
  const rows = file.rows as ObservationRow[]
  const of = (measure: string, period: string) =>
    rows.filter(row => row.measure === measure && row.period === period)
  expect(new Set(rows.map(({ place }) => place))).toEqual(new Set(['16102']))
  expect(
    of('appointment-wait', '2022-01').map(({ value, statistic, clock, status }) => [
      value,
      statistic,
      clock,
      status,
    ]),
  ).toEqual([[20, 'median', 'booked-to-seen', 'derived']])
  expect(of('appointment-wait-p80', '2022-01').map(({ value }) => value)).toEqual([30])
  expect(of('no-show-rate', '2022-01').map(({ value }) => value)).toEqual([19.4])
  expect(of('non-resident-rate', '2022-01').map(({ value }) => value)).toEqual([25.8])
  expect(
    of('applications', '2022-01')
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(['cni', 'passport'])
  // Months that the file may hold a part of.
  expect(of('applications', '2021-11')).toEqual([])
  expect(of('applications', '2022-03')).toEqual([])
  const kept = new TextDecoder().decode(file.content)
  expect(kept).not.toMatch(/dupont|1988|example\.org|Denfert/i)
  expect((readTable(kept, setting).rows as ObservationRow[]).map(({ line, ...row }) => row)).toEqual(
    rows.map(({ line, ...row }) => row),
  )
  expect(JSON.stringify([file.about, file.remarks])).not.toMatch(/dupont|1988|example\.org/i)
})

test('months that ended after the day on which an export says that it was published are left aside', () => {
  const { rows, remarks } = readSound(`# publié le : 2022-01-20\n${rdvsp()}`)
  expect(new Set((rows as ObservationRow[]).map(({ period }) => period))).toEqual(new Set(['2021-12']))
  expect(remarks.map(({ message }) => message).join()).toContain('n’a pas vue finir')
})

test('an appointment stands once where an export has a line a person; other visits and cancelled ones are no request', () => {
  const twice = rdvsp({ header: ['rdv_id', ...RDVSP] })
    .split('\n')
    .map((line, i) => (i === 0 ? line : `${Math.ceil(i / 2)}${line}`))
    .join('\n')
  const once = figures(rdvsp())
    .filter(row => row.measure === 'applications')
    .reduce((sum, row) => sum + row.value!, 0)
  const half = figures(twice)
    .filter(row => row.measure === 'applications')
    .reduce((sum, row) => sum + row.value!, 0)
  expect(half).toBeLessThan(once * 0.6)
  const wedding = rdvsp().replaceAll(/Passeport disponible[^;]*/g, 'Retrait de passeport')
  expect(new Set(figures(wedding).map(({ title }) => title))).toEqual(new Set(['cni', undefined]))
  const cancelled = rdvsp().replaceAll('Absence non excusée', 'Annulé par l’usager')
  expect(figures(cancelled).some(row => row.measure === 'no-show-rate' && row.value! > 0)).toBe(false)
})

test.each([
  'Cognac',
  '16102',
  'Guichet unique - Mairie de Cognac',
  'MAIRIE ANNEXE DE COGNAC',
  'Hôtel de ville, 16100 COGNAC CEDEX',
  'Salle 2 (Cognac)',
])('the commune of « %s »', place =>
  expect(new Set(figures(rdvsp({ place })).map(row => row.place))).toEqual(new Set(['16102'])),
)

test('a place that names no commune takes the organisation, else what is given with the file', () => {
  expect(new Set(figures(rdvsp({ place: 'Bureau 12' })).map(row => row.place))).toEqual(new Set(['16102']))
  const bare = rdvsp({ place: 'Bureau 12' }).replaceAll('Mairie de Cognac', 'Accueil')
  expect(read(bare, setting)).toMatchObject({ byCode: { 'unknown-place': 121 } })
  expect(new Set(figures(bare, { place: '16015' }).map(row => row.place))).toEqual(new Set(['16015']))
})

test('another appointments export comes in by its own words, or by a mapping', () => {
  const lines = rdvsp()
    .split('\n')
    .slice(1)
    .map(line => line.split(';'))
  const at = (name: string) => RDVSP.indexOf(name)
  const table = (head: string) =>
    [
      head,
      ...lines.map(cells =>
        ['date prise rdv', 'date rdv', 'lieu', 'motif', 'statut'].map(name => cells[at(name)]).join(';'),
      ),
    ].join('\n')
  const known = readSound(table('Date de réservation;Date du rendez-vous;Lieu;Prestation;État'))
  expect([known.kind, known.rows.length > 8]).toEqual(['appointments', true])
  const mapping = new Map([
    ['cree', 'booked'],
    ['cal', 'held'],
    ['ou', 'place'],
    ['quoi', 'reason'],
    ['fin', 'outcome'],
  ])
  const mapped = readSound(table('créé;cal;où;quoi;fin'), { kind: 'appointments', mapping })
  expect(mapped.rows).toEqual(known.rows)
})

test('PILOTE and its barometer come in as figures of the indicators that are known', () => {
  const pilote = [
    'identifiant_indic;zone_id;zone_nom;date_valeur;type_valeur;valeur',
    'IND-123;D16;Charente;2021-09-30;vi;39',
    'IND-123;D16;Charente;31/12/2021;va;46.5',
    'IND-124;D16;Charente;2021-12-31;va;21',
    'IND-124;D16;Charente;2021-12-31;vc;15',
    'IND-999;D16;Charente;2021-12-31;va;3',
    'IND-123;R75;Nouvelle-Aquitaine;2021-12-31;va;40',
  ].join('\n')
  const shown = (rows: ObservationRow[]) =>
    rows.map(({ measure, place, period, title, value, targetDays }) => [
      measure,
      place,
      period,
      title,
      value,
      targetDays,
    ])
  expect(shown(figures(pilote))).toEqual([
    ['appointment-wait', '16', '2021-Q3', undefined, 39, undefined],
    ['appointment-wait', '16', '2021-Q4', undefined, 46.5, undefined],
    ['issuance-delay', '16', '2021-Q4', 'passport', 21, 15],
  ])
  expect(told(pilote)).toEqual(expect.arrayContaining(['service-recognised', 'rows-left-aside']))
  const barometer = [
    'indic_id,enforce_zone_id,metric_enforce_date,maille,indic_vi,indic_va,indic_vc,indic_ta',
    'IND-124,D16,2022-01-31,DEPT,30,24,15,40',
    'IND-124,FRANCE,2022-02-28,NAT,,23,15,47',
  ].join('\n')
  expect(shown(figures(barometer))).toEqual([
    ['issuance-delay', '16', '2022-01', 'passport', 24, 15],
    ['issuance-delay', 'FR', '2022-02', 'passport', 23, 15],
  ])
})

test('a file of PILOTE of which no indicator is known says what to set', () => {
  const text =
    'identifiant_indic;zone_id;zone_nom;date_valeur;type_valeur;valeur\nIND-777;D16;Charente;2021-12-31;va;3\n'
  const { faults = [] } = read(text, setting) as {
    faults?: { code: string; message: string; remedy: string }[]
  }
  expect(faults.map(({ code }) => code)).toEqual(['unknown-indicator'])
  expect(faults[0]?.message).toContain('IND-777')
  expect(faults[0]?.remedy).toContain('PILOTE_INDICATORS')
})

test('tables of the national booking site give halls their numbers, their first day and whether they take appointments', () => {
  const points =
    'UGF;editor_name_and_id;city_name;editor_id\n16001;Synbird#12;Cognac;12\n16002;Synbird#13;COGNAC;13\n1004;Troov#1;Ambérieu en Bugey;1\n16999;Troov#2;Nulle-Part;2\n75012;Lutece#1;Paris 12e;9\n'
  const halls = readSound(points).rows as RowOf<'town-halls'>[]
  expect(halls.map(({ commune, ugf }) => [commune, ugf])).toEqual([
    ['16102', '16001 16002'],
    ['01004', '01004'],
    ['75056', '75012'],
  ])
  expect(readSound(points).remarks.some(({ message }) => message.includes('Nulle-Part'))).toBe(true)
  const certified = [
    "Nom de la mairie;UGF;Adresse;Code postal;Ville;Téléphone;Site internet;Modalités de rendez-vous;Date d'ouverture du service;Label",
    'Mairie de Cognac;16001;68 bd;16100;Cognac;05 45;https://x.fr;lundi 9h;21/03/2017;',
    'Annexe;16002;1 rue;16100;COGNAC;05 45;https://x.fr;lundi 9h;02/01/2015;Sans rendez-vous',
    'Mairie;16003;1 pl;16500;Confolens;05 45;;;;sans rendez-vous',
  ].join('\n')
  expect(
    (readSound(certified).rows as RowOf<'town-halls'>[]).map(({ commune, openedOn, withoutAppointment }) => [
      commune,
      openedOn,
      withoutAppointment,
    ]),
  ).toEqual([
    ['16102', '2015-01-02', false],
    ['16113', undefined, true],
  ])
})

test('the directory of DILA gives an upper bound of the hours of each town hall, nested or as texts', () => {
  const service = {
    nom: 'Mairie - Cognac',
    pivot: [{ type_service_local: 'mairie', code_insee_commune: ['16102'] }],
    plage_ouverture: [
      {
        nom_jour_debut: 'Lundi',
        nom_jour_fin: 'Vendredi',
        valeur_heure_debut_1: '08:30:00',
        valeur_heure_fin_1: '12:30:00',
        valeur_heure_debut_2: '13:30:00',
        valeur_heure_fin_2: '17:00:00',
      },
      {
        nom_jour_debut: 'Samedi',
        nom_jour_fin: 'Samedi',
        valeur_heure_debut_1: '09:00:00',
        valeur_heure_fin_1: '12:00:00',
        valeur_heure_debut_2: '',
        valeur_heure_fin_2: '',
      },
    ],
  }
  const other = {
    nom: 'CAF',
    pivot: [{ type_service_local: 'caf', code_insee_commune: ['16102'] }],
    plage_ouverture: service.plage_ouverture,
  }
  const shown = (text: string) =>
    figures(text).map(({ measure, place, value, status }) => [measure, place, value, status])
  expect(shown(JSON.stringify({ service: [service, other] }))).toEqual([
    ['weekly-opening', '16102', 40.5, 'at-most'],
  ])
  const texts = {
    ...service,
    pivot: JSON.stringify(service.pivot),
    plage_ouverture: JSON.stringify(service.plage_ouverture),
  }
  expect(shown(JSON.stringify({ total_count: 1, results: [texts] }))).toEqual([
    ['weekly-opening', '16102', 40.5, 'at-most'],
  ])
  expect(figures(JSON.stringify([service]), { publishedOn: '2021-06-15' })).toMatchObject([
    { period: '2021-06', value: 40.5 },
  ])
})

test('populations of INSEE are of the year that the file says, else of those in force', () => {
  const text =
    'REG;Région;DEP;ARR;CT;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n75;NA;16;3;;102;16102;Cognac;18729;500;19229\n84;ARA;01;1;;004;1004;Ambérieu;15000;1;15001\n'
  const shown = (changes = {}) =>
    figures(text, changes).map(({ measure, place, period, value }) => [measure, place, period, value])
  expect(shown({ fileName: 'donnees_communes_2019.csv' })).toEqual([
    ['population', '16102', '2019', 18_729],
    ['population', '01004', '2019', 15_000],
  ])
  expect(figures(text)[0]?.period).toBe('2019')
  expect(figures(text, { publishedOn: '2020-03-01' })[0]?.period).toBe('2017')
})

test('populations whose communes are numbered within their department are of these communes', () => {
  const text =
    'Populations légales 2018\nCode région;Code département;Code commune;Nom de la commune;Population municipale;Population totale\n75;16;102;Cognac;18729;19229\n84;1;4;Ambérieu;15000;15001\n'
  expect(figures(text).map(({ place, period, value }) => [place, period, value])).toEqual([
    ['16102', '2018', 18_729],
    ['01004', '2018', 15_000],
  ])
})
