import { expect, it } from 'vitest'
import { solveProgram } from '../../../../src/io/solver/solve-program.ts'
import type {
  LinearProgram,
  SolveProgram,
} from '../../../../src/pure/numerics/optimisation/linear-program.ts'
import { warmStarted } from '../../../../src/pure/numerics/optimisation/warm-start.ts'

/** Least cost of three foods under some needs (rows named by the need). */
const diet = (needs: Record<string, number>): LinearProgram => ({
  sense: 'minimise',
  variables: [
    { name: 'bread', cost: 2 },
    { name: 'milk', cost: 3.5, upper: 10 },
    { name: 'fish', cost: 8 },
  ],
  constraints: Object.entries(needs).map(([name, lower], i) => ({
    name,
    terms: [
      [0, 4 - i],
      [1, 8],
      [2, 7 + 5 * i],
    ],
    lower,
  })),
})

it('starts from the last vertex with rows more, less and otherwise ordered, and finds what a fresh start does', async () => {
  const starts: boolean[] = []
  const told: SolveProgram = (program, options) => {
    starts.push(options?.start !== undefined)
    return solveProgram(program, options)
  }
  const warm = warmStarted(told)
  for (const needs of [
    { energy: 20, protein: 30 },
    { energy: 25, protein: 90, iron: 70 },
    { iron: 40, energy: 200 },
    { energy: 1_000 },
  ]) {
    const found = await warm(diet(needs))
    const fresh = await solveProgram(diet(needs))
    if (found.status !== 'optimal' || fresh.status !== 'optimal') throw new Error(found.status)
    expect(found.objective).toBeCloseTo(fresh.objective, 9)
  }
  expect(starts.slice(0, 2)).toEqual([false, true])
})

it('leaves programs with whole variables alone', async () => {
  const whole: LinearProgram = {
    ...diet({ energy: 21 }),
    variables: [{ name: 'bread', cost: 2, integer: true }],
    constraints: [{ name: 'energy', terms: [[0, 4]], lower: 21 }],
  }
  expect(await warmStarted(solveProgram)(whole)).toMatchObject({ status: 'optimal', objective: 12 })
})
