import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { odsFile } from '../../../src/io/spreadsheet/ods.ts'
import { sheetName, spreadsheetText } from '../../../src/io/spreadsheet/sheet.ts'
import { xlsxFile } from '../../../src/io/spreadsheet/xlsx.ts'
import {
  day,
  number,
  spreadsheetFile,
  type TableExport,
  text,
} from '../../../src/pure/figures/table-export.ts'
import { office } from '../../office.ts'

const HOSTILE = [
  '=HYPERLINK("http://exemple.fr";"clic")',
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  'avant\u202eretourné',
  'Ville 😀 日本',
  'É'.repeat(300),
  'NUL\u0000 cloche\u0007 hors XML\ufffe moitié\ud800',
  '<b>&amp; "guillemets" \'apostrophe\'',
  '  espaces  doubles  ',
  'ligne\nsuivante',
  '01004',
  '1e5',
  '2021-01-01',
]
const TABLE: TableExport = {
  name: 'essai',
  title: 'Essai [hostile]:*?/\\ dont le nom est trop long',
  columns: [text('texte', 'Texte', 'd'), number('nombre', 'Nombre', 'd', 2), day('jour', 'Jour', 'd')],
  rows: HOSTILE.map((words, i) => [words, i + 0.25, '2022-04-13']),
  origin: [{ label: '=1+1', text: '@SUM(A1)' }],
}

describe('words of a cell', () => {
  test('lose what XML forbids and what turns a line, and nothing else', () => {
    expect(HOSTILE.map(spreadsheetText)).toEqual([
      ...HOSTILE.slice(0, 4),
      ' =1+1',
      '\n=1+1',
      'avantretourné',
      ...HOSTILE.slice(7, 9),
      'NUL cloche hors XML moitié',
      ...HOSTILE.slice(10),
    ])
  })

  test('a sheet name is accepted everywhere and used once', () => {
    const used = new Set<string>()
    expect(sheetName('a/b:c', used)).toBe('a b c')
    expect(sheetName('A/B:C', used)).toBe('A B C 2')
    expect(sheetName("'[]'", used)).toBe('Feuille')
  })

  test('in a CSV for a spreadsheet nothing begins as a formula', () => {
    const cells = parse(spreadsheetFile(TABLE), { delimiter: ';', bom: true, from: 2 }).map(
      row => row[0] ?? '',
    )
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\0]/)
  })
})

// A stranger's machine may lack LibreOffice; ours in continuous integration may not.
const absent = process.env['CI'] === undefined && spawnSync('soffice', ['--version']).error !== undefined
describe.skipIf(absent)('read back by LibreOffice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-office-'))
  // One office reads both: it takes longer to start than to read.
  beforeAll(async () => {
    const files = { ods: odsFile([TABLE]), xlsx: await xlsxFile([TABLE]) }
    for (const [format, bytes] of Object.entries(files))
      writeFileSync(join(folder, `${format}.${format}`), bytes)
    // As stored rather than as shown, every text quoted: a number would not be.
    office(
      folder,
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false,true,false,false,1',
      '--outdir',
      folder,
      ...Object.keys(files).map(format => join(folder, `${format}.${format}`)),
    )
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(['ods', 'xlsx'])('%s: every cell as it was written, texts as texts', format => {
    // Named by its file and its sheet.
    const written = readdirSync(folder).find(name => name.startsWith(`${format}-`))!
    const csv = readFileSync(join(folder, written), 'utf8')
    const [header, ...rows] = parse(csv, { relax_column_count: true })
    expect(header).toEqual(['Texte', 'Nombre', 'Jour'])
    expect(rows.map(row => row[0])).toEqual(HOSTILE.map(spreadsheetText))
    expect(rows.map(row => Number(row[1]?.replace(',', '.')))).toEqual(HOSTILE.map((_, i) => i + 0.25))
    expect(new Set(rows.map(row => row[2])).size).toBe(1)
    expect(rows[0]?.[2]).toMatch(/^0?4\/13\/(20)?22$|^13\/0?4\/2022$/)
    for (const code of ['01004', '1e5', '2021-01-01']) expect(csv).toContain(`"${code}"`)
  })
})
