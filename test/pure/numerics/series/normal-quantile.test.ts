import { expect, test } from 'vitest'
import { normalQuantile } from '../../../../src/pure/numerics/series/normal-quantile.ts'

// R 4.2.2, qnorm.
test.each([
  [0.5, 0],
  [0.75, 0.674489750196082],
  [0.975, 1.95996398454005],
  [0.999, 3.09023230616781],
  [0.01, -2.32634787404084],
  [1e-6, -4.7534243088229],
])('the quantile of %d is %d', (probability, quantile) => {
  expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(1e-8)
})
