import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { askOutside, type NoAnswer, type Resolve } from '../../../src/io/outside/ask.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function listening(answer: RequestListener, tls?: { key: string; cert: string }): Promise<URL> {
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer)
  servers.push(server)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return new URL(
    `http${tls === undefined ? '' : 's'}://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
  )
}

const outside = { hosts: ['127.0.0.1', 'localhost'], userAgent: 'test' }
const bounds = { timeoutMillis: 400, mostBytes: 1_000 }
const faultOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: NoAnswer) => error.fault,
  )

test('an answer comes whole, a redirect as it is', async () => {
  const url = await listening((request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(request.headers['user-agent'])
  })
  const answer = await askOutside(outside, { url, ...bounds })
  expect([answer.status, answer.headers.location, answer.body.toString()]).toEqual([
    302,
    'http://169.254.169.254/',
    'test',
  ])
})

test('bounded in time, before and within the answer, and in size', async () => {
  const silent = await listening(() => undefined)
  expect(await faultOf(askOutside(outside, { url: silent, ...bounds }))).toBe('timeout')
  const dripping = await listening((_, response) => {
    response.write('x')
  })
  expect(await faultOf(askOutside(outside, { url: dripping, ...bounds }))).toBe('timeout')
  const endless = await listening((_, response) => {
    response.end(Buffer.alloc(10_000))
  })
  expect(await faultOf(askOutside(outside, { url: endless, ...bounds }))).toBe('too-large')
  const cut = await listening((_, response) => {
    response.write('x', () => response.destroy())
  })
  expect(await faultOf(askOutside(outside, { url: cut, ...bounds }))).toBe('no-connection')
})

/** Signed by itself, for 127.0.0.1 until 2126; it opens nothing. */
const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMhS7dVQKieT8UtG3
JcZQT4rQMsHpSGI6zBljHlLsaeShRANCAAQRH985bPP5X4ftxX0PjHAHBL+6cDDT
10ExpDsl8AdTFMEUvd9eyxjKDQDv6Ylci4ryfCFCpYPLvKwJHAzyHaNK
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBkTCCATagAwIBAgIUT0GaBbPHgH86in8jca9Nx+0S25gwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEzMDIwNTk0NloYDzIxMjYxMTA2
MjA1OTQ2WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQRH985bPP5X4ftxX0PjHAHBL+6cDDT10ExpDsl8AdTFMEUvd9eyxjK
DQDv6Ylci4ryfCFCpYPLvKwJHAzyHaNKo2QwYjAdBgNVHQ4EFgQUZSjs5anr4ohr
fNhz2S9Vg5H537swHwYDVR0jBBgwFoAUZSjs5anr4ohrfNhz2S9Vg5H537swDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYC
IQCfxJ2LQikL2VMaYqwFSwMXkDqMlUSpw5zvG0oihyHrkQIhAL8IHZZQwb6T+x7v
4x7TPgs5hzyyCnc9hRAOwgZl+rxD
-----END CERTIFICATE-----`,
}

test('a certificate that nobody vouches for is not a connection that fails', async () => {
  const url = await listening((_, response) => response.end('test'), selfSigned)
  expect(await faultOf(askOutside(outside, { url, ...bounds, timeoutMillis: 2_000 }))).toBe(
    'certificate-refused',
  )
  const plain = new URL(url.href.replace('https', 'http'))
  expect(await faultOf(askOutside(outside, { url: plain, ...bounds }))).toBe('no-connection')
})

test('what is compressed, twice, in part or not at all', async () => {
  const packed = gzipSync('test')
  for (const [coding, body, told] of [
    ['gzip', packed, 'test'],
    ['deflate', deflateRawSync('test'), 'test'],
    ['gzip, br', brotliCompressSync(packed), 'test'],
    ['gzip', Buffer.from('test'), 'test'],
    ['zstd', packed, packed.toString('latin1')],
    ['gzip', packed.subarray(0, -9), packed.subarray(0, -9).toString('latin1')],
  ] as const) {
    const url = await listening((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(body)
    })
    expect((await askOutside(outside, { url, ...bounds })).body.toString('latin1')).toBe(told)
  }
})

test('a name that leads to a private address is not asked, whatever it led to before', async () => {
  let asked = 0
  const url = await listening((_, response) => {
    asked += 1
    response.end()
  })
  const answers = [['93.184.216.34'], ['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['::ffff:127.0.0.1']]
  for (const addresses of answers.slice(1)) {
    const resolve: Resolve = (_, done) =>
      done(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    const rebound = new URL(`https://rdv.example.fr:${url.port}/`)
    expect(await faultOf(askOutside({ ...outside, resolve }, { url: rebound, ...bounds }))).toBe(
      'address-refused',
    )
    const named = { hosts: ['rdv.example.fr'], userAgent: 'test', resolve }
    expect(await faultOf(askOutside(named, { url: rebound, ...bounds }))).toBe('address-refused')
  }
  expect(asked).toBe(0)
})

test('this machine only when it is named', async () => {
  const url = await listening((_, response) => response.end('ok'))
  expect(await faultOf(askOutside({ hosts: [], userAgent: 'test' }, { url, ...bounds }))).toBe(
    'address-refused',
  )
  const local = new URL(`http://localhost:${url.port}/`)
  expect((await askOutside(outside, { url: local, ...bounds })).body.toString()).toBe('ok')
})
