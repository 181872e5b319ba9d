/** A dense matrix stored row after row: the entry of row i and column j is `values[i * columns + j]`. */
export interface Matrix {
  rows: number
  columns: number
  values: Float64Array
}

/** A matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) }
}

/** A matrix from its rows. @throws RangeError if the rows are not of one length. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0
  const matrix = zeros(rows.length, columns)
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i} has ${row.length} entries, not ${columns}`)
    matrix.values.set(row, i * columns)
  })
  return matrix
}

/** The product of two matrices. @throws RangeError if their shapes do not fit. */
export function multiply(left: Matrix, right: Matrix): Matrix {
  if (left.columns !== right.rows) throw new RangeError(`cannot multiply ${left.columns} by ${right.rows}`)
  const product = zeros(left.rows, right.columns)
  for (let i = 0; i < left.rows; i++) {
    const target = i * right.columns
    for (let k = 0; k < left.columns; k++) {
      const factor = left.values[i * left.columns + k]!
      if (factor === 0) continue
      const source = k * right.columns
      for (let j = 0; j < right.columns; j++)
        product.values[target + j] = product.values[target + j]! + factor * right.values[source + j]!
    }
  }
  return product
}

/** A matrix with rows and columns exchanged. */
export function transpose(matrix: Matrix): Matrix {
  const flipped = zeros(matrix.columns, matrix.rows)
  for (let i = 0; i < matrix.rows; i++)
    for (let j = 0; j < matrix.columns; j++)
      flipped.values[j * matrix.rows + i] = matrix.values[i * matrix.columns + j]!
  return flipped
}

/**
 * Lower triangular factor L with L L' equal to a symmetric positive definite matrix (Cholesky 1910; Golub and
 * Van Loan 2013, § 4.2), or `undefined` where the matrix is not positive definite to working precision.
 * Worked example: [[4, 2], [2, 5]] gives [[2, 0], [1, 2]].
 */
export function cholesky(matrix: Matrix): Matrix | undefined {
  const n = matrix.rows
  const factor = zeros(n, n)
  const l = factor.values
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix.values[i * n + j]!
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!
      if (i !== j) l[i * n + j] = sum / l[j * n + j]!
      else if (sum > matrix.values[i * n + i]! * 1e-13) l[i * n + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return factor
}

/** Solves L L' X = B for every column of B, given the Cholesky factor L. */
export function solveCholesky(factor: Matrix, right: Matrix): Matrix {
  const n = factor.rows
  const m = right.columns
  const l = factor.values
  const x = Float64Array.from(right.values)
  const subtract = (target: number, source: number, times: number) => {
    for (let c = 0; c < m; c++) x[target * m + c] = x[target * m + c]! - times * x[source * m + c]!
  }
  const divide = (row: number) => {
    for (let c = 0; c < m; c++) x[row * m + c] = x[row * m + c]! / l[row * n + row]!
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtract(i, k, l[i * n + k]!)
    divide(i)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtract(i, k, l[k * n + i]!)
    divide(i)
  }
  return { rows: n, columns: m, values: x }
}
