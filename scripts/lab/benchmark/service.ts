import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { projectRoot } from '../../../src/io/project-root.ts'
import type { Figures } from './engine.ts'

/** A service that runs beside the benchmark, on its own data. */
interface RunningService {
  base: string
  /** Seconds from the command to the line that says it is ready. */
  seconds: number
  /** Bytes of memory that its process holds. */
  resident: () => Promise<number>
  stop: () => Promise<void>
}

/** Starts the program as people do, and waits until it says that it is ready. */
async function startService(dataDir: string): Promise<RunningService> {
  const began = performance.now()
  const child: ChildProcess = spawn(process.execPath, [join(projectRoot(), 'dist', 'src', 'main.js')], {
    env: {
      ...process.env,
      // As `npm start` does.
      MALLOC_ARENA_MAX: '1',
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout! })) {
    said.push(line)
    const port = /^Prêt : http:\/\/[^:]+:(\d+)/.exec(line)?.[1]
    if (port === undefined) continue
    const stop = async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
    child.stdout!.resume()
    const resident = async () =>
      1_024 * Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1])
    return { base: `http://127.0.0.1:${port}`, seconds: (performance.now() - began) / 1_000, resident, stop }
  }
  throw new Error(`the service did not start:\n${said.join('\n')}`)
}

/** First start, which makes the database, and second. */
export async function starts(dataDir: string): Promise<Figures> {
  const first = await startService(dataDir)
  await first.stop()
  const second = await startService(dataDir)
  await second.stop()
  return { firstStartSeconds: first.seconds, secondStartSeconds: second.seconds }
}

/** Every page but those of one scenario or plan, in the order of the menu. */
const VISITED = [
  ...['/', '/delais', '/delais/permis-de-conduire', '/rendez-vous', '/mairies', '/mairies/16102', '/demande'],
  ...[
    '/projections',
    '/scenarios',
    '/campagnes',
    '/effectifs',
    '/certs',
    '/donnees',
    '/fiabilite',
    '/methode',
  ],
  ...['/usagers', '/comite', '/comite/2021', '/reunion/16', '/docs'],
]
/** A thread that has nothing to do ends after thirty seconds. */
const SETTLED_MILLIS = 40_000

/** Memory at rest and after a visit of every page, and the slowest of their first views. */
export async function visits(dataDir: string): Promise<Figures> {
  const service = await startService(dataDir)
  try {
    await delay(SETTLED_MILLIS)
    const rest = await service.resident()
    const seconds: Record<string, number> = {}
    for (const path of VISITED) {
      const asked = performance.now()
      const answer = await fetch(service.base + path, { headers: { accept: 'text/html' } })
      await answer.text()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      seconds[path] = (performance.now() - asked) / 1_000
    }
    console.log(
      Object.entries(seconds)
        .map(([path, taken]) => `${path} ${taken.toFixed(2)}`)
        .join(' · '),
    )
    await delay(SETTLED_MILLIS)
    return {
      restMegabytes: rest / 1e6,
      visitedMegabytes: (await service.resident()) / 1e6,
      slowestFirstViewSeconds: Math.max(...Object.values(seconds)),
    }
  } finally {
    await service.stop()
  }
}
