import { describe, expect, it } from 'vitest'
import type { QuarterlySeries, QuarterPoint } from '../../src/pure/figures/quarterly-series.ts'
import { departmentWaits, hoursPerStation } from '../../src/waits/known-waits.ts'

function series(place: string, days: Record<string, number>, status: QuarterPoint['status'] = 'observed') {
  return {
    place,
    points: Object.entries(days).map(([quarter, value]) => ({
      quarter,
      days: value,
      status,
      source: { document: `relevé de ${place}` },
    })),
  } as unknown as QuarterlySeries
}

describe('waits of a department', () => {
  it('are its own, back to the first gap', () => {
    const { quarters } = departmentWaits(
      [series('16', { '2020-Q4': 10, '2021-Q2': 33, '2021-Q3': 40, '2021-Q4': 41 })],
      '16',
      19,
    )
    expect(quarters.map(one => one.quarter)).toEqual(['2021-Q2', '2021-Q3', '2021-Q4'])
  })

  it('go on with the mean of the halls that published theirs', () => {
    const { quarters, own } = departmentWaits(
      [
        series('16', { '2022-Q1': 78 }),
        series('16102', { '2022-Q2': 60 }),
        series('16015', { '2022-Q2': 90 }, 'censored'),
      ],
      '16',
      4,
    )
    expect(quarters).toEqual([
      { quarter: '2022-Q1', days: 78 },
      { quarter: '2022-Q2', days: 75 },
    ])
    expect(own('16102', '2022-Q2')?.observation).toEqual({ kind: 'wait', days: 60 })
    expect(own('16015', '2022-Q2')?.observation).toEqual({ kind: 'book-full', atLeastDays: 90 })
    expect(own('16374', '2022-Q2')).toBeUndefined()
  })

  it('are not those of one hall among many, unless nothing else is known', () => {
    const [own, hall] = [series('16', { '2022-Q1': 78 }), series('16102', { '2025-Q1': 5 })]
    expect(departmentWaits([own, hall], '16', 3).quarters).toEqual([{ quarter: '2022-Q1', days: 78 }])
    expect(departmentWaits([own, hall], '16', 2).quarters).toEqual([{ quarter: '2025-Q1', days: 5 }])
    expect(departmentWaits([hall], '16', 3).quarters).toEqual([{ quarter: '2025-Q1', days: 5 }])
  })

  it('are none when nothing is published', () => {
    expect(departmentWaits([], '16', 19).quarters).toEqual([])
  })
})

it('hours of a station count the stations served', () => {
  const slots = [
    { weekday: 1, opens: '08:30:00', closes: '12:00:00', stations: null },
    { weekday: 1, opens: '13:30:00', closes: '17:00:00', stations: 1 },
  ]
  expect(hoursPerStation(slots, 2)).toEqual([3.5 + 3.5 / 2, 0, 0, 0, 0, 0, 0])
  expect(hoursPerStation([], 2)).toBeUndefined()
  expect(hoursPerStation(slots, undefined)).toBeUndefined()
})
