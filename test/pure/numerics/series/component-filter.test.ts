import { expect, test } from 'vitest'
import {
  advanced,
  type Component,
  cholesky,
  cumulativeNormal,
  filterComponents,
  type Sighting,
  smoothedSums,
  sumOf,
  weightsOf,
} from '../../../../src/pure/numerics/series/component-filter.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'

const constant: Component = { mean: 0, variance: 1, persistence: 1, noise: 0 }
const seen = (one: Partial<Sighting>): Sighting => ({
  step: 0,
  of: [0],
  value: 0,
  error: 1,
  kind: 'value',
  ...one,
})

test('one constant seen once: the mean of prior and value', () => {
  const { beliefs } = filterComponents([constant], [seen({ value: 1 })], 1)
  expect(sumOf(beliefs[0]!, [0])).toEqual({ mean: 0.5, variance: 0.5 })
})

test('a bound gives the moments of the truncated normal', () => {
  const { beliefs } = filterComponents([constant], [seen({ error: 0, kind: 'below' })], 1)
  const { mean, variance } = sumOf(beliefs[0]!, [0])
  expect(mean).toBeCloseTo(-Math.sqrt(2 / Math.PI), 6)
  expect(variance).toBeCloseTo(1 - 2 / Math.PI, 6)
  const above = sumOf(filterComponents([constant], [seen({ error: 0, kind: 'above' })], 1).beliefs[0]!, [0])
  expect(above.mean).toBeCloseTo(-mean, 12)
})

test('a bound long respected moves nothing', () => {
  const { beliefs } = filterComponents([constant], [seen({ value: 6, kind: 'below' })], 1)
  expect(sumOf(beliefs[0]!, [0]).mean).toBeCloseTo(0, 3)
  expect(sumOf(beliefs[0]!, [0]).variance).toBeCloseTo(1, 3)
})

test('the smoother and the weights are those of the joint normal law', () => {
  const components: Component[] = [
    { mean: 1, variance: 2, persistence: 0.8, noise: 0.5 },
    { mean: 0, variance: 1, persistence: 1, noise: 0 },
  ]
  const sightings = [
    seen({ step: 0, of: [0], value: 2, error: 0.3 }),
    seen({ step: 2, of: [0, 1], value: -1, error: 0.5 }),
    seen({ step: 3, of: [1], value: 0.5, error: 1 }),
  ]
  const filtered = filterComponents(components, sightings, 4)
  const known = jointly(components, sightings, 4)
  const [both] = smoothedSums(filtered, [[0, 1], [0]])
  expect(both).toHaveLength(4)
  both!.forEach(({ mean, variance }, step) => {
    expect(mean).toBeCloseTo(known[step]!.mean, 9)
    expect(variance).toBeCloseTo(known[step]!.variance, 9)
  })
  const moved = filterComponents(
    components,
    [sightings[0]!, { ...sightings[1]!, value: 0 }, sightings[2]!],
    4,
  )
  const last = (one: typeof filtered) => sumOf(one.beliefs[3]!, [0, 1]).mean
  expect(weightsOf(filtered, [0, 1])[1]).toBeCloseTo(last(moved) - last(filtered), 9)
})

test('what is believed later fades to the mean and widens', () => {
  const one: Component = { mean: 2, variance: 0.1, persistence: 0.5, noise: 0.3 }
  const later = advanced([one], { mean: Float64Array.of(2), covariance: Float64Array.of(0.1) }, 30)
  expect(later.mean[0]).toBeCloseTo(0, 6)
  expect(later.covariance[0]).toBeCloseTo(0.3 / 0.75, 9)
})

test('the triangle of a covariance gives it back', () => {
  const lower = cholesky(Float64Array.of(4, 2, 2, 5), 2)
  expect([...lower]).toEqual([2, 0, 1, 2])
  expect(cumulativeNormal(1.959964)).toBeCloseTo(0.975, 6)
})

/** The same by brute force: moments of 400,000 draws weighted by what was seen would not do, so the normal law itself. */
function jointly(components: readonly Component[], sightings: readonly Sighting[], steps: number) {
  const size = components.length * steps
  const mean = new Array<number>(size).fill(0)
  const covariance = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  components.forEach((one, c) => {
    for (let s = 0; s < steps; s++) {
      const at = c * steps + s
      mean[at] = one.mean * one.persistence ** s
      let variance = one.variance
      for (let k = 0; k < s; k++) variance = variance * one.persistence ** 2 + one.noise
      for (let later = s; later < steps; later++) {
        const shared = variance * one.persistence ** (later - s)
        covariance[at]![c * steps + later] = shared
        covariance[c * steps + later]![at] = shared
      }
    }
  })
  for (const { step, of, value, error } of sightings) {
    const places = of.map(c => c * steps + step)
    const along = covariance.map(row => places.reduce((sum, j) => sum + row[j]!, 0))
    const variance = places.reduce((sum, i) => sum + along[i]!, 0) + error ** 2
    const missed = value - places.reduce((sum, i) => sum + mean[i]!, 0)
    for (let i = 0; i < size; i++) {
      mean[i]! += (along[i]! / variance) * missed
    }
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) covariance[i]![j]! -= (along[i]! * along[j]!) / variance
  }
  return Array.from({ length: steps }, (_, s) => {
    const at = components.map((_, c) => c * steps + s)
    return {
      mean: at.reduce((sum, i) => sum + mean[i]!, 0),
      variance: at.reduce((sum, i) => sum + at.reduce((row, j) => row + covariance[i]![j]!, 0), 0),
    }
  })
}

test('smoothing narrows: the past is never known less well with more facts', () => {
  const random = seededRandom(5)
  const components: Component[] = [{ mean: 0, variance: 1, persistence: 0.9, noise: 0.2 }]
  const sightings = Array.from({ length: 10 }, (_, i) =>
    seen({ step: 2 * i, value: normal(random), error: 0.4 }),
  )
  const filtered = filterComponents(components, sightings, 20)
  for (const [step, { variance }] of smoothedSums(filtered, [[0]])[0]!.entries())
    expect(variance).toBeLessThanOrEqual(sumOf(filtered.beliefs[step]!, [0]).variance + 1e-12)
})

test('a bound two standard deviations away is a jump: one level ends on the right side of it, the past stays', () => {
  const components: Component[] = [{ mean: 0, variance: 1, persistence: 1, noise: 0.01 }]
  const filtered = filterComponents(
    components,
    [seen({ step: 0, value: 3, error: 0.1 }), seen({ step: 1, value: 0, error: 0.1, kind: 'below' })],
    2,
  )
  expect(sumOf(filtered.beliefs[1]!, [0]).mean).toBeLessThan(0)
  expect(smoothedSums(filtered, [[0]])[0]![0]!.mean).toBeGreaterThan(2.5)
})
