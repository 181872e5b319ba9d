import { readSettings } from '../src/config.ts'
import { workOnProjections } from '../src/demand/job-work.ts'
import { today } from '../src/io/clock.ts'
import { openQueue } from '../src/io/queue/queue.ts'
import { openService } from '../src/service.ts'

/** Takes projection jobs until it is told to stop; any number of workers share the queue. */
async function main(): Promise<void> {
  const service = await openService(readSettings(process.env), console)
  const queue = await openQueue(service.db)
  await workOnProjections(service.db, queue, today, line => console.log(line))
  console.log('Au travail (Ctrl-C pour finir la tâche en cours et s’arrêter).')
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
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
