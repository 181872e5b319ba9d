import { strToU8, type Zippable, zipSync } from 'fflate'
import type { ExportCell, ExportColumn, TableExport } from '../../pure/figures/table-export.ts'
import { xmlText } from '../../pure/figures/xml-text.ts'
import { STAMP, sheetName, spreadsheetText, WIDTHS } from './sheet.ts'

const MIME = 'application/vnd.oasis.opendocument.spreadsheet'

/** Tables as an OpenDocument workbook (ODF 1.3), one sheet each, and a last one that says where they come from. */
export function odsFile(tables: readonly TableExport[]): Uint8Array {
  const used = new Set<string>()
  const sheets = [
    ...tables.map(table => sheetOf(sheetName(table.title, used), table)),
    originSheet(sheetName('Origine', used), tables),
  ]
  const files: Zippable = {
    // First and stored: that is how a file says what it is.
    mimetype: [strToU8(MIME), { level: 0, mtime: STAMP }],
    'META-INF/manifest.xml': [strToU8(MANIFEST), { mtime: STAMP }],
    'content.xml': [strToU8(contentOf(tables, sheets)), { mtime: STAMP }],
  }
  return zipSync(files)
}

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`

function contentOf(tables: readonly TableExport[], sheets: readonly string[]): string {
  const places = [...new Set(tables.flatMap(table => table.columns.map(column => placesOf(column))))].sort()
  const numbers = places.map(
    count =>
      `<number:number-style style:name="N${count}" number:language="fr" number:country="FR"><number:number number:decimal-places="${count}" number:min-decimal-places="${count}" number:min-integer-digits="1"/></number:number-style><style:style style:name="n${count}" style:family="table-cell" style:data-style-name="N${count}"/>`,
  )
  const widths = [...new Set([...Object.values(WIDTHS), 34, 110])].map(
    width =>
      `<style:style style:name="w${width}" style:family="table-column"><style:table-column-properties style:column-width="${width / 5}cm"/></style:style>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"><office:automatic-styles>${numbers.join('')}<number:date-style style:name="D" number:language="fr" number:country="FR"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="d" style:family="table-cell" style:data-style-name="D"/><style:style style:name="h" style:family="table-cell"><style:table-cell-properties fo:background-color="#e8eafb" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/></style:style>${widths.join('')}</office:automatic-styles><office:body><office:spreadsheet>${sheets.join('')}</office:spreadsheet></office:body></office:document-content>`
}

function sheetOf(name: string, { columns, rows }: TableExport): string {
  const widths = columns
    .map(column => `<table:table-column table:style-name="w${WIDTHS[column.type]}"/>`)
    .join('')
  const header = `<table:table-header-rows><table:table-row>${columns.map(column => textCell(column.label, 'h')).join('')}</table:table-row></table:table-header-rows>`
  const body = rows
    .map(
      row =>
        `<table:table-row>${columns.map((column, i) => cellOf(row[i], column)).join('')}</table:table-row>`,
    )
    .join('')
  return `<table:table table:name="${xmlText(name)}">${widths}${header}${body}</table:table>`
}

function originSheet(name: string, tables: readonly TableExport[]): string {
  const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`
  const rows = tables.flatMap(table => [
    row(textCell(table.title, 'h')),
    ...table.origin.map(({ label, text }) => row(textCell(label), textCell(text))),
    ...table.columns.map(({ label, description }) =>
      row(textCell(`Colonne « ${label} »`), textCell(description)),
    ),
  ])
  return `<table:table table:name="${xmlText(name)}"><table:table-column table:style-name="w34"/><table:table-column table:style-name="w110"/>${rows.join('')}</table:table>`
}

// A value without its text is read as an empty cell by some programs.
function cellOf(cell: ExportCell, column: ExportColumn): string {
  if (cell === undefined || cell === '' || (typeof cell === 'number' && !Number.isFinite(cell)))
    return '<table:table-cell/>'
  if (typeof cell === 'number')
    return `<table:table-cell table:style-name="n${placesOf(column)}" office:value-type="float" office:value="${cell}"><text:p>${String(cell).replace('.', ',')}</text:p></table:table-cell>`
  if (column.type === 'day')
    return `<table:table-cell table:style-name="d" office:value-type="date" office:date-value="${xmlText(cell)}"><text:p>${xmlText(cell)}</text:p></table:table-cell>`
  return textCell(cell)
}

/** A typed text: it is never a formula, whatever it begins with. */
function textCell(text: string, style?: string): string {
  const styled = style === undefined ? '' : ` table:style-name="${style}"`
  const paragraphs = spreadsheetText(text)
    .split('\n')
    .map(line => `<text:p>${spaced(xmlText(line))}</text:p>`)
  return `<table:table-cell${styled} office:value-type="string">${paragraphs.join('')}</table:table-cell>`
}

// OpenDocument folds runs of spaces, as HTML does.
function spaced(text: string): string {
  return text.replace(/^ | {2,}| $/g, spaces => `<text:s text:c="${spaces.length}"/>`)
}

function placesOf({ type, decimals }: ExportColumn): number {
  return type === 'number' ? (decimals ?? 1) : 0
}
