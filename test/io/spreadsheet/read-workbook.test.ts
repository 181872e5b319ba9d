import * as XLSX from '@e965/xlsx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readWorkbook } from '../../../src/io/spreadsheet/read-workbook.ts'
import { hostileWorkbooks, ods, repeatedCell } from './hostile-workbooks.ts'

function written(
  rows: unknown[][],
  bookType: XLSX.BookType,
  change: (sheet: XLSX.WorkSheet) => void = () => undefined,
) {
  const sheet = XLSX.utils.aoa_to_sheet(rows)
  change(sheet)
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, 'Feuille 1')
  return new Uint8Array(XLSX.write(book, { bookType, type: 'buffer' }) as Buffer)
}

async function sheetsOf(bytes: Uint8Array) {
  const answer = await readWorkbook(bytes)
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.sheets
}

test.each(['xlsx', 'biff8', 'ods', 'xlsb', 'xlml'] as const)(
  'a cell of %s is the text that its reader sees: dates, months, per cents, codes',
  async bookType => {
    const bytes = written([['mois', 'jour', 'taux', 'code', 'nombre', 'oui']], bookType, sheet => {
      sheet['A2'] = { t: 'n', v: 44621, z: 'mmm-yy' }
      sheet['B2'] = { t: 'n', v: 44634, z: 'dd/mm/yyyy' }
      sheet['C2'] = { t: 'n', v: 0.778, z: '0.0%' }
      sheet['D2'] = { t: 'n', v: 1004, z: '00000' }
      sheet['E2'] = { t: 'n', v: 0.1 + 0.2, z: 'General' }
      sheet['F2'] = { t: 'b', v: true }
      sheet['!ref'] = 'A1:F2'
    })
    const [sheet] = await sheetsOf(bytes)
    expect(sheet).toMatchObject({ name: 'Feuille 1', hiddenRows: [], merges: 0 })
    const code = bookType === 'ods' ? expect.stringMatching(/^0?1004$/) : '01004'
    expect(sheet!.rows[1]!.cells).toEqual(['2022-03', '2022-03-14', '77.8 %', code, '0.3', 'oui'])
  },
)

