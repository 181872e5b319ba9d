/** A source of uniform numbers in [0, 1). Models receive one, so that a run can be repeated from its seed. */
export type Random = () => number

/**
 * Seeded uniform generator `sfc32` (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush.
 * The same seed and stream give the same sequence on every machine; streams share no state.
 */
export function seededRandom(seed: number, stream = 0): Random {
  let a = 0x9e3779b9 ^ stream
  let b = 0x243f6a88
  let c = 0xb7e15162
  let counter = seed >>> 0
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A standard normal number (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
