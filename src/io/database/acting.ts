import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type PostgresDialectConfig,
  type PostgresPool,
  type QueryResult,
  sql,
  type Transaction,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR, type Role } from '../../pure/access/identity.ts'
import { sharePool } from './bulk.ts'

/** In whose name statements run, and whether they may write. */
export interface Acting {
  identity: Identity
  access: 'read only' | 'read write'
}

const SERVICE = 'service'
const acting = new AsyncLocalStorage<Acting | typeof SERVICE>()

/** Runs some work, and every statement that it asks for, in the name of somebody. */
export function actAs<T>(who: Acting, work: () => T): T {
  return acting.run(who, work)
}

/**
 * Runs some work of the service itself, such as keeping a projection or a session, whoever asked: under the owner of the
 * tables, past every policy. What it writes must not come from the request.
 */
export function actAsOwner<T>(work: () => T): T {
  return acting.run(SERVICE, work)
}

/**
 * The database as requests reach it: a statement for which nobody answers, such as one of a stream that outlived its
 * request, is a bug and fails, rather than run as the owner of the tables.
 */
export function forRequests<DB>(db: Kysely<DB>): Kysely<DB> {
  const requests = db.withPlugin(NOBODY_IS_REFUSED)
  sharePool(db, requests)
  return requests
}

const NOBODY_IS_REFUSED: KyselyPlugin = {
  transformQuery({ node }) {
    if (acting.getStore() === undefined) throw new Error('a statement in nobody’s name')
    return node
  },
  async transformResult({ result }) {
    return result
  },
}

/**
 * Runs a part of a transaction as the owner of the tables, then gives it back to who began it: for what a publication
 * entails and nobody may do by hand. What it writes must not come from the request.
 */
export async function withinAsOwner<DB>(trx: Transaction<DB>, work: () => Promise<void>): Promise<void> {
  const who = requester()
  if (who === undefined) return work()
  await sql`select set_config('role', 'none', true)`.execute(trx)
  await work()
  await sql`select set_config('role', ${databaseRole(who.identity.role)}, true)`.execute(trx)
}

/** PostgreSQL role of a role of the service. */
export function databaseRole(role: Role): string {
  return `vigie_${role.replace('-', '_')}`
}

/** Those who are many, or always the same, and read: each has connections that were never anybody else's. */
export const READERS: readonly Identity[] = [ANYBODY, LOCAL_ADMINISTRATOR]

/** Options of a connection that reads in the name of one of `READERS` and of nobody else, from its first moment. */
export function readerOptions({ role, account }: Identity): string {
  return `-c role=${databaseRole(role)} -c default_transaction_read_only=on -c vigie.account=${account}`
}

interface ActingConfig extends PostgresDialectConfig {
  /** Connections of one of `READERS`, opened with `readerOptions`. */
  readersPool: (identity: Identity) => PostgresPool
}

/**
 * The PostgreSQL dialect in which the database itself knows who acts: within `actAs`, each statement and each transaction
 * runs under the role of the identity, with its place and account as settings of that transaction alone, so that a
 * connection given back carries nothing to the next request. Policies of rows (`row level security`) do the rest.
 * That takes two round trips more; what `READERS` read goes through connections of their own, which take none.
 * Outside, at the start of the service and from the command line, statements run as the owner of the tables.
 */
export class ActingDialect extends PostgresDialect {
  readonly #config: ActingConfig

  constructor(config: ActingConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    const driver = (pool: PostgresDialectConfig['pool']) =>
      new PostgresDialect({ ...this.#config, pool }).createDriver()
    const readers = READERS.map(identity => {
      const pool = async () => this.#config.readersPool(identity)
      return [identity, driver(pool)] as const
    })
    return new ActingDriver(driver(this.#config.pool), new Map(readers))
  }
}

class ActingDriver implements Driver {
  readonly #inner: Driver
  readonly #readers: ReadonlyMap<Identity, Driver>

  constructor(inner: Driver, readers: ReadonlyMap<Identity, Driver>) {
    this.#inner = inner
    this.#readers = readers
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const who = requester()
    const readers = who?.access === 'read only' ? this.#readers.get(who.identity) : undefined
    if (readers === undefined || who === undefined)
      return new ActingConnection(await this.#inner.acquireConnection())
    await readers.init()
    return new ActingConnection(await readers.acquireConnection(), who.identity)
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const { inner, reader } = asActing(connection)
    const who = requester()
    const access = who?.access === 'read only' ? { accessMode: 'read only' as const } : {}
    await this.#inner.beginTransaction(inner, { ...settings, ...access })
    asActing(connection).within = true
    if (who === undefined || reader !== undefined) return
    try {
      await inner.executeQuery(CompiledQuery.raw(claims(who)))
    } catch (error) {
      // Kysely rolls back only what has begun for it.
      await this.rollbackTransaction(connection).catch(() => undefined)
      throw error
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.commitTransaction(asActing(connection).inner)
    asActing(connection).within = false
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.rollbackTransaction(asActing(connection).inner)
    asActing(connection).within = false
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(asActing(connection).inner)
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

class ActingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  /** The only one in whose name this connection ever acts. */
  readonly reader: Identity | undefined
  /** Inside a transaction, which said at its beginning who acts. */
  within = false

  constructor(inner: DatabaseConnection, reader?: Identity) {
    this.inner = inner
    this.reader = reader
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const who = requester()
    if (this.reader !== undefined && who?.identity !== this.reader)
      throw new Error('a connection of somebody else')
    if (this.within || this.reader !== undefined || who === undefined)
      return this.inner.executeQuery<R>(query)
    try {
      // One message for all: a statement costs two short round trips more, not five.
      await this.inner.executeQuery(CompiledQuery.raw(`begin ${who.access}; ${claims(who)}`))
      const result = await this.inner.executeQuery<R>(query)
      await this.inner.executeQuery(CompiledQuery.raw('commit'))
      return result
    } catch (error) {
      await this.inner.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
      throw error
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    if (!this.within && this.reader === undefined && requester() !== undefined) {
      throw new Error('a stream of rows needs a transaction, which says who acts')
    }
    return this.inner.streamQuery<R>(query, chunkSize)
  }
}

function requester(): Acting | undefined {
  const who = acting.getStore()
  return who === SERVICE ? undefined : who
}

function asActing(connection: DatabaseConnection): ActingConnection {
  if (connection instanceof ActingConnection) return connection
  throw new Error('a connection of another driver')
}

function claims({ identity }: Acting): string {
  const setting = (name: string, value: string) =>
    `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`
  // A query rather than SET: once it has run, PostgreSQL refuses to turn a read-only transaction into another.
  return `select ${[
    setting('role', databaseRole(identity.role)),
    setting('vigie.place', identity.place),
    setting('vigie.account', identity.account),
  ].join(', ')}`
}
