import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { PROGRESS_SCRIPT } from '../../../src/pure/pages/progress.ts'

it('the script is JavaScript, small, runs no text and speaks to the address of its form only', () => {
  expect(() => new Script(PROGRESS_SCRIPT)).not.toThrow()
  expect(PROGRESS_SCRIPT.length).toBeLessThan(3500)
  expect(PROGRESS_SCRIPT).not.toMatch(/XMLHttpRequest|eval|innerHTML|document.write|https?:/)
  expect(PROGRESS_SCRIPT.match(/fetch\([^,]*/g)).toEqual(['fetch(form.action'])
})
