import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { communesByName } from '../../src/imports/cells/commune-name.ts'
import { figureFile } from '../../src/imports/csv-file.ts'
import type { FaultReport } from '../../src/imports/fault-log.ts'
import type { FileSetting } from '../../src/imports/file-setting.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import { LIMITS, type Limits, LONG_LIMITS } from '../../src/imports/limits.ts'
import { readFile } from '../../src/imports/read-file.ts'
import { knownCommunes, TODAY, utf8 } from './reading.ts'

// Lines so short that most files come in several pieces, as the head alone is waited for as a whole.
const SHORT: Limits = { ...LIMITS, lineCharacters: 40, recordCharacters: 100, rows: 300, columns: 8 }
const SETTING: FileSetting = { today: TODAY, knownCommunes, limits: SHORT }
const NOT_YET_KNOWN = ['duplicate-row', 'contradiction']

/** Reads a text cut in pieces, as a long file comes. */
function inPieces(text: string, sizes: readonly number[], changes: Partial<FileSetting> = {}) {
  const rows: unknown[] = []
  const file = figureFile({ ...SETTING, ...changes }, row => rows.push(row))
  let at = 0
  for (let i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length]!
    file.read(text.slice(at, at + size))
    at += size
  }
  const end = file.end()
  return 'faults' in end ? end : { kind: end.kind, frontMatter: end.frontMatter, rows, remarks: end.remarks }
}

/** What `readFile` says, without the faults of repeated rows, which a long file leaves to its caller. */
function whole(text: string, changes: Partial<FileSetting> = {}) {
  const read = readFile(utf8(text), { ...SETTING, ...changes })
  if (!isRefused(read)) {
    const { about, ...rest } = read
    return rest
  }
  const faults = read.faults.filter(fault => !NOT_YET_KNOWN.includes(fault.code))
  const byCode = Object.fromEntries(
    Object.entries(read.byCode).filter(([code]) => !NOT_YET_KNOWN.includes(code)),
  )
  return { faults, total: Object.values(byCode).reduce((sum, count) => sum + count, 0), byCode }
}

const onlyRepeated = (result: unknown) => (result as FaultReport).total === 0

const HEADER = 'mois;commune;titre;demandes'
const cell = fc.constantFrom(
  '2022-03',
  'mars 2022',
  '2021-12',
  '2031-01',
  '16015',
  '16102',
  '16001',
  '1015',
  'CNI',
  'passeport',
  'carte d’identité',
  'cnii',
  '12',
  '1 234',
  '12,5',
  '=1+1',
  'n.d.',
  '',
  ' ',
  '"',
  '"a""b"',
  '"12"',
  '"a;b"',
  '"2022-03\nx"',
  'Ã©',
  'é',
  '\u200b',
  '#',
  '# note',
)
const soundRow = fc
  .tuple(
    fc.constantFrom('2022-03', '2021-12', 'T1 2022'),
    fc.constantFrom('16015', '16102'),
    fc.constantFrom('cni', '"CNI"', 'passeport'),
    fc.nat(400),
  )
  .map(cells => cells.join(';'))
const hostileRow = fc.oneof(
  { weight: 8, arbitrary: fc.array(cell, { maxLength: 6 }).map(cells => cells.join(';')) },
  { weight: 2, arbitrary: fc.constantFrom(';;;', '"";;;', '"'.repeat(7)) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(41), '\0;a') },
)
const file = fc
  .record({
    head: fc.array(
      fc.constantFrom(
        '# source : A',
        '# publié le : 2022-04-01',
        '# publié le : 2031-01-01',
        '# type : applications',
        '# type : issuance-delays',
        '',
        'sep=;',
      ),
      { maxLength: 3 },
    ),
    header: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(HEADER, `${HEADER};`, '"mois";commune;titre;demandes') },
      { weight: 1, arbitrary: fc.constantFrom(`${HEADER};x`, 'mois', 'mo"is;commune', `\u200b${HEADER}`) },
    ),
    // Few hostile rows among many sound ones: most of them would stop the reading before anything else happens.
    rows: fc
      .tuple(
        fc.array(soundRow, { maxLength: 400, size: 'max' }),
        fc.array(fc.tuple(fc.nat(400), hostileRow), { maxLength: 4 }),
      )
      .map(([sound, hostile]) => hostile.reduce((rows, [at, row]) => rows.toSpliced(at, 0, row), sound)),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.boolean(),
  })
  .map(({ head, header, rows, newline, last }) =>
    [...head, header, ...rows]
      .join('\n')
      .replaceAll('\n', newline)
      .concat(last ? newline : ''),
  )

