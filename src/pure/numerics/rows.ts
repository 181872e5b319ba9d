/** Rows of numbers in one block of memory: thousands of small arrays of their own cost more to collect than to fill. */
export function rows(count: number, width: number): Float64Array[] {
  const block = new Float64Array(count * width)
  return Array.from({ length: count }, (_, i) => block.subarray(i * width, (i + 1) * width))
}
