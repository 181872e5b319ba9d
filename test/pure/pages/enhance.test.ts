import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { ENHANCE_SCRIPT } from '../../../src/pure/pages/enhance.ts'

it('the script is JavaScript, small, and asks its own site alone', () => {
  expect(() => new Script(ENHANCE_SCRIPT)).not.toThrow()
  expect(ENHANCE_SCRIPT.length).toBeLessThan(2048)
  expect(ENHANCE_SCRIPT).not.toMatch(/XMLHttpRequest|eval|innerHTML|https?:/)
})
