import { connect } from 'node:net'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/access/doors/session-queries.ts'
import { mayUse, ruleOf } from '../../src/access/policy.ts'
import { SESSION_COOKIE } from '../../src/io/http/identity.ts'
import { ROLES, type Role } from '../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { oneOfEach, SIGN_IN, type Someone, someone } from '../people.ts'
import { listening, sendInPieces } from '../sockets.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let walls: Hono
let people: Record<Role, Someone>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, {
    signIn: SIGN_IN,
    requestsPerMinute: 100_000,
    // The provider of these settings is nowhere.
    report: (error, { path }) => {
      if (path !== '/connexion/depart') throw error
    },
  })
  walls = wallsOf(app)
  people = await oneOfEach(database.db)
})
afterAll(() => database.close())

/** The service without what its routes do: whom its walls let through is answered at once. */
function wallsOf(service: typeof app): Hono {
  const alone = new Hono()
  for (const { method, path, handler } of service.routes)
    alone.on(method, path, method === 'ALL' ? handler : () => new Response('open'))
  alone.onError(Reflect.get(service, 'errorHandler'))
  return alone
}

const declared = () => [
  ...new Set(
    app.routes.filter(route => route.method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  ),
]

/** An address for a route: what it names does not exist, so that asking costs nothing and changes nothing. */
function addressOf(path: string): string {
  return path
    .replace(/:file\{[^}]*pdf[^}]*\}/, '00000.json')
    .replace(/:file\{swagger[^}]*\}/, 'swagger-ui.css')
    .replace(/:\w+\{\[0-9\]\{1,9\}\}/, '999999')
    .replace(':insee', '99999')
    .replace(':place', '99')
    .replace(':year', '1999')
    .replace(/:\w+/, 'inconnu')
    .replace('*', 'dsfr.main.min.css')
    .replace(/(\.zip|dossier)$/, '$1?department=99')
}

async function outcome(route: string, who: Someone): Promise<'open' | 'closed'> {
  const [method = '', path = ''] = route.split(' ')
  // What a route does of nothing is done once, for who may use them all.
  const service = who === people.administrator ? app : walls
  const response = await service.request(`http://localhost${addressOf(path)}`, {
    method,
    headers: { ...who.headers, accept: 'application/json' },
    redirect: 'manual',
  })
  const refused = [401, 403].includes(response.status)
  const { code } = refused ? await jsonOf<{ code: string }>(response) : { code: '' }
  await response.body?.cancel().catch(() => undefined)
  expect(response.status, `${route} for ${who.identity.role}`).not.toBe(500)
  return code === 'sign-in-required' || code === 'forbidden' ? 'closed' : 'open'
}

test.each(ROLES)('every route answers the %s as the policy says', async role => {
  const routes = declared()
  const found: string[] = []
  for (const route of routes) found.push(`${route} ${await outcome(route, people[role])}`)
  expect(found).toEqual(
    routes.map(route => `${route} ${mayUse(people[role].identity, ruleOf(route)) ? 'open' : 'closed'}`),
  )
})

test('HEAD is answered to whom GET is', async () => {
  const head = (path: string, who: Someone) => ask(app, path, { method: 'HEAD', headers: who.headers })
  expect((await head('/api/delays', people.public)).status).toBe(200)
  expect((await head('/api/scenarios', people.public)).status).toBe(401)
  expect((await head('/api/scenarios', people.cert)).status).toBe(200)
})

test('a method that no route declares is refused with those that are, whoever asks', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const response = await ask(app, '/api/imports', { method, headers: people.administrator.headers })
    expect([method, response.status]).toEqual([method, 405])
  }
})

