import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Brief } from '../../src/briefs/brief.ts'
import { briefPaper, rankingTable } from '../../src/briefs/brief-paper.tsx'
import { departmentBriefs } from '../../src/briefs/queries.ts'
import { printPaper } from '../../src/io/pdf/print-paper.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let briefs: Brief[]
beforeAll(async () => {
  database = await freshDatabase()
  briefs = await departmentBriefs(database.db, '16', '2026-11-24')
}, 60_000)
afterAll(() => database.close())

const cognac = () => {
  const found = briefs.find(brief => brief.insee === '16102')
  if (found === undefined) throw new Error('no sheet for Cognac')
  return found
}

describe('a sheet', () => {
  test('tells three things, five lines of method, and the day of what it tells', () => {
    for (const brief of briefs) {
      expect(brief.remember).toHaveLength(3)
      expect(brief.method).toHaveLength(5)
      expect(brief.asOf).toBe('2026-11-24')
      expect(brief.lastPublishedOn).toBe('2022-04-13')
    }
  })

  test('ranks levers by what they leave: the smaller chance of passing the limit first', () => {
    const { levers } = cognac()
    if ('reason' in levers) throw new Error(levers.reason)
    const left = levers.effects.map(effect => effect.probabilityOver)
    expect(left).toEqual([...left].sort((a, b) => a - b))
    expect(levers.without.map(lever => lever.code)).toEqual(['pre-applications'])
  })

  test('gives no number of slots where stations and hours are unknown', () => {
    const { capacity } = cognac()
    if ('reason' in capacity) throw new Error(capacity.reason)
    expect(capacity.quarters.every(quarter => quarter.slots === null && quarter.median > 0)).toBe(true)
  })

  test('is two tagged pages without a remark of the compiler nor a missing character', async () => {
    for (const brief of briefs) {
      const { pages, warnings, unknownCharacters } = await printPaper(briefPaper(brief))
      expect({ pages, warnings, unknownCharacters }).toEqual({
        pages: 2,
        warnings: [],
        unknownCharacters: [],
      })
    }
  })

  test('is the same file each time', async () => {
    const [one, other] = [await printPaper(briefPaper(cognac())), await printPaper(briefPaper(cognac()))]
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true)
  })
})

test('the ranking names every hall, the most asked first', () => {
  const { rows } = rankingTable(briefs, 'Charente')
  expect(rows).toHaveLength(16)
  expect(rows[0]?.[0]).toBe('Angoulême')
})
