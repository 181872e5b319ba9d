import { errorFunction } from 'simple-statistics'

/** One hidden quantity that lives by itself: it keeps `persistence` of its value each step and receives noise. */
export interface Component {
  /** Variance before the first step, its mean being `mean`. */
  mean: number
  variance: number
  persistence: number
  noise: number
}

/** One thing seen at one step: a sum of components, with an error; a bound says only on which side the value lies. */
export interface Sighting {
  step: number
  /** Components it sums, by index. */
  of: readonly number[]
  value: number
  /** Standard deviation of its error. */
  error: number
  kind: 'value' | 'below' | 'above'
}

/** What is known at a step: mean and covariance (row after row) of the components. */
export interface Belief {
  mean: Float64Array
  covariance: Float64Array
}

/** Mean and variance of a quantity. */
export interface Moments {
  mean: number
  variance: number
}

/** Beliefs at each step, and what is needed to go back over them. */
export interface Filtered {
  components: readonly Component[]
  /** Knowing what was seen up to the step. */
  beliefs: readonly Belief[]
  updates: readonly Update[]
  /** Log density of all that was seen, but for a constant. */
  evidence: number
}

interface Update {
  step: number
  of: readonly number[]
  /** What was seen, or what a bound stands for, and the variance of its error. */
  value: number
  error: number
  /** Covariance of each component with what was seen, before it was. */
  shared: Float64Array
  innovation: number
  variance: number
}

/**
 * Kalman filter (Kalman 1960) of independent first-order components seen through their sums, one sighting after the
 * other. A bound is a probit observation: the two first moments of what remains are kept (Minka 2001), and stand in the
 * filter as the value and error that would have given them.
 *
 * Example: one constant of mean 0 and variance 1, seen as 1 with an error of 1: mean .5, variance .5. Seen below 0 with
 * no error: mean −.798, variance .363, those of the half normal.
 */
export function filterComponents(
  components: readonly Component[],
  sightings: readonly Sighting[],
  steps: number,
): Filtered {
  const size = components.length
  const mean = Float64Array.from(components, one => one.mean)
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++) covariance[i * size + i] = components[i]!.variance
  const inOrder = [...sightings].filter(one => one.step < steps).sort((a, b) => a.step - b.step)
  const beliefs: Belief[] = []
  const updates: Update[] = []
  let next = 0
  let evidence = 0
  for (let step = 0; step < steps; step++) {
    if (step > 0) advance(components, mean, covariance)
    for (; next < inOrder.length && inOrder[next]!.step === step; next++) {
      const seen = inOrder[next]!
      evidence += evidenceOf(seen, sumOf({ mean, covariance }, seen.of))
      loosen(components, seen, mean, covariance)
      const update = updateOf(seen, mean, covariance)
      updates.push(update)
      for (let i = 0; i < size; i++) {
        const gain = update.shared[i]! / update.variance
        mean[i] = mean[i]! + gain * update.innovation
        for (let j = 0; j < size; j++)
          covariance[i * size + j] = covariance[i * size + j]! - gain * update.shared[j]!
      }
    }
    beliefs.push({ mean: mean.slice(), covariance: covariance.slice() })
  }
  return { components, beliefs, updates, evidence }
}

/** What is believed `steps` after a belief when nothing is seen meanwhile. */
export function advanced(components: readonly Component[], belief: Belief, steps: number): Belief {
  const mean = belief.mean.slice()
  const covariance = belief.covariance.slice()
  for (let step = 0; step < steps; step++) advance(components, mean, covariance)
  return { mean, covariance }
}

function advance(components: readonly Component[], mean: Float64Array, covariance: Float64Array): void {
  const size = components.length
  for (let i = 0; i < size; i++) {
    const { persistence, noise } = components[i]!
    mean[i] = mean[i]! * persistence
    for (let j = 0; j < size; j++)
      covariance[i * size + j] = covariance[i * size + j]! * persistence * components[j]!.persistence
    covariance[i * size + i] = covariance[i * size + i]! + noise
  }
}

