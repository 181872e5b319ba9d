import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { oneOfEach, SIGN_IN, type Someone } from '../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let people: Record<Role, Someone>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
  people = await oneOfEach(database.db)
})
afterAll(() => database.close())

const send = (role: Role, source: string, value: number, head = '') =>
  ask(app, '/api/imports?kind=issuance-delays', {
    method: 'POST',
    body: `# source : ${source}\n# publié le : 2022-06-01\n${head}période;titre;lieu;jours\nT1 2022;passport;16;${value}\n`,
    headers: { ...people[role].headers, 'content-type': 'text/csv' },
  })
const decide = (role: Role, body: object) =>
  ask(app, '/api/speakers', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...people[role].headers, 'content-type': 'application/json' },
  })
const inForce = async () => {
  const answer = await ask(app, '/api/vintages?measure=issuance-delay&place=16&title=passport&period=2022-Q1')
  const { vintages } = await jsonOf<{ vintages: { value: number; state: string }[] }>(answer)
  return vintages.map(({ value, state }) => `${value} ${state}`)
}
const REVISION = '# nature : révision\n# motif : recompté\n'

test('nobody brings a file in the name of another, nor under a name that looks like it', async () => {
  expect((await send('prefecture', 'Préfecture de Charente', 20)).status).toBe(201)
  for (const name of ['Préfecture de Charente', 'PREFECTURE  de Charente.']) {
    const refused = await send('cert', name, 21, REVISION)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('ne parle pas au nom de')
  }
  for (const name of ['Préfeсture de Charente', 'Ρréfecture de Charente']) {
    const refused = await send('cert', name, 21)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('d’un autre alphabet')
  }
  expect((await send('prefecture', 'Préfecture, service des titres', 22)).status).toBe(201)
  expect((await send('cert', 'Préfecture, service des tltres', 23)).status).toBe(403)
  expect((await send('cert', 'Ministère de l’Intérieur', 23)).status).toBe(403)
  expect(await inForce()).toEqual(['20 in-force', '22 conflict'])
})

test('a revision by another publisher contradicts and changes nothing', async () => {
  expect((await send('cert', 'CERT de Charente', 30)).status).toBe(201)
  expect((await send('cert', 'CERT de Charente', 31, REVISION)).status).toBe(201)
  expect(await inForce()).toEqual(['20 in-force', '22 conflict', '30 replaced', '31 conflict'])
})

test('an administrator grants a name and takes it back; nobody else does', async () => {
  const grant = {
    publisher: 'Préfecture de Charente',
    role: 'cert',
    place: '16',
    speaks: true,
    reason: 'convention',
  }
  for (const role of ['public', 'town-hall', 'cert', 'prefecture'] as const)
    expect([401, 403]).toContain((await decide(role, grant)).status)
  expect((await decide('administrator', { ...grant, place: '99' })).status).toBe(404)
  expect((await decide('administrator', grant)).status).toBe(201)
  expect((await send('cert', 'Préfecture de Charente', 25, REVISION)).status).toBe(201)
  expect((await inForce()).filter(line => line.endsWith('in-force'))).toEqual(['25 in-force'])
  expect((await decide('administrator', { ...grant, speaks: false })).status).toBe(201)
  expect((await send('cert', 'Préfecture de Charente', 26, REVISION)).status).toBe(403)
  expect((await send('administrator', 'Préfecture de Charente', 27, REVISION)).status).toBe(201)
  expect((await inForce()).filter(line => line.endsWith('in-force'))).toEqual(['27 in-force'])
})

test('the page says who speaks for whom, and lets an administrator decide', async () => {
  const page = await ask(app, '/emetteurs', { headers: people.cert.headers })
  expect(await pageOf(page)).toContain('CERT de Charente')
  const form = (changes: Record<string, string>) =>
    ask(app, '/emetteurs', {
      method: 'POST',
      headers: { ...people.administrator.headers, accept: 'text/html' },
      body: new URLSearchParams({
        publisher: 'ANTS',
        role: 'prefecture',
        place: '16',
        speaks: 'oui',
        reason: 'convention',
        ...changes,
      }),
    })
  expect((await form({ reason: '' })).status).toBe(422)
  expect((await form({ place: '99' })).status).toBe(422)
  expect(await (await form({})).text()).toContain('Décidé pour')
  expect((await send('prefecture', 'ANTS', 40)).status).toBe(201)
})

test('files without a source are of their sender', async () => {
  const answer = await ask(app, '/api/imports?kind=issuance-delays', {
    method: 'POST',
    body: 'période;titre;lieu;jours\nT2 2022;passport;16;9\n',
    headers: { ...people.cert.headers, 'content-type': 'text/csv' },
  })
  expect(answer.status).toBe(201)
  expect(await (await ask(app, '/api/imports')).text()).toContain('Import sans source déclarée (CERT, 16)')
})
