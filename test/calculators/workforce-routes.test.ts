import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

interface ProblemBody {
  code: string
}

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const post = (path: string, body: unknown) =>
  ask(app, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('the generic entries', () => {
  it('solve the CSL case and say when there is no plan', async () => {
    const csl = {
      needs: [6_000, 7_000, 8_000, 9_500, 11_000],
      experienced: 50,
      hoursPerPerson: 160,
      quitShare: 0.05,
      training: [0],
      tutorHours: 50,
      wage: 2_000,
      traineeWage: 1_000,
    }
    const plan = await jsonOf<{ cost: number }>(await post('/api/staffing/workforce', csl))
    expect(plan.cost).toBeCloseTo(593_776.51, 2)
    const refused = await post('/api/staffing/workforce', { ...csl, maxHires: 0 })
    expect([refused.status, (await jsonOf<ProblemBody>(refused)).code]).toEqual([422, 'staffing-infeasible'])
  })

  it('give the steady rules and the desk', async () => {
    const rules = await jsonOf<Record<string, number>>(
      await post('/api/staffing/steady-state', {
        demand: 30,
        capacity: 27,
        list: 1_200,
        target: 52,
        reliefTime: 26,
      }),
    )
    expect(rules).toMatchObject({ targetList: 390, pressure: null })
    expect(rules['reliefCapacity']).toBeCloseTo(61.153846, 6)
    const estimated = {
      demand: 30,
      capacity: 27,
      list: 1_200,
      target: 52,
      reliefTime: 26,
      estimate: { referrals: 10_000, variation: 1 },
    }
    // 30 ÷ (1 − 2 ÷ √10,000) + (1,200 − 390) ÷ 26; the R package that the rule comes from gives 106.15, mixing its units.
    expect(await jsonOf(await post('/api/staffing/steady-state', estimated))).toMatchObject({
      reliefCapacityEstimated: expect.closeTo(30 / 0.98 + 810 / 26, 9),
    })
    const few = { ...estimated, estimate: { referrals: 4, variation: 1 } }
    expect((await post('/api/staffing/steady-state', few)).status).toBe(400)
    for (const nothing of [{ factor: 5e-324 }, { target: 1e-17 }, { capacity: 7e-7 }, { reliefTime: 1e-323 }])
      expect((await post('/api/staffing/steady-state', { ...estimated, ...nothing })).status).toBe(400)
    const { reliefTime: _, ...timeless } = estimated
    expect(await jsonOf(await post('/api/staffing/steady-state', timeless))).toMatchObject({
      targetList: 390,
      reliefCapacity: null,
      reliefCapacityEstimated: null,
    })
    const desk = {
      arrivals: 100,
      interval: 30,
      serviceTime: 3,
      target: 1 / 3,
      serviceLevel: 0.8,
      shrinkage: 0.3,
    }
    expect(await jsonOf(await post('/api/staffing/desk', desk))).toMatchObject({
      agentsAtDesk: 14,
      agentsEmployed: 20,
    })
    for (const endless of [{ arrivals: 1e12 }, { maxOccupancy: 1e-9 }, { interval: 1e-9 }])
      expect((await post('/api/staffing/desk', { ...desk, ...endless })).status).toBe(400)
  })

  it('give Erlang B, C and A of one queue', async () => {
    // CRAN queueing 0.2.12 for B and C; pyworkforce 0.5.4 for A.
    const calm = await jsonOf<Record<string, unknown>>(
      await post('/api/staffing/queues', { arrivalRate: 5, serviceRate: 10, servers: 2 }),
    )
    expect(calm).toMatchObject({
      erlangs: 0.5,
      impatient: null,
      patient: { wait: expect.closeTo(0.006667, 6), probabilityEmpty: expect.closeTo(0.6, 9) },
    })
    const busy = { arrivalRate: 10 / 3, serviceRate: 1 / 3, servers: 14, patience: 5, target: 1 / 3 }
    expect(await jsonOf(await post('/api/staffing/queues', busy))).toMatchObject({
      patient: { servedWithin: expect.closeTo(0.8883500192, 9) },
      impatient: { abandonedShare: expect.closeTo(0.013984, 6), servedWithin: expect.closeTo(0.916792, 6) },
    })
    const full = { arrivalRate: 2, serviceRate: 1, servers: 1 }
    expect(await jsonOf(await post('/api/staffing/queues', full))).toMatchObject({
      lostShare: expect.closeTo(2 / 3, 9),
      patient: null,
    })
    expect((await post('/api/staffing/queues', { ...full, servers: 0 })).status).toBe(400)
    // Found by the fuzzer: an array of every number of people who might wait, until the memory was full.
    const crowd = { arrivalRate: 1e6, serviceRate: 1e-9, servers: 1, patience: 1e6 }
    expect((await post('/api/staffing/queues', crowd)).status).toBe(400)
    expect((await post('/api/staffing/queues', { ...crowd, patience: 0.1 })).status).toBe(200)
    const stretched = { ...busy, servers: 10_000, serviceRate: 1e6, target: 1e12 }
    expect(await jsonOf(await post('/api/staffing/queues', stretched))).toMatchObject({
      impatient: { servedWithin: 1, abandonedShare: 0 },
    })
  })
})
