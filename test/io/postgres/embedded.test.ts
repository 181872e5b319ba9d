import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../../src/io/database/open.ts'
import { clusterPassword } from '../../../src/io/postgres/cluster.ts'
import { type EmbeddedServer, openEmbedded, STATE_DIRECTORY } from '../../../src/io/postgres/embedded.ts'
import { joinServer, leave } from '../../../src/io/postgres/join.ts'
import { place } from '../../../src/io/postgres/placement.ts'
import { postmasterState, readPostmaster, stopPostmaster } from '../../../src/io/postgres/postmaster.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { compiled } from '../../compiled.ts'
import { quietLog } from '../../database.ts'
import { roomyFolder } from '../../roomy-folder.ts'

const isRoot = process.geteuid?.() === 0
const settings = { fsync: 'off' }
const OPENER = join(projectRoot(), 'test/io/postgres/opener.js')

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

/** A cluster made once, which most tests copy: creating one takes a second of processor. */
let made: string
let program: string
beforeAll(async () => {
  program = await compiled('src/io/postgres/embedded.ts')
  made = await mkdtemp(join(await roomyFolder(), 'vigie-made-'))
  await (await openEmbedded({ dataDir: made, log: quietLog(), settings })).close()
})
afterAll(() => rm(made, { recursive: true }))

/** A data directory of its own, in a folder others can enter; whatever still serves it is stopped afterwards. */
async function dataDirectory({ empty = false, name = 'data' } = {}): Promise<string> {
  const parent = await realpath(await mkdtemp(join(await roomyFolder(), 'vigie-embedded-')))
  await chmod(parent, 0o755)
  const dataDir = join(parent, name)
  cleanups.push(async () => {
    await stopServer(dataDir)
    await rm(parent, { recursive: true })
  })
  if (!empty) execFileSync('cp', ['-a', made, dataDir])
  return dataDir
}

async function stopServer(dataDir: string): Promise<void> {
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => '')
  const postmaster = await readPostmaster(cluster)
  if (postmaster && (await postmasterState(postmaster, cluster)) === 'running') {
    await stopPostmaster(postmaster, cluster)
  }
}

async function open(dataDir: string, log = quietLog()): Promise<EmbeddedServer> {
  const server = await openEmbedded({ dataDir, log, settings })
  cleanups.push(server.close)
  return server
}

async function ask<T extends pg.QueryResultRow>({ connection }: EmbeddedServer, text: string): Promise<T[]> {
  const client = new pg.Client({ ...connection, application_name: 'vigie-titres test' })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

/** The process of the server of a data directory, while it runs. */
async function serverPid(dataDir: string): Promise<number | undefined> {
  const cluster = await realpath(join(dataDir, 'postgres'))
  const postmaster = await readPostmaster(cluster)
  if (!postmaster || (await postmasterState(postmaster, cluster)) !== 'running') return undefined
  return postmaster.pid
}

interface Opener {
  child: ChildProcess
  said: string[]
  order(order: string): void
  ended: Promise<unknown>
}

/** Another process that opens the data directory: see opener.js. */
function opener(dataDir: string): Opener {
  const child = spawn(process.execPath, [OPENER, program, dataDir, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // In a group of its own, as a terminal would, to receive a Ctrl-C together with its children.
    detached: true,
  })
  cleanups.push(() => child.kill('SIGKILL'))
  const said: string[] = []
  if (child.stdout) createInterface({ input: child.stdout }).on('line', line => said.push(line))
  // `close` comes after `exit`, when nobody holds the pipes any more: the server must not.
  return { child, said, order: order => child.stdin?.write(`${order}\n`), ended: once(child, 'close') }
}

async function says(other: Opener, line: string): Promise<void> {
  await expect.poll(() => other.said, { timeout: 60_000 }).toContain(line)
}

test('creates the database of the service, closed to other accounts, and keeps what it holds', async () => {
  const dataDir = await dataDirectory({ empty: true })
  const log = quietLog()
  const first = await open(dataDir, log)
  expect(log.lines).toEqual([expect.stringContaining('Création de la base')])
  const [facts] = await ask(
    first,
    `select current_user as role, rolsuper as superuser, current_database() as database,
       pg_encoding_to_char(encoding) as encoding, current_setting('listen_addresses') as addresses,
       current_setting('data_checksums') as checksums, current_setting('password_encryption') as passwords,
       lower('ÉÀŒ') as lower, 'e' < 'É' collate "fr-x-icu" and 'É' < 'f' collate "fr-x-icu" as french_order
     from pg_database, pg_roles where datname = current_database() and rolname = current_user`,
  )
  expect(facts).toEqual({
    role: 'vigie',
    superuser: false,
    database: 'vigie',
    encoding: 'UTF8',
    addresses: '',
    checksums: 'on',
    passwords: 'scram-sha-256',
    lower: 'éàœ',
    french_order: true,
  })
  await ask(first, `create table kept as select 'Angoulême' as town`)
  expect((await stat(dataDir)).mode & 0o777).toBe(isRoot ? 0o711 : 0o700)
  expect((await stat(first.cluster)).mode & 0o777).toBe(0o700)
  expect((await stat(join(first.cluster, 'vigie-password'))).mode & 0o777).toBe(0o600)
  await first.close()
  expect(await serverPid(dataDir)).toBeUndefined()
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])

  const second = await open(dataDir)
  expect(await ask(second, 'select town from kept')).toEqual([{ town: 'Angoulême' }])
})

