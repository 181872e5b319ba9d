import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import Provider, { interactionPolicy } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accounts, invite } from '../../../src/access/accounts/account-queries.ts'
import type { Ground } from '../../../src/app.tsx'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { SIGN_IN } from '../../people.ts'

const PEOPLE: Record<
  string,
  { email: string; given_name?: string; usual_name?: string; family_name?: string; email_verified?: boolean }
> = {
  alice: { email: 'Alice.Martin@charente.gouv.fr', given_name: 'Alice', usual_name: 'Martin' },
  bob: { email: 'bob@ailleurs.fr', given_name: 'Bob', usual_name: 'Dupont' },
  dora: { email: 'dora@charente.gouv.fr', given_name: 'Dora', family_name: 'Roux' },
  eve: { email: 'eve@charente.gouv.fr' },
  carl: { email: 'carl@cognac.fr', given_name: 'Carl', usual_name: 'Petit', email_verified: false },
}
const LEVELS = ['eidas1', 'eidas1-mfa']

let server: Server
let issuer: string
let database: Awaited<ReturnType<typeof freshDatabase>>
/** Level that the provider says the person signed in with. */
let level = 'eidas1-mfa'
/** Parameters of the last authorization that this service asked for. */
let asked: URLSearchParams

beforeAll(async () => {
  database = await freshDatabase()
  server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const policy = interactionPolicy.base()
  // This provider says the level that the test wants, as one that is wrong would.
  policy.get('login')?.checks.remove('essential_acrs')
  policy.get('login')?.checks.remove('essential_acr')
  const provider = new Provider(issuer, {
    interactions: { policy },
    clients: [
      {
        client_id: 'vigie',
        client_secret: 'a-secret-of-32-characters-or-more',
        redirect_uris: ['http://localhost/connexion/retour'],
        post_logout_redirect_uris: ['http://localhost/deconnexion/retour'],
        token_endpoint_auth_method: 'client_secret_post',
        userinfo_signed_response_alg: 'RS256',
      },
    ],
    pkce: { required: () => false },
    acrValues: LEVELS,
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      given_name: ['given_name'],
      usual_name: ['usual_name', 'family_name'],
    },
    scopes: ['openid', 'email', 'given_name', 'usual_name'],
    features: {
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      devInteractions: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    conformIdTokenClaims: true,
    cookies: { keys: ['test'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email_verified: true, ...PEOPLE[id] }),
    }),
  })
  Object.defineProperty(provider.OIDCContext.prototype, 'acr', { get: () => level })
  server.on('request', provider.callback())
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await database.close()
})

const signInWith = (changes: Partial<typeof SIGN_IN.provider> = {}): Ground['signIn'] => ({
  ...SIGN_IN,
  provider: {
    ...SIGN_IN.provider,
    issuer,
    clientSecret: 'a-secret-of-32-characters-or-more',
    userinfoSignature: 'RS256',
    ...changes,
  },
})
const appWith = (changes: Partial<typeof SIGN_IN.provider> = {}) =>
  appOver(database.db, { signIn: signInWith(changes), report: () => undefined })

/** A browser that keeps cookies by host, as far as these tests need one. */
class Visitor {
  readonly #jars = new Map<string, Map<string, string>>()
  readonly app: ReturnType<typeof appOver>
  constructor(app: ReturnType<typeof appOver>) {
    this.app = app
  }

  cookies(host = 'localhost'): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    return jar
  }

  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address)
    const jar = this.cookies(url.host)
    const headers = new Headers({ accept: 'text/html', ...init.headers })
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const request = { ...init, headers, redirect: 'manual' } as const
    const response =
      url.host === 'localhost' ? await this.app.request(address, request) : await fetch(address, request)
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const gone = attributes.some(one => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one))
      if (gone) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  /** Follows redirections and the forms of the provider until a page of this service, or an error. */
  async signIn(login: string, start = '/connexion/depart?retour=/delais'): Promise<Response> {
    let response = await this.send(`http://localhost${start}`)
    let address = `http://localhost${start}`
    for (let step = 0; step < 12; step++) {
      const location = response.headers.get('location')
      if (location !== null) {
        address = new URL(location, address).href
        if (new URL(address).pathname === '/auth') asked = new URL(address).searchParams
        response = await this.send(address)
        continue
      }
      if (new URL(address).host === 'localhost') return response
      const page = await response.text()
      const action = /action="([^"]+)"/.exec(page)?.[1]
      if (action === undefined) throw new Error(page)
      address = new URL(action, address).href
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
      response = await this.send(address, {
        method: 'POST',
        body: new URLSearchParams({ prompt, login, password: 'x' }),
      })
    }
    throw new Error('no end')
  }
}

