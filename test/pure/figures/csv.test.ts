import { expect, test } from 'vitest'
import { spreadsheetCsv } from '../../../src/pure/figures/csv.ts'

test('a file that French spreadsheets open as it should be', () => {
  expect(
    spreadsheetCsv(
      ['commune', 'jours'],
      [
        ['01004', 35.25],
        ['Montmoreau ; bourg', undefined],
      ],
    ),
  ).toBe('\ufeffcommune;jours\r\n01004;35,25\r\n"Montmoreau ; bourg";\r\n')
})

test.each(['=1+1', '+33', '-2', '@sum', '\tx'])('%j is shown, never computed', text => {
  expect(spreadsheetCsv(['x'], [[text]])).toContain(`'${text}`)
})

test('a number that is none is an empty cell', () => {
  expect(spreadsheetCsv(['x', 'y'], [[Number.NaN, Number.POSITIVE_INFINITY]])).toBe('\ufeffx;y\r\n;\r\n')
})
