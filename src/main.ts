import { setTimeout as delay } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { createAdmin, leavingConnections } from './admin.ts'
import { createApp } from './app.tsx'
import { InvalidSettings, readSettings } from './config.ts'
import { currentRun } from './demand/queries.ts'
import { today } from './io/clock.ts'
import { MigrationRefused } from './io/database/migrate.ts'
import { placeOf } from './io/database/places.ts'
import { DatabaseUnavailable } from './io/database/unavailable.ts'
import { createMetrics } from './io/http/metrics.ts'
import { createLogger, requestLog } from './io/log.ts'
import { openService, programVersion } from './service.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const STOP_MILLIS = 10_000

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const logger = createLogger(settings.logLevel)
  let draining = false
  say('Vigie Titres démarre…')
  const log = { info: say, warn: say, error: say }
  const service = await openService(settings, log)
  const place = await placeOf(service.db, settings.department)
  const metrics = createMetrics(service)
  const app = createApp({
    db: service.db,
    today,
    department: settings.department,
    departmentName: place?.name ?? settings.department,
    stateIdentity: settings.stateIdentity,
    dsfrDist: settings.dsfrDist,
    version: await programVersion(),
    report: (error, request) => logger.error({ err: error, request }, 'bug'),
    watchers: [requestLog(logger), metrics.observe, leavingConnections(() => draining)],
    draining: () => draining,
  })
  const admin =
    settings.adminPort === undefined
      ? undefined
      : serve({
          fetch: createAdmin({ db: service.db, metrics, draining: () => draining }).fetch,
          hostname: '127.0.0.1',
          port: settings.adminPort,
        })
  const server = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port }, address => {
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
    say(`${service.description}`)
    say(
      `Prêt : http://${host === '127.0.0.1' ? 'localhost' : host}:${address.port} (cette machine seulement ; Ctrl-C pour arrêter)`,
    )
    // Made before anybody asks, but after the door is open: what was imported since the last run takes seconds.
    currentRun(service.db, settings.department, today()).then(
      run => 'reason' in run && say(`Pas de projection : ${run.reason}`),
      (error: unknown) => logger.warn({ err: error }, 'no projection at start'),
    )
  })
  admin?.on('error', error => {
    say(`Le port d’administration ${settings.adminPort} ne s’ouvre pas : ${error.message}`)
    service.close().finally(() => process.exit(1))
  })
  server.on('error', error => {
    const busy = 'code' in error && error.code === 'EADDRINUSE'
    say(
      busy
        ? `Le port ${settings.port} est déjà pris : choisissez-en un autre, par exemple PORT=3001 npm start.`
        : String(error),
    )
    service.close().finally(() => process.exit(1))
  })
  const stop = async () => {
    if (draining) return
    draining = true
    say('Arrêt…')
    const drainMillis = settings.drainSeconds * 1_000
    const forced = setTimeout(() => process.exit(1), drainMillis + STOP_MILLIS)
    await delay(drainMillis)
    admin?.close()
    server.close(() => {
      service.close().finally(() => {
        clearTimeout(forced)
        process.exit(0)
      })
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  const expected =
    error instanceof InvalidSettings ||
    error instanceof DatabaseUnavailable ||
    error instanceof MigrationRefused
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
