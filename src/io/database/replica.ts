import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Identity } from '../../pure/access/identity.ts'
import { soon } from '../soon.ts'
import type { ReplicaPools } from './acting.ts'
import type { Log } from './log.ts'
import { oneForAll } from './one-for-all.ts'
import { KNOWN_STATE } from './publication.ts'
import { DatabaseUnavailable, errorText } from './unavailable.ts'

/** Longest answer to « how far are you? » before a replica counts as lost. */
const PATIENCE_MILLIS = 500
/** Time for which a lost replica is left alone. */
const AWAY_MILLIS = 2_000
/** Time given to a replica that is a breath behind. */
const BREATH_MILLIS = 10

/** How far a server is: what was published and projected on it, and its place in the write-ahead log, in bytes. */
interface Mark {
  state: string
  position: number
}

const MARK = `
  select ${KNOWN_STATE} as state,
         (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0')::float8 as position`

/**
 * A standby server that serves requests that only read, when it holds all that they should see: for the public, what was
 * published and projected on the primary; for the others, who write, everything that was written.
 */
export class Replica implements ReplicaPools {
  readonly pool: pg.Pool
  readonly readers: { public: pg.Pool; people: pg.Pool }
  readonly #log: Log
  readonly #primaryMark: () => Promise<Mark>
  readonly #ownMark: () => Promise<Mark>
  #awayUntil = 0
  #lost = false

  constructor(primary: pg.Pool, own: Pick<Replica, 'pool' | 'readers'>, log: Log) {
    this.pool = own.pool
    this.readers = own.readers
    this.#log = log
    this.#primaryMark = oneForAll(() => markOf(primary))
    this.#ownMark = oneForAll(async () => {
      const mark = await soon(markOf(own.pool), PATIENCE_MILLIS)
      if (mark === undefined) throw new Error(`pas de réponse en ${PATIENCE_MILLIS} ms`)
      return mark
    })
  }

  /** Looks at it once, at start: one that is away may come later. @throws DatabaseUnavailable for a server that copies nobody. */
  async check(name: string): Promise<void> {
    const standby = await this.pool.query<{ standby: boolean }>('select pg_is_in_recovery() as standby').then(
      ({ rows }) => rows[0]?.standby,
      (error: unknown) => this.lost(error),
    )
    if (standby === false)
      throw new DatabaseUnavailable(
        `DATABASE_REPLICA_URL désigne ${name}, qui n’est la réplique d’aucun serveur : donnez l’adresse d’un serveur en lecture seule qui suit celui de DATABASE_URL.`,
      )
  }

  usable(): boolean {
    return Date.now() >= this.#awayUntil
  }

  lost(error: unknown): void {
    if (!this.#lost)
      this.#log.warn(`La réplique ne répond plus (${errorText(error)}) : la base principale lit à sa place`)
    this.#lost = true
    this.#awayUntil = Date.now() + AWAY_MILLIS
  }

  /** Whether a request of somebody may be read here now. Never throws: the primary serves when it may not. */
  async serves({ role }: Identity): Promise<boolean> {
    for (const last of [false, true]) {
      const [primary, own] = await this.#marks()
      if (primary === undefined || own === undefined) return false
      if (role === 'public' ? own.state === primary.state : own.position >= primary.position) return true
      if (!last) await delay(BREATH_MILLIS)
    }
    return false
  }

  async #marks(): Promise<[Mark | undefined, Mark | undefined]> {
    if (!this.usable()) return [undefined, undefined]
    return Promise.all([
      this.#primaryMark().catch(() => undefined),
      this.#ownMark().then(
        mark => {
          if (this.#lost) this.#log.info('La réplique répond de nouveau')
          this.#lost = false
          return mark
        },
        (error: unknown) => {
          this.lost(error)
          return undefined
        },
      ),
    ])
  }
}

async function markOf(pool: pg.Pool): Promise<Mark> {
  const { rows } = await pool.query<Mark>(MARK)
  if (rows[0] === undefined) throw new Error('no mark')
  return rows[0]
}
