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
    signIn: undefined,
    securityContact: undefined,
    requestsPerMinute: 600,
    clientAddressHeader: undefined,
    secretKey: undefined,
    collectorHosts: [],
    importDir: undefined,
    mail: undefined,
    piloteIndicators: [],
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
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL=…'],
    [{ DEPARTMENT: 'Charente' }, 'DEPARTMENT=Charente'],
    [{ DSFR_DIST: '/nowhere' }, 'DSFR_DIST=/nowhere'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    [{ ADMIN_PORT: '-1' }, 'ADMIN_PORT=-1'],
    [{ DRAIN_SECONDS: '61' }, 'DRAIN_SECONDS=61'],
    [{ PUBLIC_URL: 'http://vigie.example' }, 'PUBLIC_URL=http://vigie.example'],
    [{ PUBLIC_URL: 'https://vigie.example/ici' }, 'PUBLIC_URL='],
    [{ OIDC_ISSUER: 'ftp://x' }, 'OIDC_ISSUER=ftp://x'],
    [{ OIDC_ISSUER: 'https://x.example' }, 'PUBLIC_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET'],
    [{ ADMINISTRATOR_EMAIL: 'x' }, 'ADMINISTRATOR_EMAIL=x'],
    [{ SECURITY_CONTACT: 'x' }, 'SECURITY_CONTACT=x'],
    [{ REQUESTS_PER_MINUTE: '1' }, 'REQUESTS_PER_MINUTE=1'],
    [{ CLIENT_ADDRESS_HEADER: 'X Y' }, 'CLIENT_ADDRESS_HEADER=X Y'],
    [{ SECRET_KEY: 'court' }, 'SECRET_KEY=…'],
    [{ SMTP_URL: 'http://x' }, 'SMTP_URL=…'],
    [{ SECRET_KEY_FILE: '/nowhere' }, 'SECRET_KEY_FILE=/nowhere'],
    [{ SECRET_KEY_FILE: '/dev/null', SMTP_URL_FILE: 'package.json' }, 'SMTP_URL=…'],
    [{ MAIL_FROM: 'x' }, 'MAIL_FROM=x'],
    [{ PILOTE_INDICATORS: 'x' }, 'PILOTE_INDICATORS=x'],
    [{ COLLECTOR_HOSTS: 'https://x.example' }, 'COLLECTOR_HOSTS='],
    [{ IMPORT_DIR: '/nowhere' }, 'IMPORT_DIR=/nowhere'],
  ])('%o', (environment, named) => {
    expect(() => readSettings(environment)).toThrow(InvalidSettings)
    expect(() => readSettings(environment)).toThrow(named)
  })

  test('all at once', () => {
    expect(() => readSettings({ PORT: 'x', DEPARTMENT: 'x' })).toThrow(/PORT[\s\S]*DEPARTMENT/)
  })
})

describe('an address that others reach needs their sign-in', () => {
  const signIn = {
    PUBLIC_URL: 'https://vigie.charente.example',
    OIDC_ISSUER: 'https://fournisseur.example/api/v2',
    OIDC_CLIENT_ID: 'vigie',
    OIDC_CLIENT_SECRET: 'secret',
  }

  test.each(Object.keys(signIn))('without %s it is refused', name => {
    const { [name as keyof typeof signIn]: _, ...others } = signIn
    expect(() => readSettings({ HOST: '0.0.0.0', ...others })).toThrow(name)
  })

  test('with all of it the service opens, and the provider sends people back to it', () => {
    const { host, signIn: known } = readSettings({
      HOST: '0.0.0.0',
      OIDC_ACR: 'eidas1-mfa, eidas2',
      ...signIn,
    })
    expect(host).toBe('0.0.0.0')
    expect(known?.provider).toMatchObject({
      pkce: false,
      acr: ['eidas1-mfa', 'eidas2'],
      redirectUri: 'https://vigie.charente.example/connexion/retour',
    })
  })
})