describe('a long file', () => {
  test('is read as a short one, however it is cut: the same rows, or the same faults in the same order', () => {
    fc.assert(
      fc.property(
        file,
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 5 }),
        (text, sizes) => {
          const expected = whole(text)
          const got = inPieces(text, sizes)
          if (onlyRepeated(expected)) expect(got).toHaveProperty('rows')
          else expect(got).toEqual(expected)
        },
      ),
      // Files so large take minutes to shrink: the seed of the report finds the case again.
      { numRuns: 300, endOnFailure: true },
    )
  })

  const head = (lines: number) => '# note : x\n'.repeat(lines)
  const sound = (rows: number) =>
    Array.from({ length: rows }, (_, i) => `2022-03;${i % 2 ? '16015' : '16102'};cni;${i}`)
  const many = [HEADER, ...sound(250)].join('\n')

  test.each([
    ['nothing', '', ['1 empty-file']],
    ['blank lines', ' \n\t\n', ['1 empty-file']],
    ['a web page', '<!doctype html>\n<p>Erreur</p>', ['1 markup-file']],
    ['JSON, behind a damaged character', '{"a": "\u200b"}', ['1 json-file']],
    ['metadata alone', '# source : A\n# note : b', ['2 no-rows']],
    ['a header alone, behind metadata', `# source : A\n${HEADER}\n;;;\n`, ['2 no-rows']],
    ['a damaged header', `\u200b${many}`, ['1 control-character']],
    ['a damaged line of metadata', `# source : \u200b\n${many}`, ['1 control-character']],
    ['a quote inside the header', `mo"i"s;a\n${many}`, ['1 stray-quote']],
    ['a header whose quote is never closed', '"mois;commune', ['1 unclosed-quote']],
    ['nine columns', `${HEADER};e;f;g;h;i\n${sound(250).join('\n')}`, ['1 too-many-columns']],
    ['one row too many', [HEADER, ...sound(301)].join('\n'), ['302 too-many-rows']],
    [
      'a NUL after sound rows, then another fault',
      `${many}\n\0\n2022-13;16015;cni;1`,
      ['252 control-character'],
    ],
    [
      'a damaged line inside a cell of two lines',
      `${many}\n2022-13;16015;"\n\u200b";1\n2022-14;16015;cni;1`,
      ['253 control-character', '254 invalid-period'],
    ],
    [
      'a name missing above cells, far down',
      `${HEADER};;\n${sound(250).join(';;\n')};;\n2022-03;16015;cni;1;;x\n2022-03;16015;cni;1;y;`,
      ['1 unnamed-column', '1 unnamed-column'],
    ],
    ['metadata that does not end', `${head(101)}${many}`, ['101 front-matter-too-long']],
  ])('of %s is refused as a short one is', (_, text, expected) => {
    for (const sizes of [[1_000_000], [700, 1, 4_100]]) {
      const refused = inPieces(text, sizes)
      expect('faults' in refused && refused.faults.map(({ line, code }) => `${line} ${code}`)).toEqual(
        expected,
      )
      // Records of JSON are read whole, never in pieces.
      if (!text.startsWith('{')) expect(refused).toEqual(whole(text))
    }
  })

  test.each(['\n', '\r\n'])(
    'gives rows as soon as its head is read, each on its line, with ends %j',
    newline => {
      const text = [HEADER, '', ...sound(250), '"2022-01";"16\n015";cni;4']
        .join('\n')
        .replaceAll('\n', newline)
      const rows: { line: number }[] = []
      const file = figureFile(SETTING, row => rows.push(row))
      file.read(text.slice(0, 4_079))
      expect([file.rows, rows.length]).toEqual([0, 0])
      file.read(text.slice(4_079, 4_080))
      expect(file.rows).toBeGreaterThan(140)
      expect(file.rows).toBe(rows.length)
      file.read(text.slice(4_080))
      expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 250 }, (_, i) => i + 3))
      expect(file.end()).toMatchObject({ faults: [{ line: 253, code: 'invalid-insee' }], total: 1 })
    },
  )

  test('that ends its lines with a carriage return alone is read before it is whole', () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => `2022-03;16015;cni;${i}`)
    const text = [HEADER, ...rows, '2022-13;16015;cni;1'].join('\r')
    let kept = 0
    const file = figureFile({ ...SETTING, limits: LONG_LIMITS }, () => kept++)
    file.read(text.slice(0, 2_100_000))
    expect(kept).toBeGreaterThan(80_000)
    file.read(text.slice(2_100_000))
    expect(file.end()).toMatchObject({ faults: [{ line: 120_002, code: 'invalid-period' }], total: 1 })
    expect(kept).toBe(120_000)
  })

  test('without end of line is given up after eight million characters, not held to its end', () => {
    const file = figureFile({ ...SETTING, limits: LONG_LIMITS }, () => undefined)
    for (let piece = 0; piece < 8; piece++) file.read('x'.repeat(1_000_000))
    expect(file.faults).toBe(0)
    file.read('x')
    expect(file.faults).toBeGreaterThan(0)
    file.read(`x\n${many}`)
    expect(file.end()).toMatchObject({ faults: [{ line: 1, code: 'line-too-long' }], total: 1 })
  })

  test('may have more rows than a short one', () => {
    const text = [HEADER, ...sound(200_001)].join('\n')
    expect(isRefused(readFile(utf8(text), { today: TODAY, knownCommunes }))).toBe(true)
    expect(inPieces(text, [100_000], { limits: undefined })).toMatchObject({ kind: 'applications' })
  })

  test('holds the places that its sender answers for, and takes the default place, as a short one', () => {
    const answersFor = (code: string) => code === '16015'
    const text = `${HEADER}\n2022-03;16015;cni;1\n2022-03;16102;cni;1\n`
    expect(inPieces(text, [20], { answersFor })).toEqual(whole(text, { answersFor }))
    expect(inPieces(text, [20], { answersFor })).toMatchObject({
      faults: [{ line: 3, code: 'foreign-place' }],
    })
    const alone = 'période;titre;jours\nT1 2021;cni;13\n'
    expect(inPieces(alone, [20])).toEqual(whole(alone))
    expect(inPieces(alone, [20], { defaultPlace: '16' })).toMatchObject({ rows: [{ place: '16', line: 2 }] })
  })

  test('of another kind than figures is refused', () => {
    const text = `# type : events\nlieu;jour;nature;libellé\n16;2022-01-01;autre;Fait\n`
    expect(inPieces(text, [10])).toMatchObject({ byCode: { 'file-too-large': 1 }, total: 1 })
  })
})

