import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { readAsset } from '../../src/io/assets.ts'

/** A script without the words at its head. */
const code = (name: string) => readAsset(name).replace(/^(\/\/.*\n)+/, '')

it.each([
  ['enhance.js', 2048],
  ['meeting.js', 1024],
  ['live.js', 1024],
  ['crosshair.js', 3072],
  ['progress.js', 3500],
  ['explorer.js', 1024],
] as const)('%s is JavaScript, small, and writes no markup nor runs text', (name, most) => {
  const script = code(name)
  expect(() => new Script(script)).not.toThrow()
  expect(script.length).toBeLessThan(most)
  expect(script).not.toMatch(/XMLHttpRequest|eval|innerHTML|document.write|https?:/)
})

it('scripts speak to their own site only', () => {
  expect(code('crosshair.js')).not.toContain('fetch')
  expect(code('progress.js').match(/fetch\([^,]*/g)).toEqual(['fetch(form.action'])
})
