import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaign, type Send } from '../../../scripts/fuzz/campaign.ts'
import type { Description } from '../../../scripts/fuzz/description.ts'
import { appOver, ask, jsonOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const sender =
  (app: OpenAPIHono): Send =>
  ({ path, body, ...init }) =>
    ask(app, path, { ...init, ...(body === undefined ? {} : { body }) })

test('no drawn request breaks the description of any operation', async () => {
  const app = appOver(database.db, { report: () => undefined })
  const description = await jsonOf<Description>(await ask(app, '/openapi.json'))
  const slow = /\.(zip|pdf|xlsx|ods)$|staffing|format\}/
  const { breaches, byOperation } = await campaign(description, sender(app), {
    requests: 500,
    seed: 20_261_126,
    only: ({ path }) => !slow.test(path),
  })
  expect(breaches).toEqual([])
  expect(Object.values(byOperation).every(count => count > 0)).toBe(true)
}, 120_000)

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
