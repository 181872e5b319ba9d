import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteHoldings, tellTarget, watched } from '../../src/alerts/alert-queries.ts'
import { type AlertGround, tellAll, watchAll } from '../../src/alerts/alert-work.ts'
import { mailOf } from '../../src/alerts/message.ts'
import { seal } from '../../src/io/sealed.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let ground: AlertGround
const mails: { to: string; id: string; text: string }[] = []
const fails = (error: unknown) => {
  throw error
}
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    let text = ''
    stream.on('data', piece => {
      text += piece
    })
    stream.on('end', () => {
      const to = session.envelope.rcptTo[0]?.address ?? ''
      mails.push({ to, id: /^Message-ID: (.*)$/im.exec(text)?.[1] ?? '', text })
      done()
    })
  },
})
const secretKey = randomBytes(32)

beforeAll(async () => {
  database = await freshDatabase()
  await new Promise<void>(done => {
    smtp.listen(0, '127.0.0.1', done)
  })
  const { port } = smtp.server.address() as AddressInfo
  ground = {
    db: database.db,
    today: () => '2026-11-29',
    outside: { hosts: ['127.0.0.1'], userAgent: 'test' },
    secretKey,
    mail: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'vigie@example.fr' },
    origin: 'https://vigie.example',
  }
})
afterAll(async () => {
  await new Promise<void>(done => {
    smtp.close(done)
  })
  await database.close()
})

const addSubscriptions = (count: number, rule: string) =>
  database.pool.query(
    `insert into subscription (place, rule, channel, target, leave_key)
     select '16', $2, 'mail', 'lecteur' || i || '@example.fr', $2 || i from generate_series(1, $1::int) i`,
    [count, rule],
  )

