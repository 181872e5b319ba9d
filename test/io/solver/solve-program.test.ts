import { describe, expect, it } from 'vitest'
import { solveProgram } from '../../../src/io/solver/solve-program.ts'
import { type LinearProgram, ProgramDraft } from '../../../src/pure/numerics/optimisation/linear-program.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'

/** Maximise 143 x + 60 y under 120 x + 210 y ≤ 15000, 110 x + 30 y ≤ 4000, x + y ≤ 75 (lp_solve, introduction). */
const farm = (integer = false): LinearProgram => ({
  sense: 'maximise',
  variables: [
    { name: 'wheat', cost: 143, integer },
    { name: 'barley', cost: 60, integer },
  ],
  constraints: [
    {
      name: 'money',
      terms: [
        [0, 120],
        [1, 210],
      ],
      upper: 15_000,
    },
    {
      name: 'room',
      terms: [
        [0, 110],
        [1, 30],
      ],
      upper: 4_000,
    },
    {
      name: 'land',
      terms: [
        [0, 1],
        [1, 1],
      ],
      upper: 75,
    },
  ],
})

/** A market split problem (Cornuéjols and Dawande 1998): small, and hard for branch and bound. */
function marketSplit(): LinearProgram {
  const draft = new ProgramDraft()
  const size = 50
  const random = seededRandom(1998)
  const places = Array.from({ length: size }, (_, i) =>
    draft.variable({ name: `x${i}`, cost: 0, upper: 1, integer: true }),
  )
  for (let row = 0; row < 6; row++) {
    const weights = places.map(() => Math.floor(100 * random()))
    const over = draft.variable({ name: 'over', cost: 1 })
    const under = draft.variable({ name: 'under', cost: 1 })
    const half = Math.floor(weights.reduce((a, b) => a + b, 0) / 2)
    draft.constraint({
      name: `split ${row}`,
      terms: [...places.map((place, i) => [place, weights[i]!] as const), [over, -1], [under, 1]],
      lower: half,
      upper: half,
    })
  }
  return draft.program()
}

describe('the solver', () => {
  it('solves the published farm, then whole fields', async () => {
    const solved = await solveProgram(farm())
    expect(solved.status).toBe('optimal')
    if (solved.status !== 'optimal') return
    expect(solved.objective).toBeCloseTo(6315.625, 6)
    expect(solved.values[0]).toBeCloseTo(21.875, 8)
    expect(solved.values[1]).toBeCloseTo(53.125, 8)
    const whole = await solveProgram(farm(true))
    expect(whole).toMatchObject({ status: 'optimal', objective: 143 * 22 + 60 * 52 })
  })

  it('says infeasible and unbounded', async () => {
    const free: LinearProgram = { sense: 'maximise', variables: [{ name: 'x', cost: 1 }], constraints: [] }
    expect(
      await solveProgram({ ...free, constraints: [{ name: 'low', terms: [[0, 1]], lower: 3, upper: 5 }] }),
    ).toMatchObject({
      status: 'optimal',
      objective: 5,
    })
    expect(
      await solveProgram({ ...free, constraints: [{ name: 'low', terms: [[0, 1]], upper: -1 }] }),
    ).toEqual({ status: 'infeasible' })
    expect(await solveProgram(free)).toEqual({ status: 'unbounded' })
  })

  it('takes negative, equal and missing bounds, and a row that names a variable twice', async () => {
    const solved = await solveProgram({
      sense: 'minimise',
      variables: [
        { name: 'x', cost: 1, lower: -4 },
        { name: 'y', cost: 1, lower: Number.NEGATIVE_INFINITY },
        { name: 'z', cost: 1, lower: 2, upper: 2 },
      ],
      constraints: [
        {
          name: 'sum',
          terms: [
            [0, 1],
            [1, 1],
            [1, 1],
          ],
          lower: -10,
        },
      ],
    })
    expect(solved).toMatchObject({ status: 'optimal', objective: -4 - 3 + 2 })
  })

  it('reads a row of 3,000 terms', async () => {
    const draft = new ProgramDraft()
    const terms = Array.from(
      { length: 3_000 },
      (_, i) => [draft.variable({ name: `x${i}`, cost: 1 + i / 7 }), 1 / (3 + i)] as const,
    )
    draft.constraint({ name: 'sum', terms, lower: 1 })
    expect(await solveProgram(draft.program())).toMatchObject({ status: 'optimal', objective: 3 })
  })

  it('refuses a number that is none before the engine sees it, and still works after', async () => {
    const bad = farm()
    await expect(
      solveProgram({ ...bad, constraints: [{ name: 'money', terms: [[0, Number.NaN]], upper: 1 }] }),
    ).rejects.toThrow('row money: coefficient NaN')
    await expect(solveProgram({ ...bad, variables: [{ name: 'wheat', cost: Number.NaN }] })).rejects.toThrow(
      'variable wheat',
    )
    await expect(
      solveProgram({ ...bad, constraints: [{ name: 'land', terms: [[0, 1]], upper: Number.NaN }] }),
    ).rejects.toThrow('row land')
    await expect(
      solveProgram({ ...bad, constraints: [{ name: 'land', terms: [[9, 1]], upper: 1 }] }),
    ).rejects.toThrow('no variable 9')
    expect((await solveProgram(farm())).status).toBe('optimal')
  })

  it('stops at its time limit', async () => {
    const solved = await solveProgram(marketSplit(), { timeLimitMs: 300, relativeGap: 0 })
    expect(solved.status).toBe('time-limit')
  })

  it('stops after a number of branches, with the same answer each time', async () => {
    const search = () => solveProgram(marketSplit(), { nodeLimit: 20, relativeGap: 0 })
    const [one, again] = [await search(), await search()]
    expect(one.status).toBe('time-limit')
    expect(again).toEqual(one)
  })

  it('is called off at once, while others wait their turn and are served', async () => {
    const caller = new AbortController()
    const long = solveProgram(marketSplit(), { timeLimitMs: 60_000, relativeGap: 0, signal: caller.signal })
    const next = solveProgram(farm())
    setTimeout(() => caller.abort(new Error('called off')), 200)
    await expect(long).rejects.toThrow('called off')
    expect((await next).status).toBe('optimal')
    await expect(solveProgram(farm(), { signal: caller.signal })).rejects.toThrow('called off')
  })
})
