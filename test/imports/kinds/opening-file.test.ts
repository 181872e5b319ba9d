import { expect, test } from 'vitest'
import { faultsOf, readSound } from '../reading.ts'

const hours = (...rows: string[]) => ['commune;jour;ouvre;ferme;depuis;jusqu’à;stations', ...rows].join('\n')

test('several slots a day, each day by its number', () => {
  const content = hours('16015;lundi;8h30;12h;;;2', '16015;lundi;12h;17h30;;;1', '16015;Dim;9h;12h;;;')
  expect(readSound(content).rows).toEqual([
    {
      line: 2,
      commune: '16015',
      weekday: 1,
      opens: '08:30',
      closes: '12:00',
      from: undefined,
      until: undefined,
      stations: 2,
    },
    {
      line: 3,
      commune: '16015',
      weekday: 1,
      opens: '12:00',
      closes: '17:30',
      from: undefined,
      until: undefined,
      stations: 1,
    },
    {
      line: 4,
      commune: '16015',
      weekday: 7,
      opens: '09:00',
      closes: '12:00',
      from: undefined,
      until: undefined,
      stations: undefined,
    },
  ])
})

test('the same hours in two seasons do not overlap, a day in common does', () => {
  const season = (from: string, until: string) => `16015;lundi;8h;12h;${from};${until};`
  expect(faultsOf(hours(season('', '2022-06-30'), season('2022-07-01', '')))).toEqual([])
  expect(faultsOf(hours(season('', '2022-07-01'), season('2022-07-01', '')))).toEqual(['3 overlapping-hours'])
})

test('the same slot twice is one fault, not two', () => {
  expect(faultsOf(hours('16015;lundi;8h;12h;;;2', '16015;lundi;8h;12h;;;2'))).toEqual(['3 duplicate-row'])
  expect(faultsOf(hours('16015;lundi;8h;12h;;;2', '16015;lundi;8h;12h;;;3'))).toEqual(['3 contradiction'])
})

test('another town hall or another day does not overlap', () => {
  expect(faultsOf(hours('16015;lundi;8h;12h;;;', '16015;mardi;8h;12h;;;', '16102;lundi;8h;12h;;;'))).toEqual(
    [],
  )
})

test('a slot that ends before it begins to hold is refused, and so is a day of more than two hundred', () => {
  expect(faultsOf(hours('16015;lundi;8h30;12h;2022-09-01;2022-08-31;2'))).toEqual(['2 reversed-days'])
  expect(faultsOf(hours('16015;lundi;8h30;12h;2022-09-01;;2', '16015;mardi;8h30;12h;;2022-09-01;2'))).toEqual(
    [],
  )
  const days = Array.from({ length: 201 }, (_, i) =>
    new Date(Date.UTC(2021, 0, 1 + i)).toISOString().slice(0, 10),
  )
  expect(faultsOf(hours(...days.map(day => `16015;lundi;8h30;12h;${day};${day};2`)))).toEqual([
    '202 too-many-rows',
  ])
})
