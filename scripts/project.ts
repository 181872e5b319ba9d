import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import {
  cancelProjections,
  equippedDepartments,
  projectionJobs,
  requestProjections,
} from '../src/demand/job-work.ts'
import { openQueue } from '../src/io/queue/queue.ts'
import { openService } from '../src/service.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run project [-- --departments 16,17] [--cancel]
Demande la projection de chaque département et de la nation, aux processus « npm run worker », et suit leur avance.`

/** Asks the workers for projections and watches until all are done. @returns the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { departments: { type: 'string' }, cancel: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    console.error(USAGE)
    return 0
  }
  const service = await openService(readSettings(process.env), console)
  const queue = await openQueue(service.db)
  try {
    if (values.cancel) {
      console.log(`${await cancelProjections(service.db, queue)} tâches annulées.`)
      return 0
    }
    const departments = values.departments?.split(',') ?? (await equippedDepartments(service.db))
    const asked = await requestProjections(service.db, queue, departments)
    console.log(`${departments.length} départements, ${asked} tâches nouvelles.`)
    let said = ''
    for (;;) {
      const jobs = await projectionJobs(service.db, 10_000)
      const left = jobs.filter(job => ['created', 'retry', 'active'].includes(job.state))
      const line = `${jobs.filter(job => job.state === 'completed').length} faites, ${left.length} à faire, ${jobs.filter(job => job.state === 'failed').length} échouées`
      if (line !== said) console.log(line)
      said = line
      if (left.length === 0) return jobs.some(job => job.state === 'failed') ? 1 : 0
      await delay(1_000)
    }
  } finally {
    await queue.stop({ graceful: false })
    await service.close()
  }
}

runCommand(main)
