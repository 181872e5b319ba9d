import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAULTS, type FaultCode } from '../../src/imports/cells/fault.ts'
import type { Remark } from '../../src/imports/cells/remark.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import { KIND_CODES } from '../../src/imports/kinds.ts'
import { template } from '../../src/imports/template.ts'
import { faultsOf, faultWords, read, readSound, utf8 } from './reading.ts'

const DELAYS = 'période;titre;lieu;jours'
const WAITS = 'période;lieu;jours'
const REQUESTS = 'mois;commune;titre;demandes'
const TOWNS = 'commune;stations;ouverture;fermeture;latitude;longitude'
const HOURS = 'commune;jour;ouvre;ferme;depuis;jusqu’à'
const EVENTS = 'lieu;jour;du;au;nature;libellé'
const delays = (...rows: string[]) => [DELAYS, ...rows].join('\n')
const waits = (...rows: string[]) => [WAITS, ...rows].join('\n')
const requests = (...rows: string[]) => [REQUESTS, ...rows].join('\n')
const towns = (...rows: string[]) => [TOWNS, ...rows].join('\n')
const hours = (...rows: string[]) => [HOURS, ...rows].join('\n')
const events = (...rows: string[]) => [EVENTS, ...rows].join('\n')
const latin1 = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

const SOUND = delays('T1 2021;cni;16;13,5')
const HEADED = `# source : Préfecture\n# document : Comité\n${SOUND}`

