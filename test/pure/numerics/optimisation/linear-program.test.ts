import { expect, it } from 'vitest'
import { solveProgram } from '../../../../src/io/solver/solve-program.ts'
import {
  elasticProgram,
  type LinearProgram,
  programArrays,
} from '../../../../src/pure/numerics/optimisation/linear-program.ts'

const contradiction: LinearProgram = {
  sense: 'minimise',
  variables: [{ name: 'x', cost: 1 }],
  constraints: [
    { name: 'at most', terms: [[0, 1]], upper: 2 },
    { name: 'at least', terms: [[0, 1]], lower: 5 },
  ],
}

it('writes a program in arrays: bounds missing or not, terms of one variable added up', () => {
  const arrays = programArrays({
    sense: 'maximise',
    variables: [
      { name: 'x', cost: 1.5, integer: true },
      { name: 'y', cost: -2, lower: -1, upper: 4 },
    ],
    constraints: [
      {
        name: 'twice',
        terms: [
          [1, 1],
          [0, 2],
          [1, 3],
        ],
        lower: -1,
      },
      { name: 'nothing', terms: [], upper: 1 },
      { name: 'again', terms: [[1, 5]], lower: 2, upper: 2 },
    ],
  })
  const { starts, indices, values, rowLower, rowUpper } = arrays
  expect([...starts]).toEqual([0, 2, 2, 3])
  expect([...indices]).toEqual([1, 0, 1])
  expect([...values]).toEqual([4, 2, 5])
  expect([...rowLower]).toEqual([-1, Number.NEGATIVE_INFINITY, 2])
  expect([...rowUpper]).toEqual([Number.POSITIVE_INFINITY, 1, 2])
  expect(arrays).toMatchObject({ maximise: true, whole: Int32Array.of(1, 0) })
  expect([...arrays.lower, ...arrays.upper]).toEqual([0, -1, Number.POSITIVE_INFINITY, 4])
})

it('says by how much a row should give', async () => {
  expect(await solveProgram(contradiction)).toEqual({ status: 'infeasible' })
  const { program, slackOf } = elasticProgram(contradiction, { gives: row => row.name === 'at most' })
  const solved = await solveProgram(program)
  if (solved.status !== 'optimal') throw new Error(solved.status)
  expect(solved.objective).toBeCloseTo(3, 9)
  expect(slackOf(solved.values, 'at most')).toBeCloseTo(3, 9)
  expect(slackOf(solved.values, 'at least')).toBe(0)
})
