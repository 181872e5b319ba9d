import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, callers, SIGN_IN } from '../../../../scripts/lab/fuzz/callers.ts'
import { campaign, type Send } from '../../../../scripts/lab/fuzz/campaign.ts'
import type { Description } from '../../../../scripts/lab/fuzz/description.ts'
import { ANYBODY } from '../../../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf } from '../../../app.ts'
import { freshDatabase } from '../../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const sender =
  (app: OpenAPIHono): Send =>
  ({ path, body, ...init }) =>
    ask(app, path, { ...init, ...(body === undefined ? {} : { body }) })

test('no drawn request of anybody breaks the description of any operation, nor the policy', async () => {
  const app = appOver(database.db, { report: () => undefined, signIn: SIGN_IN, requestsPerMinute: 1e9 })
  const description = await jsonOf<Description>(await ask(app, '/openapi.json'))
  const slow = /\.(zip|pdf|xlsx|ods)$|staffing|format\}/
  const { breaches, byOperation, byCaller } = await campaign(description, sender(app), {
    requests: 900,
    seed: 20_261_126,
    callers: await callers(database.db),
    only: ({ path }) => !slow.test(path),
  })
  expect(breaches).toEqual([])
  expect(Object.values(byOperation).every(count => count > 0)).toBe(true)
  expect(Object.keys(byCaller)).toEqual([
    'public',
    'town-hall',
    'cert',
    'prefecture',
    'token read',
    'token imports',
    'administrator',
  ])
  expect(Object.values(byCaller).every(count => count > 0)).toBe(true)
}, 400_000)

const PUBLIC: Caller = { name: 'public', identity: ANYBODY, headers: {} }

test('finds an operation that answers whom the policy refuses it', async () => {
  const app = new OpenAPIHono()
  const path = '/api/staffing/plans'
  const responses = { 200: { description: 'Days', content: answer } }
  app.openapi(createRoute({ method: 'get', path, responses }), c => c.json({ days: 3 }, 200))
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } })
  const who = (caller: Caller) =>
    campaign(document as unknown as Description, sender(app), { requests: 3, seed: 1, callers: [caller] })
  expect((await who(PUBLIC)).breaches).toMatchObject([
    { caller: 'public', what: 'answers 200 to whom the policy refuses it', count: 3 },
  ])
  const cert: Caller = { ...PUBLIC, identity: { ...ANYBODY, role: 'cert' } }
  expect((await who(cert)).breaches).toEqual([])
})

const answer = { 'application/json': { schema: z.object({ days: z.number() }) } }

/** A service of one operation, described soundly, that answers what the test plants. */
async function planted(plant: (place: string) => Response | Promise<Response>) {
  const app = new OpenAPIHono()
  const route = createRoute({
    method: 'get',
    path: '/api/days/{place}',
    request: { params: z.object({ place: z.string() }) },
    responses: { 200: { description: 'Days', content: answer } },
  })
  app.openapi(route, async c => (await plant(c.req.valid('param').place)) as never)
  const description = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } })
  const { breaches } = await campaign(description as unknown as Description, sender(app), {
    requests: 200,
    seed: 1,
    callers: [PUBLIC],
  })
  return breaches.map(({ what }) => what)
}

test.each<[string, (place: string) => Response, RegExp | undefined]>([
  ['a sound answer', () => Response.json({ days: 3 }), undefined],
  ['another status', () => Response.json({ days: 3 }, { status: 201 }), /undeclared status 201/],
  ['a missing member', () => Response.json({}), /another shape/],
  ['a text for a number', () => Response.json({ days: '3' }), /another shape.*number/],
  ['another type', () => new Response('<p>'), /undeclared type text\/plain/],
  [
    'a failure of one value in many',
    place => Response.json({ days: 3 }, { status: place === 'FR' ? 500 : 200 }),
    /^500/,
  ],
])('finds %s', async (_, plant, expected) => {
  const found = await planted(plant)
  if (expected === undefined) expect(found).toEqual([])
  else expect(found).toEqual([expect.stringMatching(expected)])
})
