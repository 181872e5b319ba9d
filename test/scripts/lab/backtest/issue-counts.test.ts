import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { csvFile, readText } from '../../../../scripts/lab/backtest/csv-file.ts'
import { countSeries, longFile } from '../../../../scripts/lab/backtest/issue-counts.ts'
import { readOptions } from '../../../../scripts/lab/backtest/options.ts'
import { monthNumber } from '../../../../src/pure/calendar/period.ts'

const series = (text: string, ...options: string[]) =>
  countSeries(csvFile('f.csv', text), readOptions(['f.csv', ...options]))

it.each([
  ['a year and its number', 'year,issued\n2019,3\n2021,5\n', 1, 2019, [3, undefined, 5]],
  [
    'French words, semicolons, thousands',
    'Année;Passeports délivrés\n2019;1 200 300\n2020;12,5\n',
    1,
    2019,
    [1_200_300, 12.5],
  ],
  [
    'a year and a number of month',
    'year,month,issued\n2019,12,3\n2020,1,4\n',
    12,
    monthNumber('2019-12'),
    [3, 4],
  ],
  ['quarters in French', 'trimestre\tdemandes\nT4 2019\t3\nT1 2020\t4\n', 4, 2019 * 4 + 3, [3, 4]],
  ['a year and a number of quarter', 'year,quarter,issued\n2019,4,3\n2020,1,4\n', 4, 2019 * 4 + 3, [3, 4]],
  [
    'the first days of months',
    'date,value\n2020-02-01,4\n2020-01-01,"1,003"\n',
    12,
    monthNumber('2020-01'),
    [1003, 4],
  ],
  ['the first days of quarters', 'date,value\n2020-01-01,3\n2020-04-01,4\n', 4, 2020 * 4, [3, 4]],
  ['the last days of years', 'date,value\n31/12/2019,3\n31/12/2020,4\n', 1, 2019, [3, 4]],
  [
    'months in words, unknown values, a title line',
    '# délivrances\nmois;titres\njanvier 2020;3\nfévr. 2020;n.d.\nmars 2020;5\n',
    12,
    monthNumber('2020-01'),
    [3, undefined, 5],
  ],
  ['years of a budget', 'exercice;n\n2019-20;3\n2020-21;4\n', 1, 2019, [3, 4]],
  ['fiscal years', 'fiscal_year,n\nFY2019,3\nFY2020,4\n', 1, 2019, [3, 4]],
  [
    'months of spring that look like budget years',
    'mois;n\n2003-04;3\n2003-05;4\n',
    12,
    monthNumber('2003-04'),
    [3, 4],
  ],
])('reads %s', (_, text, stepsAYear, start, values) => {
  expect(series(text)).toEqual([{ name: 'total', stepsAYear, start, values }])
})

it('takes the only column of numbers, and one series a region where it is told which', () => {
  expect(
    series('month,region,n\n2020-01,A,1\n2020-01,B,2\n', '--by', 'region').map(({ name, values }) => [
      name,
      values,
    ]),
  ).toEqual([
    ['A', [1]],
    ['B', [2]],
  ])
  expect(() => series('month,region,n\n2020-01,A,1\n2020-01,B,2\n')).toThrow('colonne de région (region)')
})

it('reads a table whose columns are periods, with the flags and unknown values of Eurostat', () => {
  const file = longFile(
    csvFile('f.tsv', 'freq,geo\\TIME\t2019\t2020\t2021\nA,BE\t3 p\t: \t5\nA,NL\t6\t7 b\t: z\n'),
  )
  expect(file.by).toBe('freq,geo\\TIME')
  expect(countSeries(file, readOptions(['f.tsv', '--by', 'freq,geo\\TIME']))).toEqual([
    { name: 'A,BE', stepsAYear: 1, start: 2019, values: [3, undefined, 5] },
    { name: 'A,NL', stepsAYear: 1, start: 2019, values: [6, 7] },
  ])
  const months = longFile(csvFile('f.csv', 'titre;2003-04;2003-05;2003-06\ncni;1;2;3\n'))
  expect(countSeries(months, readOptions(['f.csv']))).toMatchObject([{ stepsAYear: 12, values: [1, 2, 3] }])
})

it.each([
  ['two columns of numbers', 'month,cni,passport\n2020-01,1,2\n', 'parmi : cni, passport'],
  ['days', 'date,issued\n2020-01-01,1\n2020-01-02,1\n', 'Additionnez par mois'],
  [
    'days beside numbers that could be years',
    'day,n\n2020-01-01,2001\n2020-01-02,2002\n',
    'Additionnez par mois',
  ],
  ['weeks', 'week,issued\n2018-W01,1\n', 'Additionnez par mois'],
  ['what is no period', 'month,issued\n2010-01,1\nfoo,3\n', 'ligne 3 : période « foo »'],
  ['what is no number', 'month,issued\n2010-01,abc\n', "« abc » n'est pas un nombre positif"],
])('says what to do of %s', (_, text, told) => {
  expect(() => series(text)).toThrow(told)
})

it('reads the letters of old spreadsheets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-counts-'))
  try {
    const path = join(folder, 'f.csv')
    writeFileSync(path, Buffer.from('Année;Délivrés\n2019;3\n', 'latin1'))
    expect(csvFile(path, readText(path)).columns).toEqual(['Année', 'Délivrés'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
