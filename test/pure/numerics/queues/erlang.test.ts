import { describe, expect, it } from 'vitest'
import {
  deskStaffing,
  erlangB,
  erlangC,
  impatientQueue,
  multiServerQueue,
  serviceLevel,
} from '../../../../src/pure/numerics/queues/erlang.ts'

const desk = {
  arrivals: 100,
  interval: 30,
  serviceTime: 3,
  target: 1 / 3,
  serviceLevel: 0.8,
  maxOccupancy: 0.85,
  shrinkage: 0.3,
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

describe('Erlang formulas', () => {
  it('give the loss and delay probabilities of CRAN queueing 0.2.12', () => {
    expect(erlangB(1, 1)).toBeCloseTo(0.5, 12)
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 12)
    expect(erlangC(2, 0.5 / 0.7)).toBeCloseTo(0.187969924812, 12)
    expect(erlangC(1, 0.9)).toBeCloseTo(0.9, 9)
    expect(erlangC(2, 1.8)).toBeCloseTo(0.852631579, 9)
    expect(erlangC(10, 9)).toBeCloseTo(0.668731524, 9)
    expect(erlangC(100, 90)).toBeCloseTo(0.216940481, 9)
    expect(erlangC(14, 10)).toBeCloseTo(0.174131934, 9)
    expect(erlangC(3, 3)).toBe(1)
  })

  it('give the means of published queues', () => {
    const two = multiServerQueue({ arrivalRate: 5, serviceRate: 10, servers: 2 })!
    expect(two.inSystem).toBeCloseTo(8 / 15, 12)
    expect(two.waiting).toBeCloseTo(1 / 30, 12)
    expect(two.timeInSystem).toBeCloseTo(0.8 / 7.5, 12)
    expect(two.wait).toBeCloseTo(0.05 / 7.5, 12)
    expect(two.probabilityEmpty).toBeCloseTo(0.6, 12)
    expect(multiServerQueue({ arrivalRate: 1 / 4, serviceRate: 1 / 3, servers: 1 })).toMatchObject({
      inSystem: expect.closeTo(3, 9),
      waiting: expect.closeTo(2.25, 9),
      timeInSystem: expect.closeTo(12, 9),
      wait: expect.closeTo(9, 9),
    })
    expect(multiServerQueue({ arrivalRate: 5, serviceRate: 8, servers: 1 })!.wait).toBeCloseTo(0.20833, 5)
    expect(multiServerQueue({ arrivalRate: 0.2, serviceRate: 0.1, servers: 3 })!.wait).toBeCloseTo(4.444, 3)
    expect(multiServerQueue({ arrivalRate: 2, serviceRate: 1, servers: 2 })).toBeUndefined()
  })

  it('give the two examples of the textbooks on hospitals', () => {
    // Hillier & Lieberman, Introduction to Operations Research, « County Hospital »: one doctor, then two.
    expect(multiServerQueue({ arrivalRate: 2, serviceRate: 3, servers: 1 })).toMatchObject({
      inSystem: expect.closeTo(2, 9),
      waiting: expect.closeTo(4 / 3, 9),
      wait: expect.closeTo(2 / 3, 9),
    })
    expect(multiServerQueue({ arrivalRate: 2, serviceRate: 3, servers: 2 })).toMatchObject({
      probabilityEmpty: expect.closeTo(1 / 2, 9),
      inSystem: expect.closeTo(3 / 4, 9),
      waiting: expect.closeTo(1 / 12, 9),
      wait: expect.closeTo(1 / 24, 9),
    })
    // Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, example 2.2: an eye clinic of three doctors.
    expect(multiServerQueue({ arrivalRate: 6, serviceRate: 3, servers: 3 })).toMatchObject({
      probabilityEmpty: expect.closeTo(1 / 9, 9),
      inSystem: expect.closeTo(26 / 9, 9),
      waiting: expect.closeTo(8 / 9, 9),
      wait: expect.closeTo(4 / 27, 9),
    })
  })

  it('staff a desk as published, without starting too high', () => {
    expect(deskStaffing(desk)).toMatchObject({
      agentsAtDesk: 14,
      agentsEmployed: 20,
      serviceLevel: expect.closeTo(0.8883500192, 10),
      occupancy: expect.closeTo(0.7142857, 7),
      probabilityOfWaiting: expect.closeTo(0.1741319336, 10),
    })
    expect(deskStaffing({ ...desk, maxOccupancy: 0.7, target: 0.33 })).toMatchObject({
      agentsAtDesk: 15,
      agentsEmployed: 22,
      serviceLevel: expect.closeTo(0.941, 3),
      occupancy: expect.closeTo(0.667, 3),
      probabilityOfWaiting: expect.closeTo(0.102, 3),
    })
    for (const [agents, level] of [
      [11, 0.3896],
      [12, 0.6402],
      [13, 0.7956],
      [14, 0.8884],
    ] as const) {
      expect(serviceLevel(agents, 10, 1 / 3, 3)).toBeCloseTo(level, 4)
    }
    const busy = { ...desk, arrivals: 105, serviceLevel: 0.05, maxOccupancy: 1 }
    expect(deskStaffing(busy)).toMatchObject({ agentsAtDesk: 11, serviceLevel: expect.closeTo(0.21, 2) })
  })

  it('follow users who leave (Erlang A)', () => {
    const means = impatientQueue({ arrivalRate: 10 / 3, serviceRate: 1 / 3, servers: 14, patience: 5 }, 1 / 3)
    expect(means.probabilityOfWaiting).toBeCloseTo(0.14526, 5)
    expect(means.abandonedShare).toBeCloseTo(0.013984, 6)
    expect(means.occupancy).toBeCloseTo(0.704297, 6)
    expect(means.wait).toBeCloseTo(0.069919, 6)
    expect(means.servedWithin).toBeCloseTo(0.916792, 6)
    const overloaded = impatientQueue({ arrivalRate: 10, serviceRate: 1, servers: 5, patience: 2 }, 0)
    expect(overloaded.abandonedShare).toBeCloseTo(1 - overloaded.occupancy / 2, 9)
    expect(overloaded.servedWithin).toBeCloseTo(1 - overloaded.probabilityOfWaiting, 9)
  })

  it('serve within any time whoever does not leave, and as Erlang C says when nobody leaves', () => {
    for (const queue of [
      { arrivalRate: 10, serviceRate: 1, servers: 5, patience: 2 },
      { arrivalRate: 3_000, serviceRate: 1, servers: 2_900, patience: 0.1 },
      { arrivalRate: 1e6, serviceRate: 1e-9, servers: 1, patience: 0.01 },
      { arrivalRate: 1e-9, serviceRate: 1e6, servers: 10_000, patience: 1e6 },
    ]) {
      const means = impatientQueue(queue, 1e12)
      expect(means.servedWithin).toBeCloseTo(1 - means.abandonedShare, 9)
    }
    const patient = { arrivalRate: 10 / 3, serviceRate: 1 / 3, servers: 14, patience: 1e7 }
    expect(impatientQueue(patient, 1 / 3).servedWithin).toBeCloseTo(0.8883500192, 6)
    // One server, two arrivals in the time of a service, patience and target of one service; summed state by state.
    const one = impatientQueue({ arrivalRate: 2, serviceRate: 1, servers: 1, patience: 1 }, 1)
    const states = Array.from({ length: 40 }, (_, n) => 2 ** n / factorial(n))
    const all = states.reduce((sum, weight) => sum + weight)
    // Patience and service of one rate: of those ahead and oneself, served first or gone first, all alike.
    const offered = (ahead: number, t: number) => (1 - Math.exp(-t)) ** ahead * Math.exp(-t)
    const served = states.reduce((sum, weight, n) => {
      if (n === 0) return sum + weight
      // Density of the offered wait with n - 1 ahead, kept while patient, over a fine grid.
      const steps = 2_000
      const step = 1 / steps
      const within = Array.from({ length: steps }, (_, i) => {
        const t = (i + 0.5) * step
        return n * offered(n - 1, t) * Math.exp(-t) * step
      })
      return sum + weight * within.reduce((total, part) => total + part)
    }, 0)
    expect(one.servedWithin).toBeCloseTo(served / all, 6)
  })

  it('refuse what is no number', () => {
    expect(() => erlangB(2.5, 1)).toThrow('not a number of servers')
    expect(() => erlangC(2, Number.NaN)).toThrow('not a load')
    expect(() => deskStaffing({ ...desk, shrinkage: 1 })).toThrow('not a shrinkage')
  })
})