test('a thousand subscriptions, one change: each told once, though the process dies in the middle', async () => {
  await addSubscriptions(1_000, 'new-projection')
  const held = (await watched(database.db)).map(({ id }) => ({
    subscription: id,
    holdings: [{ subject: 'run:1', words: 'Nouvelle projection.' }],
  }))
  await noteHoldings(database.db, held)
  await noteHoldings(database.db, held)
  // Dead after the message was written and before it was noted.
  const lost = tellTarget(database.db, { channel: 'mail', target: 'lecteur7@example.fr' }, async () => {
    throw new Error('killed')
  })
  await expect(lost).rejects.toThrow('killed')
  // Two processes at once, then a third.
  await Promise.all([tellAll(ground, fails), tellAll(ground, fails)])
  await tellAll(ground, fails)
  expect(new Set(mails.map(({ to }) => to)).size).toBe(1_000)
  expect(new Set(mails.map(({ id }) => id)).size).toBe(1_000)
  expect(mails).toHaveLength(1_000)
  expect(mails[0]?.text).toMatch(/List-Unsubscribe: <https:\/\/vigie\.example\/alertes\/fin\//)
  await database.pool.query('update subscription set closed_at = now()')
})

test('a state is told once while it lasts, and again when it comes back', async () => {
  await addSubscriptions(1, 'figure-contradicted')
  const [one] = await watched(database.db)
  const note = (holdings: { subject: string; words: string }[]) =>
    noteHoldings(database.db, [{ subscription: one!.id, holdings }])
  const sent = async () => {
    mails.length = 0
    await tellAll(ground, fails)
    return mails.length
  }
  const state = { subject: 'x', words: 'Deux valeurs.' }
  await note([state])
  expect([await sent(), await sent()]).toEqual([1, 0])
  await note([{ ...state, words: 'Trois valeurs.' }])
  expect(await sent()).toBe(0)
  await note([])
  await note([state, { subject: 'y', words: 'Une autre.' }])
  // Both in one mail.
  expect(await sent()).toBe(1)
  await database.pool.query('update subscription set closed_at = now()')
})

test('a process killed behind the sending: the same mail again, and what came since in another', async () => {
  await addSubscriptions(1, 'wait-above')
  const [one] = await watched(database.db)
  const target = { channel: 'mail' as const, target: 'lecteur1@example.fr' }
  const note = (...subjects: string[]) =>
    noteHoldings(database.db, [
      { subscription: one!.id, holdings: subjects.map(subject => ({ subject, words: `${subject}.` })) },
    ])
  await note('a', 'b')
  mails.length = 0
  // The server has the mail, and the transaction that would note it ends with its process.
  const { port } = smtp.server.address() as AddressInfo
  const sent: number[][] = []
  const lost = tellTarget(database.db, target, async ({ news }) => {
    sent.push(news.map(({ id }) => id))
    const { messageId, text, subject } = mailOf(
      news.map(({ id }) => ({ id, placeName: '', ruleName: '', words: '', leaveKey: '', page: '' })),
      { origin: ground.origin, host: 'vigie.example' },
    )
    await createTransport(`smtp://127.0.0.1:${port}`).sendMail({
      from: 'v@example.fr',
      to: target.target,
      subject,
      text,
      messageId,
    })
    throw new Error('killed')
  })
  await expect(lost).rejects.toThrow('killed')
  await note('a', 'b', 'c')
  await Promise.all([tellAll(ground, fails), tellAll(ground, fails)])
  expect(sent[0]).toHaveLength(2)
  expect(mails).toHaveLength(3)
  expect(mails[1]!.id).toBe(mails[0]!.id)
  expect(new Set(mails.map(({ id }) => id)).size).toBe(2)
  expect(mails[2]!.text).not.toMatch(/^[ab]\./m)
  await database.pool.query('update subscription set closed_at = now()')
})

test('a call is signed, and made again when it was not accepted', async () => {
  const received: { headers: Record<string, unknown>; body: string }[] = []
  let status = 500
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', piece => {
      body += piece
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  await database.pool.query(
    `insert into subscription (place, rule, days, channel, target, secret, leave_key) values ('16', 'collector-silent', 1, 'webhook', $1, $2, 'w')`,
    [target, seal(secretKey, 'key', new URL(target).origin)],
  )
  await database.pool.query(
    `insert into collector (name, kind, address, department, created_at)
     values ('Éditeur', 'folder', '.', '16', '2026-11-27 08:00Z'), ('Posé ce matin', 'folder', '.', '16', '2026-11-29 08:00Z')`,
  )
  await watchAll(ground, fails)
  const errors: unknown[] = []
  await tellAll(ground, error => errors.push(error))
  expect(errors).toHaveLength(1)
  status = 204
  await tellAll(ground, fails)
  await tellAll(ground, fails)
  server.close()
  expect(received).toHaveLength(2)
  const [first, second] = received
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  const signed = `${second?.headers['webhook-id']}.${second?.headers['webhook-timestamp']}.${second?.body}`
  expect(second?.headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', 'key').update(signed).digest('base64')}`,
  )
  expect(JSON.parse(second?.body ?? '')).toMatchObject({
    place: 'Charente',
    text: expect.stringMatching(/^Éditeur : jamais lu depuis 2\sjours\.$/),
  })
})

test('news of a call are told one by one; a target that fails is left alone longer each time', async () => {
  await database.pool.query('update subscription set closed_at = now()')
  const received: string[] = []
  let [most, status] = [2, 204]
  const server = createServer((request, response) => {
    received.push(String(request.headers['webhook-id']))
    // A redirect to another machine is no delivery, and is not followed.
    const answer = received.length > most ? status : 204
    response.writeHead(answer, answer === 302 ? { location: 'http://169.254.169.254/' } : {}).end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  await database.pool.query(
    `insert into subscription (place, rule, channel, target, secret, leave_key) values ('16', 'figure-contradicted', 'webhook', $1, $2, 'x')`,
    [target, seal(secretKey, 'key', new URL(target).origin)],
  )
  const [one] = await watched(database.db)
  const holdings = ['a', 'b', 'c'].map(subject => ({ subject, words: subject }))
  await noteHoldings(database.db, [{ subscription: one!.id, holdings }])
  const start = 1_800_000_000_000
  const errors: unknown[] = []
  const look = (minutes: number) =>
    tellAll({ ...ground, now: () => start + minutes * 60_000 }, error => errors.push(error))
  status = 302
  expect(await look(0)).toBe(0)
  expect([received.length, new Set(received.slice(0, 2)).size, errors.length]).toEqual([3, 2, 1])
  // Told once: the two that were taken are not called again. One more try at once, then rests of 5 and 30 minutes.
  for (const [minutes, calls] of [
    [1, 4],
    [2, 4],
    [5, 4],
    [6, 5],
    [30, 5],
    [36, 6],
  ] as const) {
    await look(minutes)
    expect([minutes, received.length]).toEqual([minutes, calls])
  }
  expect(new Set(received).size).toBe(3)
  most = Number.POSITIVE_INFINITY
  expect([await look(60), await look(200), await look(201)]).toEqual([0, 1, 0])
  server.close()
})

test('a mailbox that is not there is asked once a day, and takes no other reader with it', async () => {
  await database.pool.query('update subscription set closed_at = now()')
  const refusing = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => {
      asked.push(address)
      done(
        address.startsWith('lecteur1@')
          ? Object.assign(new Error('no such user'), { responseCode: 550 })
          : null,
      )
    },
    onData: (stream, _, done) => {
      stream.on('end', () => done()).resume()
    },
  })
  const asked: string[] = []
  await new Promise<void>(done => {
    refusing.listen(0, '127.0.0.1', done)
  })
  const { port } = refusing.server.address() as AddressInfo
  await addSubscriptions(2, 'target-missed')
  await noteHoldings(
    database.db,
    (await watched(database.db)).map(({ id }) => ({
      subscription: id,
      holdings: [{ subject: 'target:x', words: 'x' }],
    })),
  )
  const look = (minutes: number) =>
    tellAll(
      {
        ...ground,
        mail: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'vigie@example.fr' },
        now: () => 1_800_000_000_000 + minutes * 60_000,
      },
      () => undefined,
    )
  expect([await look(0), await look(1), await look(59), await look(24 * 60)]).toEqual([1, 0, 0, 0])
  expect(asked.toSorted()).toEqual(['lecteur1@example.fr', 'lecteur1@example.fr', 'lecteur2@example.fr'])
  await new Promise<void>(done => {
    refusing.close(done)
  })
  await database.pool.query('update subscription set closed_at = now()')
})

