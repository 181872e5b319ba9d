import { expect, it } from 'vitest'
import { readCertCode } from '../../../src/imports/kinds/cert-file.ts'

const context = {} as Parameters<typeof readCertCode>[1]

it('reads codes in small letters, and says how one is written', () => {
  expect(readCertCode('Angouleme', context)).toEqual({ value: 'angouleme' })
  expect(readCertCode('cert-12', context)).toEqual({ value: 'cert-12' })
  expect(readCertCode('Angoulême', context)).toMatchObject({ flaw: { code: 'unknown-word' } })
  expect(readCertCode('', context)).toHaveProperty('flaw')
})
