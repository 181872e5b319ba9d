import { AsyncLocalStorage } from 'node:async_hooks'
import { performance } from 'node:perf_hooks'
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
import { ANYBODY, type Identity, type Role } from '../../pure/access/identity.ts'
import { sharePool } from './bulk.ts'
import { errorCode, isAway, isConnectionLate } from './unavailable.ts'

/** In whose name statements run, and whether they may write. */
export interface Acting {
  identity: Identity
  access: 'read only' | 'read write'
}

/** The work under way: in whose name, nobody's for the service itself, and whether a replica serves it. */
interface Work {
  who: Acting | undefined
  fromReplica: boolean
}

const works = new AsyncLocalStorage<Work>()

/** Runs some work, and every statement that it asks for, in the name of somebody. */
export function actAs<T>(who: Acting, work: () => T): T {
  return works.run({ who, fromReplica: false }, work)
}

/**
 * Runs some work of the service itself, such as keeping a projection or a session, whoever asked: under the owner of the
 * tables, past every policy. What it writes must not come from the request, which reads it on the primary from now on.
 */
export function actAsOwner<T>(work: () => T): T {
  const around = works.getStore()
  if (around !== undefined) around.fromReplica = false
  return works.run({ who: undefined, fromReplica: false }, work)
}

/** Reads on the primary in the name of the service, for what must not be older than the question. */
export function askPrimary<T>(work: () => T): T {
  return works.run({ who: undefined, fromReplica: false }, work)
}

/** Reads in the name of the service what no request may, on the server that serves the request. */
export function readAsOwner<T>(work: () => T): T {
  return works.run({ who: undefined, fromReplica: works.getStore()?.fromReplica ?? false }, work)
}

