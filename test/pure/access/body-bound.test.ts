import { expect, test } from 'vitest'
import { bodyBound } from '../../../src/pure/access/body-bound.ts'
import { ROLES } from '../../../src/pure/access/identity.ts'

test('only a long file needs no length, and whoever is unknown brings a few kilobytes', () => {
  expect(ROLES.filter(role => bodyBound(role, undefined).streams || bodyBound(role, 'file').streams)).toEqual(
    [],
  )
  expect(bodyBound('administrator', 'long-file')).toMatchObject({ bytes: 4_294_967_296, streams: true })
  expect(bodyBound('public', undefined).bytes).toBe(16_384)
  expect(bodyBound('public', 'file').bytes).toBe(0)
})

test('the refusal says how much may be brought', () => {
  expect(bodyBound('town-hall', 'file').remedy).toContain('16 Mo')
  expect(bodyBound('prefecture', 'file').remedy).toContain('50 Mo')
  expect(bodyBound('public', undefined).remedy).toContain('16 Ko')
  expect(bodyBound('cert', undefined).remedy).toContain('1 Mo')
})
