import { expect, test } from 'vitest'
import { FAULTS, quoted } from '../../src/imports/fault.ts'

test('codes are stable: kebab-case, each with its French title', () => {
  for (const [code, title] of Object.entries(FAULTS)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(title).toMatch(/^\p{Lu}/u)
  }
  // Programs know these codes: one may be added, none renamed nor taken away.
  expect(Object.keys(FAULTS)).toMatchSnapshot()
})

test('what was read is quoted on one line and shortened', () => {
  expect(quoted(' a\n b ')).toBe('« a b »')
  expect(quoted('x'.repeat(100))).toBe(`« ${'x'.repeat(60)}… »`)
})
