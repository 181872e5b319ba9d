import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey } from '../../src/imports/cells/name.ts'
import { csvLine } from '../../src/imports/csv.ts'
import { KIND_CODES, KINDS, type Kind } from '../../src/imports/kinds.ts'
import { EXAMPLE_DOCUMENT, template } from '../../src/imports/template.ts'
import { TITLES } from '../../src/pure/law/title.ts'
import { readSound } from './reading.ts'

const LATER = '2026-01-01'

describe.each(KIND_CODES)('the template of %s', kind => {
  test('imports without fault', () => {
    const file = readSound(template(kind), { today: LATER })
    expect(file.kind).toBe(kind)
    expect(file.rows.length).toBeGreaterThanOrEqual(2)
    expect(file.frontMatter).toMatchObject({ document: EXAMPLE_DOCUMENT, nature: 'initial' })
    expect(file.rows).toMatchSnapshot()
  })

  test('is recognised by its header alone', () => {
    const content = template(kind)
      .split('\r\n')
      .filter(line => !line.includes('#'))
      .join('\n')
    expect(readSound(content, { today: LATER }).kind).toBe(kind)
  })

  test('has names that meet no other column of its kind', () => {
    const keys = Object.values(KINDS[kind].columns).map(
      ({ name, aliases }) => new Set([name, ...aliases].map(nameKey)),
    )
    const all = keys.flatMap(known => [...known])
    expect(all.filter((key, i) => all.indexOf(key) !== i)).toEqual([])
  })

  test('has an example that its column reads', () => {
    const context = {
      today: LATER,
      knownCommunes: () => ({ state: 'current' as const }),
      defaultPlace: '16',
      suggesting: true,
    }
    for (const { example, read } of Object.values(KINDS[kind].columns)) {
      expect(read(example, context)).toHaveProperty('value')
    }
  })
})

/** Values of the cells of a kind, as people may write them, and the row that they must give. */
const place = fc.constantFrom('FR', '16', '2A', '16015', '2A004')
const title = fc.constantFrom(...TITLES)
const quarter = fc.tuple(fc.integer({ min: 1970, max: 2021 }), fc.integer({ min: 1, max: 4 }))
const tenths = fc.integer({ min: 0, max: 15_000 }).map(value => value / 10)
const text = fc.string({ unit: fc.constantFrom(...'aé ,;"=\n’') }).map(value => value.trim())

describe('rows written in the form of the template are read back', () => {
  const delay = fc.record({ place, title, quarter, days: tenths, locator: text, target: fc.option(tenths) })
  const unique = fc.uniqueArray(delay, {
    minLength: 1,
    maxLength: 12,
    selector: row => [row.place, row.title, row.quarter].join('|'),
  })

  test.each([
    [';', ','],
    [';', '.'],
    [',', '.'],
    [',', ','],
    ['\t', ','],
    ['\t', '.'],
  ])('with %j between cells and %j before decimals', (separator, decimal) => {
    const cellsOf = (value: number) => String(value).replace('.', decimal)
    fc.assert(
      fc.property(unique, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const lines = rows.map(row => [
          `T${row.quarter[1]} ${row.quarter[0]}`,
          row.title,
          row.place,
          cellsOf(row.days),
          row.target === null ? '' : cellsOf(row.target),
          row.locator,
        ])
        const quote = (cell: string) => (/[";,\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
        const content = [['période', 'titre', 'lieu', 'jours', 'cible', 'origine'], ...lines]
          .map(cells => cells.map(quote).join(separator))
          .join(end)
        const read = readSound(content, { kind: 'issuance-delays' })
        expect(read.rows.map(({ line, ...row }) => row)).toEqual(
          rows.map(row => ({
            measure: 'issuance-delay',
            period: `${row.quarter[0]}-Q${row.quarter[1]}`,
            granularity: 'quarter',
            place: row.place,
            title: row.title,
            variant: '',
            statistic: 'mean',
            unit: 'unspecified-day',
            clock: 'issued-in-period',
            value: row.days,
            status: 'observed',
            targetDays: row.target ?? undefined,
            locator: row.locator,
          })),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('for town halls', () => {
    const communes = fc.uniqueArray(fc.constantFrom('16015', '16102', '01004', '2A004', '97105'), {
      minLength: 1,
    })
    const stations = fc.option(fc.nat(200))
    fc.assert(
      fc.property(communes, stations, text, fc.boolean(), (codes, count, name, walkIn) => {
        const header = 'commune;nom;stations;sans rendez-vous;statut'
        const lines = codes.map(code =>
          csvLine([
            code,
            name,
            count === null ? 'n.d.' : String(count),
            walkIn ? 'oui' : 'non',
            'à confirmer',
          ]),
        )
        const read = readSound([header, ...lines].join('\n'), { kind: 'town-halls' })
        expect(read.rows).toEqual(
          codes.map(code =>
            expect.objectContaining({
              commune: code,
              name: name === '' ? undefined : name,
              stations: count ?? undefined,
              withoutAppointment: walkIn,
              status: 'to-confirm',
            }),
          ),
        )
      }),
    )
  })
})

test('a cell is quoted only when it must be', () => {
  expect(csvLine(['a', 'b;c', 'say "hi"', 'x\ny', ''])).toBe('a;"b;c";"say ""hi""";"x\ny";')
})

test('every kind has at least one required column and describes all', () => {
  for (const kind of KIND_CODES satisfies readonly Kind[]) {
    const columns = Object.values(KINDS[kind].columns)
    expect(columns.some(({ presence }) => presence === 'always')).toBe(true)
    for (const { description, example } of columns) {
      expect(description).toMatch(/\.$/)
      expect(example).not.toBe('')
    }
  }
})
