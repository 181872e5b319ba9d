import { relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely } from 'kysely'
import pg from 'pg'
import type { OnWait } from '../postgres/cluster.ts'
import { type EmbeddedServer, openEmbedded } from '../postgres/embedded.ts'
import { ActingDialect, READER_OPTIONS } from './acting.ts'
import { knowPool } from './bulk.ts'
import type { Log } from './log.ts'
import { plansKept } from './prepared.ts'
import { Replica } from './replica.ts'
import type { Database, Db } from './schema.ts'
import { DatabaseUnavailable, errorCode, errorText } from './unavailable.ts'
import { valueReaders } from './value-readers.ts'

const OLDEST_VERSION = 150_000
const STATEMENT_MILLIS = 30_000
const IDLE_IN_TRANSACTION_MILLIS = 60_000
const CONNECTION_MILLIS = 10_000
const PATIENCE_MILLIS = 10_000
const QUIET_MILLIS = 10_000
const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** How to open the database: the server of `databaseUrl`, or else the private one of `dataDir`. */
export interface OpenOptions {
  databaseUrl?: string | undefined
  /** A standby server of the same database, for requests that only read. */
  replicaUrl?: string | undefined
  dataDir: string
  log: Log
  onWait?: OnWait | undefined
  /** Told of every lost connection, besides the log. */
  onError?: ((error: Error) => void) | undefined
  /** Longest statement; 0 for none. */
  statementMillis?: number
  /** Most connections at once. */
  connections?: number
}

/** An open database. */
export interface OpenDatabase {
  db: Db
  pool: pg.Pool
  /** The standby server of `replicaUrl`. */
  replica: Replica | undefined
  /** Which server, for people: never its password. */
  description: string
  /** Waits for the queries under way, then leaves. */
  close(): Promise<void>
}

/** Opens the database. @throws DatabaseUnavailable with what to do, in French. */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const { databaseUrl, dataDir, log } = options
  if (databaseUrl !== undefined) {
    options.onWait?.()
    const pools = new Pools({ connectionString: readUrl(databaseUrl) }, options)
    return describeOrClose(pools, nameOfServer(databaseUrl), options)
  }
  const server: EmbeddedServer = await openEmbedded({
    dataDir,
    log,
    onWait: options.onWait,
    onMoved: ({ host }) => pools.moveTo(host),
  })
  const pools = new Pools(server.connection, options)
  return describeOrClose(pools, `intégré, données dans ${shortest(server.cluster)}`, options, server)
}

