import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProviderSettings } from './access/doors/openid-work.ts'
import { Expected } from './io/expected.ts'
import { paths } from './pure/access/paths.ts'
import { type PiloteIndicator, readIndicators } from './pure/figures/pilote-indicator.ts'
import { DEPARTMENT_CODE } from './pure/figures/place-code.ts'

/** Everything that can be set from outside, checked once at start. */
export interface Settings {
  host: string
  port: number
  databaseUrl: string | undefined
  /** A standby server of the same database, for requests that only read. */
  replicaUrl: string | undefined
  dataDir: string
  department: string
  stateIdentity: string | undefined
  dsfrDist: string | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  /** Port of /livez, /readyz and /metrics on this machine; none when undefined. */
  adminPort: number | undefined
  /** Time between saying « not ready » and refusing connections, for a proxy to look elsewhere. */
  drainSeconds: number
  /** How people sign in; without it the service answers this machine alone, as its administrator. */
  signIn: SignInSettings | undefined
  /** Who receives what is found against the service's security: a web or mail address. */
  securityContact: string | undefined
  /** Requests that one account or network address may send in a minute, when people sign in. */
  requestsPerMinute: number
  /** Header in which the proxy in front tells the address of the caller; the connection's when undefined. */
  clientAddressHeader: string | undefined
  /** Key that encrypts the tokens and secrets of others; without it none is stored. */
  secretKey: Buffer | undefined
  /** Hosts from which files are fetched, and those of this machine that collectors may ask. */
  collectorHosts: readonly string[]
  /** Folder under which watched folders stand. */
  importDir: string | undefined
  /** Where mail goes out, and in whose name; without it no alert goes by mail. */
  mail: { smtpUrl: string; from: string } | undefined
  /** Indicators of PILOTE that figures are exported as. */
  piloteIndicators: readonly PiloteIndicator[] | undefined
}

