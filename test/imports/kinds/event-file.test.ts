import { expect, test } from 'vitest'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { read, readSound } from '../reading.ts'

const HEADER = '# type : events\nlieu;jour;du;au;nature;libellé\n'
const faults = (line: string) => {
  const result = read(`${HEADER}16;${line};injection;Essai\n`)
  return isRefused(result) ? result.faults.map(({ code, column }) => `${column} ${code}`) : []
}

test('a day, or a first and a last one, and never both', () => {
  expect(readSound(`${HEADER}16;2021-03-31;;;injection;Essai\n`).rows).toMatchObject([
    { from: '2021-03-31', until: '2021-03-31' },
  ])
  expect(readSound(`${HEADER}16;;2021-03-01;2021-03-31;injection;Essai\n`).rows).toMatchObject([
    { from: '2021-03-01', until: '2021-03-31' },
  ])
  expect(faults('2021-03-31;2021-03-01;')).toEqual(['jour conflicting-days'])
  expect(faults('2021-03-31;;2021-04-01')).toEqual(['jour conflicting-days'])
})

test('what is missing is asked for where it should stand', () => {
  expect(faults(';;')).toEqual(['jour missing-value'])
  expect(faults(';;2021-03-31')).toEqual(['du missing-value'])
  expect(faults(';2021-03-01;')).toEqual(['au missing-value'])
  expect(faults(';2021-03-31;2021-03-01')).toEqual(['au reversed-days'])
})

test('a day asked for in a column that the file lacks is told of the row alone', () => {
  const result = read('# type : events\nlieu;du;nature;libellé\n16;2021-03-01;injection;Essai\n')
  expect(isRefused(result) && result.faults).toEqual([
    {
      line: 3,
      code: 'missing-value',
      message: '« au » est vide.',
      remedy: expect.stringContaining('2020-05-10'),
    },
  ])
})
