import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { openDatabase } from '../../../src/io/database/open.ts'
import { readPostmaster } from '../../../src/io/postgres/postmaster.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { evidence, evidenceElsewhere } from './evidence.ts'
import { type Service, scriptOf, startProgram, startService } from './service.ts'
import { type Fault, freePort, outcomeOf, type Stand, underLoad } from './stand.ts'
import { type Writer, writer } from './writer.ts'

/** A fault of a service that keeps its data itself: a folder of its own, checked before it is left. */
function embedded(
  name: string,
  provoke: (house: {
    stand: Stand
    dataDir: string
    start: () => Promise<Service>
  }) => Promise<{ service: Service; writers: Writer[]; seconds: number; findings?: string[] }>,
): Fault {
  return {
    name,
    run: async stand => {
      const dataDir = join(stand.folder, name)
      const started: Service[] = []
      const start = async () => {
        const service = startService(stand.program, await freePort(), { DATA_DIR: dataDir })
        started.push(service)
        return service
      }
      try {
        const { service, writers, seconds, findings = [] } = await provoke({ stand, dataDir, start })
        const sent = writers.flatMap(one => one.sent)
        const found = await evidenceElsewhere({ dataDir }, service.url, sent)
        // The evidence is taken here: what was sent is not in the database of the stand.
        return { ...outcomeOf(writers, seconds, findings), sent: [], evidence: found }
      } finally {
        for (const { child } of started) child.kill('SIGTERM')
        await Promise.all(
          started.map(async ({ child }) => {
            if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
          }),
        )
      }
    },
  }
}

async function killPostgres(dataDir: string): Promise<void> {
  const postmaster = await readPostmaster(join(dataDir, 'postgres'))
  if (postmaster) process.kill(postmaster.pid, 'SIGKILL')
}

/** Whether a gzip goes on to its end: one that was killed between its name and its exit does. */
async function isWhole(file: string): Promise<boolean> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  return pipeline(createReadStream(file), createGunzip(), nowhere).then(
    () => true,
    () => false,
  )
}

/** Runs a script of the program beside it, and kills it after a while. @returns its exit code when it ended first. */
async function cutShort(
  stand: Stand,
  script: 'backup' | 'restore',
  words: string[],
  url: string,
  millis: number | undefined,
): Promise<number | null> {
  const { child } = startProgram([...scriptOf(stand.program, script), ...words], { DATABASE_URL: url })
  const timer = millis === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), millis)
  await once(child, 'exit')
  clearTimeout(timer)
  return child.exitCode
}

/** An empty database beside that of the stand. */
async function emptyDatabase(stand: Stand, name: string): Promise<string> {
  await stand.pool.query(`create database ${name} owner vigie`)
  return stand.urlOf(name)
}

