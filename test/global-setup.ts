import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { currentRun } from '../src/demand/run-queries.ts'
import { openDatabase } from '../src/io/database/open.ts'
import { openEmbedded } from '../src/io/postgres/embedded.ts'
import { isAlive } from '../src/io/postgres/leftovers.ts'
import { postmasterState, readPostmaster, stopPostmaster } from '../src/io/postgres/postmaster.ts'
import { projectRoot } from '../src/io/project-root.ts'
import { prepareDatabase } from '../src/service.ts'
import type { DeskQuestion } from './desk.ts'
import { roomyFolder } from './roomy-folder.ts'
import { onDatabase, runOnce, type TestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Unix socket of the desk that `askDesk` asks. */
    testServerSocket: string
  }
}

const PREFIX = 'vigie-tests-'

/** Silent, except for what went wrong. */
const log = { info: () => undefined, warn: console.warn, error: console.error }

/**
 * Lends one PostgreSQL server to the test files: the one of TEST_DATABASE_URL (a role that may create databases), or
 * an embedded one, started when the first test file asks, so that tests without a database do not wait for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const base = await roomyFolder()
  await sweep(base)
  const directory = await mkdtemp(join(base, `${PREFIX}${process.pid}-`))
  const closers: (() => Promise<unknown>)[] = []
  const answers: { [Question in DeskQuestion]?: Promise<unknown> } = {}
  const doing: Record<DeskQuestion, () => Promise<unknown>> = {
    database: () => startServer(directory, closers),
    compile: async () => {
      await promisify(execFile)(process.execPath, [join(projectRoot(), 'scripts/build.js')])
      return 'compiled'
    },
  }

  const desk = createServer(async socket => {
    socket.on('error', () => undefined)
    const question = String((await once(socket, 'data'))[0]) as DeskQuestion
    answers[question] ??= doing[question]()
    const answer = await answers[question].catch(error => ({ error: String(error) }))
    socket.end(JSON.stringify(answer))
  })
  const path = join(directory, 'desk')
  await new Promise<void>(resolve => desk.listen(path, resolve))
  project.provide('testServerSocket', path)

  return async () => {
    desk.close()
    await answers.database?.catch(() => undefined)
    for (const close of closers.toReversed()) await close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Stops and removes the servers of runs that were killed. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) continue
    const cluster = join(base, name, 'postgres')
    const postmaster = await readPostmaster(cluster)
    if (postmaster && (await postmasterState(postmaster, cluster)) === 'running') {
      await stopPostmaster(postmaster, cluster)
    }
    await rm(join(base, name), { recursive: true, force: true })
  }
}

async function startServer(dataDir: string, closers: (() => Promise<unknown>)[]): Promise<TestServer> {
  const adminUrl = process.env['TEST_DATABASE_URL'] ?? (await startEmbedded(dataDir, closers))
  const template = `vigie_template_${randomBytes(6).toString('hex')}`
  await runOnce(adminUrl, `create database ${template}`)
  closers.push(() => runOnce(adminUrl, `drop database if exists ${template} with (force)`))
  const opened = await openDatabase({ databaseUrl: onDatabase(adminUrl, template), dataDir, log })
  try {
    await prepareDatabase(opened)
    // Every page rests on it: made once, instead of in each file.
    await currentRun(opened.db, '16', '2026-11-24')
    // Nothing vacuums here: each file would plan its questions as for empty tables.
    await opened.pool.query('analyze')
  } finally {
    await opened.close()
  }
  return { adminUrl, template }
}

async function startEmbedded(dataDir: string, closers: (() => Promise<unknown>)[]): Promise<string> {
  const { connection, close } = await openEmbedded({
    dataDir,
    log,
    // What a test loses in a power failure, the next run makes again.
    settings: { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: '120' },
  })
  closers.push(close)
  const { host, user, password } = connection
  const url = (role: string) => `postgresql://${role}:${password}@${encodeURIComponent(host)}/postgres`
  await runOnce(url('postgres'), `alter role ${user} createdb`)
  return url(user)
}
