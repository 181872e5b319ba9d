import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../../src/errors.ts'
import { boundedBodies } from '../../../src/io/http/bounded-bodies.ts'
import { listening, sendInPieces } from '../../sockets.ts'

const MIB = 1024 * 1024
const app = new Hono()
  .use(
    boundedBodies(c => ({
      bytes: c.req.path === '/long' ? 8 * MIB : MIB,
      streams: c.req.path === '/long',
      remedy: 'Coupez-le.',
    })),
  )
  .post('/long', async c => {
    let bytes = 0
    for await (const piece of c.req.raw.body!) bytes += piece.length
    return c.text(String(bytes))
  })
  .post('*', async c => c.text(String((await c.req.arrayBuffer()).byteLength)))
  .onError((error, c) => c.text(error instanceof Refusal ? error.code : 'bug', 400))
let server: Awaited<ReturnType<typeof listening>>
beforeAll(async () => {
  server = await listening(app.fetch)
})
afterAll(() => server.close())

const post = async (path: string, body: string) => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body })
  return answer.text()
}

test('what announces more than its route takes is refused before a byte of it is read', async () => {
  expect(await post('/question', 'x'.repeat(MIB))).toBe(String(MIB))
  expect(await post('/question', 'x'.repeat(MIB + 1))).toBe('body-too-large')
  expect(await post('/long', 'x'.repeat(MIB + 1))).toBe(String(MIB + 1))
})

test('where a body is read whole, its length is asked for', async () => {
  expect((await sendInPieces(server.port, { path: '/question', bytes: 65_536 })).answer).toContain(
    'length-required',
  )
})

test('where a body is received in pieces, they are counted as they come', async () => {
  const within = await sendInPieces(server.port, { path: '/long', bytes: 4 * MIB })
  expect(within.answer).toContain(String(4 * MIB))
  const beyond = await sendInPieces(server.port, { path: '/long', bytes: 64 * MIB })
  expect(beyond.answer).toContain('body-too-large')
  expect(beyond.bytes).toBeLessThan(32 * MIB)
})
