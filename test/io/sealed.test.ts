import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from '../../src/io/sealed.ts'

test('a secret opens under its key and for its subject alone, and not once it was changed', () => {
  const key = randomBytes(32)
  const sealed = seal(key, 'jeton é', 'https://a.example')
  expect(unseal(key, sealed, 'https://a.example')).toBe('jeton é')
  expect(unseal(key, sealed, 'https://b.example')).toBeUndefined()
  expect(unseal(randomBytes(32), sealed, 'https://a.example')).toBeUndefined()
  const changed = Buffer.from(sealed)
  changed[changed.length - 1]! ^= 1
  expect(unseal(key, changed, 'https://a.example')).toBeUndefined()
  expect(unseal(key, sealed.subarray(0, 10), 'https://a.example')).toBeUndefined()
  expect(seal(key, 'x', '').equals(seal(key, 'x', ''))).toBe(false)
})