describe('who has not signed in', () => {
  test('is led to sign in from a page, and told how from a program', async () => {
    const page = await ask(app, '/effectifs', { headers: { accept: 'text/html' }, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/connexion?retour=%2Feffectifs'])
    const api = await ask(app, '/api/staffing/plans')
    expect([api.status, api.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await jsonOf<{ detail: string }>(api)).detail).toContain('Authorization: Bearer')
  })

  test('reads in the header of a page that one may sign in; who has, their name and the way out', async () => {
    const text = async (who: Someone) => (await ask(app, '/connexion', { headers: who.headers })).text()
    expect(await text(people.public)).toContain('Se connecter')
    const page = await text(people.prefecture)
    expect(page).toContain('Se déconnecter')
    expect(page).toContain('prefecture-everything-16@exemple.fr')
    expect(page).not.toContain('/journal')
    expect(await text(people.administrator)).toContain('/journal')
  })

  test('a wrong key is refused, not taken for nobody', async () => {
    const response = await ask(app, '/api/delays', { headers: { authorization: 'Bearer vigie_faux' } })
    expect(response.status).toBe(401)
  })
})

const rows = (insee: string, value: number) => `mois;commune;titre;demandes\n2022-03;${insee};cni;${value}\n`
let sequence = 50_000
const bring = (who: Someone, insee: string, query = '') =>
  ask(app, `/api/imports?kind=applications&source=${who.identity.role}-${who.identity.place}${query}`, {
    method: 'POST',
    headers: { ...who.headers, 'content-type': 'text/csv' },
    body: rows(insee, sequence++),
  })

describe('an import', () => {
  test.each([
    ['town-hall', '16102', 201],
    ['town-hall', '16015', 422],
    ['prefecture', '16015', 201],
    ['prefecture', '17300', 422],
    ['administrator', '17300', 201],
    ['cert', '16015', 403],
  ] as const)('of the %s for %s: %i', async (role, insee, status) => {
    const before = await releases()
    const response = await bring(people[role], insee)
    expect(response.status).toBe(status)
    expect(await releases()).toBe(status === 201 ? before + 1 : before)
    if (status !== 422) return
    const { faults } = await jsonOf<{ faults: { line: number; code: string; column: string }[] }>(response)
    expect(faults).toMatchObject([{ line: 2, code: 'foreign-place', column: 'commune' }])
  })

  test('is signed with the account that brought it', async () => {
    const { release } = await jsonOf<{ release: number }>(await bring(people['town-hall'], '16102'))
    const row = await database.db
      .selectFrom('release')
      .select(['recorded_by', 'default_place'])
      .where('id', '=', release)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ recorded_by: people['town-hall'].identity.account, default_place: '16102' })
  })

  const post = (who: Someone, path: string, text: string) =>
    ask(app, path, { method: 'POST', headers: { ...who.headers, 'content-type': 'text/csv' }, body: text })

  test('tells the agents of a centre of one’s own alone, by its code', async () => {
    const neighbour = await someone(database.db, 'prefecture', { place: '86' })
    const teams = (code: string) =>
      post(
        neighbour,
        '/api/imports?kind=cert-capacity&source=Poitiers&publishedOn=2026-11-20',
        `cert;code du cert;titre;depuis;etpo\nCERT;${code};permis;2026-01;9\n`,
      )
    for (const [code, fault] of [
      ['cert-16', 'foreign-place'],
      ['avenir', 'unknown-place'],
    ] as const)
      expect(await jsonOf(await teams(code))).toMatchObject({ faults: [{ line: 2, code: fault }] })
    for (const code of ['cert-86', '']) expect((await teams(code)).status).toBe(201)
  })

  test('names the columns of its own place’s next files, and of no other’s', async () => {
    const neighbour = await someone(database.db, 'prefecture', { place: '85' })
    const counts = (who: Someone, at: string, insee: string) =>
      post(
        who,
        `/api/imports${at}kind=applications&source=Partagée&title=cni-passport&publishedOn=2026-11-20`,
        `période;commune;Valeur A;Valeur B\n2026-09;${insee};10;20\n`,
      )
    const mapping = encodeURIComponent('{"Valeur A":"count","Valeur B":""}')
    expect((await counts(neighbour, `?mapping=${mapping}&`, '85191')).status).toBe(201)
    const read = async (who: Someone, insee: string) =>
      (await jsonOf<{ faults: unknown[] }>(await counts(who, '/preview?', insee))).faults.length
    expect([await read(neighbour, '85191'), await read(people.prefecture, '16102')]).toEqual([0, 1])
  })

  async function releases(): Promise<number> {
    const { rows: found } = await sql<{ n: number }>`select count(*)::integer as n from release`.execute(
      database.db,
    )
    return found[0]?.n ?? 0
  }
})