/** Log density of what is seen, or chance of its bound, by what is believed of it, but for a constant. */
function evidenceOf({ value, error, kind }: Sighting, believed: Moments): number {
  const variance = Math.max(1e-12, believed.variance + error ** 2)
  const gap = value - believed.mean
  if (kind === 'value') return -(Math.log(variance) + gap ** 2 / variance) / 2
  const chance = cumulativeNormal(((kind === 'below' ? 1 : -1) * gap) / Math.sqrt(variance))
  return Math.log(Math.max(Number.MIN_VALUE, chance))
}

/** Standard deviations on the wrong side of a bound from which what is believed has jumped rather than erred. */
const SURPRISE = 2

/**
 * Where a bound contradicts what is believed by more than two standard deviations, the liveliest of its components has
 * jumped (an intervention, West and Harrison 1997, ch. 11): it receives the variance that makes them two, so that
 * « less than 7 » a month after 120 ends under 7, and not between the two.
 */
function loosen(
  components: readonly Component[],
  { of, value, error, kind }: Sighting,
  mean: Float64Array,
  covariance: Float64Array,
): void {
  if (kind === 'value') return
  const believed = sumOf({ mean, covariance }, of)
  const wrong = (kind === 'below' ? 1 : -1) * (believed.mean - value)
  const missing = (wrong / SURPRISE) ** 2 - believed.variance - error ** 2
  if (wrong <= 0 || missing <= 0) return
  const liveliest = of.reduce((best, i) => (components[i]!.noise > components[best]!.noise ? i : best))
  covariance[liveliest * mean.length + liveliest]! += missing
}

function updateOf(
  { step, of, value, error, kind }: Sighting,
  mean: Float64Array,
  covariance: Float64Array,
): Update {
  const size = mean.length
  const shared = new Float64Array(size)
  for (let i = 0; i < size; i++) for (const j of of) shared[i] = shared[i]! + covariance[i * size + j]!
  const expected = of.reduce((sum, j) => sum + mean[j]!, 0)
  const sure = of.reduce((sum, j) => sum + shared[j]!, 0)
  const variance = Math.max(1e-12, sure + error ** 2)
  const innovation = value - expected
  if (kind === 'value') return { step, of, value, error: error ** 2, shared, innovation, variance }
  const root = Math.sqrt(variance)
  const side = kind === 'below' ? 1 : -1
  const at = (side * innovation) / root
  const ratio = hazard(at)
  const kept = Math.max(1e-9, ratio * (ratio + at))
  const moved = (-side * root * ratio) / kept
  const wide = variance / kept
  return { step, of, value: expected + moved, error: wide - sure, shared, innovation: moved, variance: wide }
}

/**
 * Mean and variance of some sums of components at each step knowing everything seen, before and after (fixed-interval
 * smoother of de Jong 1989, sightings one by one as in Koopman and Durbin 2000): one list of steps for each sum.
 */
export function smoothedSums(
  { components, beliefs, updates }: Filtered,
  sums: readonly (readonly number[])[],
): Moments[][] {
  const size = components.length
  const score = new Float64Array(size)
  const information = new Float64Array(size * size)
  const back: Moments[][] = sums.map(() => new Array(beliefs.length))
  let next = updates.length - 1
  for (let step = beliefs.length - 1; step >= 0; step--) {
    sums.forEach((of, s) => {
      back[s]![step] = smoothedSum(beliefs[step]!, of, score, information)
    })
    for (; next >= 0 && updates[next]!.step === step; next--) absorb(updates[next]!, score, information)
    for (let i = 0; i < size; i++) {
      score[i] = score[i]! * components[i]!.persistence
      for (let j = 0; j < size; j++)
        information[i * size + j] =
          information[i * size + j]! * components[i]!.persistence * components[j]!.persistence
    }
  }
  return back
}

function smoothedSum(
  belief: Belief,
  of: readonly number[],
  score: Float64Array,
  information: Float64Array,
): Moments {
  const size = score.length
  const before = sumOf(belief, of)
  const along = new Float64Array(size)
  for (const i of of) for (let j = 0; j < size; j++) along[j] = along[j]! + belief.covariance[i * size + j]!
  const informed = product(information, along, size)
  return {
    mean: before.mean + along.reduce((sum, value, i) => sum + value * score[i]!, 0),
    variance: Math.max(0, before.variance - along.reduce((sum, value, i) => sum + value * informed[i]!, 0)),
  }
}

