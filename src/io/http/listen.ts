import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { errorCode } from '../database/unavailable.ts'

/** What answers, where it listens, and who hears of an answer that could not be made. */
export interface Listening {
  fetch: (request: Request, env: object) => Response | Promise<Response>
  hostname: string
  port: number
  report: (error: unknown) => void
  /** How long an upload may bring, or whoever reads an answer take, next to nothing, in milliseconds. */
  patienceMillis?: number
}

const HEADERS_MILLIS = 30_000
const UNREAD_MILLIS = 60_000

/**
 * Opens a port. Whatever reaches it has an answer with words in it: a browser shows its own page of failure, which says
 * nothing, for an error without a body, and Node answers so what it cannot read, as the adapter does what it cannot make.
 */
export function listen(
  { fetch, hostname, port, report, patienceMillis }: Listening,
  opened: (address: AddressInfo) => void = () => undefined,
): Server {
  const told = (error: unknown) => {
    // Who left in the middle of a request hears nothing of it.
    if (error instanceof RequestError || errorCode(error) === 'ECONNRESET') return inWords(400)
    report(error)
    return inWords(500)
  }
  const asked = async (request: Request, env: object) => {
    try {
      return await fetch(request, env)
    } catch (error) {
      // What is called off because nobody waits for it any more is no fault.
      if (request.signal.aborted && error === request.signal.reason) return inWords(400)
      throw error
    }
  }
  const answer = getRequestListener(asked, { hostname, errorHandler: told })
  // An upload takes as long as its line needs, as long as it goes on: see `stalledUploads`.
  const server = createServer({ requestTimeout: 0, headersTimeout: HEADERS_MILLIS, requireHostHeader: false })
  const answering = new WeakMap<Duplex, ServerResponse>()
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answering.set(incoming.socket, outgoing)
    const hosts = incoming.headersDistinct['host']?.length ?? 0
    // One name, or none from a program older than names (RFC 9112, 3.2): a proxy may have read the other of two.
    if (hosts > 1 || (hosts === 0 && incoming.httpVersion === '1.1')) return refuse(incoming.socket, 400)
    void answer(incoming, outgoing)
  }
  server.on('request', onRequest)
  // What else a caller expects than to be told to go on may be ignored (RFC 9110, 10.1.1).
  server.on('checkExpectation', onRequest)
  // Words after an answer on its way would be read as part of it; between two requests they are the answer.
  const isTold = (socket: Duplex) => {
    const outgoing = answering.get(socket)
    return outgoing?.headersSent === true && !(outgoing.writableFinished && outgoing.req.complete)
  }
  server.on('clientError', (error, socket) => {
    if (!socket.writable || isTold(socket)) socket.destroy()
    else refuse(socket, statusOf(error))
  })
  stalledUploads(server, patienceMillis, socket => {
    if (isTold(socket)) socket.destroy()
    else refuse(socket, 408)
  })
  // An answer takes as long as it takes to make; who takes nothing of one that is there holds its bytes, and has left.
  server.setTimeout(patienceMillis ?? UNREAD_MILLIS, socket => {
    const outgoing = answering.get(socket)
    const beingMade = outgoing !== undefined && !outgoing.writableFinished && socket.writableLength === 0
    if (!beingMade) socket.destroy()
  })
  server.listen(port, hostname, () => opened(server.address() as AddressInfo))
  return server
}

const WORDS = {
  400: 'La demande n’a pas pu être lue.',
  408: 'La demande n’est pas arrivée à temps : envoyez-la de nouveau.',
  413: 'La demande est trop longue.',
  431: 'Les en-têtes de la demande sont trop longs : effacez les cookies de ce site, puis redemandez.',
  500: 'Le service a rencontré un défaut. Rien n’a été perdu : redemandez dans quelques instants.',
} as const
type Status = keyof typeof WORDS

function statusOf(error: Error): Status {
  switch (errorCode(error)) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413
    case 'HPE_HEADER_OVERFLOW':
      return 431
    default:
      return 400
  }
}

const TYPE = 'text/plain; charset=utf-8'

function inWords(status: Status): Response {
  return new Response(`${WORDS[status]}\n`, { status, headers: { 'content-type': TYPE } })
}

function refuse(socket: Duplex, status: Status): void {
  const body = Buffer.from(`${WORDS[status]}\n`)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    `content-type: ${TYPE}`,
    `content-length: ${body.length}`,
  ]
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
}

/** An honest line, however slow, brings this much in each period: 500 bytes a second. */
const PERIOD_MILLIS = 30_000
const LEAST_BYTES = 15_000

/**
 * Ends the uploads that no longer advance, and no others: a file of 33 MB takes over seven minutes at 75 KB/s. What waits
 * because this process does not read it yet is nobody's fault. `period` is in milliseconds.
 */
function stalledUploads(server: Server, period: number | undefined, end: (socket: Socket) => void): void {
  server.on('request', (incoming: IncomingMessage) => {
    const { socket, headers } = incoming
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return
    let seen = socket.bytesRead
    const timer = setInterval(() => {
      if (incoming.complete || incoming.destroyed) return leave()
      const came = socket.bytesRead - seen
      seen = socket.bytesRead
      if (came >= LEAST_BYTES || incoming.readableLength > 0 || incoming.readableFlowing !== true) return
      leave()
      end(socket)
    }, period ?? PERIOD_MILLIS)
    timer.unref()
    const leave = () => clearInterval(timer)
    incoming.once('close', leave)
  })
}
