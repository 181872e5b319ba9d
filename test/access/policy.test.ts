import { expect, test } from 'vitest'
import { mayUse, POLICY, type Rule, ruleOf } from '../../src/access/policy.ts'
import { ROLES, type Role, SCOPES, type Scope } from '../../src/pure/access/identity.ts'
import { appOver } from '../app.ts'

// Nothing is asked of the database: only its shape is needed.
const app = appOver({ withPlugin: () => ({}) } as unknown as Parameters<typeof appOver>[0])
const declared = [
  ...new Set(
    app.routes.filter(route => route.method !== 'ALL').map(route => `${route.method} ${route.path}`),
  ),
].sort()
const identity = (role: Role, scope: Scope = 'everything') => ({
  role,
  place: '',
  account: '',
  name: '',
  scope,
})

/** The whole policy as a reader would check it: a line a route, a letter a role and a scope. */
function matrix(policy: readonly Rule[]): string {
  return declared
    .map(route => {
      const rule = ruleOf(route, policy)
      const who = ROLES.map(role => {
        const scopes = SCOPES.filter(scope => mayUse(identity(role, scope), rule))
        return `${role}:${scopes.map(scope => scope[0]).join('') || '-'}`
      })
      return `${route}  ${who.join(' ')} ${rule?.reach ?? 'closed'}`
    })
    .join('\n')
}

test('every route has its line in the policy, and every line its routes', () => {
  expect(declared.filter(route => ruleOf(route) === undefined)).toEqual([])
  const listed = POLICY.flatMap(rule => rule.routes)
  expect(listed.filter(route => !declared.includes(route))).toEqual([])
  expect(listed.length).toBe(new Set(listed).size)
  expect(declared.length).toBeGreaterThan(100)
})

test('every operation of the documented API is in the policy', () => {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } })
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map(
      method =>
        `${method.toUpperCase()} ${path.replace(/\{\w+\}\.\w+$/, ':file').replace(/\{(\w+)\}/g, ':$1')}`,
    ),
  )
  expect(operations.length).toBeGreaterThan(40)
  const known = POLICY.flatMap(rule => rule.routes).map(route => route.replace(/(:\w+)\{.*\}$/, '$1'))
  expect(operations.filter(operation => !known.includes(operation))).toEqual([])
})

test('each line says in its own words what it lets do', () => {
  const words = POLICY.map(rule => rule.says)
  expect(words.filter(says => !/^\p{Lu}\p{Ll}+ .{3}/u.test(says))).toEqual([])
  expect(new Set(words).size).toBe(words.length)
})

test('a route that nobody wrote down is closed to the administrator himself', () => {
  expect(ruleOf('DELETE /api/imports')).toBeUndefined()
  expect(mayUse(identity('administrator'), undefined)).toBe(false)
})

test('the matrix of routes, roles and scopes is the one that was read and agreed', async () => {
  await expect(`${matrix(POLICY)}\n`).toMatchFileSnapshot('matrix.txt')
})

test('each change of a line of the policy changes the matrix', () => {
  const agreed = matrix(POLICY)
  const mutants = POLICY.flatMap((rule, at): Rule[][] => {
    const changed = (change: Partial<Rule>) =>
      POLICY.map((one, i) => (i === at ? { ...one, ...change } : one))
    return [
      ...ROLES.map(role =>
        changed({
          may: rule.may.includes(role) ? rule.may.filter(one => one !== role) : [...rule.may, role],
        }),
      ),
      ...SCOPES.filter(scope => scope !== rule.scope).map(scope => changed({ scope })),
      ...(['all', 'own', 'published'] as const)
        .filter(reach => reach !== rule.reach)
        .map(reach => changed({ reach })),
      ...rule.routes.map(route => changed({ routes: rule.routes.filter(one => one !== route) })),
      POLICY.filter(one => one !== rule),
    ]
  })
  expect(mutants.length).toBeGreaterThan(200)
  expect(mutants.filter(mutant => matrix(mutant) === agreed)).toEqual([])
})
