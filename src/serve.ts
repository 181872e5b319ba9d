import { setTimeout as delay } from 'node:timers/promises'
import { inviteAdministrator } from './access/accounts/account-queries.ts'
import { forgetOldSecurity } from './access/journal/journal-queries.ts'
import { warnOfAll } from './alerts/schedule-work.ts'
import { createApp } from './app.tsx'
import { readDue } from './collectors/schedule-work.ts'
import type { Settings } from './config.ts'
import { currentRun } from './demand/run-queries.ts'
import { removeAside } from './imports/task-work.ts'
import { abandonTasks } from './io/apart.ts'
import { today } from './io/clock.ts'
import type { OpenDatabase } from './io/database/open.ts'
import { unboundRole } from './io/database/request-roles.ts'
import { DatabaseUnavailable } from './io/database/unavailable.ts'
import { giveBackAtRest } from './io/give-back.ts'
import { createAdmin, leavingConnections } from './io/http/admin.ts'
import { listen } from './io/http/listen.ts'
import { createMetrics } from './io/http/metrics.ts'
import { createLogger, requestLog } from './io/log.ts'
import { workWithoutWorker } from './io/queue/queue.ts'
import { placeOf } from './places/place-queries.ts'
import { alertingOf, collectingOf, prepareOrClose, programVersion } from './service.ts'

const STOP_MILLIS = 10_000

/** Brings an open database to the state of this program, then answers until it is asked to stop. */
export async function serve(
  settings: Settings,
  service: OpenDatabase,
  say: (line: string) => void,
): Promise<void> {
  const logger = createLogger(settings.logLevel)
  let draining = false
  await prepareOrClose(service)
  await openToPeople(service, settings)
  // What cannot be removed, another account's, is left alone.
  await removeAside().catch(() => undefined)
  const place = await placeOf(service.db, settings.department)
  const metrics = createMetrics(service)
  const unanswered = (error: unknown) => logger.error({ err: error }, 'no answer could be made')
  const app = createApp({
    db: service.db,
    replica: service.replica,
    today,
    department: settings.department,
    departmentName: place?.name ?? settings.department,
    stateIdentity: settings.stateIdentity,
    dsfrDist: settings.dsfrDist,
    version: await programVersion(),
    signIn: settings.signIn,
    securityContact: settings.securityContact,
    requestsPerMinute: settings.requestsPerMinute,
    clientAddressHeader: settings.clientAddressHeader,
    collecting: collectingOf(settings),
    mail: settings.mail,
    piloteIndicators: settings.piloteIndicators,
    report: (error, request) => logger.error({ err: error, request }, 'bug'),
    watchers: [requestLog(logger), metrics.observe, leavingConnections(() => draining)],
    draining: () => draining,
  })
  const admin =
    settings.adminPort === undefined
      ? undefined
      : listen({
          fetch: createAdmin({ db: service.db, metrics, draining: () => draining }).fetch,
          hostname: '127.0.0.1',
          port: settings.adminPort,
          report: unanswered,
        })
  const door = { fetch: app.fetch, hostname: settings.host, port: settings.port, report: unanswered }
  giveBackAtRest()
  const server = listen(door, address => {
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
    say(`${service.description}`)
    say(
      settings.signIn === undefined
        ? `Prêt : http://${host === '127.0.0.1' ? 'localhost' : host}:${address.port} (cette machine seulement, dont vous êtes l’administrateur ; Ctrl-C pour arrêter)`
        : `Prêt : ${settings.signIn.publicUrl}, derrière ${host}:${address.port}`,
    )
    // Made before anybody asks, but after the door is open: what was imported since the last run takes seconds.
    currentRun(service.db, settings.department, today()).then(
      run => 'reason' in run && say(`Pas de projection : ${run.reason}`),
      (error: unknown) => draining || logger.warn({ err: error }, 'no projection at start'),
    )
  })
  const collector = { db: service.db, today, ...collectingOf(settings) }
  const unheard = (error: unknown) => logger.error({ err: error }, 'reading')
  const alerts = { ...collector, ...alertingOf(settings) }
  const leave = workWithoutWorker(
    service.db,
    async () => {
      await Promise.all([readDue(collector, unheard), warnOfAll(alerts, unheard)])
    },
    unheard,
  )
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
    leave()
    say('Arrêt…')
    const drainMillis = settings.drainSeconds * 1_000
    const forced = setTimeout(() => process.exit(1), drainMillis + STOP_MILLIS)
    await delay(drainMillis)
    admin?.close()
    server.close(() => {
      abandonTasks()
        .then(() => service.close())
        .finally(() => {
          clearTimeout(forced)
          process.exit(0)
        })
    })
    server.closeIdleConnections()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** What must hold before anybody else than the person at this machine is answered. */
async function openToPeople({ db, pool }: OpenDatabase, { signIn }: Settings): Promise<void> {
  if (signIn === undefined) return
  const unbound = await unboundRole(pool)
  if (unbound !== undefined) {
    throw new DatabaseUnavailable(
      `Le rôle de DATABASE_URL passe outre aux droits des lignes (${unbound}) : le service ouvert à des personnes ne démarre pas ainsi. ` +
        "Créez-lui un rôle ordinaire, propriétaire de la base : create role vigie login password '…'; create database vigie owner vigie;",
    )
  }
  await forgetOldSecurity(db)
  if (signIn.administratorEmail !== undefined) await inviteAdministrator(db, signIn.administratorEmail)
}
