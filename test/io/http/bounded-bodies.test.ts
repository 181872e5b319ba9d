import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Refusal } from '../../../src/errors.ts'
import { boundedBodies } from '../../../src/io/http/bounded-bodies.ts'

const app = new Hono()
  .use(boundedBodies())
  .post('*', async c => c.text(String((await c.req.arrayBuffer()).byteLength)))
  .onError((error, c) => c.text(error instanceof Refusal ? error.code : 'bug', 413))

const stream = (bytes: number) =>
  new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < bytes; sent += 65_536) controller.enqueue(new Uint8Array(65_536))
      controller.close()
    },
  })

test('a question of more than a megabyte is refused, announced or not', async () => {
  const announced = await app.request('/api/scenarios', { method: 'POST', body: 'x'.repeat(1_048_577) })
  expect([announced.status, await announced.text()]).toEqual([413, 'body-too-large'])
  const init = { method: 'POST', body: stream(1_200_000), duplex: 'half' }
  const silent = await app.request('/api/scenarios', init as RequestInit)
  expect([silent.status, await silent.text()]).toEqual([413, 'body-too-large'])
})

test('a file may be larger where files are received', async () => {
  const answer = await app.request('/api/imports', { method: 'POST', body: 'x'.repeat(1_048_577) })
  expect(await answer.text()).toBe('1048577')
})