describe('a draft', () => {
  let draft: number
  beforeAll(async () => {
    const response = await bring(people['town-hall'], '16102', '&draft=true')
    draft = (await jsonOf<{ release: number }>(response)).release
  })
  const seen = async (who: Someone) => {
    const response = await ask(app, '/api/publications', { headers: who.headers })
    return (await jsonOf<{ drafts: { release: number }[] }>(response)).drafts.map(one => one.release)
  }
  const listed = async (who: Someone) => {
    const response = await ask(app, '/api/imports', { headers: who.headers })
    return (await jsonOf<{ imports: { release: number }[] }>(response)).imports.map(one => one.release)
  }
  const publish = (who: Someone) =>
    ask(app, '/api/publications', {
      method: 'POST',
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ releases: [draft] }),
    })

  test('is seen by its town, its department and the administrator, and by nobody else', async () => {
    const elsewhere = await someone(database.db, 'town-hall', { place: '16015' })
    const nextDoor = await someone(database.db, 'prefecture', { place: '17' })
    for (const who of [people['town-hall'], people.cert, people.prefecture, people.administrator]) {
      expect(await seen(who), who.identity.role).toContain(draft)
      expect(await listed(who), who.identity.role).toContain(draft)
    }
    for (const who of [elsewhere, nextDoor]) expect(await seen(who)).not.toContain(draft)
    for (const who of [elsewhere, nextDoor, people.public]) expect(await listed(who)).not.toContain(draft)
    // Who does not see it cannot tell it from one that does not exist.
    expect((await publish(elsewhere)).status).toBe(404)
    expect((await publish(people.public)).status).toBe(401)
  })

  test('is published by who answers for it, under their name; then everybody sees it', async () => {
    expect((await publish(people.prefecture)).status).toBe(201)
    expect(await listed(people.public)).toContain(draft)
    const row = await database.db
      .selectFrom('publication')
      .select('published_by')
      .where('release_id', '=', draft)
      .executeTakeFirstOrThrow()
    expect(row.published_by).toBe(people.prefecture.identity.account)
  })
})

describe('a token', () => {
  test('does what its scope says, and no more', async () => {
    const reader = await someone(database.db, 'prefecture', { scope: 'read', place: '24' })
    const importer = await someone(database.db, 'prefecture', { scope: 'imports', place: '79' })
    expect((await bring(reader, '24037')).status).toBe(403)
    expect((await bring(importer, '79191')).status).toBe(201)
    const post = (who: Someone) =>
      ask(app, '/api/publications', { method: 'POST', headers: who.headers, body: '{}' })
    expect((await post(importer)).status).toBe(403)
    expect((await ask(app, '/api/scenarios', { headers: reader.headers })).status).toBe(200)
  })

  test('and the sessions of its account are worth nothing once it is closed', async () => {
    const leaving = await someone(database.db, 'cert', { place: '87' })
    const email = 'cert-everything-87@exemple.fr'
    const session = await openSession(database.db, { subject: 'leaving', email, name: 'L', idToken: '' })
    const ways = [leaving.headers, { cookie: `${SESSION_COOKIE}=${session?.key}` }]
    const statuses = () =>
      Promise.all(ways.map(async headers => (await ask(app, '/api/subscriptions', { headers })).status))
    expect(await statuses()).toEqual([200, 200])
    const closing = await ask(app, `/comptes/${leaving.identity.account}/fermeture`, {
      method: 'POST',
      headers: people.administrator.headers,
    })
    expect(closing.status).toBe(200)
    expect(await statuses()).toEqual([401, 401])
  })
})

test('a scenario is saved for a place that the account answers for', async () => {
  const save = (who: Someone, place: string, startsOn: string) =>
    ask(app, '/api/scenarios', {
      method: 'POST',
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Horaires élargis',
        place,
        levers: [{ code: 'more-hours', amount: { low: 2, central: 4, high: 6 }, startsOn, leadWeeks: 6 }],
      }),
    })
  const refused = await save(people['town-hall'], '16', '2027-01-01')
  expect(refused.status).toBe(403)
  expect((await jsonOf<{ detail: string }>(refused)).detail).toContain('Cognac')
  expect((await save(people.prefecture, '16', '2027-01-01')).status).toBe(201)
})

