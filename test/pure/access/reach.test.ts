import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANYBODY, answersFor, type Role } from '../../../src/pure/access/identity.ts'
import { smallestPlace } from '../../../src/pure/access/reach.ts'

const departmentOf = (code: string) => (code.length === 5 ? code.slice(0, 2) : undefined)

test('the smallest place that holds some is a commune, a department or the nation', () => {
  expect(smallestPlace([], departmentOf)).toBeUndefined()
  expect(smallestPlace(['16102', '16102'], departmentOf)).toBe('16102')
  expect(smallestPlace(['16102', '16015'], departmentOf)).toBe('16')
  expect(smallestPlace(['16102', '16'], departmentOf)).toBe('16')
  expect(smallestPlace(['16102', '33063'], departmentOf)).toBe('FR')
  expect(smallestPlace(['FR', '16'], departmentOf)).toBe('FR')
})

test('who answers for it answers for each, and who answers for each answers for it', () => {
  const places = fc.array(fc.constantFrom('16102', '16015', '33063', '16', '33', 'FR'), { minLength: 1 })
  const role = fc.constantFrom<Role>('town-hall', 'cert', 'prefecture', 'administrator')
  fc.assert(
    fc.property(places, role, fc.constantFrom('16', '33'), (some, who, department) => {
      // A town hall answers for its commune, the others for a department.
      const place = who === 'town-hall' ? `${department}${department === '16' ? '102' : '063'}` : department
      const identity = { ...ANYBODY, role: who, place }
      const within = smallestPlace(some, departmentOf)!
      const whole = answersFor(identity, within, departmentOf(within))
      expect(whole).toBe(some.every(code => answersFor(identity, code, departmentOf(code))))
    }),
  )
})
