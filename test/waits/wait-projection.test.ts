import { describe, expect, it } from 'vitest'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { normal, seededRandom } from '../../src/pure/numerics/series/random.ts'
import { explainWaits } from '../../src/waits/explain.ts'
import { waitPath } from '../../src/waits/wait.ts'
import { type HallForecast, projectWaits } from '../../src/waits/wait-projection.ts'

const flat = (perDay: number, days: number) => new Array<number>(days).fill(perDay)
const months = monthsBetween('2027-01', '2027-06')
const perMonth = (perDay: number) => [31, 28, 31, 30, 31, 30].map(days => days * perDay)
const hall = (name: string, demandPerDay: number[], slotsPerDay: number, start = 0): HallForecast => ({
  hall: name,
  start: { requests: start, known: 'inferred' },
  slots: flat(slotsPerDay, 900),
  demand: demandPerDay.map(perMonth),
  floorDays: 0,
})
const medians = (bands: { wait: { median: number | undefined } }[]) => bands.map(b => b.wait.median)

/**
 * Nineteen halls in the pattern of a department: stations in whole numbers, 34 in all, and requests that follow them
 * badly, as where towns near a big one are short of stations. Made up for this test; they add up to the slots exactly.
 */
const STATIONS = [8, 4, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2]
const REQUESTS = [
  8.4, 4.4, 2.6, 1.36, 1.9, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1.5, 1.2, 0.9, 0.85, 0.8, 0.75, 0.7, 1.59,
]

describe('nineteen halls at a total load of exactly 1.00, after 52 weeks', () => {
  const scale = 20
  const slots = STATIONS.map(stations => stations * scale)
  const demand = REQUESTS.map(requests => requests * scale)
  const atEnd = (d: number, s: number) => waitPath(0, flat(d, 364), flat(s, 1_000)).waitDays[364]!

  it('wait 0 days pooled, 35.6 days on average and 131 at worst alone', () => {
    const total = (values: number[]) => values.reduce((a, b) => a + b, 0)
    expect(total(demand)).toBeCloseTo(total(slots), 9)
    expect(atEnd(total(demand), total(slots))).toBeLessThan(1e-6)
    const alone = demand.map((d, h) => atEnd(d, slots[h]!))
    for (const [h, wait] of alone.entries())
      expect(wait).toBeCloseTo(364 * Math.max(0, demand[h]! / slots[h]! - 1), 6)
    expect(total(alone) / 19).toBeCloseTo(35.63, 2)
    expect(Math.max(...alone)).toBeCloseTo(131.04, 2)
  })
})

it('told for its last quarter only, a projection says of it what the whole one says', () => {
  const question = { months, halls: [hall('A', [12, 9], 10), hall('B', [8, 11], 10, 300)], limitDays: 20 }
  for (const halls of [question.halls, question.halls.slice(0, 1)]) {
    const whole = projectWaits({ ...question, halls })
    const last = projectWaits({ ...question, halls, lastQuarters: 1 })
    expect(last.meanOfRequests).toEqual(whole.meanOfRequests.slice(-1))
    expect(last.pooled).toEqual(whole.pooled.slice(-1))
    const own = last.halls[0]!
    const ownWhole = whole.halls[0]!
    if (!('quarters' in own && 'quarters' in ownWhole)) throw new Error('a hall without projection')
    expect(own.quarters).toEqual(ownWhole.quarters.slice(-1))
  }
})

describe('two halls worked by hand', () => {
  // 12 and 8 a day for 10 slots each: the first wins 0.2 day of wait a day, the second waits 0, together 0.
  const projection = projectWaits({
    months,
    halls: [hall('A', [12], 10), hall('B', [8], 10)],
    limitDays: 20,
  })
  const first = projection.halls[0]!
  const second = projection.halls[1]!

  it('give the mean wait of each quarter, alone and pooled', () => {
    // Mean of 0.2 × t over days 0 to 89, then 90 to 180.
    expect(medians('quarters' in first ? first.quarters : [])[0]).toBeCloseTo(0.2 * 44.5, 9)
    expect(medians('quarters' in first ? first.quarters : [])[1]).toBeCloseTo(0.2 * 135, 9)
    expect(medians('quarters' in second ? second.quarters : [])).toEqual([0, 0])
    expect(medians(projection.pooled)).toEqual([0, 0])
    expect(medians(projection.meanOfHalls)[1]).toBeCloseTo(13.5, 9)
    expect(medians(projection.meanOfRequests)[1]).toBeCloseTo(0.6 * 27, 9)
    expect(first).toMatchObject({ probabilityEverOver: 1 })
  })

  it('tell what sharing is worth only where it is worth something', () => {
    const bounds = (halls: HallForecast[]) =>
      explainWaits(projectWaits({ months, halls, limitDays: 20 }))
        .find(line => line.title === 'Deux bornes')
        ?.text.replace(/\s/g, ' ')
    expect(bounds([hall('A', [12], 10), hall('B', [8], 10)])).toBe(
      'Au 2e trimestre 2027, si chacun reste dans sa mairie, l’attente médiane moyenne serait de 16 jours ; si tous les créneaux étaient mis en commun, de 0 jour. L’écart est ce que vaut une prise de rendez-vous commune.',
    )
    expect(bounds([hall('A', [12], 10), hall('B', [12], 10)])).toContain(
      'Une prise de rendez-vous commune n’y changerait donc presque rien',
    )
    expect(bounds([hall('A', [12], 10)])).toBeUndefined()
  })

  it('share: a tenth of the users who choose leave 0.08 day of wait a day, a third leave nothing', () => {
    const shared = (sharedShare: number) =>
      projectWaits({
        months,
        halls: [hall('A', [12], 10), hall('B', [8], 10)],
        limitDays: 20,
        sharedShare,
      })
    expect(medians(shared(0.1).meanOfHalls)[1]).toBeCloseTo((0.08 * 135) / 2, 6)
    expect(medians(shared(1 / 3).meanOfHalls)[1]).toBeCloseTo(0, 6)
  })
})

