import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isPrinted, PrintingFault, printPaper } from '../../../src/io/pdf/print-paper.ts'
import type { Paper, PaperBlock } from '../../../src/pure/pages/paper.tsx'

const folder = mkdtempSync(join(tmpdir(), 'vigie-print-'))
afterAll(() => rmSync(folder, { recursive: true }))

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" font-family="Arial, sans-serif"><path d="M0,0L100,20" stroke="#000"/><text x="2" y="12">Courbe</text></svg>'
const FIGURE: PaperBlock = {
  kind: 'figure',
  figure: {
    id: 'courbe',
    title: 'Une courbe monte',
    subtitle: 'Demandes par trimestre.',
    alternative: 'La courbe monte de 0 à 20.',
    wide: SVG,
    narrow: SVG,
    source: 'essai',
  },
}
const paperOf = (title: string, blocks: PaperBlock[], pages?: number): Paper => ({
  title,
  subtitle: title,
  asOf: '2026-11-24',
  footer: title,
  blocks: [{ kind: 'heading', level: 2, text: title }, ...blocks],
  ...(pages === undefined ? {} : { pages }),
})
const tableOf = (words: string): PaperBlock => ({
  kind: 'table',
  table: {
    id: 't',
    caption: words,
    columns: [{ label: 'Mesure' }, { label: words, numeric: true }],
    rows: [[words, '1']],
  },
})

const HOSTILE = [
  '=HYPERLINK("http://exemple.fr";"x")',
  '#panic("code") $x$ *gras* _i_ `c` \\u{41} // <b>&amp;</b>',
  'avant \u202e retourné \u2066 après',
  'NUL \u0000 cloche \u0007 tabulation \t ligne\r\nfin',
  'É'.repeat(300),
  'e\u0301 décomposé, ŒUVRE, Ÿ, n°, 1 234',
]

describe('hostile words', () => {
  test.each(HOSTILE)('%j is printed as text', async words => {
    const { warnings, unknownCharacters, pages } = await printPaper(
      paperOf(words, [
        { kind: 'text', text: words },
        { kind: 'list', items: [{ title: words, text: words }] },
        { kind: 'absence', title: words, reason: words },
        tableOf(words),
      ]),
    )
    expect({ warnings, unknownCharacters, pages }).toEqual({ warnings: [], unknownCharacters: [], pages: 1 })
  })

  test('a character that the font lacks is told, and drawn as a mark', async () => {
    const { warnings, unknownCharacters } = await printPaper(paperOf('Ville 😀 日本', [tableOf('שלום')]))
    expect(warnings).toEqual([])
    expect(unknownCharacters).toEqual(expect.arrayContaining(['😀', '日', '本', 'ש']))
  })
})

test('the gate of PDF/UA-1 refuses a drawing without words and a level of heading that is skipped', async () => {
  const mute = { kind: 'figure', figure: { ...FIGURE.figure, alternative: '' } } as PaperBlock
  const blocks: PaperBlock[] = [{ kind: 'heading', level: 3, text: 'trop bas' }]
  await expect(printPaper({ ...paperOf('t', []), blocks })).rejects.toThrow(PrintingFault)
  await expect(printPaper(paperOf('t', [mute]))).rejects.toThrow(PrintingFault)
  await expect(printPaper(paperOf('', []))).rejects.toThrow(PrintingFault)
  // The process goes on after a refusal.
  expect((await printPaper(paperOf('t', [FIGURE]))).pages).toBe(1)
})

test('a print says what it was made from: another word, or another day, is another document', async () => {
  const paper = paperOf('Cognac', [FIGURE, tableOf('Attente')])
  const { pdf } = await printPaper(paper)
  expect(isPrinted(pdf, paper)).toBe(true)
  expect(isPrinted(pdf, { ...paper, asOf: '2026-11-25' })).toBe(false)
  expect(isPrinted(pdf, { ...paper, footer: 'autre' })).toBe(false)
  expect(isPrinted(pdf.subarray(0, pdf.length / 2), paper)).toBe(false)
})

test('of many documents printed at once, each is itself, and one refused spoils no other', async () => {
  const papers = Array.from({ length: 12 }, (_, i) => paperOf(i === 5 ? '' : `Mairie ${i}`, [FIGURE]))
  const printed = await Promise.allSettled(papers.map(printPaper))
  expect(printed.map(one => one.status === 'fulfilled')).toEqual(papers.map((_, i) => i !== 5))
  for (const [i, one] of printed.entries())
    if (one.status === 'fulfilled') expect(isPrinted(one.value.pdf, papers[i]!)).toBe(true)
})

test('a document is printed smaller rather than longer', async () => {
  const text = Array.from({ length: 78 }, (): PaperBlock => ({ kind: 'text', text: 'Une ligne de plus.' }))
  expect((await printPaper(paperOf('Long', text))).pages).toBe(2)
  expect((await printPaper(paperOf('Long', text, 1))).pages).toBe(1)
})

test.skipIf(spawnSync('pdfinfo', ['-v']).error !== undefined)(
  'readers of screens find headings, tables with headers, and words for drawings',
  async () => {
    const { pdf } = await printPaper(paperOf('Titre', [FIGURE, tableOf('Colonne')]))
    const path = join(folder, 'tags.pdf')
    writeFileSync(path, pdf)
    const tags = execFileSync('pdfinfo', ['-struct-text', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    for (const tag of ['H1', 'H2', 'Figure', 'Caption', 'Table', 'THead', 'TH', 'TD'])
      expect(tags).toMatch(new RegExp(`^ *${tag}\\b`, 'm'))
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toMatch(/Tagged: +yes/)
  },
)
