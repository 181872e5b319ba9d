import { expect, test } from 'vitest'
import {
  ANYBODY,
  answersFor,
  type Identity,
  isRole,
  LOCAL_ADMINISTRATOR,
} from '../../../src/pure/access/identity.ts'

const of = (role: Identity['role'], place: string): Identity => ({ ...ANYBODY, role, place })

test.each([
  [of('town-hall', '16102'), '16102', '16', true],
  [of('town-hall', '16102'), '16015', '16', false],
  [of('town-hall', '16102'), '16', undefined, false],
  [of('cert', '16'), '16', undefined, true],
  [of('prefecture', '16'), '16102', '16', true],
  [of('prefecture', '16'), '17300', '17', false],
  [of('prefecture', '16'), 'FR', undefined, false],
  [of('prefecture', ''), '', undefined, false],
  [ANYBODY, '16102', '16', false],
  [LOCAL_ADMINISTRATOR, 'FR', undefined, true],
])('%o for %s of %s: %s', (identity, code, parent, expected) => {
  expect(answersFor(identity, code, parent)).toBe(expected)
})

test('a code of a role is known, a word is not', () => {
  expect([isRole('cert'), isRole('vigie_cert')]).toEqual([true, false])
})
