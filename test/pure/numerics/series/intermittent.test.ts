import { expect, test } from 'vitest'
import { fitIntermittent, isIntermittent } from '../../../../src/pure/numerics/series/intermittent.ts'
import { seededRandom } from '../../../../src/pure/numerics/series/random.ts'

test('the worked example', () => {
  const fit = fitIntermittent([0, 0, 2, 0])
  expect(fit.chance).toBeCloseTo(0.254025, 12)
  expect(fit.mean).toBeCloseTo(0.50805, 12)
})

test('over many series the forecast has no bias', () => {
  const random = seededRandom(3)
  let sum = 0
  for (let k = 0; k < 2000; k++)
    sum += fitIntermittent(
      Array.from({ length: 48 }, () => (random() < 0.2 ? 1 + Math.floor(4 * random()) : 0)),
    ).mean
  // A chance of .2 and a mean size of 2.5.
  expect(sum / 2000).toBeGreaterThan(0.485)
  expect(sum / 2000).toBeLessThan(0.515)
})

test('it fades when demand stops', () => {
  const busy = [0, 3, 0, 3, 0, 0, 3, 0]
  expect(fitIntermittent([...busy, ...new Array<number>(24).fill(0)]).mean).toBeLessThan(
    0.2 * fitIntermittent(busy).mean,
  )
})

test('more than half zeros, nothing negative', () => {
  expect(isIntermittent([0, 0, 1])).toBe(true)
  expect(isIntermittent([0, 1])).toBe(false)
  expect(isIntermittent([0, 0, -1])).toBe(false)
})
