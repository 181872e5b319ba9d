import { randomBytes } from 'node:crypto'
import type { Log } from '../src/io/database/log.ts'
import { type OpenDatabase, openDatabase } from '../src/io/database/open.ts'
import { askDesk } from './desk.ts'
import { onDatabase, runOnce, type TestServer } from './test-server.ts'

/** A log that keeps its lines, for tests that read them. */
export function quietLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const keep = (line: string) => {
    lines.push(line)
  }
  return { lines, info: keep, warn: keep, error: keep }
}

/** A database of this test file alone, migrated and seeded; `close` drops it. */
export async function freshDatabase(
  options: { empty?: boolean; statementMillis?: number; connections?: number } = {},
): Promise<OpenDatabase & { url: string }> {
  // A projection made in place, on a slow machine, holds back the answers of questions already asked.
  const { empty = false, statementMillis = 60_000, ...limits } = options
  const { adminUrl, template } = (await askDesk('database')) as TestServer
  const name = `vigie_test_${randomBytes(6).toString('hex')}`
  await runOnce(
    adminUrl,
    `create database ${name} template ${empty ? 'template1' : template} strategy file_copy`,
  )
  const url = onDatabase(adminUrl, name)
  const opened = await openDatabase({
    databaseUrl: url,
    dataDir: '',
    log: quietLog(),
    statementMillis,
    ...limits,
  })
  return {
    ...opened,
    url,
    close: async () => {
      await opened.close()
      await runOnce(adminUrl, `drop database ${name} with (force)`)
    },
  }
}
