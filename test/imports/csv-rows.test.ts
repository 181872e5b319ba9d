import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvRows, TEXT_PHASES } from '../../src/imports/csv-rows.ts'
import { decode } from '../../src/imports/encoding.ts'
import { FaultLog } from '../../src/imports/fault-log.ts'
import { type Limits, LIMITS as USUAL } from '../../src/imports/limits.ts'
import type { TableRow } from '../../src/imports/table/row.ts'
import { faultWords, utf8 } from './reading.ts'

/** Takes a file apart; its first row is its header. */
function taken(bytes: Uint8Array | string, limits: Limits = USUAL) {
  const decoded = decode(typeof bytes === 'string' ? utf8(bytes) : bytes)
  if ('flaw' in decoded) throw new Error(decoded.flaw.message)
  const rows: TableRow[] = []
  const reading = new CsvRows(limits, { begin: () => undefined, row: row => rows.push(row) })
  reading.read(decoded.value.text)
  reading.end()
  const log = new FaultLog()
  for (const phase of TEXT_PHASES) log.include(reading.logs[phase])
  const [header, ...records] = rows.filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
  return { encoding: decoded.value.encoding, header: header?.cells, headerLine: header?.line, records, log }
}

function table(bytes: Uint8Array | string) {
  const read = taken(bytes)
  expect(read.log.report().faults).toEqual([])
  return read
}

const TEXT = 'période;nom\n2022-03;L’été à 5 €\n'

describe('encodings', () => {
  const windows1252 = Uint8Array.from(TEXT, character =>
    character === '’' ? 0x92 : character === '€' ? 0x80 : character.charCodeAt(0),
  )
  const utf16le = new Uint8Array(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))
  const utf16be = new Uint8Array(Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16())
  test.each([
    ['utf-8', utf8(TEXT)],
    ['utf-8', utf8(`\ufeff${TEXT}`)],
    ['utf-16le', utf16le],
    ['utf-16be', utf16be],
    ['windows-1252', windows1252],
  ])('%s', (encoding, bytes) => {
    expect(table(bytes)).toMatchObject({
      encoding,
      header: ['période', 'nom'],
      records: [{ line: 2, cells: ['2022-03', 'L’été à 5 €'] }],
    })
  })
})

describe('separators', () => {
  test.each([';', ',', '\t'])('%j is found in the header', separator => {
    const content = ['"a;,\tb"', 'c', 'd'].join(separator)
    expect(table(`${content}\n1${separator}2${separator}3`)).toMatchObject({
      header: ['a;,\tb', 'c', 'd'],
      records: [{ cells: ['1', '2', '3'] }],
    })
  })

  test('sep=; of Excel is skipped', () => {
    expect(table('sep=;\na;b\n1;2')).toMatchObject({ headerLine: 2, header: ['a', 'b'] })
  })
})

describe('lines', () => {
  test('are numbered as in an editor, whatever ends them', () => {
    const { headerLine, records } = table(
      '# source : x\r\n\r\na;b\n1;"one\r\ntwo\rthree"\r\n\r;\n2;3\r4;"say ""hi"""',
    )
    expect(headerLine).toBe(3)
    expect(records).toEqual([
      { line: 4, lastLine: 6, cells: ['1', 'one\ntwo\nthree'] },
      { line: 9, lastLine: 9, cells: ['2', '3'] },
      { line: 10, lastLine: 10, cells: ['4', 'say "hi"'] },
    ])
  })

  test('after broken quotes are still read', () => {
    const { log, records } = taken('a;b\n1;x"y\n2;"z"\n"3;4\n5;6')
    expect(log.report().faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'stray-quote'],
      [4, 'unclosed-quote'],
    ])
    expect(records.map(({ line }) => line)).toEqual([3, 5])
  })

  test('a file of broken quotes is given up', () => {
    const { log } = taken(`a;b\n${'1;x"y"\n'.repeat(1_000)}`)
    expect(log.total).toBe(100)
  })
})

test('cells written with quotes where needed are read back, with every separator', () => {
  const cell = fc
    .string({ unit: fc.constantFrom(...'aé1 ,;\t"\n’') })
    .filter(text => text.trim() === text && !text.startsWith('#') && text !== '')
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(rows, fc.constantFrom(';', ',', '\t'), (cells, separator) => {
      const quote = (text: string) => (/["\n;,\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
      const content = [['x', 'y'], ...cells].map(row => row.map(quote).join(separator)).join('\n')
      expect(table(content).records.map(record => record.cells)).toEqual(cells)
    }),
  )
})

const LIMITS = { bytes: 1_000, rows: 3, columns: 4, lineCharacters: 40, recordCharacters: 60 }
const BODIES: Record<string, string> = {
  'a comment': '# x;1\n',
  'a comment after spaces': '  # x;1\n',
  'a sharp later': 'a # x;1\n',
  'a sharp alone': '#;1\n',
  'a spreadsheet error': '#REF!;1\n',
  'errors of a spreadsheet': '#N/A;1\n#DIV/0!;1\n#NOM?;1\n',
  'what resembles an error': '#REF;1\n#ref!;1\n#é!;1\n',
  'one cell': 'a\n',
  'two cells': 'a;1\n',
  'three cells': 'a;1;2\n',
  'no cell': ' ; \n\n',
  'three rows': 'a;1\nb;2\nc;3\n',
  'four rows': 'a;1\nb;2\nc;3\nd;4\n',
  'forty characters': `${'x'.repeat(38)};1\n`,
  'forty-one characters': `${'x'.repeat(39)};1\n`,
  'a NUL and a ragged row': 'a\0;1\nb\n',
  'a lost accent and a ragged row': 'a\ufffd;1\nb\n',
  'a cell over two lines, the second damaged': '"a\nb\u200b";1\nc\n',
  'a cell over two lines': '"a\nb";1\n',
}
const HEADERS: Record<string, string> = {
  'no separator': 'abc',
  'more commas than semicolons': 'a;b,c,d',
  'as many of each': 'a;b,c',
  'as many tabulations and commas': 'a\tb,c',
  'separators between quotes': '"a,b,c";d',
  'quotes of one letter': '"a";",";"b";",,,"',
  spaces: ' a ; b ',
  'four columns': 'a;b;c;d',
  'five columns': 'a;b;c;d;e',
  'a NUL': 'a;\0',
  'a lost accent': 'a;\ufffd',
  'a quote never closed': '"a;b',
}
const tableWords = (text: string) => {
  const { log, header, records } = taken(text, LIMITS)
  const rows = records.map(record => [record.line, ...record.cells])
  return { faults: log.report().faults.map(faultWords), header, rows }
}

test.each(Object.entries(BODIES))('a body with %s', (_, body) => {
  expect(tableWords(`h;i\n${body}`)).toMatchSnapshot()
})

test.each(Object.entries(HEADERS))('a header with %s', (_, header) => {
  expect(tableWords(`${header}\n1;2\n`)).toMatchSnapshot()
})
