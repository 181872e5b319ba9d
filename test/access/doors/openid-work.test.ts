import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openProvider } from '../../../src/access/doors/openid-work.ts'
import { SIGN_IN } from '../../people.ts'

test('a provider of another machine is asked over TLS, whatever it answers without', async () => {
  const server = createServer((_, answer) => answer.end('{}'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(openProvider({ ...SIGN_IN.provider, issuer }).begin()).rejects.toThrow()
  server.close()
})

test('one that tells of no end of session is not asked to end it', async () => {
  let issuer = ''
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json')
    answer.end(
      JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, jwks_uri: `${issuer}/keys` }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  expect(await openProvider({ ...SIGN_IN.provider, issuer }).endSession('token')).toBeUndefined()
  server.close()
})