describe('a projection over paths', () => {
  it('counts the paths that pass the limit, and orders its bands', () => {
    const { halls } = projectWaits({ months, halls: [hall('A', [9, 10, 12, 14], 10)], limitDays: 20 })
    const [a] = halls
    expect(a).toMatchObject({ probabilityEverOver: 0.5, atLeast: false })
    if (a === undefined || !('quarters' in a)) throw new Error('no projection')
    expect(a.quarters.map(q => q.wait.probabilityOver)).toEqual([0, 0.5])
    expect(a.quarters[1]!.wait.high95).toBeCloseTo(27 + 0.925 * 27, 9)
    expect(a.quarters[1]!.wait.low95).toBe(0)
  })

  it('leaves out halls without appointments or slots, with their reasons, and keeps the others', () => {
    const projection = projectWaits({
      months,
      halls: [
        { ...hall('Sans', [5], 10), start: { requests: 0, known: 'none-by-design' } },
        hall('Fermée', [5], 0),
        { ...hall('Pleine', [10], 10, 300), start: { requests: 300, known: 'at-least' }, floorDays: 3 },
      ],
      limitDays: 30,
    })
    expect(projection.halls.slice(0, 2)).toEqual([
      { hall: 'Sans', reason: 'no-appointment' },
      { hall: 'Fermée', reason: 'no-slots' },
    ])
    expect(medians(projection.meanOfHalls)).toEqual([33, 33])
    const texts = explainWaits(projection).map(({ title, text }) => `${title} — ${text.replace(/\s/g, ' ')}`)
    expect(texts.slice(1)).toEqual([
      'Mairies — 1 mairie projetée sur 1 trajectoire de demande ; 1 mairie sans rendez-vous, où l’attente est nulle par organisation, hors des moyennes ; 1 mairie sans créneau connu.',
      'Agendas complets — Là où l’agenda était complet, le départ est un minimum : l’attente réelle peut être plus longue.',
      'Pleine — Plus de 30 jours d’attente au moins un trimestre dans 100 % des trajectoires, surtout au 1er trimestre 2027 (médiane 33 jours).',
    ])
  })

  it('says when a wait is beyond the calendar of slots', () => {
    const short = { ...hall('A', [20], 10), slots: flat(10, 181) }
    const [a] = projectWaits({ months, halls: [short], limitDays: 30 }).halls
    if (a === undefined || !('quarters' in a)) throw new Error('no projection')
    expect(a.quarters[1]!.wait).toMatchObject({ median: undefined, probabilityOver: 1 })
  })

  it('refuses halls that do not share their paths, and lives without any hall', () => {
    const halls = [hall('A', [10], 10), hall('B', [10, 11], 10)]
    expect(() => projectWaits({ months, halls, limitDays: 30 })).toThrow('B: not 1 paths of 6 months')
    expect(projectWaits({ months, halls: [], limitDays: 30 })).toMatchObject({
      halls: [],
      pooled: [],
      paths: 0,
    })
  })

  it('pools nineteen halls over 2,000 paths below what they wait alone', () => {
    const random = seededRandom(3)
    const halls = STATIONS.map((stations, h) =>
      hall(
        `${h}`,
        Array.from({ length: 2_000 }, () => REQUESTS[h]! * 20 * (1 + 0.1 * normal(random))),
        stations * 20,
        1_000,
      ),
    )
    const { meanOfHalls, pooled } = projectWaits({ months, halls, limitDays: 30 })
    expect(meanOfHalls[1]!.wait.median).toBeGreaterThan(pooled[1]!.wait.median!)
  })
})
