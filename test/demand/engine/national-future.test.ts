import { expect, test } from 'vitest'
import { nationalModel } from '../../../src/demand/engine/cohort-path.ts'
import { nationalFutures, recallFutures } from '../../../src/demand/engine/national-future.ts'

const level = (cni: number, passport: number) => ({
  volumes: {
    cni: [{ year: 2019, volume: cni, spread: 0.04 }],
    passport: [{ year: 2019, volume: passport, spread: 0.04 }],
  },
  totals: [],
  suppressed: { cni: 2.5e6, passport: 3.7e6 },
})
const model = (cni = 5.4e6) => nationalModel(level(cni, 4.1e6), '16', '2027-12')
type Doors = Parameters<typeof recallFutures>[3]
type PutAway = Parameters<Doors['keep']>[1]

test('futures are drawn once and put away with where their requests come from, then taken from there', async () => {
  const put = new Map<string, PutAway>()
  const doors: Doors = { find: async key => put.get(key), keep: (key, made) => put.set(key, made) }
  await recallFutures(model(), 20, 7, doors)
  expect(put.size).toBe(1)
  const [[, made]] = [...put] as [[string, PutAway]]
  const drawn = nationalFutures(model(), 20, 7)
  expect(made.futures).toEqual(drawn.futures)
  expect(made.parts.get('cni 2027-Q1')).toEqual(drawn.origins().parts('cni', '2027-Q1'))

  // Another seed, of which those above are said to have been put away: nothing is drawn.
  await recallFutures(model(), 20, 8, { find: async () => made, keep: () => expect.unreachable() })
  const found = nationalFutures(model(), 20, 8)
  expect(found.futures).toBe(made.futures)
  expect(found.origins().parts('passport', '2026-Q4')).toEqual(drawn.origins().parts('passport', '2026-Q4'))
})

test('what was read back with its fields in another order is the same nation, another level is not', async () => {
  const asked: string[] = []
  const doors: Doors = {
    find: async key => {
      asked.push(key)
      return undefined
    },
    keep: () => undefined,
  }
  const readBack = {
    ...model(5.5e6),
    suppressed: { passport: 3.7e6, cni: 2.5e6 },
    volumes: {
      passport: [{ spread: 0.04, volume: 4.1e6, year: 2019 }],
      cni: [{ volume: 5.5e6, year: 2019, spread: 0.04 }],
    },
  }
  await recallFutures(model(5.5e6), 10, 7, doors)
  await recallFutures(readBack, 10, 7, doors)
  expect(asked).toHaveLength(1)
  await recallFutures(model(5.6e6), 10, 7, doors)
  expect(asked).toHaveLength(2)
})
