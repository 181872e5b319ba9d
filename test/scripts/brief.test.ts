import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '../../src/io/project-root.ts'
import { compiled } from '../compiled.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let out: string
let program: string
beforeAll(async () => {
  database = await freshDatabase()
  out = await mkdtemp(join(tmpdir(), 'vigie-brief-'))
  program = await compiled('scripts/brief.ts')
})
afterAll(async () => {
  await database.close()
  await rm(out, { recursive: true, force: true })
})

/** The command as a process of its own. */
function brief(...options: string[]) {
  return spawn(process.execPath, [program, '--all', '--out', out, ...options], {
    cwd: projectRoot(),
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const ended = (child: ReturnType<typeof brief>) =>
  new Promise(resolve => child.once('exit', (code, signal) => resolve(code ?? signal)))
const filesThere = async () => {
  const found = await readdir(out, { recursive: true, withFileTypes: true })
  return found.filter(one => one.isFile()).map(one => join(one.parentPath, one.name))
}
const times = async (paths: string[]) =>
  new Map(await Promise.all(paths.map(async path => [path, (await stat(path)).mtimeMs] as const)))

test('a command tells how it is used when asked, and with the option that it does not have', async () => {
  const [asked, misused] = [brief('--help'), brief('--tuo')]
  const [help, used, complaint, refused] = await Promise.all([
    text(asked.stdout!),
    ended(asked),
    text(misused.stderr!),
    ended(misused),
  ])
  expect([help, used]).toEqual([expect.stringContaining('Usage : npm run brief -- '), 0])
  expect([complaint, refused]).toEqual([
    expect.stringMatching(/^Option inconnue ou sans sa valeur : --tuo\nUsage : npm run brief -- /),
    2,
  ])
})

test('a pack whose making was killed goes on with the same command, though nobody reads its lines any more', async () => {
  const first = brief()
  const firstEnd = ended(first)
  let told = 0
  for await (const _line of createInterface({ input: first.stdout })) {
    told += 1
    // Three sheets and their data.
    if (told === 6) first.kill('SIGKILL')
  }
  expect(await firstEnd).toBe('SIGKILL')
  const whole = (await filesThere()).filter(path => !path.endsWith('.part'))
  expect(whole.length).toBeGreaterThanOrEqual(6)
  expect(whole.length).toBeLessThan(35)
  for (const path of whole) {
    const bytes = await readFile(path)
    if (path.endsWith('.pdf')) expect(bytes.subarray(-6).toString()).toContain('%%EOF')
    else expect(JSON.parse(bytes.toString())).toHaveProperty('remember')
  }
  const before = await times(whole)

  const second = brief()
  const [secondEnd, complaints] = [ended(second), text(second.stderr)]
  // As `| head -1` does.
  second.stdout.once('data', () => second.stdout.destroy())
  expect({ end: await secondEnd, complaints: await complaints }).toEqual({ end: 0, complaints: '' })
  const all = await filesThere()
  expect(all.filter(path => path.endsWith('.pdf'))).toHaveLength(17)
  expect(all).toHaveLength(35)
  // What was whole was not made again.
  expect(await times(whole)).toEqual(before)
}, 240_000)
