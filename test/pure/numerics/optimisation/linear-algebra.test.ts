import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cholesky,
  matrixOf,
  multiply,
  solveCholesky,
  transpose,
} from '../../../../src/pure/numerics/optimisation/linear-algebra.ts'

describe('cholesky', () => {
  it('factors the worked example', () => {
    const factor = cholesky(
      matrixOf([
        [4, 2],
        [2, 5],
      ]),
    )!
    expect([...factor.values]).toEqual([2, 0, 1, 2])
  })

  it('refuses a singular matrix', () => {
    expect(
      cholesky(
        matrixOf([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBeUndefined()
  })

  it('solves what it factors', () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
        rows => {
          const half = matrixOf(rows)
          const definite = multiply(half, transpose(half))
          for (let i = 0; i < 4; i++) definite.values[i * 5] = definite.values[i * 5]! + 1
          const right = matrixOf([[1], [-2], [3], [0.5]])
          const back = multiply(definite, solveCholesky(cholesky(definite)!, right))
          back.values.forEach((value, i) => {
            expect(value).toBeCloseTo(right.values[i]!, 9)
          })
        },
      ),
    )
  })
})

it('refuses shapes that do not fit', () => {
  expect(() => multiply(matrixOf([[1, 2]]), matrixOf([[1, 2]]))).toThrow(RangeError)
  expect(() => matrixOf([[1, 2], [1]])).toThrow(RangeError)
})
