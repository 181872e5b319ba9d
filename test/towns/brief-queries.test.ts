import { quantile } from 'simple-statistics'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestsByHall, sampleOf } from '../../src/demand/demand-sample.ts'
import { currentRun, placeDemand } from '../../src/demand/run-queries.ts'
import { printPaper } from '../../src/io/pdf/print-paper.ts'
import { townHallOrRefuse } from '../../src/places/town-hall-queries.ts'
import { monthsOfQuarter, type Quarter } from '../../src/pure/calendar/period.ts'
import { type Brief, type BriefFacts, townBrief } from '../../src/towns/brief.ts'
import { briefPaper, rankingTable } from '../../src/towns/brief-paper.tsx'
import { briefGround, departmentBriefs } from '../../src/towns/brief-queries.ts'
import { absencesOf } from '../../src/towns/brief-tables.ts'
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

  test('says what one more station does: it nearly doubles the slots, of which no number is told, and whether the queue ends', () => {
    const brief = cognac()
    if ('reason' in brief.levers) throw new Error(brief.levers.reason)
    expect(brief.levers.stationFactor).toBeGreaterThan(1.7)
    expect(brief.levers.stationFactor).toBeLessThan(2.2)
    const texts = briefPaper(brief).blocks.flatMap(block => (block.kind === 'text' ? [block.text] : []))
    const then = brief.levers.effects.find(effect => effect.code === 'more-stations')?.medianDays
    const end = (then ?? Number.POSITIVE_INFINITY) <= 30 ? 'retomberait sous' : 'resterait au-dessus de'
    const told = texts.map(text => text.replace(/\s/g, ' ')).join(' ')
    expect(told).toMatch(/Une station de plus multiplierait par [12],\d les créneaux supposés de la mairie/)
    expect(told).toContain(
      `l’attente médiane ${end} 30 jours au 1er trimestre 2024, si personne n’y vient d’une autre mairie`,
    )
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

  test('a year has the band of its own futures, close to the sum of those of its quarters, which err together', async () => {
    const { demand } = cognac()
    if ('reason' in demand) throw new Error(demand.reason)
    const run = await currentRun(database.db, '16', '2026-11-24')
    if ('reason' in run) throw new Error(run.reason)
    const sample = sampleOf(run)
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

  test('says that a projection is over, and never presents it as what is coming', () => {
    const { wait, remember } = cognac()
    if ('reason' in wait.projection) throw new Error(wait.projection.reason)
    expect(wait.projection.past).toBe(true)
    expect(remember[0]?.text).toContain('Si rien n’avait été décidé, elle aurait atteint')
    expect(remember[0]?.text).not.toContain('Si rien n’est décidé')
  })
})

describe('halls of which little is known still have their two pages, each gap with its reason', () => {
  const none = { reason: 'Rien n’a été importé.' }
  const facts = async (): Promise<BriefFacts> => {
    const hall = await townHallOrRefuse(database.db, '16102')
    const ground = await briefGround(database.db, '16', '2026-11-24')
    const demand = await placeDemand(database.db, '16', { place: '16102' }, '2026-11-24')
    return { ...ground, hall, demand, ownWaits: [] }
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
      waits: none,
      requestsOf: undefined,
    })
    expect(brief.asOf).toBe('2026-11-24')
    expect([brief.demand, brief.wait.projection, brief.levers, brief.grant]).toEqual([none, none, none, none])
    // Each reason is told once, however many parts it keeps empty.
    expect(absencesOf(brief)).toEqual([none.reason, 'Les créneaux de cette mairie ne sont pas connus.'])
    expect(brief.remember.map(line => line.text).join(' ')).not.toMatch(/\d/)
    expect(await printed(brief)).toEqual(sound)
  })

  test('with demand but no wait; with appointments left out; with the longest name of France', async () => {
    const known = await facts()
    const withoutWaits = townBrief({ ...known, departmentWaits: [], waits: none })
    expect(withoutWaits.demand).toHaveProperty('next')
    expect(withoutWaits.levers).toEqual(none)
    expect(await printed(withoutWaits)).toEqual(sound)

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
