import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Refusal } from '../../errors.ts'
import type { Db } from '../database/schema.ts'
import { errorCode } from '../database/unavailable.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What the service counts of itself, for Prometheus. */
export interface Metrics {
  registry: Registry
  /** Counts and times every request by the route that answered it, never by its address. */
  observe: MiddlewareHandler
}

/** The metrics of a service over its database; the state of the database is read when they are asked for. */
export function createMetrics({ db, pool }: { db: Db; pool: Pool }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'vigie_http_request_seconds',
    help: 'Seconds from the request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const refusals = new Counter({
    name: 'vigie_refusals_total',
    help: 'Requests refused, by stable code',
    labelNames: ['code'],
    registers,
  })
  const faults = new Counter({
    name: 'vigie_import_faults_total',
    help: 'Faults of refused files, by stable code',
    labelNames: ['code'],
    registers,
  })
  const rowSecurity = new Counter({
    name: 'vigie_row_security_refusals_total',
    help: 'Statements that the database refused for want of rights (42501): zero in a sound service',
    registers,
  })
  new Gauge({
    name: 'vigie_database_connections',
    help: 'Connections of the pool',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'total' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  new Gauge({
    name: 'vigie_database_up',
    help: '1 when the database answers',
    registers,
    async collect() {
      this.set(await pool.query('select 1').then(one, none))
    },
  })
  new Gauge({
    name: 'vigie_releases',
    help: 'Files stored, by kind',
    labelNames: ['kind'],
    registers,
    async collect() {
      const rows = await db
        .selectFrom('release')
        .select(({ fn }) => ['import_kind', fn.countAll<number>().as('count')])
        .groupBy('import_kind')
        .execute()
        .catch(() => [])
      this.reset()
      for (const { import_kind, count } of rows) this.set({ kind: import_kind }, count)
    },
  })
  new Gauge({
    name: 'vigie_newest_release_timestamp_seconds',
    help: 'Moment of the last import; its age is time() minus this',
    registers,
    async collect() {
      const { rows } = await pool
        .query<{ seconds: number | null }>(
          'select extract(epoch from max(recorded_at)) as seconds from release',
        )
        .catch(() => ({ rows: [] }))
      const seconds = rows[0]?.seconds
      if (seconds != null) this.set(seconds)
    },
  })
  const observe: MiddlewareHandler = async (c, next) => {
    const end = duration.startTimer()
    await next()
    end({ method: c.req.method, route: routePath(c, -1), status: c.res.status })
    const { error } = c
    if (error instanceof Refusal) {
      refusals.inc({ code: error.code })
      const byCode = error.extensions['byCode']
      if (typeof byCode === 'object' && byCode !== null) {
        for (const [code, count] of Object.entries(byCode)) faults.inc({ code }, Number(count))
      }
    } else if (errorCode(error) === '42501') rowSecurity.inc()
  }
  return { registry, observe }
}

const one = () => 1
const none = () => 0