/** Takes one sighting into what the later ones say of the state before it: `r ← Z v/F + L′ r`, `N ← Z Z′/F + L′ N L`. */
function absorb(
  { of, shared, innovation, variance }: Update,
  score: Float64Array,
  information: Float64Array,
) {
  const size = score.length
  let along = 0
  for (let i = 0; i < size; i++) along += shared[i]! * score[i]!
  const bySight = product(information, shared, size)
  let both = 0
  for (let i = 0; i < size; i++) both += shared[i]! * bySight[i]!
  for (const i of of) {
    score[i] = score[i]! + (innovation - along) / variance
    for (let j = 0; j < size; j++) {
      information[i * size + j] = information[i * size + j]! - bySight[j]! / variance
      information[j * size + i] = information[j * size + i]! - bySight[j]! / variance
    }
    for (const j of of)
      information[i * size + j] = information[i * size + j]! + 1 / variance + both / variance ** 2
  }
}

/** How much the mean of a sum of components moves for each unit of each value seen, in the order of the sightings. */
export function weightsOf({ components, beliefs, updates }: Filtered, of: readonly number[]): number[] {
  const size = components.length
  const along = new Float64Array(size)
  for (const i of of) along[i] = 1
  const weights = new Array<number>(updates.length).fill(0)
  let next = updates.length - 1
  for (let step = beliefs.length - 1; step >= 0; step--) {
    for (; next >= 0 && updates[next]!.step === step; next--) {
      const { shared, variance, of: sum } = updates[next]!
      let weight = 0
      for (let i = 0; i < size; i++) weight += (along[i]! * shared[i]!) / variance
      weights[next] = weight
      for (const i of sum) along[i] = along[i]! - weight
    }
    for (let i = 0; i < size; i++) along[i] = along[i]! * components[i]!.persistence
  }
  return weights
}

/** Mean and variance of a sum of components. */
export function sumOf({ mean, covariance }: Belief, of: readonly number[]): Moments {
  const size = mean.length
  return {
    mean: of.reduce((sum, i) => sum + mean[i]!, 0),
    variance: Math.max(
      0,
      of.reduce((sum, i) => sum + of.reduce((row, j) => row + covariance[i * size + j]!, 0), 0),
    ),
  }
}

/** What is believed of some components, whatever the others are. */
export function marginal({ mean, covariance }: Belief, of: readonly number[]): Belief {
  return {
    mean: Float64Array.from(of, i => mean[i]!),
    covariance: Float64Array.from(of.flatMap(i => of.map(j => covariance[i * mean.length + j]!))),
  }
}

/** A lower triangle `L` with `L L′` the covariance, so that `mean + L z` draws from the belief; a null direction draws nothing. */
export function cholesky(covariance: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let left = covariance[i * size + j]!
      for (let k = 0; k < j; k++) left -= lower[i * size + k]! * lower[j * size + k]!
      lower[i * size + j] =
        i === j ? Math.sqrt(Math.max(0, left)) : lower[j * size + j]! > 1e-9 ? left / lower[j * size + j]! : 0
    }
  return lower
}

/** A draw from the normal law of a mean and of the triangle of its covariance, of at least as many standard normal numbers. */
export function drawn(
  mean: ArrayLike<number>,
  lower: Float64Array,
  normals: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(mean, (value, i) => {
    let result = value
    for (let j = 0; j <= i; j++) result += lower[i * mean.length + j]! * normals[j]!
    return result
  })
}

function product(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) result[i] = result[i]! + matrix[i * size + j]! * vector[j]!
  return result
}

/** `φ(x) ÷ Φ(x)` of the standard normal; far to the left it is `−x − 1/x`. */
function hazard(x: number): number {
  if (x < -6) return -x - 1 / x
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / cumulativeNormal(x)
}

/** Cumulative standard normal, relative error 1.2e-7: `erfc` is precise far out where a difference from 1 would not be. */
export function cumulativeNormal(x: number): number {
  const tail = (1 - errorFunction(Math.abs(x) / Math.SQRT2)) / 2
  return x > 0 ? 1 - tail : tail
}
