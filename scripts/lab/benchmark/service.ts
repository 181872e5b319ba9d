import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { projectRoot } from '../../../src/io/project-root.ts'
import { startService } from '../chaos/service.ts'
import { freePort } from '../chaos/stand.ts'
import type { Figures } from './engine.ts'

const PROGRAM = [process.execPath, join(projectRoot(), 'dist', 'src', 'main.js')] as const

/** Starts the program as `npm start` does, and waits until it says that it is ready: the seconds that it took. */
async function started(dataDir: string) {
  const began = performance.now()
  const settings = { DATA_DIR: dataDir, DATABASE_URL: '', MALLOC_ARENA_MAX: '1' }
  const service = startService(PROGRAM, await freePort(), settings)
  await service.ready()
  return { ...service, seconds: (performance.now() - began) / 1_000 }
}

async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return (1_024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])) / 1e6
}

/** First start, which makes the database, the next, and the one after the process was killed. */
export async function starts(dataDir: string): Promise<Figures> {
  const first = await started(dataDir)
  await first.end('SIGTERM')
  const second = await started(dataDir)
  await second.end('SIGKILL')
  const third = await started(dataDir)
  await third.end('SIGTERM')
  return {
    firstStartSeconds: first.seconds,
    secondStartSeconds: second.seconds,
    killedStartSeconds: third.seconds,
  }
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
/** Pages of departments of which nothing was imported: the largest, a small one, one overseas. */
const NEVER_SEEN = ['33', '48', '974'].flatMap(place => [
  `/rendez-vous?place=${place}`,
  `/delais?place=${place}`,
])
const HALLS_NEVER_SEEN = ['/mairies/33063', '/mairies/48095', '/mairies/97411']
/** A thread that has nothing to do ends after thirty seconds. */
const SETTLED_MILLIS = 60_000

/** Memory at rest and after a visit of every page; the slowest first and later views, there and where nothing was imported. */
export async function visits(dataDir: string): Promise<Figures> {
  const service = await started(dataDir)
  const slowestOf = async (pages: readonly string[]) => {
    const seconds: number[] = []
    for (const path of pages) seconds.push(await viewSeconds(service.url, path))
    console.log(pages.map((path, n) => `${path} ${seconds[n]?.toFixed(2)}`).join(' · '))
    return Math.max(...seconds)
  }
  try {
    await delay(SETTLED_MILLIS)
    const restMegabytes = await residentMegabytes(service.child.pid)
    const slowestFirstViewSeconds = await slowestOf(VISITED)
    await delay(SETTLED_MILLIS)
    return {
      restMegabytes,
      visitedMegabytes: await residentMegabytes(service.child.pid),
      slowestFirstViewSeconds,
      neverSeenViewSeconds: await slowestOf(NEVER_SEEN),
      neverSeenHallSeconds: await slowestOf(HALLS_NEVER_SEEN),
      slowestLaterViewSeconds: await slowestOf([...VISITED, ...NEVER_SEEN, ...HALLS_NEVER_SEEN]),
    }
  } finally {
    await service.end('SIGTERM')
  }
}

async function viewSeconds(url: string, path: string): Promise<number> {
  const asked = performance.now()
  const answer = await fetch(url + path, { headers: { accept: 'text/html' } })
  await answer.text()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return (performance.now() - asked) / 1_000
}