test('a damaged line inside a cell that the next piece closes is told once, and its row is not taken', () => {
  const rows = Array.from({ length: 250 }, (_, i) => `20${10 + (i % 12)}-01;16015;CNI;${i};`)
  const before = `# type : applications\n${HEADER};origine\n${rows.join('\n')}\n2022-01;16102;CNI;1;"a\nb\u200b\n`
  const text = `${before}c"\n2022-02;16102;CNI;2;\n`
  const cut = inPieces(text, [before.length])
  expect(cut).toEqual(whole(text))
  expect(cut).toMatchObject({ total: 1, faults: [{ line: 254, code: 'control-character' }] })
})

test.each([
  ['a thousand columns', Array.from({ length: 1_000 }, (_, i) => `colonne ${i}`), '12'],
  ['cells as long as lines may be', ['mois', 'a'], 'nombre de '.repeat(950)],
])('what a table of %s is comes out in seconds of processor', (_, header, cell) => {
  const row = header.map(() => cell).join(';')
  const communesNamed = communesByName([{ code: '16015', name: 'Angoulême', department: '16' }])
  const before = process.cpuUsage()
  const text = `${header.join(';')}\n${`${row}\n`.repeat(100)}`
  const read = readFile(utf8(text), { today: TODAY, knownCommunes, communesNamed })
  const { user, system } = process.cpuUsage(before)
  expect(isRefused(read)).toBe(true)
  expect((user + system) / 1e6).toBeLessThan(4)
})
