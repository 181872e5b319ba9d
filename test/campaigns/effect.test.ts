import { expect, test } from 'vitest'
import { agentsFor } from '../../src/campaigns/effect.ts'

test('a quarter of sixty working days, its first day among them', () => {
  expect(agentsFor(6_000, '2031-Q2')).toBe(1)
})