async function describeOrClose(
  pools: Pools,
  place: string,
  options: OpenOptions,
  server?: EmbeddedServer,
): Promise<OpenDatabase> {
  const { log } = options
  const { pool } = pools
  const standby = options.replicaUrl === undefined ? undefined : replicaPools(options.replicaUrl, options)
  const replica = standby && new Replica(pool, standby, log)
  const db = new Kysely<Database>({
    dialect: new ActingDialect({ pool, readers: pools.readers, replica }),
  })
  knowPool(db, pool)
  let closing: Promise<void> | undefined
  const close = () => {
    // Not through Kysely, which leaves open a pool it has not used yet.
    closing ??= Promise.all([pools.end(), standby?.end()]).then(() => server?.close())
    return closing
  }
  try {
    const version = await checkServer(pool, place, log)
    await replica?.check(nameOfServer(options.replicaUrl ?? ''))
    return { db, pool, replica, description: `PostgreSQL ${version} ${place}`, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The connections of the owner of the tables, those of the public and those of people who read. */
class Pools {
  readonly pool: pg.Pool
  readonly readers: { public: pg.Pool; people: pg.Pool }
  readonly #connection: pg.PoolConfig

  constructor(connection: pg.PoolConfig, options: OpenOptions) {
    this.#connection = { ...connection }
    this.pool = createPool(this.#connection, options)
    const readers = () => createPool(this.#connection, options, READER_OPTIONS)
    this.readers = { public: readers(), people: readers() }
  }

  get #all(): pg.Pool[] {
    return [this.pool, ...Object.values(this.readers)]
  }

  moveTo(host: string): void {
    this.#connection.host = host
    for (const pool of this.#all) pool.options.host = host
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map(pool => pool.end()))
  }
}

/** A replica that stalls must not hold a request back: the primary, which has time, answers instead. */
const REPLICA_STATEMENT_MILLIS = 3_000
const REPLICA_CONNECTION_MILLIS = 1_000

function replicaPools(url: string, options: OpenOptions): Pools {
  return new Pools(
    { connectionString: readUrl(url), connectionTimeoutMillis: REPLICA_CONNECTION_MILLIS },
    // Its losses are told by the replica itself, once.
    { ...options, statementMillis: REPLICA_STATEMENT_MILLIS, onError: undefined, log: SILENT },
  )
}

function createPool(connection: pg.PoolConfig, options: OpenOptions, more = ''): pg.Pool {
  const { statementMillis = STATEMENT_MILLIS, connections = 10 } = options
  const pool = new pg.Pool({
    connectionTimeoutMillis: CONNECTION_MILLIS,
    ...connection,
    max: connections,
    types: valueReaders(),
    application_name: 'vigie-titres',
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementMillis,
    // Beyond what the server itself would cut: only a server that no longer answers is left to this one.
    query_timeout: Math.ceil(statementMillis * 1.2),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MILLIS,
    options: `-c TimeZone=UTC -c client_connection_check_interval=10s ${more}`.trim(),
  })
  const report = reporter(options)
  const onLost = (error: Error) => {
    if (!pool.ending) report(error)
  }
  // A lost connection is an event nobody awaits: without listeners it ends the process, as an idle client through
  // the pool, as one checked out through itself.
  pool.on('error', () => undefined)
  const keepPlans = plansKept()
  pool.on('connect', client => {
    client.on('error', onLost)
    keepPlans(client)
  })
  // Kysely gives back a client whose query timed out here, still waiting for its answer: the next one would wait too.
  pool.on('release', (_error, client) => {
    if ((client as unknown as { _activeQuery: unknown })._activeQuery) void client.end()
  })
  return pool
}

/** Logs lost connections without flooding: a restart loses them all at once. */
function reporter({ log, onError }: OpenOptions): (error: Error) => void {
  let quietUntil = 0
  let silenced = 0
  return error => {
    onError?.(error)
    if (Date.now() < quietUntil) {
      silenced += 1
      return
    }
    const others = silenced > 0 ? ` (et ${silenced} autres auparavant)` : ''
    log.warn(`Connexion à PostgreSQL perdue : ${error.message}${others}`)
    quietUntil = Date.now() + QUIET_MILLIS
    silenced = 0
  }
}

interface ServerFacts {
  number: number
  version: string
  encoding: string
}

async function checkServer(pool: pg.Pool, place: string, log: Log): Promise<string> {
  const facts = await firstAnswer(pool, place, log)
  const version = facts.version.split(' ')[0] ?? ''
  if (facts.number < OLDEST_VERSION) {
    throw new DatabaseUnavailable(
      `Le serveur PostgreSQL ${place} est en version ${version} ; il faut la version 15 ou une plus récente.`,
    )
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseUnavailable(
      `La base ${place} est codée en ${facts.encoding} ; il faut une base en UTF8 (create database … encoding 'UTF8').`,
    )
  }
  return version
}

/** Asks the server who it is, again for ten seconds when it is not there yet: both may be starting together. */
async function firstAnswer(pool: pg.Pool, place: string, log: Log): Promise<ServerFacts> {
  const deadline = Date.now() + PATIENCE_MILLIS
  let announced = false
  for (;;) {
    try {
      const { rows } = await pool.query<ServerFacts>(
        `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
                current_setting('server_encoding') as encoding`,
      )
      return rows[0] as ServerFacts
    } catch (error) {
      const refusal = whyRefused(error)
      if (refusal !== undefined || Date.now() > deadline) {
        throw new DatabaseUnavailable(
          `La base ${place} ne s’ouvre pas : ${refusal ?? errorText(error)}. Vérifiez DATABASE_URL et le serveur.`,
          { cause: error },
        )
      }
      if (!announced) log.warn(`La base ${place} ne répond pas encore (${errorText(error)}) : nouvel essai`)
      announced = true
      await delay(250)
    }
  }
}

/** Refusals that waiting will not change. */
function whyRefused(error: unknown): string | undefined {
  const code = errorCode(error) ?? ''
  if (code.startsWith('28')) return `compte ou mot de passe refusé (${errorText(error)})`
  if (code === '3D000') return `elle n’existe pas (${errorText(error)})`
  if (code === '42501') return `droits insuffisants (${errorText(error)})`
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) return `certificat refusé (${errorText(error)})`
  return undefined
}

function readUrl(text: string): string {
  if (!URL.canParse(text)) {
    throw new DatabaseUnavailable(
      'DATABASE_URL est illisible. Forme attendue : postgresql://utilisateur:motdepasse@serveur:5432/base ' +
        '(un caractère spécial du mot de passe s’écrit codé, par exemple %40 pour @).',
    )
  }
  return text
}

function nameOfServer(text: string): string {
  const { hostname, port, pathname } = new URL(text)
  return `${decodeURIComponent(hostname)}${port ? `:${port}` : ''}${pathname}`
}

function shortest(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
