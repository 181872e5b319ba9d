import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type PostgresDialectConfig,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import type { Identity, Role } from '../../pure/access/identity.ts'

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
  return db.withPlugin(NOBODY_IS_REFUSED)
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

/** PostgreSQL role of a role of the service. */
export function databaseRole(role: Role): string {
  return `vigie_${role.replace('-', '_')}`
}

/**
 * The PostgreSQL dialect in which the database itself knows who acts: within `actAs`, each statement and each transaction
 * runs under the role of the identity, with its place and account as settings of that transaction alone, so that a
 * connection given back carries nothing to the next request. Policies of rows (`row level security`) do the rest.
 * Outside, at the start of the service and from the command line, statements run as the owner of the tables.
 */
export class ActingDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ActingDriver(new PostgresDialect(this.#config).createDriver())
  }
}

class ActingDriver implements Driver {
  readonly #inner: Driver

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new ActingConnection(await this.#inner.acquireConnection())
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const { inner } = asActing(connection)
    const who = requester()
    const access = who?.access === 'read only' ? { accessMode: 'read only' as const } : {}
    await this.#inner.beginTransaction(inner, { ...settings, ...access })
    asActing(connection).within = true
    if (who === undefined) return
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
  /** Inside a transaction, which said at its beginning who acts. */
  within = false

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const who = requester()
    if (this.within || who === undefined) return this.inner.executeQuery<R>(query)
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
    if (!this.within && requester() !== undefined) {
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