test('cells of an OpenDocument that bear a value and no text are no empty ones', async () => {
  const cell = (attributes: string, end = '/>') => `<table:table-cell ${attributes}${end}`
  const cells = [
    cell('office:value-type="date" office:date-value="2022-03-01"'),
    cell('office:value="3" office:value-type="float"'),
    cell('office:value-type="float" office:value="4"', '></table:table-cell>'),
    cell("office:value-type='float' office:value='5' table:number-columns-repeated='2'"),
    cell('office:value-type="string" office:string-value="16015"'),
    cell('office:value-type="boolean" office:boolean-value="true"'),
    cell('table:formula="of:=1+2"'),
  ]
  const namespaces = ['office', 'table', 'text'].map(
    name => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  const content = `<office:document-content ${namespaces.join(' ')}><office:body><office:spreadsheet><table:table table:name="F"><table:table-row>${cells.join('')}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`
  const bytes = zipSync({
    mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
    'META-INF/manifest.xml': strToU8(
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
    ),
    'content.xml': strToU8(content),
  })
  const [sheet] = await sheetsOf(bytes)
  expect(sheet!.rows[0]!.cells).toEqual(['2022-03-01', '3', '4', '5', '5', '16015', 'oui', '=1+2'])
})

test('merged cells hold their text each, hidden rows are told, formulas without a result and in a circle are kept as such', async () => {
  const bytes = written(
    [
      ['CNI', null, 'Passeport'],
      ['a', 'b', 'c'],
      [1, 2, 3],
    ],
    'xlsx',
    sheet => {
      sheet['!merges'] = [XLSX.utils.decode_range('A1:B1')]
      sheet['!rows'] = [{}, {}, { hidden: true }]
      sheet['A4'] = { t: 'n', v: 3, f: 'A3+2' }
      sheet['B4'] = { t: 'n', v: 0, f: 'C4' }
      sheet['C4'] = { t: 'n', v: 0, f: 'SUM(B3:B4)' }
      sheet['!ref'] = 'A1:C4'
    },
  )
  const [sheet] = await sheetsOf(bytes)
  expect(sheet!.rows.map(({ cells }) => cells)).toEqual([
    ['CNI', 'CNI', 'Passeport'],
    ['a', 'b', 'c'],
    ['1', '2', '3'],
    ['3', '=C4', '=SUM(B3:B4)'],
  ])
  expect(sheet).toMatchObject({ hiddenRows: [3], merges: 1 })
})

test('hidden rows are told of the sheet that has them, however long it is', async () => {
  const book = XLSX.utils.book_new()
  for (const name of ['A & B', 'C']) {
    const sheet = XLSX.utils.aoa_to_sheet(Array.from({ length: 1_100 }, () => Array<number>(100).fill(1)))
    if (name === 'C') sheet['!rows'] = [{}, { hidden: true }, {}, { hidden: true }]
    XLSX.utils.book_append_sheet(book, sheet, name)
  }
  const sheets = await sheetsOf(
    new Uint8Array(XLSX.write(book, { bookType: 'xlsx', type: 'buffer' }) as Buffer),
  )
  expect(sheets.map(({ name, hiddenRows }) => [name, hiddenRows])).toEqual([
    ['A & B', []],
    ['C', [2, 4]],
  ])
})

test('a formula that no program has computed yet is no empty cell', async () => {
  const parts = unzipSync(
    written([[1, 2]], 'xlsx', sheet => {
      sheet['B1'] = { t: 'n', v: 2, f: 'A1*2' }
    }),
  )
  const name = 'xl/worksheets/sheet1.xml'
  parts[name] = strToU8(strFromU8(parts[name]!).replace('<v>2</v>', ''))
  const [sheet] = await sheetsOf(zipSync(parts))
  expect(sheet!.rows[0]!.cells).toEqual(['1', '=A1*2'])
})

test('a page of tables under the name of a workbook is read as it is written', async () => {
  const page = new TextEncoder().encode(
    '<html><body><table><tr><td>mois</td><td>demandes</td></tr><tr><td>mars-22</td><td>1&nbsp;201</td></tr></table></body></html>',
  )
  const [sheet] = await sheetsOf(page)
  expect(sheet!.rows[1]!.cells.map(cell => cell.replace(/\s/g, ' '))).toEqual(['mars-22', '1 201'])
})

test('cells that spans fill and sheets that nobody names are counted before they are read', async () => {
  const page = `<table>${'<tr><td colspan=900>mot</td></tr>'.repeat(1_200)}</table>`
  expect(await readWorkbook(strToU8(page))).toEqual({ fault: 'cells' })
  const rows = Array.from({ length: 2_000 }, () => ['mot'])
  const merged = written(rows, 'xlsx', sheet => {
    sheet['!merges'] = [0, 1_000].map(r => ({ s: { r, c: 0 }, e: { r: r + 999, c: 999 } }))
  })
  expect(await readWorkbook(merged)).toEqual({ fault: 'cells' })
  const parts = unzipSync(written(rows, 'xlsx'))
  for (let i = 2; i <= 201; i++) parts[`xl/worksheets/sheet${i}.xml`] = parts['xl/worksheets/sheet1.xml']!
  expect(await readWorkbook(zipSync(parts))).toEqual({ fault: 'sheets' })
})

test('a reading called off leaves at once', async () => {
  const controller = new AbortController()
  const reading = readWorkbook(written([['a']], 'xlsx'), controller.signal)
  controller.abort(new Error('gone'))
  await expect(reading).rejects.toThrow('gone')
})

/** All of them take ten minutes on two shared cores: `HOSTILE=all` reads the two hundred. */
const STEP = process.env['HOSTILE'] === 'all' ? 1 : 25

test('two hundred hostile workbooks are refused, one by one, in bounded time', {
  timeout: 1_800_000,
}, async () => {
  const read: string[] = []
  let count = 0
  for (const { name, bytes } of hostileWorkbooks()) {
    count += 1
    if (count % STEP !== 0) continue
    const answer = await readWorkbook(bytes())
    const harmless = !('fault' in answer) && answer.sheets.every(({ rows }) => rows.length === 0)
    if (!('fault' in answer) && !harmless) read.push(name)
  }
  expect(read).toEqual([])
  expect(count).toBe(200)
})

test.each([
  ['a web page', '<table>', '<tr><td>1</td></tr>'],
  ['SYLK', 'ID;PWXL;N;E\n', 'C;Y1;X1;K1\n'],
  ['DIF', 'TABLE\n0,1\n', '-1,0\nBOT\n'],
])('%s above three megabytes is refused before it is read', async (_, head, unit) =>
  expect(await readWorkbook(strToU8(head + unit.repeat(3_100_000 / unit.length)))).toEqual({
    fault: 'plain',
  }),
)

test('an OpenDocument of more than half a million cells is refused before it is read', async () => {
  const rows = `<table:table-row table:number-rows-repeated="600">${repeatedCell(900)}</table:table-row>`
  expect(await readWorkbook(ods(rows))).toEqual({ fault: 'open-cells' })
})
