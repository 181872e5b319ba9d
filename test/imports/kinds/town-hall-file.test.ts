import { expect, test } from 'vitest'
import { faultsOf, readSound } from '../reading.ts'

test('what a file does not say of a town hall is unknown', () => {
  expect(readSound('commune;stations\n16015;\n16102;0').rows).toEqual([
    {
      line: 2,
      commune: '16015',
      name: undefined,
      stations: undefined,
      openedOn: undefined,
      closedOn: undefined,
      latitude: undefined,
      longitude: undefined,
      status: undefined,
      withoutAppointment: undefined,
      locator: '',
    },
    expect.objectContaining({ commune: '16102', stations: 0 }),
  ])
})

test('a service of one day is one, a longitude west of Greenwich is in France', () => {
  const header = 'commune;stations;ouverture;fermeture;lat;lon'
  expect(faultsOf(`${header}\n16015;1;2021-03-01;2021-03-01;45,69;-0,33`)).toEqual([])
})

test('a town hall described twice is a fault, whatever its origin', () => {
  expect(faultsOf('commune;stations;origine\n16015;2;a\n16015;2;b\n16015;3;a')).toEqual([
    '3 duplicate-row',
    '4 contradiction',
  ])
})

test('half a position is none: the half that is missing is asked for', () => {
  const header = 'commune;lat;lon'
  expect(faultsOf(`${header}\n16015;45,69;`)).toEqual(['2 incomplete-position'])
  expect(faultsOf(`${header}\n16015;;-0,33`)).toEqual(['2 incomplete-position'])
})