const HOSTILE: [name: string, content: string | Uint8Array, expected: string[]][] = [
  // The file
  ['nothing', '', ['1 empty-file']],
  ['a byte order mark alone', '\ufeff', ['1 empty-file']],
  ['blank lines', '\n \r\n\t\n', ['1 empty-file']],
  ['an xlsx workbook', latin1('PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml'), ['1 spreadsheet-file']],
  [
    'an ods workbook',
    latin1('PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    ['1 spreadsheet-file'],
  ],
  ['an xls workbook', latin1('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'), ['1 spreadsheet-file']],
  ['a zip', latin1('PK\u0003\u0004\u0014\0figures.csv'), ['1 compressed-file']],
  ['a gzip', latin1('\u001f\u008b\u0008'), ['1 compressed-file']],
  ['a PDF', '%PDF-1.7\n', ['1 pdf-file']],
  ['a PNG', latin1('\u0089PNG\r\n\u001a\n'), ['1 binary-file']],
  ['a web page', '\n<!doctype html><title>Erreur 503</title>', ['1 markup-file']],
  ['XML', '<?xml version="1.0"?><a/>', ['1 markup-file']],
  ['JSON', '{"jours": 13}', ['1 json-file']],
  [
    'a person, and the page of another site, in a register',
    'lieu;séance;repère;nature du point;sujet;par;au nom de;dit;mesure;page de la mesure\n16;2022-04-05;a;annonce;s;Mme Martin;nous;d;m;//x.fr',
    ['2 person-named', '2 invalid-page'],
  ],
  [
    'figures between two bounds',
    'mois;commune;demandes;p05;p95\n2022-01;16015;3;1;5',
    ['1 estimated-figures'],
  ],
  ['the number of a desk', 'commune;stations;UGF\n16015;2;1601', ['2 invalid-desk-number']],
  ['a JSON list', ' [1, 2]', ['1 json-file']],
  // The characters
  ['UTF-16 without its mark', latin1('a\0;\0b\0'), ['1 unknown-kind']],
  ['UTF-32', latin1('\u00ff\u00fe\0\0a\0\0\0'), ['1 unreadable-encoding']],
  ['UTF-16 cut in the middle', latin1('\u00ff\u00fea\0;'), ['1 unreadable-encoding']],
  [
    'a mark of UTF-8 before Windows-1252',
    latin1('\u00ef\u00bb\u00bfp\u00e9riode;b'),
    ['1 unreadable-encoding'],
  ],
  ['a NUL in a row', delays('T1 2021;cni;16;13', 'T2 2021;cni;16;\0'), ['3 control-character']],
  [
    'an undefined byte of Windows-1252',
    latin1('p\u00e9riode;titre;lieu;jours\nT1 2021;cni;16;\u0081'),
    ['2 control-character'],
  ],
  ['a zero-width space', delays('T1 2021;cni;1\u200b6;13'), ['2 control-character']],
  ['text written backwards', delays('T1 2021;\u202ecni;16;13'), ['2 control-character']],
  ['a letter that nobody sees', delays('T1 2021;cni;16;13\u3164'), ['2 control-character']],
  ['a code that is no character', delays('T1 2021;cni;16;13\ufffe'), ['2 control-character']],
  ['a line separator of Unicode', delays('T1 2021;cni;16;13\u2028'), ['2 control-character']],
  [
    'UTF-8 encoded twice',
    delays('1er trimestre 2021;permis;FR;3').replace('période', 'pÃ©riode'),
    ['1 double-encoded'],
  ],
  ['an apostrophe encoded twice', waits('T1 2021;16;l’attente').replace('’', 'â€™'), ['2 double-encoded']],
  ['an accent lost', delays('T1 2021;cni;16;\ufffd'), ['2 damaged-text']],
  ['a line of 30,000 characters', delays(`T1 2021;cni;16;${'1'.repeat(30_000)}`), ['2 line-too-long']],
  ['a million columns', ';'.repeat(1_000_000), ['1 line-too-long']],
  [
    'eleven hundred columns',
    Array.from({ length: 1100 }, (_, i) => `c${i}`).join(';'),
    ['1 too-many-columns'],
  ],
  // The structure
  ['metadata alone', '# type : applications\n# source : moi', ['2 no-rows']],
  ['a header alone', DELAYS, ['1 no-rows']],
  ['a header and blank rows', delays(';;;', ' ; ; ; '), ['1 no-rows']],
  ['no separator', 'période¦titre¦lieu¦jours\nT1 2021¦cni¦16¦13', ['1 separator-not-found']],
  [
    'a quote never closed',
    delays('T1 2021;cni;16;13', 'T2 2021;cni;16;"13', 'T3 2021;cni;16;13'),
    ['3 unclosed-quote'],
  ],
  [
    'a quote inside a cell',
    delays('T1 2021;cni;16;13"5', 'T2 2021;cni;16;x'),
    ['2 stray-quote', '3 not-a-number'],
  ],
  ['text after a quote', delays('T1 2021;"cni"x;16;13'), ['2 stray-quote']],
  ['a quote in the header', 'péri"ode;titre\n1;2', ['1 stray-quote']],
  [
    'a quote open over 70,000 characters',
    delays(`T1 2021;"cni;16;13${'\n'.repeat(70_000)}`),
    ['2 record-too-large'],
  ],
  ['too few cells', delays('T1 2021;cni;16'), ['2 ragged-row']],
  ['a decimal comma among commas', 'période,titre,lieu,jours\nT1 2021,cni,16,13,5', ['2 ragged-row']],
  [
    'a row behind metadata and a multi-line cell',
    `${HEADED.replace('jours', 'jours;origine').replace('13,5', '13,5;"a\nb"')}\nT2 2021`,
    ['6 ragged-row'],
  ],
  ['a comment among rows', delays('# T1 2021;cni;16;13', 'T2 2021;cni;16;14'), ['2 comment-in-body']],
  // The metadata
  ['metadata that does not end', `${'# x\n'.repeat(101)}${SOUND}`, ['101 front-matter-too-long']],
  ['a remark of 3,000 characters', `# note : ${'x'.repeat(3000)}\n${SOUND}`, ['1 front-matter-too-long']],
  ['a source given twice', `# source : a\n# Publisher : b\n${SOUND}`, ['2 duplicate-metadata']],
  ['an address that would run', `# adresse : javascript:alert(1)\n${SOUND}`, ['1 invalid-address']],
  ['an embargo of no hour', `# embargo : demain\n${SOUND}`, ['1 invalid-moment']],
  ['an embargo at 25 h', `# embargo : 2026-12-01T25:00\n${SOUND}`, ['1 invalid-moment']],
  ['a draft or not', `# brouillon : peut-être\n${SOUND}`, ['1 unknown-word']],
  ['a day of publication that is none', `# publié le : 31/02/2022\n${SOUND}`, ['1 invalid-day']],
  ['a day of publication to come', `# publié le : 2022-04-06\n${SOUND}`, ['1 future-day']],
  ['a nature unknown', `# nature : définitive\n${SOUND}`, ['1 unknown-word']],
  ['a type unknown', `# type : météo\n${SOUND}`, ['1 unknown-kind']],
  ['no type and a header of no kind', 'a;b\n1;2', ['1 unknown-kind']],
  ['no type and a header of two kinds', 'période;lieu;titre;valeur\n2021;16;cni;3', ['1 ambiguous-kind']],
  // The header
  [
    'a column mistyped',
    delays('T1 2021;cnii;16;13').replace('titre', 'titer').replace(/^/, '# type : issuance-delays\n'),
    ['2 missing-column', '2 unknown-column'],
  ],
  [
    'a column twice',
    `# type : issuance-delays\n${DELAYS};Days\nT1 2021;cni;16;13;14`,
    ['2 duplicate-column'],
  ],
  [
    'a column without a name',
    `# type : issuance-delays\n${DELAYS};\nT1 2021;cni;16;13;x`,
    ['2 unnamed-column'],
  ],
  [
    'no place and no default place',
    '# type : issuance-delays\npériode;titre;jours\nT1 2021;cni;13',
    ['2 missing-column'],
  ],
  ['an event without a day', '# type : events\nlieu;nature;libellé\n16;autre;x', ['2 missing-column']],
  // The cells
  ['a title left out', delays('T1 2021;;16;13'), ['2 missing-value']],
  ['a withdrawn figure with a value', `${DELAYS};statut\nT1 2021;cni;16;13;retiré`, ['2 unexpected-value']],
  ['a formula', delays('T1 2021;cni;16;=1+1'), ['2 formula']],
  ['a command', delays("T1 2021;cni;16;@SUM(1+9)*cmd|' /C calc'!A0"), ['2 formula']],
  ['an error of a spreadsheet', delays('T1 2021;cni;16;#DIV/0!'), ['2 spreadsheet-error']],
  ['letters for a number', delays('T1 2021;cni;16;treize'), ['2 not-a-number']],
  ['an exponent', delays('T1 2021;cni;16;1e3'), ['2 not-a-number']],
  ['infinity', delays('T1 2021;cni;16;Infinity'), ['2 not-a-number']],
  ['a percentage of days', delays('T1 2021;cni;16;13 %'), ['2 not-a-number']],
  ['thousands cut badly', requests('2022-03;16015;cni;12 34'), ['2 not-a-number']],
  [
    'a fraction for a rate',
    'mois;lieu;mesure;valeur\n2021-11;16;Taux d’appels décrochés;0,778',
    ['2 percent-or-fraction'],
  ],
  ['half a request', requests('2022-03;16015;cni;412,5'), ['2 not-an-integer']],
  ['a half of a request', requests('2022-03;16015;cni;12.5'), ['2 not-an-integer']],
  ['a thousand or a decimal', 'mois;lieu;titre;délai\n2022-03;16;passeport;1.234\n', ['2 ambiguous-number']],
  ['another unit', 'mois;lieu;titre;délai (semaines)\n2022-03;16;passeport;4\n', ['1 wrong-unit']],
  ['a negative delay', delays('T1 2021;cni;16;-1'), ['2 out-of-range']],
  ['a delay of five years', delays('T1 2021;cni;16;1826'), ['2 out-of-range']],
  ['a quarter that does not exist', delays('T5 2021;cni;16;13'), ['2 invalid-period']],
  ['a month that does not exist', requests('2022-13;16015;cni;4'), ['2 invalid-period']],
  [
    'a serial number of a spreadsheet that is no month',
    requests('44622;16015;cni;4'),
    ['2 wrong-granularity'],
  ],
  ['a day for a month', requests('14/03/2022;16015;cni;4'), ['2 wrong-granularity']],
  [
    'a week for a month',
    requests('2022-S10;16015;cni;4', 'semaine 10 2022;16015;cni;4'),
    ['2 week-period', '3 week-period'],
  ],
  ['a quarter for a month', requests('T1 2022;16015;cni;4'), ['2 wrong-granularity']],
  ['a quarter to come', delays('T3 2022;cni;16;13'), ['2 future-period']],
  ['a month to come', requests('2022-05;16015;cni;4'), ['2 future-period']],
  ['a year of long ago', delays('T1 1969;cni;16;13'), ['2 implausible-year']],
  ['a day of two digits', towns('16015;2;21/03/17;;;'), ['2 two-digit-year']],
  ['a day that does not exist', towns('16015;2;2021-02-29;;;'), ['2 invalid-day']],
  ['a day of another century', towns('16015;2;21/03/2217;;;'), ['2 implausible-year']],
  ['an hour that does not exist', hours('16015;lundi;8h30;25h00;;'), ['2 invalid-time']],
  ['a commune by its name', requests('2022-03;Angoulême;cni;4'), ['2 invalid-insee']],
  ['a commune turned into a number', requests('2022-03;1,6E+4;cni;4'), ['2 invalid-insee']],
  ['no commune, with a zero or without', requests('2022-03;1999;cni;4'), ['2 lost-leading-zero']],
  ['a postal code', requests('2022-03;16000;cni;4'), ['2 unknown-commune']],
  ['Corsica in digits', requests('2022-03;20004;cni;4'), ['2 unknown-commune']],
  [
    'a commune of another department than the one beside it',
    'Département;INSEE;Mois;Titre;Demandes\n17;16102;2022-03;cni;4',
    ['2 place-mismatch'],
  ],
  ['a commune of the past', requests('2022-03;16001;cni;4'), ['2 merged-commune']],
  [
    'a department that does not exist',
    delays('T1 2021;cni;20;13', 'T2 2021;cni;96;13'),
    ['2 unknown-place', '3 unknown-place'],
  ],
  [
    'a title mistyped',
    delays('T1 2021;pasport;16;13', 'T1 2021;titre de séjour;16;13'),
    ['2 unknown-title', '3 unknown-title'],
  ],
  ['a weekday mistyped', hours('16015;lunndi;8h30;12h;;'), ['2 unknown-word']],
  ['a cell of 300 characters', delays(`T1 2021;${'x'.repeat(300)};16;13`), ['2 text-too-long']],
  // The day of publication
  [
    'a mean published before its quarter ended',
    `# publié le : 2021-03-30\n${delays('T1 2021;cni;16;13', 'T4 2020;cni;16;12')}`,
    ['3 early-publication'],
  ],
  ['a mean of the running quarter', delays('T2 2022;cni;16;13'), ['2 early-publication']],
  // The rows
  ['a town hall closed before it opened', towns('16015;2;2021-01-02;2021-01-01;;'), ['2 reversed-days']],
  ['a latitude alone', towns('16015;2;;;45,6;'), ['2 incomplete-position']],
  ['a town hall in the Atlantic', towns('16015;2;;;45,6;-25'), ['2 outside-france']],
  ['latitude and longitude swapped', towns('16015;2;;;0,15;45,6'), ['2 outside-france']],
  ['an afternoon before noon', hours('16015;lundi;17h;14h;;'), ['2 reversed-hours']],
  ['hours that overlap', hours('16015;lundi;8h;12h;;', '16015;lundi;11h30;14h;;'), ['3 overlapping-hours']],
  [
    'an event on a day and over days',
    events('16;2021-03-31;2021-03-31;2021-04-01;autre;x'),
    ['2 conflicting-days'],
  ],
  ['an event without an end', events('16;;2021-03-31;;autre;x'), ['2 missing-value']],
  ['the same row twice', delays('T1 2021;cni;16;13', '2021-Q1;CNI;16;13,0'), ['3 duplicate-row']],
  [
    'two delays of one quarter',
    delays('T1 2021;cni;16;13', 'T1 2021;passeport;16;13', 'T1 2021;cni;16;14'),
    ['4 contradiction'],
  ],
]

/** Faults of whole files that `readFile` does not read: templates sent back, files that cannot wait, contours. */
const ELSEWHERE: readonly FaultCode[] = [
  // Files of other services: test/imports/adapters/adapters.test.ts
  'unknown-indicator',
  'untouched-template',
  // Workbooks: test/imports/workbook-work.test.ts and read-sheets.test.ts
  'damaged-workbook',
  'protected-workbook',
  'workbook-macros',
  'workbook-links',
  'workbook-too-large',
  'empty-workbook',
  'ambiguous-sheet',
  'unknown-sheet',
  // Names: test/imports/cells/place-cell.test.ts
  'ambiguous-commune',
  'cannot-wait',
  'foreign-place',
  'not-geojson',
  'missing-commune-code',
  'invalid-geometry',
  'too-many-vertices',
  'duplicate-commune',
  'swapped-position',
  'outline-elsewhere',
]

describe('hostile files', () => {
  test.each(HOSTILE)('%s', (_, content, expected) => {
    expect(faultsOf(content)).toEqual(expected)
  })

  test('are told in words', () => {
    const told = HOSTILE.map(([name, content]) => {
      const result = read(content)
      return [name, isRefused(result) ? result.faults.slice(0, 5).map(faultWords) : 'read']
    })
    expect(Object.fromEntries(told)).toMatchSnapshot()
  })

  test('a type said twice differently', () => {
    expect(faultsOf(`# type : events\n${SOUND}`, { kind: 'issuance-delays' })).toEqual(['1 kind-mismatch'])
  })

  test('a file, a table and a field over the limits', () => {
    const limits = { bytes: 100, rows: 2, columns: 4, lineCharacters: 50, recordCharacters: 60 }
    const rows = Array.from({ length: 3 }, (_, i) => `T${i + 1} 2021;cni;16;9`)
    expect(faultsOf(delays(...rows), { limits })).toEqual(['4 too-many-rows'])
    expect(faultsOf(`${SOUND}${' '.repeat(100)}`, { limits })).toEqual(['1 file-too-large'])
  })

  test('reach every code of the table', () => {
    const reached = new Set(HOSTILE.flatMap(([, , expected]) => expected.map(fault => fault.split(' ')[1]!)))
    for (const code of ['kind-mismatch', 'too-many-rows', 'file-too-large']) reached.add(code)
    expect(
      (Object.keys(FAULTS) as FaultCode[]).filter(code => !reached.has(code) && !ELSEWHERE.includes(code)),
    ).toEqual([])
  })

  test('say what was read, where, and what to do', () => {
    const result = read('# type : issuance-delays\npériode;titer;lieu;jours\nT1 2021;cnii;16;13')
    expect(isRefused(result) && result.faults[1]).toEqual({
      line: 2,
      column: 'titer',
      columnNumber: 2,
      code: 'unknown-column',
      message: 'Colonne « titer » inconnue : vouliez-vous dire « titre » ?',
      remedy: 'Renommez-la « titre », ou supprimez-la si elle dit autre chose.',
    })
    const merged = read(requests('2022-03;16001;cni;4'))
    expect(isRefused(merged) && merged.faults[0]).toMatchObject({
      column: 'commune',
      columnNumber: 2,
      message: '16001 est une commune déléguée ou absorbée ; sa commune est Angoulême (16015).',
    })
    const contradiction = read(delays('T1 2021;cni;16;13', 'T1 2021;cni;16;14'))
    expect(isRefused(contradiction) && contradiction.faults[0]!.message).toContain('lignes 2 et 3')
  })

  test('five different faults are these five, each on its line', () => {
    const content = delays(
      'T1 2021;cni;16;13',
      'T5 2021;cni;16;13',
      'T2 2021;pasport;16;13',
      'T2 2021;cni;20;13',
      '',
      'T2 2021;cni;16;=2',
      'T1 2021;cni;16;15',
    )
    expect(faultsOf(content)).toEqual([
      '3 invalid-period',
      '4 unknown-title',
      '5 unknown-place',
      '7 formula',
      '8 contradiction',
    ])
  })

  test('list a thousand faults and count them all', () => {
    const result = read(delays(...Array.from({ length: 3_000 }, () => 'T1 2021;cni;16;x')))
    expect(isRefused(result) && [result.faults.length, result.total, result.byCode]).toEqual([
      1_000,
      3_000,
      { 'not-a-number': 3_000 },
    ])
  })
})

/** Damages that any file may suffer, with a fault that each must bring. */
const DAMAGES: [name: string, damage: (lines: string[]) => string | Uint8Array, expected: FaultCode][] = [
  ['a NUL in its last row', lines => `${lines.join('\n')}\0`, 'control-character'],
  ['its last column twice', lines => withColumn(lines, name => name), 'duplicate-column'],
  ['a column without a name', lines => withColumn(lines, () => ''), 'unnamed-column'],
  ['a row cut short', lines => `${lines.join('\n')}\n${lines.at(-1)?.split(';')[0]}`, 'ragged-row'],
  ['a quote left open', lines => `${lines.join('\n')}\n"x`, 'unclosed-quote'],
  ['no row', lines => lines.filter((line, i) => i <= headerOf(lines) && line !== '').join('\n'), 'no-rows'],
  ['its header lost', lines => lines.filter((_, i) => i !== headerOf(lines)).join('\n'), 'missing-column'],
  ['another separator', lines => lines.join('\n').replaceAll(';', '¦'), 'separator-not-found'],
  ['a publication to come', lines => `# publié le : 2031-01-01\n${lines.join('\n')}`, 'future-day'],
  ['compression', lines => gzipSync(lines.join('\n')), 'compressed-file'],
  ['UTF-16 cut in half', lines => utf16(lines.join('\n')).subarray(0, -1), 'unreadable-encoding'],
  [
    'accents encoded twice',
    lines => Buffer.from(`# note : été\n${lines.join('\n')}`).toString('latin1'),
    'double-encoded',
  ],
]
/** What a remedy says to write in the cell, word for word. */
const REMEDY =
  /par exemple ([^ .,;]+)|sous la forme (T\d \d{4}|[^ ,.]+)|code INSEE de la commune, en 5 caractères \((\d{5})|retapez (\d\w{4})|l’un des codes (\S+),|^Écrivez un nombre comme ([\d,]+)|^Écrivez (FR|8h30|16015)\b/
const headerOf = (lines: string[]) => lines.findIndex(line => !line.startsWith('#'))
const withColumn = (lines: string[], name: (last: string) => string) =>
  lines
    .map((line, i) => {
      if (i < headerOf(lines)) return line
      return `${line};${i === headerOf(lines) ? name(line.split(';').at(-1) ?? '') : 'x'}`
    })
    .join('\n')
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))

