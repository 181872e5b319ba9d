import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/imports/csv.ts'
import { FaultLog } from '../../src/imports/fault-log.ts'
import { utf8 } from './reading.ts'

function table(bytes: Uint8Array | string) {
  const log = new FaultLog()
  const read = readTable(typeof bytes === 'string' ? utf8(bytes) : bytes, log)
  expect(log.report().faults).toEqual([])
  return read!
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
      separator,
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
    const log = new FaultLog()
    const { records } = readTable(utf8('a;b\n1;x"y\n2;"z"\n"3;4\n5;6'), log)!
    expect(log.report().faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'stray-quote'],
      [4, 'unclosed-quote'],
    ])
    expect(records.map(({ line }) => line)).toEqual([3, 5])
  })

  test('a file of broken quotes is given up', () => {
    const log = new FaultLog()
    readTable(utf8(`a;b\n${'1;x"y"\n'.repeat(1_000)}`), log)
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