/** Lets a replica serve what is left of a request, if it only reads. */
export function readFromReplica(): void {
  const work = works.getStore()
  if (work?.who?.access === 'read only') work.fromReplica = true
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
    if (works.getStore() === undefined) throw new Error('a statement in nobody’s name')
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

/** Options of a connection that only reads, in the name of the public until somebody else claims it. */
export const READER_OPTIONS = `-c role=${databaseRole('public')} -c default_transaction_read_only=on`

interface ServerPools {
  pool: PostgresPool
  /** Connections opened with `READER_OPTIONS`: those of the public were never anybody else's. */
  readers: Record<Readers, PostgresPool>
}

type Readers = 'public' | 'people'

/** A server that holds what another writes, a little later. */
export interface ReplicaPools extends ServerPools {
  usable(): boolean
  /** Told that it no longer does: the primary serves instead. */
  lost(error: unknown): void
}

interface ActingConfig extends PostgresDialectConfig, ServerPools {
  pool: PostgresPool
  replica?: ReplicaPools | undefined
}

/**
 * The PostgreSQL dialect in which the database itself knows who acts: within `actAs`, each statement and each transaction
 * runs under the role of the identity, with its place and account as settings of that transaction alone, so that a
 * connection given back carries nothing to the next request. Policies of rows (`row level security`) do the rest.
 * What is only read goes through connections that only read: the public's own, and those of people, which say whose they are
 * when they change hands. A statement then takes no round trip more, where one that may write takes two.
 * Outside, at the start of the service and from the command line, statements run as the owner of the tables.
 */
export class ActingDialect extends PostgresDialect {
  readonly #config: ActingConfig

  constructor(config: ActingConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    const { replica } = this.#config
    return new ActingDriver(
      this.#server(this.#config),
      replica && { ...this.#server(replica), pools: replica },
    )
  }

  #server({ pool, readers }: ServerPools): Server {
    const driver = (of: PostgresPool) => new PostgresDialect({ ...this.#config, pool: of }).createDriver()
    return { all: driver(pool), public: driver(readers.public), people: driver(readers.people) }
  }
}

type Server = Record<'all' | Readers, Driver>

/** A replica could not finish a reading that keeps up with the primary. */
const CONFLICT_WITH_RECOVERY = '40001'

class ActingDriver implements Driver {
  readonly #primary: Server
  readonly #replica: (Server & { pools: ReplicaPools }) | undefined
  readonly #inner: Driver

  constructor(primary: Server, replica: (Server & { pools: ReplicaPools }) | undefined) {
    this.#primary = primary
    this.#replica = replica
    this.#inner = primary.all
  }

  async init(): Promise<void> {
    const servers = [this.#primary, ...(this.#replica ? [this.#replica] : [])]
    await Promise.all(
      servers.flatMap(({ all, public: nobody, people }) => [all, nobody, people]).map(one => one.init()),
    )
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const replica = this.#replica
    if (replica === undefined || works.getStore()?.fromReplica !== true || !replica.pools.usable())
      return connectionTo(this.#primary)
    try {
      return await connectionTo(replica, {
        lost: error => replica.pools.lost(error),
        onPrimary: async work => {
          const connection = await connectionTo(this.#primary)
          return work(connection).finally(() => this.releaseConnection(connection))
        },
      })
    } catch (error) {
      replica.pools.lost(error)
      return connectionTo(this.#primary)
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const { inner, reader } = asActing(connection)
    const who = requester()
    const access = who?.access === 'read only' ? { accessMode: 'read only' as const } : {}
    await this.#inner.beginTransaction(inner, { ...settings, ...access })
    asActing(connection).within = true
    // Once a statement has run, PostgreSQL refuses to let a transaction that only reads write; the public has no right to.
    if (who === undefined || reader?.role === 'public') return
    try {
      await inner.executeQuery(CompiledQuery.raw(claims(who.identity, 'transaction')))
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

  async destroy(): Promise<void> {
    await this.#inner.destroy()
    await this.#replica?.all.destroy()
  }
}

async function connectionTo(server: Server, away?: Away): Promise<ActingConnection> {
  const who = requester()
  const reader = who?.access === 'read only' ? who.identity : undefined
  const driver = reader === undefined ? server.all : reader === ANYBODY ? server.public : server.people
  const inner = await awaitedConnection(() => driver.acquireConnection())
  try {
    if (reader !== undefined && reader !== ANYBODY) await claim(inner, claims(reader, 'session'))
  } catch (error) {
    await driver.releaseConnection(inner)
    throw error
  }
  return new ActingConnection(inner, reader, away)
}

const claimed = new WeakMap<DatabaseConnection, string>()

/** Says whose a connection of people now is, where it was somebody else's. */
async function claim(connection: DatabaseConnection, wanted: string): Promise<void> {
  if (claimed.get(connection) === wanted) return
  claimed.delete(connection)
  await connection.executeQuery(CompiledQuery.raw(wanted))
  claimed.set(connection, wanted)
}

/** What to do when a replica fails. */
interface Away {
  lost(error: unknown): void
  onPrimary<T>(work: (connection: DatabaseConnection) => Promise<T>): Promise<T>
}

class ActingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  /** The only one in whose name this connection ever acts. */
  readonly reader: Identity | undefined
  readonly #away: Away | undefined
  /** Inside a transaction, which said at its beginning who acts. */
  within = false

  constructor(inner: DatabaseConnection, reader?: Identity, away?: Away) {
    this.inner = inner
    this.reader = reader
    this.#away = away
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.#execute<R>(query)
    } catch (error) {
      if (this.#away === undefined || !(isAway(error) || errorCode(error) === CONFLICT_WITH_RECOVERY))
        throw error
      if (isAway(error)) this.#away.lost(error)
      if (this.within) throw error
      return this.#away.onPrimary(primary => primary.executeQuery<R>(query))
    }
  }

  async #execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const who = requester()
    if (this.reader !== undefined && who?.identity !== this.reader)
      throw new Error('a connection of somebody else')
    if (this.within || this.reader !== undefined || who === undefined)
      return this.inner.executeQuery<R>(query)
    try {
      // One message for all: a statement costs two short round trips more, not five.
      await this.inner.executeQuery(
        CompiledQuery.raw(`begin ${who.access}; ${claims(who.identity, 'transaction')}`),
      )
      const result = await this.inner.executeQuery<R>(query)
      await this.inner.executeQuery(CompiledQuery.raw('commit'))
      return result
    } catch (error) {
      await this.inner.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined)
      throw error
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed, as nothing would say in whose name')
  }
}

function requester(): Acting | undefined {
  return works.getStore()?.who
}

/** Kysely gives a driver back the connections that it lent, and no other. */
function asActing(connection: DatabaseConnection): ActingConnection {
  return connection as ActingConnection
}

function claims({ role, place, account }: Identity, until: 'transaction' | 'session'): string {
  const setting = (name: string, value: string) =>
    `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, ${until === 'transaction'})`
  return `select ${[
    setting('role', databaseRole(role)),
    setting('vigie.place', place),
    setting('vigie.account', account),
  ].join(', ')}`
}

const MOST_TIMES = 3
const BUSY = 0.5

/**
 * Waits for a connection, and again where this process computed most of the time that it waited: a connection that is
 * ready is not seen then, and a timer that ran out says nothing of the server.
 */
async function awaitedConnection<T>(acquire: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times++) {
    const before = performance.eventLoopUtilization()
    try {
      return await acquire()
    } catch (error) {
      const busy = performance.eventLoopUtilization(before).utilization >= BUSY
      if (!busy || !isConnectionLate(error) || times >= MOST_TIMES) throw error
    }
  }
}
