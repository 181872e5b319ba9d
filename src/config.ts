import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Everything that can be set from outside, checked once at start. */
export interface Settings {
  host: string
  port: number
  databaseUrl: string | undefined
  dataDir: string
  department: string
  stateIdentity: string | undefined
  dsfrDist: string | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  /** Port of /livez, /readyz and /metrics on this machine; none when undefined. */
  adminPort: number | undefined
  /** Time between saying « not ready » and refusing connections, for a proxy to look elsewhere. */
  drainSeconds: number
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

const schema = z.object({
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine(host => LOOPBACK.includes(host), {
      message:
        'sans connexion des utilisateurs, le service n’écoute que cette machine (127.0.0.1, ::1 ou localhost). Pour l’ouvrir au réseau, placez devant lui un serveur mandataire qui identifie les agents.',
    }),
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
  DATA_DIR: z.string().min(1).default('.data'),
  DEPARTMENT: z
    .string()
    .regex(/^(\d{2}|2[AB]|9[78]\d)$/, { message: 'un code de département : 16, 2A, 971…' })
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
})

/** Every variable that the environment may hold, in the order of their documentation. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape)

/** The environment does not describe a service that can start; the message lists every fault. */
export class InvalidSettings extends Error {}

/** Reads the environment. @throws InvalidSettings naming every variable at fault and what it should hold. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) {
    const faults = result.error.issues.map(issue => {
      const name = String(issue.path[0])
      return `  ${name}=${given[name] ?? ''} : ${issue.message}`
    })
    throw new InvalidSettings(`Réglages à corriger :\n${faults.join('\n')}`)
  }
  const { HOST, PORT, DATABASE_URL, DATA_DIR, DEPARTMENT, STATE_IDENTITY, DSFR_DIST } = result.data
  const { LOG_LEVEL, ADMIN_PORT, DRAIN_SECONDS } = result.data
  return {
    host: HOST,
    port: PORT,
    databaseUrl: DATABASE_URL,
    dataDir: DATA_DIR,
    department: DEPARTMENT,
    stateIdentity: STATE_IDENTITY,
    dsfrDist: DSFR_DIST,
    logLevel: LOG_LEVEL,
    adminPort: ADMIN_PORT,
    drainSeconds: DRAIN_SECONDS,
  }
}
