import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts, inviteAdministrator } from '../../../src/access/accounts/account-queries.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { SIGN_IN, type Someone, someone } from '../../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let administrator: Someone
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN })
  administrator = await someone(database.db, 'administrator')
})
afterAll(() => database.close())

const send = (path: string, form: Record<string, string> = {}) =>
  ask(app, path, {
    method: 'POST',
    headers: { ...administrator.headers, accept: 'text/html' },
    body: new URLSearchParams(form),
  })

test('what a signed-in person reads stays in no cache, whether the page is kept by the service or not', async () => {
  const told = async (path: string, headers = {}) => (await ask(app, path, { headers })).headers
  // The second answer of a kept page is given again, and the third confirmed.
  const page = await told('/api/delays', administrator.headers)
  const held = { ...administrator.headers, 'if-none-match': page.get('etag') ?? '' }
  for (const headers of [administrator.headers, held])
    for (const path of ['/api/delays', '/donnees'])
      expect((await told(path, headers)).get('cache-control')).toBe('private, no-store')
  for (const path of ['/api/delays', '/api/delays', '/donnees'])
    expect((await told(path)).get('cache-control')).toBe('no-cache')
})

test('an invitation opens an account, and says who may now sign in', async () => {
  const response = await send('/comptes', { email: 'Marie@Cognac.fr', role: 'town-hall', place: '16102' })
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('Marie@Cognac.fr peut maintenant se connecter')
  const all = await accounts(database.db)
  expect(all.find(account => account.email === 'marie@cognac.fr')).toMatchObject({
    role: 'town-hall',
    place: '16102',
    known: false,
  })
})

test.each([
  [{ email: 'x', role: 'cert', place: '16' }, 'illisible'],
  [{ email: 'a@b.fr', role: 'public', place: '' }, 'Choisissez un rôle'],
  [{ email: 'a@b.fr', role: 'roi', place: '' }, 'Choisissez un rôle'],
  [{ email: 'a@b.fr', role: 'town-hall', place: '16' }, 'code INSEE'],
  [{ email: 'a@b.fr', role: 'town-hall', place: '99999' }, 'code INSEE'],
  [{ email: 'a@b.fr', role: 'prefecture', place: '16102' }, 'département'],
  [{ email: 'a@b.fr', role: 'administrator', place: '16' }, 'n’a pas de lieu'],
])('%o is refused, and the form stays filled in', async (form, words) => {
  const response = await send('/comptes', form)
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain(words)
  expect(page).toContain(`value="${form.email}"`)
  expect((await accounts(database.db)).some(account => account.email === 'a@b.fr')).toBe(false)
})

test('an administrator is invited without a place, and answers for all', async () => {
  const page = await (await send('/comptes', { email: 'chef@b.fr', role: 'administrator' })).text()
  expect(page).toContain('chef@b.fr peut maintenant se connecter')
  expect(page).toMatch(/chef@b\.fr[\s\S]*?<td[^>]*>tous</)
})

test('an address has one open account; closed, it may be invited again', async () => {
  await send('/comptes', { email: 'deux@b.fr', role: 'cert', place: '16' })
  expect((await send('/comptes', { email: 'DEUX@b.fr', role: 'prefecture', place: '16' })).status).toBe(409)
  const one = (await accounts(database.db)).find(account => account.email === 'deux@b.fr')
  expect((await send(`/comptes/${one?.id}/fermeture`)).status).toBe(200)
  expect((await send(`/comptes/${one?.id}/fermeture`)).status).toBe(404)
  expect((await send('/comptes', { email: 'deux@b.fr', role: 'prefecture', place: '16' })).status).toBe(200)
})

test('the administrator of the settings is invited once, whatever the number of starts', async () => {
  await inviteAdministrator(database.db, 'Chef@exemple.fr')
  await inviteAdministrator(database.db, 'chef@exemple.fr')
  expect((await accounts(database.db)).filter(account => account.email === 'chef@exemple.fr')).toMatchObject([
    { role: 'administrator', place: null },
  ])
})

test('the last administrator is not closed, and one who was closed stays out at the next start', async () => {
  const open = async () =>
    (await accounts(database.db)).filter(one => one.role === 'administrator' && one.closedAt === null)
  const own = Number(administrator.identity.account)
  for (const { id } of await open()) if (id !== own) await send(`/comptes/${id}/fermeture`)
  const refused = await send(`/comptes/${own}/fermeture`)
  expect([refused.status, (await open()).map(one => one.id)]).toEqual([409, [own]])
  expect(refused.headers.get('cache-control')).toBe('private, no-store')
  await inviteAdministrator(database.db, 'chef@exemple.fr')
  expect(await open()).toHaveLength(1)
})
