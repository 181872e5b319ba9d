import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/lab/chaos/stand.ts'
import { GUIDES, guideAt } from '../../src/docs/document-queries.ts'
import { type Guide, readGuide } from '../../src/docs/guide.ts'
import { projectRoot } from '../../src/io/project-root.ts'
import { roomyFolder } from '../roomy-folder.ts'

const run = promisify(execFile)
const MINUTES = 60_000

/** Commands that last until they are stopped, and what they say once at work. */
const LASTING = [
  ['npm start', 'Prêt'],
  ['npm run worker', 'Au travail'],
] as const

/** The commands of a guide that a test runs, one block after the other. */
function blocksOf({ sections }: Guide): string[] {
  return sections.flatMap(({ parts }) =>
    parts.flatMap(part => ('commands' in part && part.elsewhere === undefined ? [part.commands] : [])),
  )
}

test('a guide is read from its Markdown, each part as what it is', () => {
  const { sections, ...told } = readGuide(
    'x',
    '# A\n\nB\n\n## C\n\nd_e*\n\n- f\n- g\n\n```sh why\nh\n```\n\n*i*\n\n| j |\n| --- |\n| `k\\|l` |\n',
  )
  expect(told).toEqual({ slug: 'x', title: 'A', lead: 'B' })
  const table = { caption: 'i', head: ['j'], rows: [['`k|l`']] }
  const parts = [{ text: 'd_e*' }, { items: ['f', 'g'] }, { commands: 'h', elsewhere: 'why' }, table]
  expect(sections).toEqual([{ heading: 'C', parts }])
  expect(() => readGuide('x', '# A\n\nB\n\n## C\n\n| j |\n| --- |\n')).toThrow('without its caption')
  expect(GUIDES.map(guideAt).map(({ title, lead }) => title !== '' && lead !== '')).toEqual([
    true,
    true,
    true,
    true,
  ])
})

/** Where the base of the service lies: the first guide makes it, those that follow find it, as who reads them does. */
let ground: string
beforeAll(async () => {
  ground = await mkdtemp(join(await roomyFolder(), 'vigie-guides-'))
  await chmod(ground, 0o755)
})
afterAll(() => rm(ground, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 }))

describe.each(GUIDES.map(guideAt).filter(guide => blocksOf(guide).length > 0))('$title', guide => {
  let folder: string
  let environment: Record<string, string | undefined>
  const started: ChildProcess[] = []
  let scratch: (text: string) => string
  beforeAll(async () => {
    folder = await mkdtemp(join(await roomyFolder(), 'vigie-guide-'))
    // Open to the user of the server, so that a root's data stay in it.
    await chmod(folder, 0o755)
    const [port, adminPort] = [await freePort(), await freePort()]
    scratch = text =>
      text
        .replaceAll('.data/', `${folder}/`)
        .replaceAll('localhost:3000', `127.0.0.1:${port}`)
        .replaceAll(/3001/g, String(adminPort))
    environment = { ...process.env, DATA_DIR: join(ground, 'base'), PORT: String(port) }
    // Under a test runner, npm and vitest would find its settings.
    for (const name of Object.keys(environment))
      if (/^(VITEST|npm_|NODE_ENV)/.test(name)) delete environment[name]
  })
  afterAll(async () => {
    for (const one of started) {
      if (one.pid === undefined || one.exitCode !== null) continue
      process.kill(-one.pid, 'SIGTERM')
      await once(one, 'exit')
    }
    // The shell ends before the server whose database closes: what that still writes is waited for.
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 })
  }, MINUTES)

  test(
    'each command does what it says',
    async () => {
      const blocks = blocksOf(guide)
      expect(blocks.length).toBeGreaterThan(0)
      for (const block of blocks) {
        const lasts = LASTING.find(([command]) => block.endsWith(command))
        if (lasts !== undefined) {
          const one = spawn('bash', ['-c', scratch(block)], {
            cwd: projectRoot(),
            env: environment,
            detached: true,
            stdio: ['ignore', 'pipe', 'inherit'],
          })
          started.push(one)
          let said = ''
          one.stdout?.on('data', chunk => {
            said += String(chunk)
          })
          await expect.poll(() => said, { timeout: 2 * MINUTES, interval: 100 }).toContain(lasts[1])
          continue
        }
        await run('bash', ['-euo', 'pipefail', '-c', scratch(block)], {
          cwd: projectRoot(),
          env: environment,
          maxBuffer: 2 ** 26,
        })
      }
      if (guide.slug === 'premier-jour') {
        const pack = await readFile(join(folder, 'premier-jour', 'dossier.zip'))
        expect(pack.subarray(0, 2).toString()).toBe('PK')
      }
    },
    8 * MINUTES,
  )
})
