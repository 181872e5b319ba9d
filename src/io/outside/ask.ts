import { type LookupAddress, lookup } from 'node:dns'
import { once } from 'node:events'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib'
import { errorText } from '../database/unavailable.ts'
import { isLoopback, isNamedLoopback, isPublicAddress, mayAsk } from './address.ts'

/** Finds the addresses of a name. */
export type Resolve = (
  host: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void

/** What a request to another machine may do, and what it says of itself. */
export interface Outside {
  /** Hosts named by the person who runs the service (`COLLECTOR_HOSTS`). */
  hosts: readonly string[]
  /** Who asks, with a way to reach them. */
  userAgent: string
  resolve?: Resolve
}

/** One request; bounded in time and in size, whatever the other end does. */
export interface OutsideRequest {
  url: URL
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  timeoutMillis: number
  mostBytes: number
}

/** What came back; a redirect is an answer like another, for whoever asked to judge. */
export interface OutsideAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

/** Why nothing came back. */
export type OutsideFault =
  | 'timeout'
  | 'too-large'
  | 'no-connection'
  | 'certificate-refused'
  | 'address-refused'

/** A request that brought no answer. */
export class NoAnswer extends Error {
  readonly fault: OutsideFault
  constructor(fault: OutsideFault, message: string = fault) {
    super(message)
    this.fault = fault
  }
}

const resolveAll: Resolve = (host, done) => lookup(host, { all: true }, done)

/**
 * Asks another machine. The name is resolved once and the connection made to an address that was checked, so that a name
 * that changes its mind in between leads nowhere. @throws NoAnswer
 */
export async function askOutside(outside: Outside, asked: OutsideRequest): Promise<OutsideAnswer> {
  const { url, method = 'GET', headers = {}, body, timeoutMillis, mostBytes } = asked
  if (!mayAsk(url, outside.hosts)) throw new NoAnswer('address-refused')
  const signal = AbortSignal.timeout(timeoutMillis)
  const send = url.protocol === 'https:' ? secureRequest : plainRequest
  const sent = send(url, {
    method,
    signal,
    agent: false,
    lookup: checkedLookup(outside, isNamedLoopback(url, outside.hosts)),
    headers: { 'user-agent': outside.userAgent, ...headers },
  })
  // A connection that is cut once its answer came is told by the answer.
  sent.on('error', () => undefined)
  try {
    sent.end(body)
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of answer as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > mostBytes) throw new NoAnswer('too-large')
      pieces.push(piece)
    }
    const { statusCode: status = 0, headers } = answer
    return { status, headers, body: unpacked(Buffer.concat(pieces), headers, mostBytes) }
  } catch (error) {
    if (error instanceof NoAnswer) throw error
    const isRefused = (sent.socket as TLSSocket | null)?.authorizationError
    const fault = isRefused ? 'certificate-refused' : 'no-connection'
    throw new NoAnswer(signal.aborted ? 'timeout' : fault, errorText(error))
  }
}

const UNPACK = new Map<string, (body: Buffer, options: ZlibOptions) => Buffer>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflated],
  ['br', brotliDecompressSync],
])

/** Deflate is with a head of zlib (RFC 9110, 8.4.1.2), which many servers leave out. */
function inflated(body: Uint8Array, options?: ZlibOptions): Buffer {
  const hasHead = (body[0]! & 0x0f) === 8 && (256 * body[0]! + body[1]!) % 31 === 0
  return hasHead ? inflateSync(body, options) : inflateRawSync(body, options)
}

/** Some servers compress what nobody asked them to compress, twice, or say so of what they did not: that comes as it is. */
function unpacked(body: Buffer, headers: IncomingMessage['headers'], mostBytes: number): Buffer {
  const codings = (headers['content-encoding'] ?? '').toLowerCase().split(',').slice(0, 3)
  return codings.reduceRight((packed, coding) => {
    const unpack = UNPACK.get(coding.trim())
    if (unpack === undefined || packed.length === 0) return packed
    try {
      return unpack(packed, { maxOutputLength: mostBytes })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new NoAnswer('too-large')
      return packed
    }
  }, body)
}

function checkedLookup({ resolve = resolveAll }: Outside, loopbackMayAnswer: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const allowed = (address: string) =>
        loopbackMayAnswer ? isLoopback(address) : isPublicAddress(address)
      const [first] = addresses ?? []
      if (error !== null) done(error, '', 0)
      else if (first === undefined || !addresses.every(({ address }) => allowed(address)))
        done(new NoAnswer('address-refused', `${host} is no public address`), '', 0)
      else if (options.all) done(null, [...addresses])
      else done(null, first.address, first.family)
    })
  }
}
