import { strToU8, type Zippable, zipSync } from 'fflate'
import { xmlText } from '../pure/figures/xml-text.ts'
import type { Paper, PaperBlock } from '../pure/pages/paper.tsx'

const MIME = 'application/vnd.oasis.opendocument.text'
// A fixed instant: the same document gives the same bytes. 1980 is the first year a ZIP can write.
const STAMP = new Date(1980, 0, 1)
const SPACES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
/** Width, height, points of notes, and of text at the scale 1: as printed, less on a poster, which cannot shrink as that does. */
const PAGES = { a4: ['21cm', '29.7cm', 8, 8.8], a3: ['29.7cm', '42cm', 9, 8] } as const

/** A document as an OpenDocument text (ODF 1.3) that anybody may edit: headings, lists and tables are real ones. */
export function odtFile(paper: Paper): Uint8Array {
  const files: Zippable = {
    // First and stored: that is how a file says what it is.
    mimetype: [strToU8(MIME), { level: 0, mtime: STAMP }],
    'META-INF/manifest.xml': [strToU8(MANIFEST), { mtime: STAMP }],
    'meta.xml': [strToU8(metaOf(paper)), { mtime: STAMP }],
    'styles.xml': [strToU8(stylesOf(paper)), { mtime: STAMP }],
    'content.xml': [strToU8(contentOf(paper)), { mtime: STAMP }],
  }
  return zipSync(files)
}

const MANIFEST = `${HEAD}
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MIME}"/>${['meta', 'styles', 'content'].map(name => `<manifest:file-entry manifest:full-path="${name}.xml" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`

function metaOf({ title, asOf }: Paper): string {
  return `${HEAD}
<office:document-meta ${SPACES} office:version="1.3"><office:meta><dc:title>${xmlText(title)}</dc:title><dc:language>fr-FR</dc:language><dc:date>${asOf}T00:00:00</dc:date></office:meta></office:document-meta>`
}

function stylesOf({ sheet, footer, scale = 1.25 }: Paper): string {
  const [width, height, noted, base] = PAGES[sheet ?? 'a4']
  // The number of an item is as large as its words: so is its column.
  const label = `${0.4 * scale}cm`
  const pt = (size: number) => `${Math.round((10 * size * scale * base) / 11) / 10}pt`
  const paragraph = (name: string, text: string, own = '', more = '') =>
    `<style:style style:name="${name}" style:family="paragraph"${more}><style:paragraph-properties fo:margin-bottom="0.2cm"${own}/><style:text-properties ${text}/></style:style>`
  const header = (level: number, size: number) =>
    paragraph(
      `H${level}`,
      `fo:font-size="${pt(size)}" fo:font-weight="bold"`,
      ' fo:margin-top="0.4cm" fo:keep-with-next="always"',
      ` style:default-outline-level="${level}"`,
    )
  return `${HEAD}
<office:document-styles ${SPACES} office:version="1.3"><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial, Liberation Sans, sans-serif" fo:font-size="${pt(11)}" fo:language="fr" fo:country="FR"/></style:default-style>${paragraph('P', `fo:font-size="${pt(11)}"`)}${paragraph('F', `fo:font-size="${noted}pt" fo:color="#666666"`)}${header(1, 20)}${header(2, 14)}${header(3, 12)}<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" text:min-label-width="${label}"/></text:list-level-style-bullet></text:list-style><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:space-before="0.4cm" text:min-label-width="${label}"/></text:list-level-style-number></text:list-style></office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="${width}" fo:page-height="${height}" fo:margin-left="2cm" fo:margin-right="2cm" fo:margin-top="1.4cm" fo:margin-bottom="1.4cm"/><style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer>${block('F', footer)}</style:footer></style:master-page></office:master-styles></office:document-styles>`
}

function contentOf({ title, subtitle, blocks }: Paper): string {
  return `${HEAD}
<office:document-content ${SPACES} office:version="1.3"><office:body><office:text>${titled(1, title)}${block('P', subtitle)}${blocks.map(blockOf).join('')}</office:text></office:body></office:document-content>`
}

function blockOf(one: PaperBlock): string {
  switch (one.kind) {
    case 'heading':
      return titled(one.level, one.text)
    case 'text':
      return block('P', one.text)
    case 'note':
      return block('F', one.text)
    case 'list':
    case 'key-points': {
      const [items, style, after] = one.kind === 'list' ? [one.items, 'L', ' : '] : [one.points, 'N', '. ']
      return `<text:list text:style-name="${style}">${items
        .map(
          ({ title, text }) =>
            `<text:list-item>${paragraphOf('P', bold(title, after) + xmlText(text))}</text:list-item>`,
        )
        .join('')}</text:list>`
    }
    case 'table':
      return `${block('P', one.table.caption)}<table:table table:name="${xmlText(one.table.id)}"><table:table-column table:number-columns-repeated="${one.table.columns.length}"/><table:table-header-rows>${rowOf(one.table.columns.map(({ label }) => label))}</table:table-header-rows>${one.table.rows.map(rowOf).join('')}</table:table>`
    case 'figure':
      return block('P', `${one.figure.title}. ${one.figure.alternative}`)
    case 'absence':
      return paragraphOf('P', bold(one.title, ' : ') + xmlText(one.reason))
    case 'new-page':
      return ''
  }
}

function rowOf(cells: readonly string[]): string {
  return `<table:table-row>${cells.map(cell => `<table:table-cell office:value-type="string">${block('P', cell)}</table:table-cell>`).join('')}</table:table-row>`
}

const paragraphOf = (style: string, inner: string) => `<text:p text:style-name="${style}">${inner}</text:p>`
const block = (style: string, text: string) => paragraphOf(style, xmlText(text))
const bold = (text: string, after: string) =>
  text === '' ? '' : `<text:span text:style-name="B">${xmlText(text)}</text:span>${after}`

function titled(level: number, text: string): string {
  return `<text:h text:style-name="H${level}" text:outline-level="${level}">${xmlText(text)}</text:h>`
}