test('subscribed by the API, left by the link, each rule looked at', async () => {
  const app = appOver(database.db, {
    mail: ground.mail,
    collecting: { outside: ground.outside, secretKey, importDir: undefined, clock: () => '2026-11-29T10:00' },
  })
  const post = (body: object) =>
    ask(app, '/api/subscriptions', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const target = 'prefet@example.fr'
  for (const body of [
    { rule: 'target-missed', target },
    { rule: 'wait-above', days: 10, target },
    { rule: 'figure-contradicted', target },
    { rule: 'new-projection', target, place: '16102' },
  ])
    expect((await post(body)).status).toBe(201)
  for (const body of [
    { rule: 'wait-above', target },
    { rule: 'target-missed', target: 'http://10.0.0.1' },
  ])
    expect((await post(body)).status).toBe(422)
  const form = new URLSearchParams({ rule: 'wait-above', days: 'trente', target })
  const refused = await ask(app, '/alertes', { method: 'POST', body: form, headers: { accept: 'text/html' } })
  expect(refused.status).toBe(422)
  const told = await refused.text()
  expect(told).toMatch(/<title>Erreur\s: Alertes/)
  expect(told).toMatch(/Seuil, en jours\s: /)
  expect(told).toMatch(/value="wait-above"[^>]* selected/)
  expect(told).toContain('value="trente"')
  await watchAll(ground, fails)
  const { subscriptions } = await jsonOf<{ subscriptions: { rule: string; holding: { words: string }[] }[] }>(
    await ask(app, '/api/subscriptions'),
  )
  expect(subscriptions.find(({ rule }) => rule === 'wait-above')?.holding[0]?.words).toMatch(/Attente/)
  mails.length = 0
  await tellAll(ground, fails)
  await watchAll(ground, fails)
  await tellAll(ground, fails)
  expect(mails.map(({ to }) => to)).toEqual([target])
  const journal = await (await ask(app, '/journal', { headers: { accept: 'text/html' } })).text()
  expect(journal).toMatch(/prefet@example\.fr[\s\S]*a été prévenu[\s\S]*Attente/)
  const page = await ask(app, '/alertes', { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain(target)
  const { rows } = await database.pool.query(
    `select leave_key from subscription where rule = 'target-missed' and closed_at is null`,
  )
  const link = `/alertes/fin/${rows[0].leave_key}`
  const asked = await ask(app, link, { headers: { accept: 'text/html' } })
  expect(await asked.text()).toMatch(/Charente\s: Un délai publié dépasse/)
  expect((await ask(app, '/alertes/fin/aucune', { headers: { accept: 'text/html' } })).status).toBe(404)
  expect(
    (
      await database.pool.query(`select 1 from subscription where leave_key = $1 and closed_at is null`, [
        rows[0].leave_key,
      ])
    ).rowCount,
  ).toBe(1)
  expect((await ask(app, link, { method: 'POST' })).status).toBe(200)
  expect(
    (
      await database.pool.query(`select 1 from subscription where leave_key = $1 and closed_at is null`, [
        rows[0].leave_key,
      ])
    ).rowCount,
  ).toBe(0)
  // The button of a mail reader (RFC 8058) is that of the mail, which told of several.
  const left = async () =>
    (
      await jsonOf<{ subscriptions: { target: string }[] }>(await ask(app, '/api/subscriptions'))
    ).subscriptions.filter(one => one.target === target).length
  expect(await left()).toBe(3)
  const oneClick = await ask(app, link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect([oneClick.status, await left()]).toEqual([200, 0])
})

test('a key that signs calls is kept encrypted, also in the answer that a second request is given', async () => {
  const app = appOver(database.db, {
    collecting: { outside: ground.outside, secretKey, importDir: undefined, clock: () => '2026-11-29T10:00' },
  })
  const subscribed = () =>
    ask(app, '/api/subscriptions', {
      method: 'POST',
      body: JSON.stringify({ rule: 'target-missed', target: 'http://127.0.0.1:4149/hook' }),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'hook' },
    })
  const [first, again] = [await subscribed(), await subscribed()]
  const { id, secret } = await jsonOf<{ id: number; secret: string }>(first)
  expect(first.headers.get('cache-control')).toContain('no-store')
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await again.json()).toEqual({ id, secret })
  const { rows } = await database.pool.query<{ body: Buffer }>(
    `select body from idempotency_key where key = 'hook'`,
  )
  expect(rows[0]?.body.toString('latin1')).not.toContain(secret)
})

test('without settings nothing can be subscribed to', async () => {
  const app = appOver(database.db)
  for (const target of ['x@example.fr', 'https://hook.example.fr/x']) {
    const answer = await ask(app, '/api/subscriptions', {
      method: 'POST',
      body: JSON.stringify({ rule: 'target-missed', target }),
      headers: { 'content-type': 'application/json' },
    })
    expect([answer.status, (await jsonOf<{ code: string }>(answer)).code]).toEqual([
      409,
      'alerts-not-configured',
    ])
  }
})
