import { describe, expect, test } from 'vitest'
import { InvalidSettings, readSettings } from '../src/config.ts'

test('nothing set: this machine only, port 3000, a private database, Charente', () => {
  expect(readSettings({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: undefined,
    dataDir: '.data',
    department: '16',
    stateIdentity: undefined,
    dsfrDist: undefined,
    logLevel: 'warn',
    adminPort: undefined,
    drainSeconds: 0,
  })
})

test('an empty variable is an unset one', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' }).port).toBe(3000)
})

describe('a wrong setting stops the start and says what it should hold', () => {
  test.each([
    [{ PORT: 'x' }, 'PORT=x'],
    [{ PORT: '70000' }, 'PORT=70000'],
    [{ HOST: '0.0.0.0' }, 'HOST=0.0.0.0'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL=mysql://x'],
    [{ DEPARTMENT: 'Charente' }, 'DEPARTMENT=Charente'],
    [{ DSFR_DIST: '/nowhere' }, 'DSFR_DIST=/nowhere'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    [{ ADMIN_PORT: '-1' }, 'ADMIN_PORT=-1'],
    [{ DRAIN_SECONDS: '61' }, 'DRAIN_SECONDS=61'],
  ])('%o', (environment, named) => {
    expect(() => readSettings(environment)).toThrow(InvalidSettings)
    expect(() => readSettings(environment)).toThrow(named)
  })

  test('all at once', () => {
    expect(() => readSettings({ PORT: 'x', DEPARTMENT: 'x' })).toThrow(/PORT[\s\S]*DEPARTMENT/)
  })
})
