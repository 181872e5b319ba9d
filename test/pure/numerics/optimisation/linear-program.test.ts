import { expect, it } from 'vitest'
import { solveProgram } from '../../../../src/io/solver/solve-program.ts'
import {
  elasticProgram,
  type LinearProgram,
  lpText,
} from '../../../../src/pure/numerics/optimisation/linear-program.ts'

const contradiction: LinearProgram = {
  sense: 'minimise',
  variables: [{ name: 'x', cost: 1 }],
  constraints: [
    { name: 'at most', terms: [[0, 1]], upper: 2 },
    { name: 'at least', terms: [[0, 1]], lower: 5 },
  ],
}

it('writes short lines, both bounds of a row, and whole variables', () => {
  const text = lpText({
    sense: 'maximise',
    variables: Array.from({ length: 40 }, (_, i) => ({
      name: `v${i}`,
      cost: 1.5,
      integer: i === 0,
      upper: i + 1,
    })),
    constraints: [
      {
        name: 'range',
        terms: [
          [0, 1],
          [1, -2.5],
        ],
        lower: -1,
        upper: 4,
      },
      { name: 'nothing', terms: [], upper: 1 },
    ],
  })
  expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThan(255)
  expect(text).toContain(' r0l:\n  + 1 x0 - 2.5 x1\n  >= -1\n r0u:')
  expect(text).toContain(' r1u:\n  0 x0\n  <= 1')
  expect(text).toContain('General\n x0\nEnd')
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
