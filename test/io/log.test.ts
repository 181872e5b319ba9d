import { Writable } from 'node:stream'
import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createLogger, requestLog } from '../../src/io/log.ts'

test('one line of JSON an answer, with the number of the request, without its values', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const app = new Hono()
    .use(requestId())
    .use(requestLog(pino({ level: 'info' }, stream)))
    .get('/mairies/:insee', c => c.text('ok', 203))
  await app.request('/mairies/16102?nom=secret', { headers: { 'x-request-id': 'abc' } })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    id: 'abc',
    method: 'GET',
    route: '/mairies/:insee',
    status: 203,
    milliseconds: expect.any(Number),
  })
  expect(lines[0]).not.toMatch(/secret|16102/)
})

test('the level asked for is the one written', () => {
  expect(createLogger('error').isLevelEnabled('info')).toBe(false)
  expect(createLogger('debug').isLevelEnabled('info')).toBe(true)
})