/** The address of the service and its OpenID Connect provider. */
export interface SignInSettings {
  publicUrl: string
  provider: ProviderSettings
  administratorEmail: string | undefined
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number({ message: 'un numéro de port entre 0 et 65535' })
    .int()
    .min(0)
    .max(65535, { message: 'un numéro de port entre 0 et 65535' })
    .default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, {
      message: 'une adresse postgresql://utilisateur@hôte:port/base (PostgreSQL 15 ou plus)',
    })
    .optional(),
  DATABASE_REPLICA_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, {
      message: 'une adresse postgresql://utilisateur@hôte:port/base, celle d’une réplique de DATABASE_URL',
    })
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DEPARTMENT: z
    .string()
    .regex(DEPARTMENT_CODE, { message: 'un code de département : 16, 2A, 971…' })
    .default('16'),
  STATE_IDENTITY: z.string().min(1).optional(),
  DSFR_DIST: z
    .string()
    .refine(folder => existsSync(join(folder, 'dsfr.main.min.css')), {
      message: 'un dossier qui contient dsfr.main.min.css, tel que dist/ du paquet @gouvfr/dsfr',
    })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { message: `un niveau parmi ${LOG_LEVELS.join(', ')}` }).default('warn'),
  ADMIN_PORT: z.coerce
    .number({ message: 'un numéro de port entre 0 et 65535' })
    .int()
    .min(0)
    .max(65535, { message: 'un numéro de port entre 0 et 65535' })
    .optional(),
  DRAIN_SECONDS: z.coerce
    .number({ message: 'un nombre de secondes entre 0 et 60' })
    .min(0)
    .max(60, { message: 'un nombre de secondes entre 0 et 60' })
    .default(0),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, {
      message: 'l’adresse https:// du service, sans chemin (http:// pour localhost seulement)',
    })
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isProviderUrl, {
      message: 'l’adresse https:// du fournisseur d’identité (http:// pour localhost)',
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_PKCE: z.enum(['true', 'false'], { message: 'true ou false' }).default('false'),
  OIDC_ACR: z.string().default(''),
  OIDC_SIGNATURE: z
    .enum(['RS256', 'ES256', 'PS256', 'EdDSA'], { message: 'RS256, ES256, PS256 ou EdDSA' })
    .default('RS256'),
  OIDC_USERINFO_SIGNATURE: z
    .enum(['RS256', 'ES256', 'PS256', 'EdDSA'], { message: 'RS256, ES256, PS256 ou EdDSA' })
    .optional(),
  ADMINISTRATOR_EMAIL: z.email({ message: 'une adresse électronique' }).optional(),
  SECURITY_CONTACT: z
    .string()
    .regex(/^(https:\/\/|mailto:)\S+$/, { message: 'une adresse https:// ou mailto:' })
    .optional(),
  REQUESTS_PER_MINUTE: z.coerce
    .number({ message: 'un nombre entier de 10 à 100000' })
    .int()
    .min(10)
    .max(100_000, { message: 'un nombre entier de 10 à 100000' })
    .default(600),
  CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, { message: 'le nom d’un en-tête en minuscules, tel que x-real-ip' })
    .optional(),
  SECRET_KEY: z
    .string()
    .refine(isSecretKey, { message: '32 octets en base64, tels que « openssl rand -base64 32 » les donne' })
    .optional(),
  COLLECTOR_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9.:[\]_-]+([\s,]+[A-Za-z0-9.:[\]_-]+)*$/, {
      message: 'des noms d’hôtes, avec ou sans port, séparés par des virgules',
    })
    .default(''),
  IMPORT_DIR: z.string().refine(existsSync, { message: 'un dossier qui existe sur ce serveur' }).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s/]+\/?$/, { message: 'smtp://utilisateur:mot-de-passe@hôte:port, ou smtps://…' })
    .optional(),
  MAIL_FROM: z.email({ message: 'une adresse électronique' }).optional(),
  PILOTE_INDICATORS: z
    .string()
    .refine(text => readIndicators(text) !== undefined, {
      message: 'des indicateurs et leur mesure : IND-123=appointment-wait,IND-124=issuance-delay:passport',
    })
    .optional(),
})

function isSecretKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text)
}

function isPublicUrl(text: string): boolean {
  return isProviderUrl(text) && new URL(text).pathname === '/' && !text.endsWith('/')
}

function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname))
}

/** Every variable that the environment may hold, in the order of their documentation. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape)

/** Settings whose value no message repeats, and that a file may hold: NAME_FILE is its path, as containers give secrets. */
const SECRETS = ['DATABASE_URL', 'DATABASE_REPLICA_URL', 'OIDC_CLIENT_SECRET', 'SECRET_KEY', 'SMTP_URL']

/** The environment does not describe a service that can start; the message lists every fault. */
export class InvalidSettings extends Expected {
  override readonly name = 'InvalidSettings'
}

