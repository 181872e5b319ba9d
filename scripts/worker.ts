import { WARN, warnOfAll } from '../src/alerts/schedule-work.ts'
import { COLLECT, readDue } from '../src/collectors/schedule-work.ts'
import { readSettings } from '../src/config.ts'
import { workOnProjections } from '../src/demand/job-work.ts'
import { today } from '../src/io/clock.ts'
import { openQueue, presentAsWorker, workEveryFewMinutes } from '../src/io/queue/queue.ts'
import { alertingOf, collectingOf, openService } from '../src/service.ts'

/** Takes projection jobs and reads what is read every day until it is told to stop; any number of workers share the queue. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const service = await openService(settings, console)
  const queue = await openQueue(service.db, { schedule: true })
  const leave = presentAsWorker(service.db)
  const collector = { db: service.db, today, ...collectingOf(settings) }
  await workOnProjections(service.db, queue, today, line => console.log(line))
  const heard = (error: unknown) => console.error(error)
  const alerts = { ...collector, ...alertingOf(settings) }
  await workEveryFewMinutes(service.db, queue, COLLECT, () => readDue(collector, heard))
  await workEveryFewMinutes(service.db, queue, WARN, () => warnOfAll(alerts, heard))
  console.log('Au travail (Ctrl-C pour finir la tâche en cours et s’arrêter).')
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    leave()
    queue
      .stop({ graceful: true, wait: true })
      .then(() => service.close())
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
