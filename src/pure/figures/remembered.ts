/**
 * Keeps the last `most` results of a pure computation, each under a text that holds all that it depends on.
 *
 * Example: with `const kept = remembered<number>(1)`, `kept('a', f)` computes, a second `kept('a', f)` does not, and
 * after `kept('b', f)` the first is forgotten. A promise that fails is not kept.
 */
export function remembered<T>(most: number): (key: string, compute: () => T) => T {
  const kept = new Map<string, T>()
  return (key, compute) => {
    const value = kept.has(key) ? (kept.get(key) as T) : compute()
    if (value instanceof Promise) value.catch(() => kept.get(key) === value && kept.delete(key))
    // The order of a map is that of insertion: the one just used becomes the youngest.
    kept.delete(key)
    kept.set(key, value)
    for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest)
    return value
  }
}
