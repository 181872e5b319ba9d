import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { homePlace, identify, identityOf, isLocal } from '../../../src/io/http/identity.ts'
import { withPerson } from '../../../src/io/http/person.tsx'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR } from '../../../src/pure/access/identity.ts'

/** What a request of somebody learns of them. */
async function seen<T>(who: Identity | undefined, look: (c: never) => T): Promise<Awaited<T>> {
  const app = new Hono()
  let found: Awaited<T> | undefined
  app.get('/', async c => {
    if (who !== undefined) identify(c, who)
    found = await look(c as never)
    return c.text('')
  })
  app.onError(error => {
    throw error
  })
  await app.request('/')
  return found as Awaited<T>
}
const hall: Identity = { ...ANYBODY, role: 'town-hall', place: '16102', account: '3' }

test('who was not identified is anybody, and never the administrator of this machine', async () => {
  expect(await seen(undefined, identityOf)).toBe(ANYBODY)
  expect(await seen(undefined, isLocal)).toBe(false)
  expect(await seen(LOCAL_ADMINISTRATOR, isLocal)).toBe(true)
})

test('what somebody brings is about their place, or that of the service', async () => {
  expect(await seen(hall, c => homePlace(c, '16'))).toBe('16102')
  expect(await seen(LOCAL_ADMINISTRATOR, c => homePlace(c, '16'))).toBe('16')
})

test('a name is shown as it is, and orders nothing', async () => {
  const page = '<body><div class="person" id="personne"></div><p>fin</p></body>'
  const named = await seen({ ...hall, name: '$` $& $1 $$ <b>' }, c => withPerson(c, page))
  expect(named).toContain('$` $&amp; $1 $$ &lt;b&gt;')
  expect(named.match(/fin|<body>/g)).toEqual(['<body>', 'fin'])
})
