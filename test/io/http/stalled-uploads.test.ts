import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { listening } from '../../sockets.ts'

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