test('who was invited signs in by address, then by subject; who was not is told what to do', async () => {
  const id = await invite(
    database.db,
    { email: 'alice.martin@charente.gouv.fr', role: 'prefecture', place: '16' },
    'test',
  )
  const app = appWith()
  const alice = new Visitor(app)
  expect((await alice.signIn('alice')).status).toBe(200)
  expect(asked.get('state')?.length).toBeGreaterThanOrEqual(32)
  expect(asked.get('nonce')?.length).toBeGreaterThanOrEqual(32)
  expect([...asked.keys()].sort()).toEqual([
    'client_id',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
  ])
  const plans = await alice.send('http://localhost/effectifs')
  expect(plans.status).toBe(200)
  expect(await plans.text()).toMatch(/Alice Martin\s\(Préfecture\)/)
  const [account] = await accounts(database.db)
  expect(account).toMatchObject({ id, name: 'Alice Martin', known: true })

  PEOPLE['alice'] = { email: 'alice.durand@charente.gouv.fr', given_name: 'Alice', usual_name: 'Durand' }
  const again = new Visitor(app)
  expect((await again.signIn('alice')).status).toBe(200)

  const bob = new Visitor(app)
  const refused = await bob.signIn('bob')
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('bob@ailleurs.fr n’est pas invité')
  expect(bob.cookies().has('__Host-vigie')).toBe(false)
})

test('the address of another does not open an account that somebody holds already', async () => {
  PEOPLE['mallory'] = { email: 'alice.martin@charente.gouv.fr', given_name: 'M', usual_name: 'M' }
  expect((await new Visitor(appWith()).signIn('mallory')).status).toBe(403)
})

test('an address that the provider did not verify opens nothing', async () => {
  await invite(database.db, { email: 'carl@cognac.fr', role: 'town-hall', place: '16102' }, 'test')
  expect((await new Visitor(appWith()).signIn('carl')).status).toBe(403)
})

test('a level of authentication is asked for and verified; PKCE is added when it is set', async () => {
  const app = appWith({ acr: ['eidas1-mfa'], pkce: true })
  level = 'eidas1-mfa'
  expect((await new Visitor(app).signIn('alice')).status).toBe(200)
  expect(JSON.parse(asked.get('claims') ?? '')).toEqual({
    id_token: { acr: { essential: true, values: ['eidas1-mfa'] } },
  })
  expect(asked.get('code_challenge_method')).toBe('S256')
  level = 'eidas1'
  expect((await new Visitor(app).signIn('alice')).status).toBe(403)
  level = 'eidas1-mfa'
})

