import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'
import { projectRoot } from '../../../src/io/project-root.ts'
import type { Figures } from './engine.ts'

const CONNECTIONS = 32
const WARM_SECONDS = 2

/** A service that runs beside the benchmark, on its own data. */
export interface RunningService {
  base: string
  /** Seconds from the command to the line that says it is ready. */
  seconds: number
  stop: () => Promise<void>
}

/** Starts the program as people do, and waits until it says that it is ready. */
export async function startService(dataDir: string): Promise<RunningService> {
  const began = performance.now()
  const child: ChildProcess = spawn(process.execPath, [join(projectRoot(), 'dist', 'src', 'main.js')], {
    env: {
      ...process.env,
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
    return { base: `http://127.0.0.1:${port}`, seconds: (performance.now() - began) / 1_000, stop }
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

/** Requests a second at 32 connections: nothing to do, a kept answer, answers never asked before, a page. */
export async function answers(base: string, seconds: number): Promise<Figures> {
  const query = '/api/delays?place=16&from=2021-Q1&to=2021-Q4'
  const empty = await load(base, ['/livez'], seconds)
  const kept = await load(base, [query], seconds)
  const page = await load(base, ['/delais'], seconds)
  const fresh = await load(base, neverAsked(), seconds)
  return {
    cachedVsEmptyHandler: kept.rate / empty.rate,
    emptyHandlerRequestsPerSecond: empty.rate,
    cachedRequestsPerSecond: kept.rate,
    queryRequestsPerSecond: fresh.rate,
    queryMillisecondsP99: fresh.p99,
    delaysPageRequestsPerSecond: page.rate,
  }
}

/** Questions that differ in their bounds, so that each is answered anew. */
function neverAsked(): string[] {
  const quarters = Array.from({ length: 100 }, (_, i) => `${2002 + Math.floor(i / 4)}-Q${(i % 4) + 1}`)
  return quarters.flatMap(from =>
    quarters.filter(to => to >= from).map(to => `/api/delays?place=16&from=${from}&to=${to}&title=cni`),
  )
}

async function load(base: string, paths: readonly string[], seconds: number) {
  const run = (duration: number) =>
    autocannon({ url: base, connections: CONNECTIONS, duration, requests: paths.map(path => ({ path })) })
  if (paths.length === 1) await run(WARM_SECONDS)
  const result = await run(seconds)
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${paths[0]}: ${result.non2xx} refusals, ${result.errors} errors`)
  return { rate: result.requests.average, p99: result.latency.p99 }
}
