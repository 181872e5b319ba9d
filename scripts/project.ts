import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import { demandRows } from '../src/demand/answer.ts'
import { NATION } from '../src/demand/engine/national-projection.ts'
import {
  cancelProjections,
  equippedDepartments,
  projectionJobs,
  requestProjections,
} from '../src/demand/job-work.ts'
import { placeDemand } from '../src/demand/place-demand-queries.ts'
import type { Knowledge } from '../src/figures/published-queries.ts'
import { today } from '../src/io/clock.ts'
import { openQueue } from '../src/io/queue/queue.ts'
import { isDay } from '../src/pure/calendar/day.ts'
import { type CsvTable, spreadsheetCsv } from '../src/pure/figures/csv.ts'
import { openService } from '../src/service.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run project [-- --departments 16,17] [--cancel]
        npm run project -- --asOf AAAA-MM-JJ [--recordedBy AAAA-MM-JJ] [--departments FR,16]
Demande la projection de chaque département et de la nation, aux processus « npm run worker », et suit leur avance.
--asOf refait ici la demande avec ce qui était publié ce jour-là (--recordedBy : enregistré ici), et l’écrit en CSV ;
rien n’en est gardé.`

/** Asks the workers for projections and watches until all are done. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      departments: { type: 'string' },
      cancel: { type: 'boolean' },
      asOf: { type: 'string' },
      recordedBy: { type: 'string' },
    },
  })
  const { asOf, recordedBy } = values
  const sound = [asOf, recordedBy].every(day => day === undefined || isDay(day))
  if (!sound) {
    return 'misused'
  }
  if (asOf !== undefined || recordedBy !== undefined)
    return putBack(values.departments?.split(','), { asOf, recordedBy })
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

/** What the service says as it opens: the output is the file. */
const TO_ERRORS = { info: console.error, warn: console.error, error: console.error }

/** Writes as CSV what would have been projected with what was known on another day. @returns the exit code. */
async function putBack(departments: readonly string[] | undefined, known: Knowledge): Promise<number> {
  const service = await openService(readSettings(process.env), TO_ERRORS)
  try {
    const tables: CsvTable[] = []
    let failed = 0
    for (const place of departments ?? [NATION, ...(await equippedDepartments(service.db))]) {
      const told = await placeDemand(service.db, place, { place, title: 'cni-passport', ...known }, today())
      if ('reason' in told) {
        failed++
        console.error(`${place} : ${told.reason}`)
      } else tables.push(demandRows(told))
    }
    const [first] = tables
    if (first)
      process.stdout.write(
        spreadsheetCsv(
          first.header,
          tables.flatMap(table => table.rows),
        ),
      )
    return failed > 0 ? 1 : 0
  } finally {
    await service.close()
  }
}

runCommand(USAGE, main)
