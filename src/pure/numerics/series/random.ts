/** A source of uniform numbers in [0, 1). Models receive one, so that a run can be repeated from its seed. */
export type Random = () => number

/**
 * Seeded uniform generator `sfc32` (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush.
 * The same seed and stream give the same sequence on every machine; streams share no state.
 */
export function seededRandom(seed: number, stream = 0): Random {
  // In variables, V8 would make an object of each number beyond 31 bits.
  const state = Int32Array.of(0x9e3779b9 ^ stream, 0x243f6a88, 0xb7e15162, seed)
  const next = () => {
    const [b, c] = [state[1]!, state[2]!]
    const sum = (((state[0]! + b) | 0) + state[3]!) | 0
    state[3]! += 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A standard normal number (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