describe('a return from the provider', () => {
  const returned = async (visitor: Visitor, change: (address: URL) => void = () => undefined) => {
    const started = await visitor.send('http://localhost/connexion/depart')
    const state = new URL(started.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const address = new URL('http://localhost/connexion/retour')
    address.search = new URLSearchParams({ code: 'x', state, iss: issuer }).toString()
    change(address)
    return visitor.send(address.href)
  }

  test('with a code that the provider does not know is refused', async () => {
    const answer = await returned(new Visitor(appWith()))
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('n’a pas confirmé')
  })

  test('with another state, without one, or in another browser is refused before the provider is asked', async () => {
    const app = appWith()
    const wrong = await returned(new Visitor(app), address =>
      address.searchParams.set('state', 'x'.repeat(43)),
    )
    const without = await returned(new Visitor(app), address => address.searchParams.delete('state'))
    // The link of an attacker, who began in a browser of their own.
    const attacker = await new Visitor(app).send('http://localhost/connexion/depart')
    const state = new URL(attacker.headers.get('location') ?? '').searchParams.get('state')
    const elsewhere = await new Visitor(app).send(`http://localhost/connexion/retour?code=x&state=${state}`)
    for (const answer of [wrong, without, elsewhere]) {
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('recommencez-la')
    }
  })

  test('serves once', async () => {
    const visitor = new Visitor(appWith())
    await visitor.signIn('alice')
    const { rows } = await sql`select from sign_in`.execute(database.db)
    expect(rows.length).toBeLessThan(10)
    const replay = await visitor.send(`http://localhost/connexion/retour?code=x&state=${asked.get('state')}`)
    expect(replay.status).toBe(403)
  })

  test('leads to a page of this site and to no other', async () => {
    const app = appWith()
    const landing = async (target: string) => {
      const visitor = new Visitor(app)
      await visitor.send(`http://localhost/connexion/depart?retour=${encodeURIComponent(target)}`)
      const { rows } = await sql<{ return_to: string }>`
        select return_to from sign_in order by started_at desc limit 1`.execute(database.db)
      return rows[0]?.return_to
    }
    expect(await landing('/mairies?tri=attente')).toBe('/mairies?tri=attente')
    for (const target of ['//mal.example', '/\\mal.example', 'https://mal.example', '/a\r\nb', ''])
      expect(await landing(target)).toBe('/')
  })
})

describe('a session', () => {
  const open = async () => {
    const visitor = new Visitor(appWith())
    await visitor.signIn('alice')
    return visitor
  }
  const works = async (visitor: Visitor) => (await visitor.send('http://localhost/effectifs')).status === 200

  test('is a cookie of this host alone, out of the reach of scripts, of which the base keeps a digest', async () => {
    const visitor = new Visitor(appWith())
    await visitor.signIn('alice')
    const key = visitor.cookies().get('__Host-vigie') ?? ''
    expect(key.length).toBe(43)
    const { rows } = await sql<{ line: string }>`select session::text as line from session`.execute(
      database.db,
    )
    expect(rows.every(row => !row.line.includes(key))).toBe(true)
    const start = await visitor.send('http://localhost/connexion/depart')
    expect(start.headers.get('set-cookie')).toMatch(/^__Host-.*Path=\/.*HttpOnly.*Secure.*SameSite=Lax/)
  })

  test('is another at each sign-in, which ends the one that the browser had', async () => {
    const visitor = await open()
    const first = visitor.cookies().get('__Host-vigie') ?? ''
    await visitor.signIn('alice')
    expect(visitor.cookies().get('__Host-vigie')).not.toBe(first)
    visitor.cookies().set('__Host-vigie', first)
    expect(await works(visitor)).toBe(false)
  })

  test('ends everywhere when the person asks for it', async () => {
    const [here, elsewhere] = [await open(), await open()]
    await here.send('http://localhost/deconnexion', {
      method: 'POST',
      headers: { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ partout: 'oui' }),
    })
    expect(await works(elsewhere)).toBe(false)
  })

  test('ends after thirty minutes without a request, and after twelve hours anyway', async () => {
    const idle = await open()
    expect(await works(idle)).toBe(true)
    await sql`update session set seen_at = now() - interval '31 minutes'`.execute(database.db)
    expect(await works(idle)).toBe(false)
    const old = await open()
    await sql`update session set started_at = now() - interval '12 hours 1 second'`.execute(database.db)
    expect(await works(old)).toBe(false)
    const busy = await open()
    await sql`update session set seen_at = now() - interval '29 minutes'`.execute(database.db)
    expect(await works(busy)).toBe(true)
    await sql`update session set started_at = now() - interval '11 hours'`.execute(database.db)
    expect(await works(busy)).toBe(true)
  })

  test('ends at once when the person leaves, here and at the provider', async () => {
    const visitor = await open()
    const key = visitor.cookies().get('__Host-vigie') ?? ''
    const left = await visitor.send('http://localhost/deconnexion', {
      method: 'POST',
      headers: { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
    })
    expect(left.status).toBe(303)
    const provider = new URL(left.headers.get('location') ?? '')
    expect(provider.href).toContain(`${issuer}/session/end`)
    expect(provider.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost/deconnexion/retour')
    visitor.cookies().set('__Host-vigie', key)
    expect(await works(visitor)).toBe(false)
    expect((await visitor.send('http://localhost/deconnexion/retour')).status).toBe(200)
  })

  test('does not write for the page of another site', async () => {
    const visitor = await open()
    const forged = await visitor.send('http://localhost/api/publications', {
      method: 'POST',
      headers: { origin: 'https://mal.example', 'content-type': 'application/json' },
      body: '{"releases":[1]}',
    })
    expect([forged.status, (await jsonOf<{ code: string }>(forged)).code]).toEqual([
      403,
      'cross-site-request',
    ])
  })
})

test('the provider away: a refusal that says so, and what is published is read all the same', async () => {
  const app = appOver(database.db, { signIn: SIGN_IN, report: () => undefined })
  const answer = await ask(app, '/connexion/depart')
  expect([answer.status, (await jsonOf<{ code: string }>(answer)).code]).toEqual([503, 'sign-in-unavailable'])
  expect((await ask(app, '/api/delays?place=16')).status).toBe(200)
})

test('the journal tells of it under pseudonyms', async () => {
  const { rows } = await sql<{ event: string; actor: string }>`
    select event, actor from security_event order by id`.execute(database.db)
  const events = rows.map(row => row.event)
  for (const event of ['signed-in', 'sign-in-refused', 'signed-out']) expect(events).toContain(event)
  const actors = new Set(rows.filter(row => row.event === 'signed-in').map(row => row.actor))
  expect([...actors]).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)])
})

test('a person is known by the name that the provider gives, or else by the address', async () => {
  const invited = { role: 'administrator', place: undefined } as const
  for (const [login, name] of [
    ['dora', 'Dora Roux'],
    ['eve', 'eve@charente.gouv.fr'],
  ] as const) {
    await invite(database.db, { ...invited, email: `${login}@charente.gouv.fr` }, 'test')
    const visitor = new Visitor(appWith())
    const page = await visitor.signIn(login, '/connexion/depart?retour=/comptes')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(name)
  }
})

test('a provider that ends no session leaves the person on the page of this service', async () => {
  const app = appWith()
  const visitor = new Visitor(app)
  await visitor.signIn('alice')
  // Another service, of the same base, whose provider cannot be found.
  const lost = appOver(database.db, { signIn: SIGN_IN, report: () => undefined })
  const cookie = [...visitor.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
  const left = await ask(lost, '/deconnexion', { method: 'POST', headers: { cookie }, redirect: 'manual' })
  expect([left.status, left.headers.get('location')]).toEqual([303, '/deconnexion/retour'])
})

test('on a machine of one’s own nobody signs in', async () => {
  const alone = appOver(database.db)
  expect((await ask(alone, '/connexion/depart')).status).toBe(404)
  expect(await (await ask(alone, '/connexion')).text()).toContain('cette machine')
})
