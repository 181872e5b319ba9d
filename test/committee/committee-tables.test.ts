import { expect, test } from 'vitest'
import { townHallTable } from '../../src/committee/committee-tables.ts'
import type { TownHall } from '../../src/places/town-hall.ts'

test('stations that a grant lets guess are not exported as facts', () => {
  const hall = (insee: string, stationsFrom: TownHall['stationsFrom']): TownHall => ({
    insee,
    name: insee,
    department: '16',
    population: 1_000,
    stations: 2,
    stationsFrom,
    lat: undefined,
    lon: undefined,
    openedOn: undefined,
    closedOn: undefined,
    status: 'confirmed',
    withoutAppointment: false,
    source: { publisher: 'a', document: 'b', locator: '' },
  })
  const { columns, rows } = townHallTable(
    { townHalls: [hall('16102', 'list'), hall('16113', 'grant')], expected: undefined },
    '16',
  )
  const at = columns.findIndex(({ name }) => name === 'stations')
  expect(rows.map(row => row[at])).toEqual([2, undefined])
})