/** Reads the environment. @throws InvalidSettings naming every variable at fault and what it should hold. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries({ ...environment, ...secretsInFiles(environment) }).filter(([, value]) => value !== ''),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    const faults = result.error.issues.map(issue => {
      const name = String(issue.path[0])
      return `  ${name}=${SECRETS.includes(name) ? '…' : (given[name] ?? '')} : ${issue.message}`
    })
    throw new InvalidSettings(`Réglages à corriger :\n${faults.join('\n')}`)
  }
  const together = incoherent(result.data)
  if (together.length > 0) throw new InvalidSettings(`Réglages à corriger :\n${together.join('\n')}`)
  const { HOST, PORT, DATABASE_URL, DATA_DIR, DEPARTMENT, STATE_IDENTITY, DSFR_DIST } = result.data
  const { DATABASE_REPLICA_URL, LOG_LEVEL, ADMIN_PORT, DRAIN_SECONDS } = result.data
  return {
    host: HOST,
    port: PORT,
    databaseUrl: DATABASE_URL,
    replicaUrl: DATABASE_REPLICA_URL,
    dataDir: DATA_DIR,
    department: DEPARTMENT,
    stateIdentity: STATE_IDENTITY,
    dsfrDist: DSFR_DIST,
    logLevel: LOG_LEVEL,
    adminPort: ADMIN_PORT,
    drainSeconds: DRAIN_SECONDS,
    signIn: signInOf(result.data),
    securityContact: result.data.SECURITY_CONTACT,
    requestsPerMinute: result.data.REQUESTS_PER_MINUTE,
    clientAddressHeader: result.data.CLIENT_ADDRESS_HEADER,
    secretKey:
      result.data.SECRET_KEY === undefined ? undefined : Buffer.from(result.data.SECRET_KEY, 'base64'),
    collectorHosts: result.data.COLLECTOR_HOSTS.toLowerCase()
      .split(/[\s,]+/)
      .filter(host => host !== ''),
    importDir: result.data.IMPORT_DIR,
    mail: mailOf(result.data),
    piloteIndicators: readIndicators(result.data.PILOTE_INDICATORS ?? ''),
  }
}

function secretsInFiles(environment: Record<string, string | undefined>): Record<string, string> {
  const read = (name: string, path: string): [string, string] => {
    try {
      return [name, readFileSync(path, 'utf8').trim()]
    } catch {
      throw new InvalidSettings(`Réglages à corriger :\n  ${name}_FILE=${path} : un fichier qui se lit`)
    }
  }
  return Object.fromEntries(
    SECRETS.flatMap(name => {
      const path = environment[`${name}_FILE`]
      return path ? [read(name, path)] : []
    }),
  )
}

const SIGN_IN = ['PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** Faults of settings that are right alone and wrong together. */
function incoherent(settings: z.infer<typeof schema>): string[] {
  const missing = SIGN_IN.filter(name => settings[name] === undefined)
  const lonely = settings.DATABASE_REPLICA_URL !== undefined && settings.DATABASE_URL === undefined
  const some = missing.length < SIGN_IN.length
  return [
    ...(lonely ? ['  DATABASE_REPLICA_URL : une réplique demande aussi DATABASE_URL, qu’elle suit.'] : []),
    ...(!LOOPBACK.includes(settings.HOST) && missing.length > 0
      ? [
          `  HOST=${settings.HOST} : sans connexion des utilisateurs, le service n’écoute que cette machine (127.0.0.1, ::1 ou localhost), dont il fait de chacun l’administrateur. Pour l’ouvrir au réseau, donnez aussi ${missing.join(', ')}.`,
        ]
      : []),
    ...(some && missing.length > 0 && LOOPBACK.includes(settings.HOST)
      ? [`  ${missing.join(', ')} : la connexion des utilisateurs demande ${SIGN_IN.join(', ')} ensemble.`]
      : []),
  ]
}

function mailOf({ SMTP_URL, MAIL_FROM }: z.infer<typeof schema>): Settings['mail'] {
  if (SMTP_URL === undefined) return undefined
  return { smtpUrl: SMTP_URL, from: MAIL_FROM ?? `vigie-titres@${new URL(SMTP_URL).hostname}` }
}

function signInOf(settings: z.infer<typeof schema>): SignInSettings | undefined {
  const { PUBLIC_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = settings
  if (!PUBLIC_URL || !OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return undefined
  return {
    publicUrl: PUBLIC_URL,
    administratorEmail: settings.ADMINISTRATOR_EMAIL,
    provider: {
      issuer: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      pkce: settings.OIDC_PKCE === 'true',
      acr: settings.OIDC_ACR.split(/[\s,]+/).filter(level => level !== ''),
      signature: settings.OIDC_SIGNATURE,
      userinfoSignature: settings.OIDC_USERINFO_SIGNATURE,
      redirectUri: `${PUBLIC_URL}${paths.signInReturn()}`,
      afterLogout: `${PUBLIC_URL}${paths.signOutReturn()}`,
    },
  }
}
