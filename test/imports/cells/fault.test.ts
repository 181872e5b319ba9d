import { describe, expect, test } from 'vitest'
import type { CellReader, Context } from '../../../src/imports/cells/column.ts'
import { readDay, readPastDay, readPlannedDay } from '../../../src/imports/cells/day-cell.ts'
import { FAULTS, quoted, type Reading } from '../../../src/imports/cells/fault.ts'
import { number } from '../../../src/imports/cells/number-cell.ts'
import { period, readDayOrMonth } from '../../../src/imports/cells/period-cell.ts'
import { readCommune, readPlace } from '../../../src/imports/cells/place-cell.ts'
import { readTime } from '../../../src/imports/cells/time-cell.ts'
import { readBoolean, readTitle } from '../../../src/imports/cells/word-cell.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { readContours } from '../../../src/imports/kinds/contour-file.ts'
import { readFile } from '../../../src/imports/read-file.ts'
import { textDamage } from '../../../src/imports/text-damage.ts'
import { endOf, faultWords } from '../reading.ts'

test('codes are stable: kebab-case, each with its French title', () => {
  for (const [code, title] of Object.entries(FAULTS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(title).toMatch(/^\p{Lu}/u)
  }
  // Programs know these codes: one may be added, none renamed nor taken away.
  expect(Object.keys(FAULTS)).toMatchSnapshot()
})

test('what was read is quoted on one line and shortened', () => {
  expect(quoted(' a\n b ')).toBe('« a b »')
  expect(quoted('x'.repeat(100))).toBe(`« ${'x'.repeat(60)}… »`)
})

const CURRENT = ['16015', '16102', '01001', '2A004', '2B033', '16051', '16105', '61015']
const CONTEXT: Context = {
  today: '2026-11-26',
  defaultPlace: undefined,
  suggesting: true,
  knownCommunes: code =>
    code === '16016'
      ? { state: 'merged', successor: '16015', successorName: 'Angoulême' }
      : { state: CURRENT.includes(code) ? 'current' : 'unknown' },
}

/** What a cell is read as, or what a person is told of it. */
function told(reading: Reading<unknown>): string {
  return 'flaw' in reading
    ? `${reading.flaw.code}: ${reading.flaw.message} → ${reading.flaw.remedy}`
    : `= ${JSON.stringify(reading.value)}`
}
/** A text as it was written, what nobody sees shown by its number. */
function shown(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
const all = (read: CellReader<unknown>, texts: readonly string[], context = CONTEXT) =>
  texts.map(text => `${shown(text)} ${told(read(text, context))}`)

const NUMBERS =
  "13,5|13.5|1 234|1 234,5|1\u202f234|1\u00a0234|1\u2009234|\u22125|5\u22125|-3|77,8 %|77,8%|% 5|5 %%|=A1|+5|@x|'=1|'5|x=1|#REF!|#N/A|#DIV/0!|#NOM ?|#abc|#|1#REF!|#REF!x|1.234.567|1,234.5|1.234,5|1,234,567|12.34.567|1234.567,8|1.234|1,234|12 34|1 23|1 2345|1234 567|12 345 678|abc|1e5|5.|.5|,5|5,|--5|- 5|5-|0|00012|1500|1500,1|1501|-0,1|-1.234,5|-1,234.5|-1.234.567|1.234.567x|x1.234,5|5,5,5|1 234 567,25".split(
    '|',
  )
const PLACES =
  '16|2A|2a|2C|971|974|975|976|977|20|29|96|99|95|FR|fr|France|FRANCE|la France|1|9|0|01|00|016|1000|1001|01001|1015|16015|16016|16999|16150|16501|2A004|2a004|2A040|2B033|20004|2C001|96001|99999|00123|16015.0|16015,00|x16015.0|16015.0x|1.6e4|1.6e+4|e4|16E15|Cognac|16 015|1601|160150|75056|16000|16010|6015|A6015|16A15'.split(
    '|',
  )
const PERIODS =
  '2022-03|03/2022|3/2022|3-2022|3.2022|13/2022|00/2022|123/2022|3/20222|x3/2022|mars 2022|Mars-2022|mars/2022|mars2022|févr. 2022|foo 2022|mars 20222|x mars 2022|T1 2022|1T2022|T5 2022|2022-Q1|2022Q1|1er trimestre 2022|2e trimestre 2022|2eme trim 2022|2nd trimestre 2022|2d trim. 2022|3 trimestre 2022|5e trimestre 2022|1er trimestre 20222|le 1er trimestre 2022|2022|20222|x2022|22|T1 22|03/22|mars 22|1969|1970|1969-12|1970-01|2026|2027|2026-11|2026-12|T4 2026|T1 2027|2022-03-15|15/03/2022|2022-3|abc|1er semestre 2022'.split(
    '|',
  )
const DAYS =
  '2022-04-05|2022-4-5|05/04/2022|5/4/2022|5-4-2022|5.4.2022|005/04/2022|5/004/2022|05/04/20222|x05/04/2022|05/04/22|05/04/2|1er avril 2022|12 janvier 2022|3  mars  2022|1 foo 2022|x1 avril 2022|31 avril 2022|1er avril 20222|1er avril 22|123 avril 2022|29/02/2021|29/02/2020|1969-12-31|1970-01-01|2100-12-31|2101-01-01|2026-11-26|2026-11-27|2036-11-26|2036-11-27|2022-03|mars 2022|2022|abc|44621'.split(
    '|',
  )
const TIMES =
  '8h30|8 h 30|08:30|8H|17:00:00|0h00|23:59|24:00|8:60|8|midi|8h3|08:30:15|x8h30|8h30x|8\u00a0h\u202f30|123h00|h30'.split(
    '|',
  )
const TITLES =
  'cni|CNI|carte d’identité|passeport|Passeports|permis|titre de séjour|titres de séjour|séjour|les titres de séjour|séjours|titre de séjour renouvelé|residence-first|carte grise|carte|pasport|zzz|zzz titre de séjour'.split(
    '|',
  )
const BOOLEANS = 'oui|Oui|non|NON|o|n|vrai|faux|1|0|yes|no|peut-être'.split('|')
const LINES = [
  'sans défaut, à 5 € « oui »',
  '\ttabulation',
  'a\u200bb',
  '\u0000',
  'fin\u0085',
  'a\u2028b',
  'mot\u00adcoupé',
  '\u202e',
  'Ã©tÃ©',
  'Ã‰cole',
  'Ã',
  'Âge',
  'Â\u00a0prix',
  'Â»',
  'lâ€™été',
  'â€œmotâ€',
  'â',
  'avant, bien avant le mot Ã©levÃ© et longtemps après lui',
  'perdu \ufffd ici',
]
const HEAD = '# type : applications\n# source : Essai\n# publié le : 2022-05-01\n'
const FILES: Record<string, string> = {
  'a column twice': 'mois;commune;titre;demandes;Mois\n2022-03;16015;cni;7;2022-04\n',
  'a column under two of its names': 'mois;commune;titre;demandes;month\n2022-03;16015;cni;7;2022-04\n',
  'a name that resembles': 'mois;comune;titre;demande\n2022-03;16015;cni;7\n',
  'a name that resembles nothing': 'mois;commune;titre;demandes;zzz\n2022-03;16015;cni;7;1\n',
  'a column too few': 'mois;commune;titre\n2022-03;16015;cni\n',
  'no name over a filled column':
    'mois;commune;titre;demandes;\n2022-03;16015;cni;7; \n2022-04;16015;cni;7;x\n',
  'no name over an empty column': 'mois;commune;titre;demandes;\n2022-03;16015;cni;7; \n',
  'a name of two hundred characters': `mois;commune;titre;demandes;${'z'.repeat(200)}\n2022-03;16015;cni;7;1\n`,
  'a quote never closed': 'mois;commune;titre;demandes\n"2022-03;16015;cni;7\n2022-04;16015;cni;7\n',
  'a quote in the middle': 'mois;commune;titre;demandes\n2022-03;16"015;cni;7\n2022-04;16015;cni;x\n',
  'a hundred quotes in the middle': `mois;commune;titre;demandes\n${'2022-03;16"0"15;cni;7\n'.repeat(102)}`,
  'blank lines and cells over two lines':
    'mois;commune;titre;demandes;origine\n\n  \n2022-03;16015;cni;7;"a\nb"\n2022-03;16102;cni;x;""\n',
  'the same line twice, and another thing of it':
    'mois;commune;titre;demandes\n2022-03;16015;cni;7\n2022-03;16015;cni;7\n2022-03;16015;cni;8\n',
}

/** Rows of each kind of file, each fault beside what nearly is one. */
const KIND_FILES: Record<string, string> = {
  'opening-hours': `commune;jour;ouvre;ferme;depuis;jusqu’à;stations
16015;lundi;8h30;12h;;;2
16015;lundi;12h;12h;;;2
16015;lundi;18h;12h;;;2
16015;lundi;11h;13h;;;2
16015;lundi;12h;17h;;;2
16015;mardi;8h;12h;2022-09-01;2022-08-31;2
16015;mercredi;8h;12h;2022-01-01;2022-06-30;
16015;mercredi;8h;12h;2022-07-01;;
16015;mercredi;8h;12h;;2021-12-31;
16015;mercredi;8h;12h;2022-06-30;2022-06-30;
16015;jeudi;8h;12h;2022-06-30;;
16015;jeudi;8h;12h;;2022-06-30;
16015;vendredi;8h;12h;;;2
16015;vendredi;8h;12h;;;2
16015;vendredi;8h;12h;;;3
16015;vendredi;8h;11h;;;2
16015;vendredi;9h;12h;;;2
16015;samedi;8h;10h;2022-09-01;;
16015;samedi;10h;12h;2022-09-01;;
16015;samedi;7h;8h;;;
16015;dimanche;7h;8h;2030-01-01;2040-01-01;
16102;lundi;8h30;12h;;;2
`,
  'town-halls': `commune;stations;ouverture;fermeture;latitude;longitude
16015;2;2021-03-02;2021-03-01;;
16102;2;2021-03-01;;45,69;
16051;2;;2021-03-01;;-0,33
16105;2;;;48,85;120
61015;2;;;-0,33;45,69
01001;2;;;2,3;48,9
2A004;2;;;41,9;8,7
16102;3;;;;
`,
  events: `lieu;jour;du;au;nature;libellé;dossiers
16;2021-03-31;2021-03-01;;injection;Deux fois;8000
16;;;;injection;Quand;
16;;;2021-03-31;injection;Depuis quand;
16;;2021-03-01;;injection;Jusque quand;
16;;2021-03-31;2021-03-01;injection;À rebours;
16;2021-03-31;;;injection;Une fois;8000
16;2021-03-31;;;injection;Une fois;9000
16;2021-03-31;;;injection;Une fois;8000
`,
  closures: `commune;du;au;motif
16015;2022-08-02;2022-08-01;congés
16015;2022-08-01;2022-08-01;congés
16015;2022-08-01;2022-08-02;congés
16015;2022-08-01;2022-08-01;congés
`,
  'cert-capacity': `cert;titre;depuis;etpo;dossiers par jour et par agent
Limoges;permis;2021-01-01;20,5;60
Limoges;permis;2021-01-01;21;60
Limoges;permis;2021-01-01;20,5;60
Limoges;permis;2021-02-01;-1;
`,
  'issuance-delays': `période;titre;lieu;jours;statut
T1 2021;passeport;16;13;retiré
T2 2021;passeport;16;;
T3 2021;passeport;16;2000;
2021-03-14;passeport;16;13;
T1 2021;titre de séjour;16;13;
`,
  'appointment-waits': `jour;lieu;jours;statut
2021-03-14;16;13;retiré
2021-03-15;16;;
2027-03-15;16;12;
2021-02-29;16;12;
`,
  indicators: `période;lieu;mesure;valeur;statut
2021-11;16;Taux d’appels décrochés;177,8 %;
2021-11;16;Dossiers en stock;;
2021-11;16;Dossiers en stock;12;retiré
2021-11;16;Dossiers en stock;12,5;
2021;16;Délai de délivrance;12;
`,
  'titles-issued': `période;lieu;titre;validité;mineurs;titres;statut
2021;16;passeport;10;peut-être;12;
2021;16;passeport;10;oui;;
2021;16;passeport;10;oui;12;retiré
T1 2021;16;passeport;10;non;12;
`,
  applications: `mois;commune;titre;demandes;statut
2022-03;16015;CNI;;
2022-03;16015;CNI;12;retiré
`,
}
const SOUND_FILES: Record<string, string> = {
  'titles-issued': `période;lieu;titre;validité;mineurs;titres
2021;16;passeport;10;non;9800
2021;16;passeport;5;oui;3150
2021;16;passeport;;;12950
2021;16;passeport;;non;9800
2021-02;16;CNI;10;;7
`,
  indicators: `période;lieu;mesure;titre;valeur;statut
2021-11;16;Taux d’appels décrochés;;77,8 %;
2021-11;16;Dossiers en stock;permis de conduire;12 000;estimé
2021;16;Population de référence;;352 000;
2021;16;Dossiers instruits par jour et par ETPO;;35,3;
T4 2021;16;Appels reçus;;1 250;
2021;16;Appels perdus;;;retiré
`,
  'appointment-waits': `jour;lieu;jours;horloge;statistique;unité;statut;origine
14/03/2022;16015;60,5;premier créneau;minimum;calendaires;censuré;page 3
mars 2022;16;;;;;retiré;
`,
  events: `lieu;jour;du;au;nature;libellé;dossiers
16;2021-03-31;;;injection;Une fois;8000
FR;;2020-03-17;2020-05-10;confinement;Premier confinement;
`,
  'town-halls': `commune;nom;stations;ouverture;fermeture;latitude;longitude;statut;sans rendez-vous;origine
16015;Hôtel de ville;2;2021-03-01;2021-03-01;45,6494;0,1567;à confirmer;oui;arrêté
16102;;0;;;;;;;
`,
}
const read = (kind: string, text: string) => {
  const head = `# type : ${kind}\n# source : Essai\n# publié le : 2022-05-01\n`
  return readFile(new TextEncoder().encode(`${head}${text}`), CONTEXT)
}
test.each(Object.entries(KIND_FILES))('what a person is told of a file of %s', (kind, text) => {
  const result = read(kind, text)
  expect(isRefused(result) && result.faults.map(faultWords)).toMatchSnapshot()
})

test.each(Object.entries(SOUND_FILES))('what is read in a file of %s', (kind, text) => {
  const result = read(kind, text)
  expect(isRefused(result) ? result.faults.map(faultWords) : result.rows).toMatchSnapshot()
})

const corner = (lon: unknown, lat: unknown) => [
  [lon, lat],
  [0, 45],
  [1, 45],
  [lon, lat],
]
const outline = (code: unknown, geometry: unknown = { type: 'Polygon', coordinates: [corner(0, 46)] }) => ({
  properties: typeof code === 'object' ? code : { code },
  geometry,
})
test('what a person is told of outlines', () => {
  const told = (bytes: Uint8Array) => {
    const result = endOf(readContours(bytes, { knownCommunes: CONTEXT.knownCommunes }))
    return 'faults' in result ? result.faults.map(faultWords) : result
  }
  const file = (...features: unknown[]) =>
    Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
  const bounds = [
    [-64, 46],
    [-64.1, 46],
    [56, 46],
    [56.1, 46],
    [0, -22],
    [0, -22.1],
    [0, 52],
    [0, 52.1],
    [-64.1, -22.1],
    [56.1, 52.1],
  ]
  expect(
    told(
      file(
        ...['x16015', '16015x', '2C001', '2A04', '2Aabc', '16999', '', 16_015, {}, { insee: '16102' }].map(
          code => outline(code),
        ),
        outline('16015', { type: 'Line', coordinates: [[corner(0, 46)]] }),
        outline('2A004', { type: 'Polygon', coordinates: [corner('0', 46)] }),
        outline('2B033', { type: 'Polygon', coordinates: [corner(0, '46')] }),
        outline('16051', { type: 'Polygon', coordinates: [corner(0, 46).slice(1)] }),
        outline('16102'),
      ),
    ),
  ).toMatchSnapshot('faults')
  const limits = bounds.map(([lon, lat]) =>
    told(file(outline('16015', { type: 'Polygon', coordinates: [corner(lon, lat)] }))),
  )
  expect(limits).toMatchSnapshot('bounds')
  const sound = told(
    file(outline('16015'), outline('2A004', { type: 'MultiPolygon', coordinates: [[corner(1, 47)]] })),
  )
  expect(sound).toMatchSnapshot('sound')
  expect(told(Buffer.from('{}'))).toMatchSnapshot('no collection')
  expect(told(Buffer.from('{"type":"FeatureCollection","features":{}}'))).toMatchSnapshot('no list')
  expect(told(Buffer.from('{"type":"Feature","features":[]}'))).toMatchSnapshot('another type')
  expect(told(file())).toMatchSnapshot('empty')
  const inLatin = Buffer.concat([
    Buffer.from('{"type":"FeatureCollection","a":"'),
    Buffer.of(0xe9),
    Buffer.from('","features":[]}'),
  ])
  expect(told(inLatin)).toMatchSnapshot('not in UTF-8')
  expect(told(new Uint8Array(50 * 1024 * 1024))).toMatchSnapshot('as long as may be')
  expect(told(new Uint8Array(50 * 1024 * 1024 + 1))).toMatchSnapshot('too long')
})

describe('what a person is told of a cell', () => {
  test('numbers', () => {
    expect(all(number({ min: 0, max: 1_500 }), NUMBERS)).toMatchSnapshot('days')
    expect(all(number({ min: -10, max: 1e9, integer: true }), NUMBERS)).toMatchSnapshot('whole')
    expect(all(number({ min: 0, max: 100, percent: true }), NUMBERS)).toMatchSnapshot('percents')
  })

  test('places', () => {
    expect(all(readPlace, PLACES)).toMatchSnapshot('places')
    expect(all(readCommune, PLACES)).toMatchSnapshot('communes')
    const own = { ...CONTEXT, answersFor: (code: string) => code === '16015' }
    expect(all(readPlace, ['16015', '16102', 'FR', '16'], own)).toMatchSnapshot('of others')
  })

  test('periods', () => {
    expect(all(period('month', 'quarter', 'year'), PERIODS)).toMatchSnapshot('any')
    expect(all(period('month'), PERIODS)).toMatchSnapshot('months')
    expect(all(period('quarter', 'year'), PERIODS)).toMatchSnapshot('quarters and years')
  })

  test('days', () => {
    expect(all(readDay, DAYS)).toMatchSnapshot('any')
    expect(all(readPastDay, DAYS)).toMatchSnapshot('past')
    expect(all(readPlannedDay, DAYS)).toMatchSnapshot('planned')
    expect(all(readDayOrMonth, DAYS)).toMatchSnapshot('or months')
    expect(all(period('day', 'year'), DAYS)).toMatchSnapshot('as periods')
  })

  test('times', () => {
    expect(all(readTime, TIMES)).toMatchSnapshot()
  })

  test('words', () => {
    expect(all(readTitle, TITLES)).toMatchSnapshot('titles')
    expect(all(readBoolean, BOOLEANS)).toMatchSnapshot('yes or no')
  })

  test('characters', () => {
    const damage = LINES.map(line => {
      const flaw = textDamage(line)
      return `${shown(line)} ${flaw ? told({ flaw }) : 'sound'}`
    })
    expect(damage).toMatchSnapshot()
  })
})

test.each(Object.entries(FILES))('what a person is told of %s', (_, text) => {
  const read = readFile(new TextEncoder().encode(`${HEAD}${text}`), CONTEXT)
  expect(isRefused(read) ? read.faults.map(faultWords) : read.rows).toMatchSnapshot()
})
