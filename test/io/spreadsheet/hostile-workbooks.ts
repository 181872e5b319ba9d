import * as XLSX from '@e965/xlsx'
import { strToU8, zipSync } from 'fflate'

/** A workbook made to harm, under what it does. */
export interface HostileWorkbook {
  name: string
  bytes: () => Uint8Array
}

const CONTENT_TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
const RELS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const BOOK = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>`
const BOOK_RELS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`

function xlsx(sheet: Uint8Array, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8(CONTENT_TYPES),
    '_rels/.rels': strToU8(RELS),
    'xl/workbook.xml': strToU8(BOOK),
    'xl/_rels/workbook.xml.rels': strToU8(BOOK_RELS),
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  })
}

function sheetOf(rows: string): Uint8Array {
  return strToU8(
    `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
  )
}

/** An OpenDocument of one sheet. */
export function ods(rows: string, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': strToU8(
      `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="F">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    ),
    ...more,
  })
}

const CELL =
  '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
/** A number that stands in some columns. */
export const repeatedCell = (times: number) =>
  `<table:table-cell table:number-columns-repeated="${times}" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>`
const range = (count: number) => Array.from({ length: count }, (_, i) => i)

function honest(bookType: 'xlsx' | 'biff8' | 'ods' | 'xlsb'): Uint8Array {
  const book = XLSX.utils.book_new()
  const rows = range(400).map(i => [`2022-0${1 + (i % 9)}`, 16015, 'CNI', i * 7])
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([['mois', 'commune', 'titre', 'demandes'], ...rows]),
    'F',
  )
  return new Uint8Array(XLSX.write(book, { bookType, type: 'buffer', compression: true }) as Buffer)
}

/** Two hundred workbooks made to harm: bombs, sheets without end, links, macros, passwords, files cut short. */
export function* hostileWorkbooks(): Generator<HostileWorkbook> {
  for (const i of range(20)) {
    const megabytes = 90 + 10 * i
    const part = () => new Uint8Array(megabytes * 1_000_000).fill(i % 2 ? 0x20 : 0x41)
    const where = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', 'xl/theme.xml'][
      i % 4
    ]!
    yield { name: `${where} of ${megabytes} MB`, bytes: () => xlsx(sheetOf(''), { [where]: part() }) }
  }
  for (const i of range(20)) {
    const rows = 2_000 * (i + 1)
    yield {
      name: `an OpenDocument whose ${rows} rows are each repeated over a thousand cells`,
      bytes: () =>
        ods(`<table:table-row table:number-rows-repeated="${rows}">${repeatedCell(900)}</table:table-row>`),
    }
  }
  for (const i of range(20)) {
    const columns = 1_001 + i * 60_000
    yield {
      name: `an OpenDocument of ${columns} columns`,
      bytes: () => ods(`<table:table-row>${i % 2 ? CELL : ''}${repeatedCell(columns)}</table:table-row>`),
    }
  }
  for (const i of range(20)) {
    const column = ['ALM', 'XFD', 'ZZZ', 'BDWGO', 'AAAAAAA'][i % 5]!
    yield {
      name: `a cell in column ${column}, row ${i + 1}`,
      bytes: () =>
        xlsx(
          sheetOf(
            `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c><c r="${column}${i + 1}"><v>1</v></c></row>`,
          ),
        ),
    }
  }
  for (const i of range(10)) {
    const cells = 1_000_001 + i * 50_000
    yield {
      name: `${cells} cells`,
      bytes: () =>
        xlsx(sheetOf(`<row r="1">${(i % 2 ? '<c><v>1</v></c>' : '<c r="A1"/>').repeat(cells)}</row>`)),
    }
  }
  for (const i of range(20)) {
    const part = i % 2 ? 'xl/externalLinks/externalLink1.xml' : `xl/externalLinks/externalLink${i}.xml`
    yield {
      name: `a link to another workbook, ${i}`,
      bytes: () => xlsx(sheetOf(''), { [part]: strToU8('<externalLink/>') }),
    }
  }
  for (const i of range(20)) {
    const part = ['xl/vbaProject.bin', 'xl/macrosheets/sheet1.xml', 'Basic/Standard/Module1.xml'][i % 3]!
    const bytes = part.startsWith('Basic')
      ? ods('', { [part]: strToU8('<x/>') })
      : xlsx(sheetOf(''), { [part]: strToU8(`Sub Auto_Open${i}()`) })
    yield { name: `macros, ${i}`, bytes: () => bytes }
  }
  for (const type of ['xlsx', 'ods', 'xlsb'] as const) {
    const whole = honest(type)
    for (const i of range(15))
      yield {
        name: `${type} cut at ${i + 1}/16`,
        bytes: () => whole.slice(0, Math.floor((whole.length * (i + 1)) / 16)),
      }
  }
  const xls = honest('biff8')
  for (const i of range(15)) {
    // The chains of sectors of an XLS are turned upon themselves.
    const bytes = xls.slice()
    for (let at = 512; at < Math.min(bytes.length, 1_024); at += 4) {
      bytes[at] = i % 4
      bytes[at + 1] = bytes[at + 2] = bytes[at + 3] = 0
    }
    bytes[0x30] = i
    yield { name: `an XLS whose sectors follow each other in a circle, ${i}`, bytes: () => bytes }
  }
  for (const i of range(7)) {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1_000)}">${range(10 + i)
      .map(n => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`)
      .join('')}]><table><tr><td>&a9;</td></tr></table>`
    yield {
      name: `a page of ${10 + i} entities that call each other`,
      bytes: () => strToU8(`<html>${bomb}</html>`),
    }
  }
  const pages = {
    'a page of 201 tables': '<table><tr><td>1</td></tr></table>'.repeat(201),
    'cells that say they span a million columns':
      '<table><tr><td colspan="1000000">mois</td></tr></table>'.repeat(50),
    'a page of a million cells': `<table>${'<tr><td><td><td><td></tr>'.repeat(250_001)}</table>`,
  }
  for (const [name, page] of Object.entries(pages))
    yield { name, bytes: () => strToU8(`<html>${page}</html>`) }
}
