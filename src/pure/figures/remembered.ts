import { LRUCache } from 'lru-cache'

/**
 * Keeps the last `most` results of a pure computation, each under a text that holds all that it depends on.
 *
 * Example: with `const kept = remembered<number>(1)`, `kept('a', f)` computes, a second `kept('a', f)` does not, and
 * after `kept('b', f)` the first is forgotten. A promise that fails is not kept.
 */
export function remembered<T>(most: number): (key: string, compute: () => T) => T {
  const kept = new LRUCache<string, { value: T }>({ max: most })
  return (key, compute) => {
    const known = kept.get(key) ?? { value: compute() }
    kept.set(key, known)
    if (known.value instanceof Promise) known.value.catch(() => kept.peek(key) === known && kept.delete(key))
    return known.value
  }
}
