import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FaultReport } from '../../src/imports/fault-log.ts'
import { LIMITS, type Limits } from '../../src/imports/limits.ts'
import { LongFile } from '../../src/imports/long-file.ts'
import { isRefused, readFile } from '../../src/imports/read-file.ts'
import { knownCommunes, TODAY, utf8 } from './reading.ts'

const SHORT: Limits = { ...LIMITS, lineCharacters: 80, recordCharacters: 200, rows: 150, columns: 8 }
const NOT_YET_KNOWN = ['duplicate-row', 'contradiction']

/** Reads a text cut in pieces, as a long file comes. */
function inPieces(text: string, sizes: readonly number[]) {
  const rows: unknown[] = []
  const file = new LongFile({ today: TODAY, knownCommunes, limits: SHORT }, row => rows.push(row))
  let at = 0
  for (let i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length]!
    file.read(text.slice(at, at + size))
    at += size
  }
  const end = file.end()
  return 'faults' in end ? end : { kind: end.kind, frontMatter: end.frontMatter, rows }
}

/** What `readFile` says, without the faults of repeated rows, which a long file leaves to its caller. */
function whole(text: string) {
  const read = readFile(utf8(text), { today: TODAY, knownCommunes, limits: SHORT })
  if (!isRefused(read)) return read
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
const hostileRow = fc.array(cell, { minLength: 0, maxLength: 6 }).map(cells => cells.join(';'))
const long = fc.constantFrom('x'.repeat(81), '\0;a', '"'.repeat(7))
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
    header: fc.constantFrom(
      HEADER,
      HEADER,
      HEADER,
      `${HEADER};`,
      `${HEADER};x`,
      '"mois";commune;titre;demandes',
      'mois',
    ),
    rows: fc.array(
      fc.oneof(
        { weight: 30, arbitrary: soundRow },
        { weight: 4, arbitrary: hostileRow },
        { weight: 1, arbitrary: long },
      ),
      { maxLength: 400 },
    ),
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
      { numRuns: 300 },
    )
  })

  test('of another kind than figures is refused', () => {
    const text = `# type : events\nlieu;jour;nature;libellé\n16;2022-01-01;autre;Fait\n`
    expect(inPieces(text, [10])).toMatchObject({ byCode: { 'file-too-large': 1 }, total: 1 })
  })
})
