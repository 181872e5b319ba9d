import { expect, it } from 'vitest'
import { remembered } from '../../../src/pure/figures/remembered.ts'

it('computes once for what is kept, and forgets the one used longest ago', () => {
  const kept = remembered<string | undefined>(2)
  const computed: string[] = []
  const ask = (key: string) =>
    kept(key, () => {
      computed.push(key)
      return key === 'nothing' ? undefined : key.toUpperCase()
    })
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A', 'B'])
  expect(computed).toEqual(['a', 'b', 'c', 'b'])
  expect([ask('nothing'), ask('nothing')]).toEqual([undefined, undefined])
  expect(computed).toEqual(['a', 'b', 'c', 'b', 'nothing'])
})

it('keeps nothing of a computation that fails', () => {
  const kept = remembered<number>(2)
  expect(() =>
    kept('a', () => {
      throw new RangeError('no')
    }),
  ).toThrow(RangeError)
  expect(kept('a', () => 1)).toBe(1)
})