describe.each(KIND_CODES)('a file of %s', kind => {
  const lines = template(kind)
    .replace(/^\ufeff/, '')
    .split('\r\n')
    .filter(line => line !== '' && !line.startsWith('# publié le'))

  test('is sound before it is damaged', () => {
    expect(faultsOf(lines.join('\n'))).toEqual([])
  })

  test('with a cell that is wrong is mended by what the remedy says', () => {
    const at = headerOf(lines) + 1
    const columns = lines[at - 1]!.split(';').length
    let followed = 0
    for (let column = 0; column < columns; column++)
      for (const wrong of ['x?', '31/02/2022', '2 mois', 'visa', '1004', '99999', 'Nulleville', 'T9 2022']) {
        const damaged = read(lines.with(at, lines[at]!.split(';').with(column, wrong).join(';')).join('\n'))
        const fault = isRefused(damaged) && damaged.faults[0]
        const mended = fault && fault.columnNumber === column + 1 && REMEDY.exec(fault.remedy)
        if (!mended) continue
        followed += 1
        const cell = mended.slice(1).find(text => text !== undefined)!
        const again = faultsOf(lines.with(at, lines[at]!.split(';').with(column, cell).join(';')).join('\n'))
        expect({ fault, again }).not.toMatchObject({
          again: expect.arrayContaining([`${fault.line} ${fault.code}`]),
        })
        expect(again.length).toBeLessThanOrEqual(damaged.faults.length)
      }
    expect(followed).toBeGreaterThan(kind === 'appointments' ? 0 : 5)
  })

  test.each(DAMAGES)('with %s is refused, each fault on a line that it has', (_, damage, expected) => {
    const content = damage(lines)
    const result = read(content)
    if (!isRefused(result)) throw new Error('it was read')
    expect(result.faults.map(({ code }) => code)).toContain(expected)
    for (const { line } of result.faults) {
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(lines.length + 2)
    }
  })
})

