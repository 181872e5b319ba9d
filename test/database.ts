import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import type { Log } from '../src/io/database/log.ts'
import { type OpenDatabase, openDatabase } from '../src/io/database/open.ts'
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
  const { adminUrl, template } = await testServer()
  const name = `vigie_test_${randomBytes(6).toString('hex')}`
  await runOnce(adminUrl, `create database ${name} template ${empty ? 'template1' : template}`)
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

async function testServer(): Promise<TestServer> {
  const answer: TestServer | { error: string } = JSON.parse(await text(connect(inject('testServerSocket'))))
  if ('error' in answer) throw new Error(`no test database: ${answer.error}`)
  return answer
}
