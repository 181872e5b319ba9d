import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { appOver } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { listening } from '../../sockets.ts'

/** Everything that the server says to some bytes, until it hangs up. */
function say(port: number, ...pieces: string[]): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port })
    let answer = ''
    socket.on('data', piece => {
      answer += piece.toString('utf8')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
    for (const piece of pieces) socket.write(piece)
  })
}

const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4)

test('what nobody could answer is answered in words, whatever was thrown', async () => {
  const heard: unknown[] = []
  const broken = await listening(
    () => {
      throw 'no error at all'
    },
    { report: error => heard.push(error) },
  )
  const rejecting = await listening(() => Promise.reject(new Error('later')), { report: e => heard.push(e) })
  for (const { port } of [broken, rejecting]) {
    const response = await fetch(`http://127.0.0.1:${port}/`)
    expect([response.status, await response.text()]).toEqual([500, expect.stringMatching(/redemandez/)])
  }
  expect(heard).toEqual(['no error at all', new Error('later')])
  await Promise.all([broken.close(), rejecting.close()])
})

test('a page whose own report fails still says something', async () => {
  const { db, close } = await freshDatabase()
  await close()
  const server = await listening(appOver(db).fetch, { report: () => undefined })
  const response = await fetch(`http://127.0.0.1:${server.port}/fiabilite`, {
    headers: { accept: 'text/html' },
  })
  expect(response.status).toBe(500)
  expect((await response.text()).length).toBeGreaterThan(40)
  await server.close()
})

test.each([
  ['not HTTP', 'hello\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
  ['no target', 'GET http://[ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
  ['two hosts', 'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n', 400],
  [
    'a length and pieces',
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['long headers', `GET / HTTP/1.1\r\nhost: a\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('%s is refused in words', async (_, bytes, status) => {
  const server = await listening(() => new Response('fine'))
  const answer = await say(server.port, bytes)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(bodyOf(answer)).toMatch(/^L(a|es) .{20,}\.\n$/)
  await server.close()
})

test('a connection that was answered before is refused in words too', async () => {
  const server = await listening(() => new Response('fine'))
  const socket = connect({ host: '127.0.0.1', port: server.port })
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  let answers = ''
  await new Promise<void>(resolve => {
    socket.on('close', () => resolve())
    socket.on('data', piece => {
      answers += piece.toString('utf8')
      if (answers.endsWith('fine')) socket.write(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`)
    })
  })
  expect(answers).toMatch(/^HTTP\/1.1 200 [\s\S]*fineHTTP\/1.1 431 [\s\S]*\.\n$/)
  await server.close()
})

test('what a caller expects besides is ignored', async () => {
  const server = await listening(() => new Response('fine'))
  const answer = await say(
    server.port,
    'GET / HTTP/1.1\r\nhost: a\r\nexpect: wonders\r\nconnection: close\r\n\r\n',
  )
  expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*fine$/)
  await server.close()
})

test('an answer that nobody takes is dropped, one that takes long to make is not', async () => {
  let drop: () => void = () => undefined
  const dropped = new Promise<void>(resolve => {
    drop = resolve
  })
  const make = async (request: Request, env: { incoming?: IncomingMessage }) => {
    if (request.url.endsWith('/unread')) {
      env.incoming?.socket.once('close', () => drop())
      return new Response(new Uint8Array(64_000_000))
    }
    await delay(300)
    return new Response('fine')
  }
  const server = await listening(make, { patienceMillis: 100 })
  expect(await say(server.port, 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')).toMatch(/fine$/)
  const socket = connect({ host: '127.0.0.1', port: server.port }).pause()
  socket.write('GET /unread HTTP/1.1\r\nhost: a\r\n\r\n')
  await dropped
  socket.destroy()
  await server.close()
})

const HEAD = 'POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n'

async function upload(
  fetch: (request: Request) => Response | Promise<Response>,
  send: (write: (text: string) => void, ended: () => boolean) => Promise<void>,
): Promise<string> {
  const server = await listening(fetch, { patienceMillis: 100 })
  const socket = connect({ host: '127.0.0.1', port: server.port })
  let answer = ''
  let closed = false
  socket.on('data', piece => {
    answer += piece.toString('utf8')
  })
  socket.on('error', () => undefined)
  const end = new Promise<void>(resolve => {
    socket.on('close', () => {
      closed = true
      resolve()
    })
  })
  await send(
    text => void (closed || socket.write(text)),
    () => closed,
  )
  await end
  await server.close()
  return answer
}
const count = async (request: Request) => new Response(String((await request.text()).length))

test('an upload that no longer advances is ended, with a reason', async () => {
  const answer = await upload(count, async write => write(`${HEAD}content-length: 10\r\n\r\nabc`))
  expect(answer).toMatch(/^HTTP\/1.1 408 [\s\S]*n’est pas arrivée à temps/)
})

test('a byte now and then is no progress', async () => {
  const answer = await upload(count, async (write, ended) => {
    write(`${HEAD}content-length: 100000\r\n\r\n`)
    while (!ended()) {
      write('a')
      await delay(20)
    }
  })
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
})

test('an upload that advances is waited for, and so is a server that reads late', async () => {
  let pieces = 0
  const late = async (request: Request) => {
    await delay(350)
    return count(request)
  }
  const answer = await upload(late, async write => {
    write(`${HEAD}content-length: 200000\r\n\r\n`)
    for (; pieces < 10; pieces++) {
      write('a'.repeat(20_000))
      await delay(15)
    }
  })
  expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*200000$/)
})
