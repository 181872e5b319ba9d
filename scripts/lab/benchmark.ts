import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openService } from '../../src/service.ts'
import { runCommand } from '../run-command.ts'
import { importVsCopy } from './benchmark/copy.ts'
import { department, type Figures, nation, seriesPerCpuSecond } from './benchmark/engine.ts'
import { starts, visits } from './benchmark/service.ts'
import { measureStaffing } from './benchmark/staffing.ts'
import { projectedNation } from './benchmark/workers.ts'

interface Ground {
  folder: string
  dataDir: string
  rows: number
}

/** What measures each figure; one measure may give several. */
const MEASURES: { names: string[]; measure: (ground: Ground) => Figures | Promise<Figures> }[] = [
  {
    names: ['seriesPerCpuSecondQuarterly'],
    measure: () => ({ seriesPerCpuSecondQuarterly: seriesPerCpuSecond(4, 60, 8) }),
  },
  {
    names: ['seriesPerCpuSecondMonthly'],
    measure: () => ({ seriesPerCpuSecondMonthly: seriesPerCpuSecond(12, 120, 18) }),
  },
  { names: ['departmentSeconds'], measure: department },
  { names: ['nationCpuSeconds', 'nationPeakMegabytes'], measure: nation },
  {
    names: ['firstStartSeconds', 'secondStartSeconds', 'killedStartSeconds'],
    measure: ({ folder }) => starts(join(folder, 'starts')),
  },
  {
    names: [
      'restMegabytes',
      'visitedMegabytes',
      'slowestFirstViewSeconds',
      'neverSeenViewSeconds',
      'neverSeenHallSeconds',
      'slowestLaterViewSeconds',
    ],
    measure: ({ folder }) => visits(join(folder, 'visits')),
  },
  { names: ['staffingSeconds'], measure: measureStaffing },
  {
    names: [
      'projectedNationSeconds',
      'secondWorkerSpeedup',
      'workerPeakMegabytes',
      'projectedGrowthExponent',
    ],
    measure: ({ folder }) => projectedNation(join(folder, 'workers')),
  },
  {
    names: ['importVsCopy'],
    measure: async ({ dataDir, folder, rows }) => {
      const opened = await openService({ databaseUrl: undefined, dataDir }, QUIET)
      try {
        opened.pool.options.statement_timeout = 0
        opened.pool.options.query_timeout = 0
        return await importVsCopy(opened, folder, rows)
      } finally {
        await opened.close()
      }
    },
  },
]

const QUIET = { info: () => undefined, warn: console.warn, error: console.error }
const NAMES = MEASURES.flatMap(({ names }) => names)
const USAGE = `Usage : npm run benchmark [-- --only NOM,… --json FICHIER --rows 1000000]
Mesures : ${NAMES.join(', ')}`

async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string' },
      rows: { type: 'string', default: '1000000' },
    },
  })
  const wanted = values.only?.split(',') ?? NAMES
  const rows = Number(values.rows)
  if (wanted.some(name => !NAMES.includes(name)) || !(rows >= 1)) return 'misused'
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cœurs, ${Math.round(totalmem() / 2 ** 30)} Gio, Node ${process.version}`,
  )
  const folder = await mkdtemp(join(tmpdir(), 'vigie-benchmark-'))
  const ground = { folder, dataDir: join(folder, 'data'), rows }
  const figures: Figures = {}
  try {
    for (const { names, measure } of MEASURES) {
      if (!names.some(name => wanted.includes(name))) continue
      const measured = await measure(ground)
      for (const [name, value] of Object.entries(measured))
        console.log(`${name.padEnd(32)} ${value.toPrecision(4)}`)
      Object.assign(figures, measured)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(figures, undefined, 2)}\n`)
  return 0
}

runCommand(USAGE, main)
