import { connect } from 'node:net'
import { type Listening, listen } from '../src/io/http/listen.ts'

/** An application behind a real socket of this machine, for what a request in memory does not show. */
export async function listening(
  fetch: Listening['fetch'],
  changes: Partial<Listening> = {},
): Promise<{
  port: number
  close: () => Promise<void>
}> {
  let close = () => Promise.resolve()
  const port = await new Promise<number>(resolve => {
    const settings = { fetch, hostname: '127.0.0.1', port: 0, report: console.error, ...changes }
    const server = listen(settings, address => resolve(address.port))
    close = () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      })
  })
  return { port, close }
}

/** How the server took a body that was sent in pieces. */
export interface Sent {
  status: number
  answer: string
  /** Bytes that left before the server answered or hung up. */
  bytes: number
}

const PIECE = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0x61), Buffer.from('\r\n')])

/** Sends a body in pieces, of a length that nobody tells, as fast as the server takes it. */
export function sendInPieces(
  port: number,
  { path, bytes, headers = {} }: { path: string; bytes: number; headers?: Record<string, string> },
): Promise<Sent> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port })
    let answer = ''
    let sent = 0
    const end = () => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), answer, bytes: sent })
    }
    const pump = () => {
      while (answer === '' && sent < bytes) {
        sent += 0x10000
        if (!socket.write(PIECE)) {
          socket.once('drain', pump)
          return
        }
      }
      if (answer === '') socket.write('0\r\n\r\n')
    }
    socket.on('data', piece => {
      answer += piece.toString('latin1')
      if (/\r\n\r\n/.test(answer)) setTimeout(end, 20)
    })
    socket.on('error', end)
    socket.on('close', end)
    const head = { host: 'localhost', 'transfer-encoding': 'chunked', 'content-type': 'text/csv', ...headers }
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, pump)
  })
}
