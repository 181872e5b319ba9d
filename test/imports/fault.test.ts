import { describe, expect, test } from 'vitest'
import type { CellReader, Context } from '../../src/imports/column.ts'
import { FAULTS, quoted, type Reading } from '../../src/imports/fault.ts'
import { number } from '../../src/imports/number-cell.ts'
import { period } from '../../src/imports/period-cell.ts'
import { readCommune, readPlace } from '../../src/imports/place-cell.ts'
import { isRefused, readFile } from '../../src/imports/read-file.ts'
import { textDamage } from '../../src/imports/text-damage.ts'

test('codes are stable: kebab-case, each with its French title', () => {
  for (const [code, title] of Object.entries(FAULTS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(title).toMatch(/^\p{Lu}/u)
  }
  // Programs know these codes: one may be added, none renamed nor taken away.
  expect(Object.keys(FAULTS)).toMatchSnapshot()
})

test('what was read is quoted on one line and shortened', () => {
  expect(quoted(' a\n b ')).toBe('« a b »')
  expect(quoted('x'.repeat(100))).toBe(`« ${'x'.repeat(60)}… »`)
})

const CURRENT = ['16015', '16102', '01001', '2A004', '2B033', '16051', '16105', '61015']
const CONTEXT: Context = {
  today: '2026-11-26',
  defaultPlace: undefined,
  suggesting: true,
  knownCommunes: code =>
    code === '16016'
      ? { state: 'merged', successor: '16015', successorName: 'Angoulême' }
      : { state: CURRENT.includes(code) ? 'current' : 'unknown' },
}

/** What a cell is read as, or what a person is told of it. */
function told(reading: Reading<unknown>): string {
  return 'flaw' in reading
    ? `${reading.flaw.code}: ${reading.flaw.message} → ${reading.flaw.remedy}`
    : `= ${JSON.stringify(reading.value)}`
}
/** A text as it was written, what nobody sees shown by its number. */
function shown(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
const all = (read: CellReader<unknown>, texts: readonly string[], context = CONTEXT) =>
  texts.map(text => `${shown(text)} ${told(read(text, context))}`)

const NUMBERS =
  "13,5|13.5|1 234|1 234,5|1\u202f234|1\u00a0234|1\u2009234|\u22125|5\u22125|-3|77,8 %|77,8%|% 5|5 %%|=A1|+5|@x|'=1|'5|x=1|#REF!|#N/A|#DIV/0!|#NOM ?|#abc|#|1#REF!|#REF!x|1.234.567|1,234.5|1.234,5|1,234,567|12.34.567|1234.567,8|1.234|1,234|12 34|1 23|1 2345|1234 567|12 345 678|abc|1e5|5.|.5|,5|5,|--5|- 5|5-|0|00012|1500|1500,1|1501|-0,1|-1.234,5|-1,234.5|-1.234.567|1.234.567x|x1.234,5|5,5,5|1 234 567,25".split(
    '|',
  )
const PLACES =
  '16|2A|2a|2C|971|974|975|976|977|20|29|96|99|95|FR|fr|France|FRANCE|la France|1|9|0|01|00|016|1000|1001|01001|1015|16015|16016|16999|16150|16501|2A004|2a004|2A040|2B033|20004|2C001|96001|99999|00123|16015.0|16015,00|x16015.0|16015.0x|1.6e4|1.6e+4|e4|16E15|Cognac|16 015|1601|160150|75056|16000|16010|6015|A6015|16A15'.split(
    '|',
  )
const PERIODS =
  '2022-03|03/2022|3/2022|3-2022|3.2022|13/2022|00/2022|123/2022|3/20222|x3/2022|mars 2022|Mars-2022|mars/2022|mars2022|févr. 2022|foo 2022|mars 20222|x mars 2022|T1 2022|1T2022|T5 2022|2022-Q1|2022Q1|1er trimestre 2022|2e trimestre 2022|2eme trim 2022|2nd trimestre 2022|2d trim. 2022|3 trimestre 2022|5e trimestre 2022|1er trimestre 20222|le 1er trimestre 2022|2022|20222|x2022|22|T1 22|03/22|mars 22|1969|1970|1969-12|1970-01|2026|2027|2026-11|2026-12|T4 2026|T1 2027|2022-03-15|15/03/2022|2022-3|abc|1er semestre 2022'.split(
    '|',
  )
const LINES = [
  'sans défaut, à 5 € « oui »',
  '\ttabulation',
  'a\u200bb',
  '\u0000',
  'fin\u0085',
  'a\u2028b',
  'mot\u00adcoupé',
  '\u202e',
  'Ã©tÃ©',
  'Ã‰cole',
  'Ã',
  'Âge',
  'Â\u00a0prix',
  'Â»',
  'lâ€™été',
  'â€œmotâ€',
  'â',
  'avant, bien avant le mot Ã©levÃ© et longtemps après lui',
  'perdu \ufffd ici',
]
const HEAD = '# type : applications\n# source : Essai\n# publié le : 2022-05-01\n'
const FILES: Record<string, string> = {
  'a column twice': 'mois;commune;titre;demandes;Mois\n2022-03;16015;cni;7;2022-04\n',
  'a column under two of its names': 'mois;commune;titre;demandes;month\n2022-03;16015;cni;7;2022-04\n',
  'a name that resembles': 'mois;comune;titre;demande\n2022-03;16015;cni;7\n',
  'a name that resembles nothing': 'mois;commune;titre;demandes;zzz\n2022-03;16015;cni;7;1\n',
  'a column too few': 'mois;commune;titre\n2022-03;16015;cni\n',
  'no name over a filled column':
    'mois;commune;titre;demandes;\n2022-03;16015;cni;7; \n2022-04;16015;cni;7;x\n',
  'no name over an empty column': 'mois;commune;titre;demandes;\n2022-03;16015;cni;7; \n',
  'a name of two hundred characters': `mois;commune;titre;demandes;${'z'.repeat(200)}\n2022-03;16015;cni;7;1\n`,
  'a quote never closed': 'mois;commune;titre;demandes\n"2022-03;16015;cni;7\n2022-04;16015;cni;7\n',
  'a quote in the middle': 'mois;commune;titre;demandes\n2022-03;16"015;cni;7\n2022-04;16015;cni;x\n',
  'a hundred quotes in the middle': `mois;commune;titre;demandes\n${'2022-03;16"0"15;cni;7\n'.repeat(102)}`,
  'blank lines and cells over two lines':
    'mois;commune;titre;demandes;origine\n\n  \n2022-03;16015;cni;7;"a\nb"\n2022-03;16102;cni;x;""\n',
  'the same line twice, and another thing of it':
    'mois;commune;titre;demandes\n2022-03;16015;cni;7\n2022-03;16015;cni;7\n2022-03;16015;cni;8\n',
}

describe('what a person is told of a cell', () => {
  test('numbers', () => {
    expect(all(number({ min: 0, max: 1_500 }), NUMBERS)).toMatchSnapshot('days')
    expect(all(number({ min: -10, max: 1e9, integer: true }), NUMBERS)).toMatchSnapshot('whole')
    expect(all(number({ min: 0, max: 100, percent: true }), NUMBERS)).toMatchSnapshot('percents')
  })

  test('places', () => {
    expect(all(readPlace, PLACES)).toMatchSnapshot('places')
    expect(all(readCommune, PLACES)).toMatchSnapshot('communes')
    const own = { ...CONTEXT, answersFor: (code: string) => code === '16015' }
    expect(all(readPlace, ['16015', '16102', 'FR', '16'], own)).toMatchSnapshot('of others')
  })

  test('periods', () => {
    expect(all(period('month', 'quarter', 'year'), PERIODS)).toMatchSnapshot('any')
    expect(all(period('month'), PERIODS)).toMatchSnapshot('months')
    expect(all(period('quarter', 'year'), PERIODS)).toMatchSnapshot('quarters and years')
  })

  test('characters', () => {
    const damage = LINES.map(line => {
      const flaw = textDamage(line)
      return `${shown(line)} ${flaw ? told({ flaw }) : 'sound'}`
    })
    expect(damage).toMatchSnapshot()
  })
})

test.each(Object.entries(FILES))('what a person is told of %s', (_, text) => {
  const read = readFile(new TextEncoder().encode(`${HEAD}${text}`), CONTEXT)
  expect(
    isRefused(read)
      ? read.faults.map(
          ({ line, column, columnNumber, code, message, remedy }) =>
            `${line} ${column ?? '–'} ${columnNumber ?? '–'} ${code}: ${message} → ${remedy}`,
        )
      : read.rows,
  ).toMatchSnapshot()
})