test('two processes share one server, and the last one out stops it', async () => {
  const dataDir = await dataDirectory()
  const here = await open(dataDir)
  const pid = await serverPid(dataDir)
  const there = opener(dataDir)
  await says(there, 'ready')
  expect(await serverPid(dataDir)).toBe(pid)
  await here.close()
  expect(await serverPid(dataDir)).toBe(pid)
  there.order('close')
  await says(there, 'closed')
  expect(await serverPid(dataDir)).toBeUndefined()
})

test('a program of the site, such as pg_dump, is not cut', async () => {
  const dataDir = await dataDirectory()
  const server = await open(dataDir)
  const guest = new pg.Client({ ...server.connection, application_name: 'pg_dump' })
  await guest.connect()
  await server.close()
  expect((await guest.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await guest.end()
  await (await open(dataDir)).close()
  await expect.poll(() => serverPid(dataDir)).toBeUndefined()
})

test('takes over the server that a killed process left, with every acknowledged row', async () => {
  const dataDir = await dataDirectory()
  const other = opener(dataDir)
  await says(other, 'ready')
  other.order('write')
  await says(other, '25')
  other.child.kill('SIGKILL')
  await other.ended
  const pid = await serverPid(dataDir)
  expect(pid).toBeDefined()

  const server = await open(dataDir)
  expect(await serverPid(dataDir)).toBe(pid)
  const acknowledged = Number(other.said.at(-1))
  const [written] = await ask<{ rows: string; last: number }>(
    server,
    'select count(*) as rows, max(number) as last from written',
  )
  expect(written?.last).toBeGreaterThanOrEqual(acknowledged)
  expect(Number(written?.rows)).toBe(written?.last)
  await server.close()
  expect(await serverPid(dataDir)).toBeUndefined()
})

test('a process that forgets to leave still ends, and the next one takes its server over', async () => {
  const dataDir = await dataDirectory()
  const forgetful = opener(dataDir)
  await says(forgetful, 'ready')
  forgetful.child.stdin?.end()
  expect(await forgetful.ended).toEqual([0, null])
  const pid = await serverPid(dataDir)
  expect(pid).toBeDefined()
  await open(dataDir)
  expect(await serverPid(dataDir)).toBe(pid)
})

test('the Ctrl-C of a terminal reaches the program, not the server', async () => {
  const dataDir = await dataDirectory()
  const other = opener(dataDir)
  await says(other, 'ready')
  const pid = await serverPid(dataDir)
  process.kill(-(other.child.pid ?? 0), 'SIGINT')
  expect(await other.ended).toEqual([null, 'SIGINT'])
  expect(await serverPid(dataDir)).toBe(pid)
})

test('recovers from a creation that was killed', async () => {
  const dataDir = await dataDirectory({ empty: true })
  const other = opener(dataDir)
  const drafts = async () => (await readdir(dataDir).catch(() => [])).filter(name => name.includes('draft'))
  await expect.poll(async () => (await drafts()).length, { interval: 5, timeout: 60_000 }).toBe(1)
  const [draft = ''] = await drafts()
  await expect.poll(() => existsSync(join(dataDir, draft, 'data', 'PG_VERSION')), { interval: 5 }).toBe(true)
  other.child.kill('SIGKILL')
  await other.ended
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)

  const server = await open(dataDir)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
})

test('two first starts at once end on one server', async () => {
  const dataDir = await dataDirectory({ empty: true })
  const other = opener(dataDir)
  const here = await open(dataDir)
  await says(other, 'ready')
  const again = await open(dataDir)
  expect(again.connection).toEqual(here.connection)
  expect(
    await ask(here, `select count(*)::int as databases from pg_database where datname = 'vigie'`),
  ).toEqual([{ databases: 1 }])
  other.order('close')
  await says(other, 'closed')
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
})

test('two starts at once on a stopped server end on one', async () => {
  const dataDir = await dataDirectory()
  const servers = await Promise.all([open(dataDir), open(dataDir), open(dataDir)])
  const starts = await Promise.all(
    servers.map(server => ask(server, 'select pg_postmaster_start_time()::text as at')),
  )
  expect(new Set(starts.map(rows => rows[0]?.['at'])).size).toBe(1)
})

test.each([
  ['dies', 'the same', 'SIGKILL', 'data'],
  ['dies', 'a new', 'SIGKILL', 'a'.repeat(120)],
  ['is asked to stop', 'the same', 'SIGTERM', 'data'],
] as const)(
  'a server that %s is started again on %s socket, and the service goes on',
  async (_end, _socket, signal, name) => {
    const dataDir = await dataDirectory({ name })
    const log = quietLog()
    const { db, close } = await openDatabase({ dataDir, log })
    cleanups.push(close)
    await sql`create table kept as select 1 as one`.execute(db)
    process.kill((await serverPid(dataDir)) ?? 0, signal)
    await expect.poll(() => log.lines, { timeout: 60_000 }).toContain('PostgreSQL est revenu')
    expect((await sql`select one from kept`.execute(db)).rows).toEqual([{ one: 1 }])
    await close()
    expect(await serverPid(dataDir)).toBeUndefined()
  },
)

test('a server whose socket was deleted is stopped and started again', async () => {
  const dataDir = await dataDirectory()
  const other = opener(dataDir)
  await says(other, 'ready')
  other.child.kill('SIGKILL')
  await other.ended
  const pid = await serverPid(dataDir)
  await rm(join(dataDir, 'postgres', '.s.PGSQL.5432'))
  const server = await open(dataDir)
  expect(await serverPid(dataDir)).not.toBe(pid)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('locks whose process number now belongs to another program do not block the start', async () => {
  const dataDir = await dataDirectory()
  const cluster = await realpath(join(dataDir, 'postgres'))
  const socket = join(cluster, '.s.PGSQL.5432')
  const text = `${process.pid}\n${cluster}\n1\n5432\n${cluster}\n\n0\nready\n`
  for (const lock of [join(cluster, 'postmaster.pid'), `${socket}.lock`]) await writeFile(lock, text)
  const server = await open(dataDir)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a server of another minor version is restarted with ours, unless it is in use', async () => {
  const dataDir = await dataDirectory()
  const log = quietLog()
  const placement = await place({ dataDir, stateDirectory: STATE_DIRECTORY, log })
  const password = await clusterPassword(placement.cluster)
  const newer = { placement: { ...placement, version: '18.99' }, password, settings, log }

  const server = await open(dataDir)
  const pid = await serverPid(dataDir)
  const shared = await joinServer(newer)
  expect(await serverPid(dataDir)).toBe(pid)
  await server.close()
  await shared.client.end()
  expect(await serverPid(dataDir)).toBe(pid)

  const alone = await joinServer(newer)
  expect(await serverPid(dataDir)).not.toBe(pid)
  await leave(alone, newer)
  expect(await serverPid(dataDir)).toBeUndefined()
})

test('refuses a copy made while the server ran, and leaves the original alone', async () => {
  const dataDir = await dataDirectory()
  await open(dataDir)
  const pid = await serverPid(dataDir)
  const copy = `${dataDir}-copy`
  execFileSync('cp', ['-a', dataDir, copy])
  await expect(open(copy)).rejects.toThrow(/Si ce dossier est une copie, supprimez-y postmaster\.pid/)
  expect(await serverPid(dataDir)).toBe(pid)
})

test('refuses data of another major version, or that are no data, without touching them', async () => {
  const dataDir = await dataDirectory()
  const version = join(dataDir, 'postgres', 'PG_VERSION')
  await writeFile(version, '17\n')
  await expect(open(dataDir)).rejects.toThrow(/sont de PostgreSQL 17.*Rien n’a été touché/)
  expect(await readFile(version, 'utf8')).toBe('17\n')
  await rm(version)
  await expect(open(dataDir)).rejects.toThrow(/PG_VERSION manque/)
  expect(existsSync(join(dataDir, 'postgres', 'base'))).toBe(true)
})

test('says what PostgreSQL said when it does not start', async () => {
  const dataDir = await dataDirectory()
  const broken = openEmbedded({ dataDir, log: quietLog(), settings: { shared_buffers: 'plenty' } })
  await expect(broken).rejects.toThrow(/ne démarre pas.*postgres\.log[\s\S]*shared_buffers/)
})

test('a data directory whose path is too long for a socket works with a temporary one', async () => {
  const dataDir = await dataDirectory({ name: 'a'.repeat(120) })
  const server = await open(dataDir)
  const { host } = server.connection
  expect(host.length).toBeLessThan(90)
  expect((await stat(host)).mode & 0o777).toBe(0o700)
  const other = opener(dataDir)
  await says(other, 'ready')
  await server.close()
  expect(existsSync(host)).toBe(true)
  other.order('close')
  await says(other, 'closed')
  expect(existsSync(host)).toBe(false)
})

test.runIf(isRoot)(
  'as root in a closed folder, server and data go where the server can reach them',
  async () => {
    const parent = await mkdtemp(join(await roomyFolder(), 'vigie-closed-'))
    const stateDirectory = await mkdtemp(join(await roomyFolder(), 'vigie-state-'))
    await chmod(stateDirectory, 0o755)
    cleanups.push(async () => {
      await stopServer(dataDir)
      await rm(parent, { recursive: true })
      await rm(stateDirectory, { recursive: true })
    })
    const dataDir = join(parent, 'data')
    const log = quietLog()
    const first = await openEmbedded({ dataDir, log, settings, stateDirectory })
    const link = join(dataDir, 'postgres')
    expect(await readlink(link)).toBe(first.cluster)
    expect(first.cluster).toMatch(/\/cluster-[0-9a-f]{12}$/)
    expect(log.lines).toContainEqual(expect.stringContaining(`données placées dans ${first.cluster}`))
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    await ask(first, 'create table kept as select 1 as one')
    await first.close()

    // Somebody cleans the folder: the data are found again, and it is said.
    await rm(dataDir, { recursive: true })
    const second = await openEmbedded({ dataDir, log, settings, stateDirectory })
    expect(log.lines.at(-1)).toContain(`données retrouvées dans ${first.cluster}`)
    expect(await ask(second, 'select one from kept')).toEqual([{ one: 1 }])
    await second.close()
  },
)

test.runIf(isRoot)(
  'root serves the data of an ordinary account as that account, and not those of root',
  async () => {
    const dataDir = await dataDirectory()
    const cluster = join(dataDir, 'postgres')
    execFileSync('chown', ['-R', '65534:65534', cluster])
    const server = await open(dataDir)
    const pid = await serverPid(dataDir)
    expect((await stat(`/proc/${pid}`)).uid).toBe(65534)
    await server.close()
    execFileSync('chown', ['-R', '0:0', cluster])
    await expect(open(dataDir)).rejects.toThrow(/appartiennent à root.*chown -R/)
  },
)

test('an unusable data directory is explained', async () => {
  const dataDir = await dataDirectory({ empty: true })
  await writeFile(dataDir, '')
  await expect(open(join(dataDir, 'data'))).rejects.toThrow(/n’est pas utilisable.*EEXIST/)
  await expect(open('/proc/nothing')).rejects.toThrow(/n’est pas utilisable.*ENOENT/)
})