/** Faults of beginnings, of folders, and of what an operator does beside the service. */
export const START_FAULTS: readonly Fault[] = [
  embedded('killed-during-first-start', async ({ stand, dataDir, start }) => {
    for (let n = 0; n < 3; n++) {
      const service = await start()
      await delay(300 + 2_000 * stand.random())
      await service.end('SIGKILL')
      if (n === 1) await killPostgres(dataDir)
    }
    const service = await start()
    await service.ready()
    const one = writer(() => service.url, 'first-start')
    return { service, writers: [one], seconds: await underLoad([one], async () => undefined) }
  }),
  embedded('service-and-postgres-killed', async ({ start, dataDir }) => {
    let service = await start()
    await service.ready()
    const one = writer(() => service.url, 'both')
    const seconds = await underLoad([one], async () => {
      await delay(300)
      await Promise.all([service.end('SIGKILL'), killPostgres(dataDir)])
      service = await start()
      await service.ready()
    })
    return { service, writers: [one], seconds }
  }),
  embedded('second-server-on-the-same-data', async ({ start }) => {
    const first = await start()
    await first.ready()
    const second = await start()
    await second.ready()
    let killed = false
    const one = writer(() => (killed ? second.url : first.url), 'first')
    const two = writer(() => second.url, 'second')
    const seconds = await underLoad([one, two], async () => {
      await delay(400)
      await first.end('SIGKILL')
      killed = true
    })
    return { service: second, writers: [one, two], seconds }
  }),
  embedded('stale-lock-of-another-program', async ({ start, dataDir }) => {
    let service = await start()
    await service.ready()
    const one = writer(() => service.url, 'stale')
    const seconds = await underLoad([one], async () => {
      await delay(200)
      const { pid } = (await readPostmaster(join(dataDir, 'postgres'))) ?? { pid: 0 }
      await Promise.all([service.end('SIGKILL'), killPostgres(dataDir)])
      await delay(300)
      // The number of the dead server is now that of a living program: this one.
      const lock = join(dataDir, 'postgres', 'postmaster.pid')
      await writeFile(lock, `${process.pid}\n${dataDir}/postgres\n0\n5432\n\n\n${pid}\n`)
      service = await start()
      await service.ready()
    })
    return { service, writers: [one], seconds }
  }),
  {
    name: 'killed-during-migration',
    run: async stand => {
      const url = await emptyDatabase(stand, 'chaos_migration')
      for (let n = 0; n < 4; n++) {
        const service = startService(stand.program, await freePort(), { DATABASE_URL: url })
        await delay(400 + 1_200 * stand.random())
        await service.end('SIGKILL')
      }
      const service = startService(stand.program, await freePort(), { DATABASE_URL: url })
      await service.ready()
      const one = writer(() => service.url, 'migration')
      const seconds = await underLoad([one], async () => undefined)
      const opened = await openDatabase({ databaseUrl: url, dataDir: '', log: stand.log })
      const found = await evidence(opened.pool, service.url, one.sent)
      const { rows } = await opened.pool.query<{ name: string }>('select name from migration order by number')
      const files = (await readdir(join(projectRoot(), 'sql', 'migrations'))).sort()
      await opened.close()
      await service.end('SIGTERM')
      const missing = JSON.stringify(rows.map(row => row.name)) !== JSON.stringify(files)
      const findings = missing ? ['migrations missing'] : []
      return { ...outcomeOf([one], seconds, findings), sent: [], evidence: found }
    },
  },
  {
    name: 'killed-during-backup',
    run: async stand => {
      const file = join(stand.folder, 'chaos.backup')
      const findings: string[] = []
      for (let n = 0; n < 3; n++) {
        // One that ended before its kill left a whole file.
        await rm(file, { force: true })
        const code = await cutShort(
          stand,
          'backup',
          ['--out', file],
          stand.urlOf(),
          500 + 600 * stand.random(),
        )
        if (code !== 0 && existsSync(file) && !(await isWhole(file)))
          findings.push('a backup cut short has the name of a whole one')
      }
      const begun = performance.now()
      const code = await cutShort(stand, 'backup', ['--out', file], stand.urlOf(), undefined)
      if (code !== 0) findings.push('the next backup failed')
      return outcomeOf([], (performance.now() - begun) / 1_000, findings)
    },
  },
  {
    name: 'killed-during-restore',
    run: async stand => {
      const file = join(stand.folder, 'chaos-restore.backup')
      const findings: string[] = []
      await cutShort(stand, 'backup', ['--out', file], stand.urlOf(), undefined)
      const url = await emptyDatabase(stand, 'chaos_restore')
      for (let n = 0; n < 3; n++)
        await cutShort(stand, 'restore', ['--from', file], url, 500 + 900 * stand.random())
      const begun = performance.now()
      const code = await cutShort(stand, 'restore', ['--from', file], url, undefined)
      const seconds = (performance.now() - begun) / 1_000
      const opened = await openDatabase({ databaseUrl: url, dataDir: '', log: stand.log })
      const { rows } = await opened.pool.query<{ count: number }>('select count(*) as count from release')
      const { rows: origin } = await stand.pool.query<{ count: string }>('select count(*) from release')
      await opened.close()
      // A restore that ended before its kill leaves a full database, which the next one refuses: that is no fault.
      if (Number(rows[0]?.count) !== Number(origin[0]?.count))
        findings.push(`restored in part (exit ${code})`)
      return outcomeOf([], seconds, findings)
    },
  },
]
