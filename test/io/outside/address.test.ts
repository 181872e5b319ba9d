import { describe, expect, test } from 'vitest'
import { isPublicAddress, mayAsk } from '../../../src/io/outside/address.ts'

describe('an address that nobody outside reaches', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:10.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    'name',
  ])('%s', address => expect(isPublicAddress(address)).toBe(false))

  test.each(['8.8.8.8', '172.32.0.1', '2a01:e0a::1', '::ffff:8.8.8.8'])('%s is not one', address =>
    expect(isPublicAddress(address)).toBe(true),
  )
})

test.each([
  ['https://rdv.example.fr/api', [], true],
  ['http://rdv.example.fr/api', ['rdv.example.fr'], false],
  ['http://127.0.0.1:4000/api', [], false],
  ['http://127.0.0.1:4000/api', ['127.0.0.1'], true],
  ['http://127.0.0.1:4000/api', ['127.0.0.1:4000'], true],
  ['http://127.0.0.1:4001/api', ['127.0.0.1:4000'], false],
  ['http://localhost:4000', ['localhost'], true],
  ['http://[::1]:4000', ['::1'], true],
  ['http://0x7f.1:4000', ['127.0.0.1'], true],
  ['https://10.0.0.1', ['10.0.0.1'], false],
  ['https://[::ffff:127.0.0.1]', [], false],
  ['https://intranet', ['intranet'], false],
  ['https://user:word@rdv.example.fr', [], false],
  ['ftp://rdv.example.fr', [], false],
  ['file:///etc/passwd', [], false],
] as const)('%s with %j: %s', (address, hosts, expected) =>
  expect(mayAsk(new URL(address), hosts)).toBe(expected),
)
