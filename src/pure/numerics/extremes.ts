/**
 * The largest of some numbers, however many, and `least` where none is larger. `Math.max(...values)` makes an argument of
 * each value: a hundred thousand of them end the program's stack.
 *
 * @example of 3, 1 and 2: 3; of nothing, with 0: 0.
 */
export function largest(values: Iterable<number>, least = -Infinity): number {
  let found = least
  for (const value of values) found = Math.max(found, value)
  return found
}

/**
 * The smallest of some numbers, however many, and `most` where none is smaller.
 *
 * @example of 3, 1 and 2: 1.
 */
export function smallest(values: Iterable<number>, most = Infinity): number {
  let found = most
  for (const value of values) found = Math.min(found, value)
  return found
}
