import { eliminate } from './elimination.ts'
import { type KnownEquations, knownEquations } from './known-equations.ts'
import type { Vintage } from './volume-table.ts'

/** Keys of the hidden volumes that a reader of all the vintages computes, in the vintage that hides them. */
export function recoverableKeys(vintages: readonly Vintage[]): Set<string> {
  const equations = knownEquations(vintages)
  const found = recoverableUnknowns(equations)
  return new Set(
    vintages.flatMap(({ hidden }, vintage) =>
      [...hidden].filter(key => found.has(equations.numberOf[vintage]!.get(key)!)),
    ),
  )
}

/** Numbers of the hidden unknowns that the equations alone determine, whatever a reader guesses. */
export function determinedUnknowns({ unknowns, rows }: KnownEquations): number[] {
  return alone(
    eliminate(
      rows,
      [...unknowns.keys()].filter(number => !unknowns[number]?.shown),
    ),
  )
}

/**
 * Audits what was published: numbers of the hidden unknowns that a reader of all the vintages computes exactly. One is
 * determined by linear equations when, and only when, the elimination over the hidden unknowns leaves it alone in its
 * row. Asked again with the hidden zeros that a reader guesses (`guessedZeros`); these are not in the answer, for nobody
 * stands behind a zero. A volume shown by one vintage and hidden by another was told, and is not in the answer either.
 */
export function recoverableUnknowns(equations: KnownEquations): Set<number> {
  const { unknowns, rows } = equations
  const hidden = [...unknowns.keys()].filter(number => !unknowns[number]?.shown)
  const found = new Set(determinedUnknowns(equations))
  const zeros = guessedZeros(equations)
  if (zeros.size > 0) {
    const left = hidden.filter(number => !zeros.has(number))
    for (const number of alone(eliminate(rows, left))) found.add(number)
  }
  return found
}

/**
 * Hidden zeros that a reader guesses because a volume is never negative: what is hidden of a sum is 0 together, so each
 * part of it is 0; then the zeros that follow from these.
 */
export function guessedZeros({ unknowns, rows }: KnownEquations): Set<number> {
  const zeros = new Set<number>()
  const isHidden = (number: number) => !unknowns[number]?.shown && !zeros.has(number)
  for (let known = -1; known < zeros.size; ) {
    known = zeros.size
    for (const row of rows) {
      const left = [...row].filter(([number]) => isHidden(number))
      const oneSign = left.every(([, coefficient]) => coefficient > 0) || left.every(([, one]) => one < 0)
      if (oneSign && left.every(([number]) => unknowns[number]?.value === 0)) {
        for (const [number] of left) zeros.add(number)
      }
    }
  }
  return zeros
}

function alone(pivots: ReturnType<typeof eliminate>): number[] {
  return [...pivots].filter(([, row]) => row.size === 1).map(([number]) => number)
}
