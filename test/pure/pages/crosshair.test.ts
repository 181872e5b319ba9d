import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { CROSSHAIR_SCRIPT } from '../../../src/pure/pages/crosshair.ts'

it('the script is JavaScript, small, writes no markup and asks nothing of the network', () => {
  expect(() => new Script(CROSSHAIR_SCRIPT)).not.toThrow()
  expect(CROSSHAIR_SCRIPT.length).toBeLessThan(3072)
  expect(CROSSHAIR_SCRIPT).not.toMatch(/fetch|XMLHttpRequest|eval|innerHTML|https?:/)
})