test('a plan is asked for by who answers for the department, before anything is computed', async () => {
  const neighbour = await someone(database.db, 'prefecture', { place: '23' })
  const response = await ask(app, '/api/staffing/plans', {
    method: 'POST',
    headers: { ...neighbour.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'cni-passport', months: 12, targetDays: 16, probability: 0.9 }),
  })
  expect([response.status, (await jsonOf<{ code: string }>(response)).code]).toEqual([403, 'forbidden'])
})

test('what a department reads and watches is nobody else’s, and takes no field that nobody asked for', async () => {
  const neighbour = await someone(database.db, 'prefecture', { place: '24' })
  const send = (who: Someone, method: string, path: string, body?: object) =>
    ask(app, path, {
      method,
      headers: { ...who.headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const collector = { name: 'Rendez-vous', kind: 'booking-editor', address: 'https://rdv.example.org/api' }
  const made = await send(people.prefecture, 'POST', '/api/collectors', collector)
  const { id } = await jsonOf<{ id: number }>(made)
  const at = `/api/collectors/${id}`
  for (const [method, path, body] of [
    ['PATCH', at, { address: 'https://autre.example.org/api' }],
    ['PATCH', at, { halls: [{ editorId: '1', hall: '23096' }] }],
    ['DELETE', at],
    ['POST', `${at}/readings`],
    ['GET', `${at}/readings`],
    ['GET', `${at}/readings/1`],
    ['GET', `${at}/points`],
  ] as const)
    expect([method, path, (await send(neighbour, method, path, body)).status]).toEqual([method, path, 404])
  const seen = await jsonOf<{ collectors: unknown[] }>(await send(neighbour, 'GET', '/api/collectors'))
  expect(seen.collectors).toEqual([])
  const theirs = { ...collector, department: '16' }
  expect((await send(neighbour, 'POST', '/api/collectors', theirs)).status).toBe(403)
  for (const extra of [{ department: '23' }, { id: 1 }, { has_token: true }, { closed_at: null }])
    expect((await send(people.prefecture, 'PATCH', at, extra)).status).toBe(400)
  const watch = { rule: 'new-projection', place: '16', target: 'https://alertes.example.org/' }
  expect((await send(neighbour, 'POST', '/api/subscriptions', watch)).status).toBe(403)
  const folder = { name: 'Dépôt', kind: 'folder', address: '.' }
  expect((await send(neighbour, 'POST', '/api/collectors', folder)).status).toBe(403)
  const more = { ...watch, channel: 'mail', leave_key: 'connue', secret: 'connu' }
  expect((await send(people.prefecture, 'POST', '/api/subscriptions', more)).status).toBe(400)
})

test('no write of any route is taken from the page of another site', async () => {
  const writes = declared().filter(route => !route.startsWith('GET '))
  expect(writes.length).toBeGreaterThan(40)
  for (const route of writes) {
    const [method = '', path = ''] = route.split(' ')
    for (const from of [
      { origin: 'https://mal.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const headers = { ...people.administrator.headers, ...from }
      const answer = await walls.request(`http://localhost${addressOf(path)}`, { method, headers })
      expect([route, from, answer.status]).toEqual([route, from, 403])
    }
  }
})

test('more requests than the limit are refused, account by account', async () => {
  const narrow = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 10 })
  const statuses: number[] = []
  for (let i = 0; i < 12; i++) {
    statuses.push((await ask(narrow, '/livez', { headers: people.cert.headers })).status)
  }
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429])
  expect((await ask(narrow, '/livez', { headers: people.prefecture.headers })).status).toBe(200)
})

test('whom to tell of a weakness is said when it is set', async () => {
  expect((await ask(app, '/.well-known/security.txt')).status).toBe(404)
  const known = appOver(database.db, { signIn: SIGN_IN, securityContact: 'mailto:ssi@exemple.fr' })
  expect(await (await ask(known, '/.well-known/security.txt')).text()).toBe(
    'Contact: mailto:ssi@exemple.fr\nExpires: 2027-05-23T00:00:00.000Z\nPreferred-Languages: fr, en\n' +
      'Canonical: http://localhost/.well-known/security.txt\n',
  )
})

test('without sign-in everybody on this machine is its administrator, and the page says so', async () => {
  const local = appOver(database.db)
  expect(await (await ask(local, '/connexion')).text()).toMatch(
    /Administrateur\slocal, cette machine seulement/,
  )
  expect((await ask(local, '/comptes')).status).toBe(200)
})

describe('a body that comes in pieces', () => {
  const MIB = 1024 * 1024
  let server: Awaited<ReturnType<typeof listening>>
  beforeAll(async () => {
    server = await listening(app.fetch)
  })
  afterAll(() => server.close())
  const posts = () => declared().filter(route => route.startsWith('POST '))

  test('is not read for whom the policy refuses, whatever the route', async () => {
    expect(posts()).toContain('POST /api/imports/long')
    const before = process.memoryUsage().rss
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }, 5)
    const found: [string, number, boolean][] = []
    for (const route of posts()) {
      const path = addressOf(route.slice('POST '.length))
      const { status, bytes } = await sendInPieces(server.port, { path, bytes: 512 * MIB })
      found.push([route, status, bytes < 64 * MIB])
    }
    clearInterval(watch)
    // What anybody may do brings nothing of any length.
    expect(found).toEqual(
      posts().map(route => [route, mayUse(people.public.identity, ruleOf(route)) ? 411 : 401, true]),
    )
    expect((highest - before) / MIB).toBeLessThan(100)
  })

  test('is asked for its length where it is not received piece by piece', async () => {
    const { headers } = people.administrator
    const found: [string, number][] = []
    for (const route of posts()) {
      if (route === 'POST /api/imports/long') continue
      const path = addressOf(route.slice('POST '.length))
      found.push([route, (await sendInPieces(server.port, { path, bytes: 65_536, headers })).status])
    }
    expect(found.filter(([, status]) => status !== 411)).toEqual([])
  })

  test('that stops coming is no fault of the service', async () => {
    let end = (_: [number, string]) => {}
    const ended = new Promise<[number, string]>(resolve => {
      end = resolve
    })
    const bugs: unknown[] = []
    const cut = appOver(database.db, {
      signIn: SIGN_IN,
      report: error => bugs.push(error),
      watchers: [
        async (c, next) => {
          await next()
          end([c.res.status, await c.res.clone().text()])
        },
      ],
    })
    const behind = await listening(cut.fetch)
    const socket = connect({ host: '127.0.0.1', port: behind.port })
    const { authorization } = people.administrator.headers
    socket.write(
      `POST /api/imports HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\ncontent-type: text/csv\r\ncontent-length: 100\r\n\r\nabc`,
      () => setImmediate(() => socket.resetAndDestroy()),
    )
    expect(await ended).toEqual([400, expect.stringContaining('pas arrivée entière')])
    expect(bugs).toEqual([])
    await behind.close()
  })

  test('is not read without an account for the sake of its key, which would be kept', async () => {
    const headers = { 'idempotency-key': 'nobody' }
    await sendInPieces(server.port, { path: '/api/nothing', bytes: 65_536, headers })
    const kept = await database.db
      .selectFrom('idempotency_key')
      .selectAll()
      .where('key', '=', 'nobody')
      .execute()
    expect(kept).toEqual([])
  })
})

test('a session that was opened long ago publishes nothing until it is signed in to again', async () => {
  const email = 'administrator-everything-partout@exemple.fr'
  const session = await openSession(database.db, { subject: 'recent', email, name: 'A', idToken: '' })
  const publishing = async () =>
    ask(app, '/api/publications', {
      method: 'POST',
      headers: { cookie: `${SESSION_COOKIE}=${session?.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ releases: [999_999] }),
    })
  expect((await publishing()).status).toBe(404)
  await sql`update session set started_at = now() - interval '61 minutes'`.execute(database.db)
  const late = await publishing()
  expect([late.status, (await jsonOf<{ code: string }>(late)).code]).toEqual([401, 'sign-in-again'])
})
