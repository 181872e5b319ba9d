import { quantile } from 'simple-statistics'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestsByHall } from '../../src/demand/demand-sample.ts'
import { placeDemand } from '../../src/demand/place-demand-queries.ts'
import { currentRun, sampleOf, yearRequestsOf } from '../../src/demand/run-queries.ts'
import { printPaper } from '../../src/io/pdf/print-paper.ts'
import { network, townHallOrRefuse } from '../../src/places/town-hall-queries.ts'
import { monthsOfQuarter, type Quarter } from '../../src/pure/calendar/period.ts'
import type { Brief, BriefFacts } from '../../src/towns/brief.ts'
import { briefPaper, rankingTable } from '../../src/towns/brief-paper.tsx'
import { briefGround, briefMakers } from '../../src/towns/brief-queries.ts'
import { absencesOf } from '../../src/towns/brief-tables.ts'
import { townBrief } from '../../src/towns/town-brief.ts'
import { hallLevers } from '../../src/waits/hall-lever.ts'
import { placeWaitNow } from '../../src/waits/wait-now-queries.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let briefs: Brief[]
beforeAll(async () => {
  database = await freshDatabase()
  const [{ townHalls }, ground] = await Promise.all([
    network(database.db, '16'),
    briefGround(database.db, '16', '2026-11-24'),
  ])
  briefs = []
  for (const make of await briefMakers(database.db, townHalls, ground)) briefs.push(await make())
})
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

  test('is about now and next year: the wait with its band, and the lever that gains most if it is decided today', () => {
    const { levers, wait, remember } = cognac()
    if ('reason' in levers) throw new Error(levers.reason)
    if ('reason' in wait.projection) throw new Error(wait.projection.reason)
    const gains = levers.effects.map(effect => effect.gainedDays ?? Number.NaN)
    expect(gains).toEqual([...gains].sort((a, b) => b - a))
    expect(gains.at(-1)).toBeGreaterThan(0)
    expect(levers).toMatchObject({ at: '2027-Q4', decidedOn: '2026-11-24' })
    expect(levers.without.map(lever => lever.code)).toEqual(['pre-applications'])
    const { today, nextYear, quarters } = wait.projection
    expect(today.low90).toBeGreaterThan(1)
    expect(today.median).toBeLessThan(60)
    expect(nextYear.quarter).toBe('2027-Q4')
    expect(quarters.map(one => one.quarter).slice(0, 2)).toEqual(['2026-Q4', '2027-Q1'])
    expect(quarters).toHaveLength(12)
    expect(remember[0]?.text.replace(/\s/g, ' ')).toMatch(
      /^Environ \d+ jours aujourd’hui \(.*\d+ jours au 4e trimestre 2027/,
    )
    expect(remember[2]?.text).toContain('si c’est décidé aujourd’hui')
  })

  test('estimates the slots of a week where hours are unknown, with a band and its origin', () => {
    const { capacity } = cognac()
    if (!('week' in capacity)) throw new Error('no estimated week')
    const { low, slots, high, requests, origin } = capacity.week
    expect(low).toBeLessThan(slots)
    expect(slots).toBeLessThan(high)
    // Cognac names no number of stations: its slots follow what it is asked.
    expect(slots).toBe(requests)
    expect(origin).toContain('à la mesure des demandes')
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

  test('a year has the band of its own futures, close to the sum of those of its quarters, which err together', async () => {
    const { demand } = cognac()
    if ('reason' in demand) throw new Error(demand.reason)
    const run = await currentRun(database.db, '16', '2026-11-24')
    if ('reason' in run) throw new Error(run.reason)
    const sample = await sampleOf(run)
    const hall = sample.halls.findIndex(({ insee }) => insee === '16102')
    const bandOf = (quarter: Quarter) => {
      const counts = requestsByHall(sample, monthsOfQuarter(quarter)).map(halls =>
        halls[hall]!.reduce((sum, count) => sum + count, 0),
      )
      return quantile(counts, 0.95) - quantile(counts, 0.05)
    }
    expect(demand.years.map(year => year.year)).toEqual([2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033])
    for (const { year, mean, low90, high90 } of demand.years) {
      const quarters = demand.quarters.filter(one => one.quarter.startsWith(String(year)))
      expect(mean).toBeCloseTo(
        quarters.reduce((sum, one) => sum + one.mean, 0),
        9,
      )
      expect(low90).toBeLessThan(mean)
      expect(high90).toBeGreaterThan(mean)
      const apart = quarters.reduce((sum, { quarter }) => sum + bandOf(quarter), 0)
      expect((high90 - low90) / apart).toBeGreaterThan(0.95)
      expect((high90 - low90) / apart).toBeLessThan(1.03)
    }
  })
})

describe('halls of which little is known still have their two pages, each gap with its reason', () => {
  const none = { reason: 'Rien n’a été importé.' }
  const facts = async (): Promise<BriefFacts> => {
    const hall = await townHallOrRefuse(database.db, '16102')
    const ground = await briefGround(database.db, '16', '2026-11-24')
    const demand = await placeDemand(database.db, '16', { place: '16102' }, '2026-11-24')
    const told = await placeWaitNow(database.db, '16102', { asOf: '2026-11-24' })
    const offer = ground.offers.find(one => one.insee === '16102')
    const levers = told && offer && hallLevers(told.now, offer, '2027-Q4', 30)
    const requestsOf =
      'reason' in demand ? undefined : await yearRequestsOf(demand.run, ['16102'], 2026, 2033)
    return { ...ground, requestsOf, hall, demand, ownWaits: [], now: told?.now, offer, levers }
  }
  const printed = async (brief: Brief) => {
    const { pages, warnings } = await printPaper(briefPaper(brief))
    return { pages, warnings }
  }
  const sound = { pages: 2, warnings: [] }

  test('without any figure: no day of 1970, no number', async () => {
    const known = await facts()
    const brief = townBrief({
      ...known,
      hall: { ...known.hall, insee: '97411', name: 'Saint-Denis', department: '974' },
      departmentName: 'La Réunion',
      ownWaits: [],
      departmentWaits: [],
      demand: none,
      departmentDemand: none,
      now: undefined,
      offer: undefined,
      levers: undefined,
      requestsOf: undefined,
    })
    expect(brief.asOf).toBe('2026-11-24')
    expect([brief.demand, brief.grant]).toEqual([none, none])
    // Each reason is told once, however many parts it keeps empty.
    expect(absencesOf(brief)).toEqual([
      none.reason,
      'Aucune attente n’est publiée, ni pour cette mairie ni pour la France.',
    ])
    expect(brief.remember.map(line => line.text).join(' ')).not.toMatch(/\d/)
    expect(await printed(brief)).toEqual(sound)
  })

  test('with demand but no wait; with appointments left out; with the longest name of France', async () => {
    const known = await facts()
    const withoutWaits = townBrief({ ...known, departmentWaits: [], now: undefined, levers: undefined })
    expect(withoutWaits.demand).toHaveProperty('next')
    expect(withoutWaits.levers).toHaveProperty('reason')
    expect(await printed(withoutWaits)).toEqual(sound)

    const { state } = known.now!
    const month = {
      ...state.facts[0]!,
      place: '16102',
      period: '2026-10',
      granularity: 'month' as const,
      days: 24,
    }
    const now = { ...known.now!, state: { ...state, facts: [month] } }
    expect(townBrief({ ...known, now }).remember[0]?.text).toMatch(/publiée : 24\sjours, octobre 2026/)

    const walkIn = townBrief({ ...known, hall: { ...known.hall, withoutAppointment: true } })
    expect(walkIn.remember[0]?.text).toBe('Cognac reçoit sans rendez-vous : on n’y attend pas de créneau.')
    expect(walkIn.wait.projection).toHaveProperty('reason')
    expect(await printed(walkIn)).toEqual(sound)

    const name = 'Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson'
    expect(await printed(townBrief({ ...known, hall: { ...known.hall, name } }))).toEqual(sound)
  })
})

test('the ranking names every hall, the most asked first', () => {
  const { rows } = rankingTable(briefs, [], 'Charente')
  expect(rows).toHaveLength(16)
  expect(rows.map(row => row[0])).toEqual(Array.from({ length: 16 }, (_, i) => String(i + 1)))
  const [angouleme] = rows
  expect(angouleme?.[1]).toBe('Angoulême')
  // The range that its size and its distance to others allow.
  const requests = Number(String(angouleme?.[2]).replace(/\s/g, ''))
  expect(requests).toBeGreaterThanOrEqual(13_000)
  expect(requests).toBeLessThanOrEqual(19_000)
})
