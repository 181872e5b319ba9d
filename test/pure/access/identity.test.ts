import { expect, test } from 'vitest'
import {
  ANYBODY,
  answersFor,
  type Identity,
  isRole,
  LOCAL_ADMINISTRATOR,
  ROLE_NAMES,
  ROLES,
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
  // Rights come from the role, whatever place an account was given by mistake.
  [of('public', '16102'), '16102', '16', false],
  [of('town-hall', '16'), '16102', '16', false],
  [of('administrator', '17'), '16102', '16', true],
  [LOCAL_ADMINISTRATOR, 'FR', undefined, true],
])('%o for %s of %s: %s', (identity, code, parent, expected) => {
  expect(answersFor(identity, code, parent)).toBe(expected)
})

test('nobody has neither place nor account; the only user of a service alone is not him', () => {
  expect(ANYBODY).toEqual({ role: 'public', place: '', account: '', name: '', scope: 'everything' })
  expect(LOCAL_ADMINISTRATOR).toEqual({
    role: 'administrator',
    place: '',
    account: 'local',
    name: 'Administrateur local',
    scope: 'everything',
  })
  const names = ROLES.map(role => ROLE_NAMES[role])
  expect(names.every(name => /^\p{Lu}/u.test(name))).toBe(true)
  expect(new Set(names).size).toBe(ROLES.length)
})

test('a code of a role is known, a word is not', () => {
  expect([isRole('cert'), isRole('vigie_cert')]).toEqual([true, false])
})