describe('a kind of file', () => {
  test('is what the caller says, else the metadata, else the header', () => {
    expect(readSound(SOUND).kind).toBe('issuance-delays')
    expect(readSound(SOUND, { kind: 'issuance-delays' }).kind).toBe('issuance-delays')
    expect(readSound(`# type : Attentes de rendez-vous\n${waits('T1 2021;16;20')}`).kind).toBe(
      'appointment-waits',
    )
    expect(readSound('période;lieu;titre;valeur\n2021;16;cni;3', { kind: 'titles-issued' }).kind).toBe(
      'titles-issued',
    )
  })

  test('takes the default place where rows name none', () => {
    const { rows } = readSound('période;titre;jours\nT1 2021;cni;13', { defaultPlace: '16' })
    expect(rows).toMatchObject([{ place: '16' }])
    expect(readSound(delays('T1 2021;cni;;13'), { defaultPlace: '16' }).rows).toMatchObject([{ place: '16' }])
  })
})

/** Files drawn in a property; `RUNS=2000` for as many as before a release. */
const RUNS = Number(process.env['RUNS'] ?? 200)

describe('any bytes', () => {
  const unknownOf = ({ remarks }: { remarks: Remark[] }) =>
    remarks.reduce((total, { code, count }) => total + (code === 'value-unknown' ? count : 0), 0)
  const outcome = (bytes: Uint8Array) => {
    const result = read(bytes, { kind: 'issuance-delays' })
    if (!isRefused(result)) return
    expect(result.total).toBeGreaterThan(0)
    expect(result.faults.length).toBe(Math.min(result.total, 1_000))
    const lines = new TextDecoder('latin1').decode(bytes).split(/\r\n|\r|\n/).length
    for (const { line, code, message, remedy } of result.faults) {
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(lines)
      expect(FAULTS[code]).toBeDefined()
      expect(message.length + remedy.length).toBeLessThan(1_500)
    }
  }

  test('give rows or faults, never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), outcome), { numRuns: RUNS / 5 })
  })

  test('in the place of a sound byte, neither', () => {
    const sound = utf8(`${HEADED};"x ""y"""`.replace('jours', 'jours;origine'))
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (position, byte) => {
        const changed = Uint8Array.from(sound)
        changed[position] = byte
        outcome(changed)
      }),
      { numRuns: RUNS },
    )
  })

  test('nor do words that mean something to a CSV reader', () => {
    const words = ['"', '""', ';', ',', '\t', '\n', '\r', '#', ':', '=', ' ', 'période', 'T1 2021', '16', 'é']
    const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(text, rest => {
        const bytes = utf8(`${DELAYS}\n${rest}`)
        const result = read(bytes)
        if (isRefused(result)) expect(result.total).toBeGreaterThan(0)
        else expect(result.rows.length + unknownOf(result)).toBeGreaterThan(0)
      }),
      { numRuns: RUNS / 2 },
    )
  })

  // Decision 0024: what a file says is unknown is neither a figure nor a fault, and its line is told.
  test('of which every value is left blank are told so, line by line', () => {
    const result = readSound(delays('T1 2021;cni;16;n.d.', 'T2 2021;cni;16;'))
    expect(result.rows).toEqual([])
    expect(result.remarks).toMatchObject([{ code: 'value-unknown', lines: [2, 3], count: 2 }])
  })

  test.each([
    ['quotes', '"\n'],
    ['open quotes', 'a;"b\n'],
    ['separators', ';;;;;;;;\n'],
    ['mistyped titles', 'T1 2021;paseporrt de conduire;16;13\n'],
    ['spaces', `T1 2021;cni;16;1${' '.repeat(5_000)}2\n`],
    ['comments', `#${';'.repeat(5_000)}x\n`],
    ['empty lines', '\n'],
    ['one slot again and again', '16015;lundi;8h;9h;;\n'],
  ])('a megabyte of %s ends', (_, line) => {
    const body = line.repeat(Math.ceil(1_000_000 / line.length))
    const header = line.startsWith('16015') ? HOURS : line.startsWith('#') ? '' : DELAYS
    const result = read(`${header}\n${body}`)
    expect(isRefused(result) && result.total).toBeGreaterThan(0)
  })
})

