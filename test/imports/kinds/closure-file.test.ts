import { expect, test } from 'vitest'
import { faultsOf, readSound } from '../reading.ts'

const HEADER = '# type : closures\ncommune;du;au;motif\n'

test('a closure of one day stands; one that ends before it begins does not', () => {
  expect(readSound(`${HEADER}16015;2022-08-01;2022-08-01;congés\n`).rows).toHaveLength(1)
  expect(faultsOf(`${HEADER}16015;2022-08-02;2022-08-01;congés\n`)).toEqual(['3 reversed-days'])
})

test.each([
  ['du 1er au 15 août 2022', '2022-08-01', '2022-08-15'],
  ['4 au 8 avril 2022', '2022-04-04', '2022-04-08'],
  ['du 28 février au 4 mars 2022', '2022-02-28', '2022-03-04'],
  ['du 22 décembre 2021 au 2 janvier 2022', '2021-12-22', '2022-01-02'],
  ['du 01/08/2022 au 15/08/2022', '2022-08-01', '2022-08-15'],
  ['14/07/2022', '2022-07-14', '2022-07-14'],
])('%s are the days closed from %s to %s', (days, from, until) => {
  expect(readSound(`# type : closures\ncommune;dates\n16015;${days}\n`).rows).toMatchObject([{ from, until }])
})

test('the last day of a text says the month and the year of those before it', () => {
  const days = (text: string) =>
    readSound(`# type : closures\ncommune;dates\n16015;"${text}"\n`).rows.map(row => [
      Reflect.get(row, 'from'),
      Reflect.get(row, 'until'),
    ])
  expect(days('du 22 décembre au 2 janvier 2023')).toEqual([['2022-12-22', '2023-01-02']])
  expect(days('24 et 31 décembre 2022')).toEqual([
    ['2022-12-24', '2022-12-24'],
    ['2022-12-31', '2022-12-31'],
  ])
  expect(days('les 2, 3 et 9 mai 2022')).toEqual(
    ['02', '03', '09'].map(day => [`2022-05-${day}`, `2022-05-${day}`]),
  )
  expect(days('du 24 au 26 décembre 2022 et le 02/01/2023')).toEqual([
    ['2022-12-24', '2022-12-26'],
    ['2023-01-02', '2023-01-02'],
  ])
})
