import { expect, test } from 'vitest'
import { knownEquations } from '../../../src/pure/disclosure/known-equations.ts'
import {
  determinedUnknowns,
  guessedZeros,
  recoverableKeys,
  recoverableUnknowns,
} from '../../../src/pure/disclosure/recoverable.ts'
import type { Vintage } from '../../../src/pure/disclosure/volume-table.ts'

/** A vintage written as `T=7 shown` or `a=0 hidden`, and its sums as `T=a+b`, in the order given. */
function vintage(volumes: string, ...sums: string[]): Vintage {
  const read = volumes.split(' ').map(text => /^(\w+)=(\d+)(\*?)$/.exec(text)!)
  return {
    table: {
      volumes: read.map(([, key, value]) => ({ key: key!, value: Number(value), threshold: 11 })),
      sums: sums.map(text => {
        const [total, parts] = text.split('=') as [string, string]
        return { total, parts: parts.split('+') }
      }),
    },
    hidden: new Set(read.filter(([, , , star]) => star === '*').map(([, key]) => key!)),
  }
}
/** What is guessed, determined and recovered, by key; a star follows what is hidden. */
function audit(...vintages: Vintage[]) {
  const equations = knownEquations(vintages)
  const names = (numbers: Iterable<number>) =>
    [...numbers].map(number => equations.unknowns[number]!.key).sort()
  return {
    zeros: names(guessedZeros(equations)),
    determined: names(determinedUnknowns(equations)),
    recovered: names(recoverableUnknowns(equations)),
  }
}

test('the only hidden part of a sum is computed, and so is a hidden total', () => {
  expect(audit(vintage('T=12 a=4* b=8', 'T=a+b'))).toEqual({ zeros: [], determined: ['a'], recovered: ['a'] })
  expect(audit(vintage('T=12* a=4 b=8', 'T=a+b'))).toEqual({ zeros: [], determined: ['T'], recovered: ['T'] })
  expect(audit(vintage('T=12 a=4* b=8*', 'T=a+b'))).toEqual({ zeros: [], determined: [], recovered: [] })
})

test('hidden parts that are 0 together are guessed, one beside another number is not', () => {
  const together = audit(vintage('T=9 a=0* b=0* c=9', 'T=a+b+c'))
  expect(together).toEqual({ zeros: ['a', 'b'], determined: [], recovered: [] })
  expect(audit(vintage('T=9 a=0* b=3* c=6', 'T=a+b+c')).zeros).toEqual([])
  // Of a total and its parts, both hidden and both 0, the difference alone is known.
  expect(audit(vintage('T=0* a=0* b=0*', 'T=a+b')).zeros).toEqual([])
  expect(audit(vintage('T=0* a=0 b=0', 'T=a+b')).zeros).toEqual(['T'])
})

test('what a guessed zero gives away is recovered, far down a chain and whatever the order of the sums', () => {
  const sums = ['U=b+c', 'V=c+d', 'T=a+b']
  for (const order of [sums, sums.toReversed()]) {
    const told = audit(vintage('T=0 a=0* b=0* U=7 c=7* V=10 d=3*', ...order))
    expect(told).toEqual({ zeros: ['a', 'b'], determined: [], recovered: ['c', 'd'] })
  }
  // The zeros that follow from others: b by T, then the hidden total H of b alone, then its neighbour.
  for (const order of [
    ['W=H+g', 'H=b', 'T=a+b'],
    ['T=a+b', 'H=b', 'W=H+g'],
  ]) {
    const told = audit(vintage('T=0 a=0* b=0* H=0* W=5 g=5*', ...order))
    expect(told.zeros).toEqual(['H', 'a', 'b'])
    expect(told.recovered).toEqual(expect.arrayContaining(['g']))
  }
})

test('what another vintage shows is known, and is not said to be recovered', () => {
  const first = vintage('T=12 a=4 b=8', 'T=a+b')
  const second = vintage('T=12 a=4* b=8*', 'T=a+b')
  expect(audit(first, second)).toEqual({ zeros: [], determined: [], recovered: [] })
  expect(recoverableKeys([first, second])).toEqual(new Set())
})

test('a change of one part between two vintages gives away nothing, unless the total follows it alone', () => {
  const before = vintage('T=12 a=4* b=8*', 'T=a+b')
  const after = vintage('T=13 a=5* b=8*', 'T=a+b')
  expect(recoverableKeys([before, after])).toEqual(new Set())
  const shown = vintage('T=13 a=5 b=8*', 'T=a+b')
  expect(recoverableKeys([before, shown])).toEqual(new Set(['a', 'b']))
})