describe('the tables of this service, sent back', () => {
  const WAITS =
    'Période;Jours;Statut;Autres valeurs publiées;Ce qui est mesuré;Source\n2e trimestre 2021;33;observé;–;attente telle que publiée;Préfecture de la Charente, publié le 5 avril 2022\n3e trimestre 2021;40;observé;39;attente telle que publiée;Préfecture de la Charente, publié le 5 avril 2022\n'
  const DELAYS =
    'Lieu;Titre;Trimestre;Jours;Objectif (jours);Statistique;Ce qui est mesuré\n16;cni;2021-Q1;6;14;mean;moyenne sur les titres délivrés dans la période (regarde en arrière)\n'

  test('other values published, small numbers among dashes, are no places', () => {
    expect(read(WAITS, { kind: 'appointment-waits' })).toMatchObject({
      faults: [{ code: 'missing-column', message: expect.stringContaining('lieu') }],
    })
  })

  test('a column of titles without a title is none: waits are no delays', () => {
    const rows = '\n;16;2021-Q1;19;;appointment-as-published;mean;unspecified-day;observed'
    expect(read(`titre;lieu;période;jours;objectif;horloge;statistique;unité;statut${rows}`)).toMatchObject({
      kind: 'appointment-waits',
      rows: [{ value: 19, statistic: 'mean', status: 'observed' }],
    })
  })

  test.each([
    [
      'a projected demand',
      'titre;lieu;trimestre;statut;moyenne;p05;médiane;p95\ncni;16;2021-Q2;estimated;9136,6;7741,8;9093,5;10800,1',
      'estimated-figures',
    ],
    [
      'the sheet of a town',
      'Code INSEE;Mesure;Trimestre;Statut;Valeur;Borne basse;Borne haute\n16102;attente projetée;2021-Q4;estimated;23,7;3;135,7',
      'estimated-figures',
    ],
    [
      'delays, some of them computed',
      '# type : issuance-delays\nLieu;Titre;T1 2021 (jours);T1 2021, nature;T2 2021 (jours);T2 2021, nature\n16;cni;6;observé;8;observé\n16;passeport;4;calculé;5;observé',
      'estimated-figures',
    ],
    [
      'what a model was told',
      'Paramètre;Valeur;Unité;Nature;Origine\nRéponse des créneaux à l’attente;0,3;part par trimestre;hypothèse;mesure\nPlancher;3;jours;hypothèse;choix',
      'unknown-kind',
    ],
    [
      'stations that a model places',
      'Objectif;Mairie;Stations;Semaines épargnées;Plus longue attente avec elle (jours)\nle plus;16015;1;35314,6;18,9\nle plus;16102;1;15754,7;13,3',
      'unknown-kind',
    ],
  ])('%s: one fault, no fact', (_, table, code) => {
    expect(read(table)).toMatchObject({ total: 1, faults: [{ code }] })
  })

  test('a sentence that begins as the word for a mean is no sum to leave aside', () => {
    const result = read(DELAYS, { kind: 'issuance-delays' })
    expect(isRefused(result) ? result.faults : []).toEqual([])
  })
})
