import { expect, it } from 'vitest'
import { readOwnCode } from '../../../src/imports/kinds/cert-file.ts'

const context = {} as Parameters<typeof readOwnCode>[1]

it('reads codes in small letters, and says how one is written', () => {
  expect(readOwnCode('Angouleme', context)).toEqual({ value: 'angouleme' })
  expect(readOwnCode('cert-12', context)).toEqual({ value: 'cert-12' })
  expect(readOwnCode('Angoulême', context)).toMatchObject({ flaw: { code: 'unknown-word' } })
  expect(readOwnCode('', context)).toHaveProperty('flaw')
})
