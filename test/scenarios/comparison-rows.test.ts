import { expect, test } from 'vitest'
import { comparisonRows } from '../../src/scenarios/comparison-rows.ts'

const band = (median: number | undefined) => ({
  low95: 1,
  low90: 2.04,
  low80: 3,
  low50: 4,
  median,
  high50: 6,
  high80: 7,
  high90: undefined,
  high95: undefined,
  probabilityOver: 0.251,
})

test('each scenario, figure and quarter is a row that says what was decided and what is known of its cost', () => {
  const { header, rows } = comparisonRows([
    {
      id: undefined,
      name: 'Rien de décidé',
      scenario: undefined,
      waits: { quarters: [{ quarter: '2022-Q2', band: band(5) }], at: '2022-Q2', range: undefined },
      delays: undefined,
    },
    {
      id: 'a',
      name: 'Une station à Cognac',
      scenario: {
        name: 'Une station à Cognac',
        place: '16',
        levers: [
          {
            code: 'more-stations',
            hall: '16102',
            amount: { low: 1, central: 1, high: 1 },
            startsOn: '2022-05-01',
            leadWeeks: 20,
            cost: { once: 10_000, perYear: 16_000, origin: 'ID.CiTé' },
          },
        ],
      },
      waits: { quarters: [{ quarter: '2022-Q2', band: band(undefined) }], at: '2022-Q2', range: undefined },
      delays: { quarters: [{ quarter: '2022-Q2', band: band(14.26) }], at: '2022-Q2', range: undefined },
    },
  ])
  expect(rows.map(row => row.length)).toEqual([header.length, header.length, header.length])
  expect(rows[0]).toEqual([
    'Rien de décidé',
    ...[undefined, undefined, undefined, undefined],
    ...['attente d’un rendez-vous', '2022-Q2', 5, 2, undefined, 25.1, 'estimé'],
  ])
  expect(rows[1]?.slice(0, 8)).toEqual([
    'Une station à Cognac',
    'Station supplémentaire, décidé le 2022-05-01',
    ...[10_000, 16_000, 0],
    ...['attente d’un rendez-vous', '2022-Q2', undefined],
  ])
  expect(rows[2]?.slice(5, 8)).toEqual(['délai de délivrance', '2022-Q2', 14.3])
})
