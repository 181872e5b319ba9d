import { setTimeout as delay } from 'node:timers/promises'
import { readinessProxy } from './readiness-proxy.ts'
import { startService } from './service.ts'
import { type Fault, freePort, outcomeOf, type Stand, underLoad } from './stand.ts'
import { writer } from './writer.ts'

/** A moment within so many milliseconds, drawn. */
function moment({ random }: Stand, millis: number): Promise<void> {
  return delay(random() * millis)
}

/** Kills the service again and again while it writes, each time at another moment, and starts it anew. */
function killed(
  name: string,
  share: number,
  millis: number,
  busy: (stand: Stand) => void,
  settings?: Record<string, string>,
): Fault {
  return {
    name,
    share,
    run: async (stand, kills) => {
      const writers = ['a', 'b'].map(letter => writer(() => stand.service.url, `${name}-${letter}`))
      const healing: number[] = []
      for (let kill = 0; kill < kills; kill++) {
        const seconds = await underLoad(writers, async () => {
          busy(stand)
          await moment(stand, millis)
          await stand.service.end('SIGKILL')
          const gone = performance.now()
          await stand.restart(settings)
          return gone
        })
        healing.push(seconds)
      }
      // Another department is another file: what the next fault writes and sends again must meet one only.
      if (settings !== undefined) await stand.restart()
      return { ...outcomeOf(writers, Math.max(...healing)), healing }
    },
  }
}

const PLAN = { title: 'cni-passport', months: 12, targetDays: 14, probability: 0.9 }

/** A question whose answer nobody will wait for. */
function asked(stand: Stand, path: string, init?: RequestInit): void {
  void fetch(stand.service.url + path, init)
    .then(response => response.arrayBuffer())
    .catch(() => undefined)
}

/** A department of which nothing is projected: a start then computes nothing that the next kill throws away. */
const UNPROJECTED = { DEPARTMENT: '975' }

/** Faults of the service itself: killed at any moment, stopped, doubled. */
export const SERVER_FAULTS: readonly Fault[] = [
  killed('server-killed-during-imports', 0.7, 150, () => undefined, UNPROJECTED),
  killed('server-killed-during-projections', 0.1, 800, stand => asked(stand, '/api/demand?place=16')),
  killed('server-killed-during-plans', 0.1, 800, stand =>
    asked(stand, '/api/staffing/plans', {
      method: 'POST',
      body: JSON.stringify({ ...PLAN, seed: Math.floor(stand.random() * 1e6) }),
      headers: { 'content-type': 'application/json' },
    }),
  ),
  killed('server-killed-while-starting', 0.1, 50, stand => {
    const starting = freePort().then(port =>
      startService(stand.program, port, { DATABASE_URL: stand.urlOf() }),
    )
    void starting.then(async ({ child }) => {
      await moment(stand, 1_500)
      child.kill('SIGKILL')
    })
  }),
  {
    name: 'server-terminated-under-load',
    run: async stand => {
      const one = writer(() => stand.service.url, 'terminated')
      const findings: string[] = []
      const seconds = await underLoad([one], async () => {
        await delay(200)
        await stand.service.end('SIGTERM')
        if (stand.service.child.exitCode !== 0)
          findings.push(`exit ${stand.service.child.exitCode}: ${stand.service.said()}`)
        const gone = performance.now()
        await stand.restart()
        return gone
      })
      return outcomeOf([one], seconds, findings)
    },
  },
  {
    name: 'restarts-behind-a-proxy',
    share: 0.05,
    graceful: true,
    run: async (stand, restarts) => {
      const settings = { DATABASE_URL: stand.urlOf(), DRAIN_SECONDS: '1' }
      const start = async () => startService(stand.program, await freePort(), settings)
      const pair = await Promise.all([start(), start()])
      await Promise.all(pair.map(service => service.ready()))
      const front = await readinessProxy(() => pair.map(service => service.url))
      const one = writer(() => front.url, 'behind')
      try {
        const seconds = await underLoad([one], async () => {
          for (let n = 0; n < Math.max(2, restarts); n++) {
            const index = n % 2
            await pair[index]?.end('SIGTERM')
            pair[index] = await start()
            await pair[index].ready()
          }
        })
        const cut = [...one.answers].filter(([status]) => !['200', '201'].includes(status))
        return outcomeOf(
          [one],
          seconds,
          cut.map(([status, count]) => `${count} requests cut: ${status}`),
        )
      } finally {
        await front.close()
        await Promise.all(pair.map(service => service.end('SIGKILL')))
      }
    },
  },
  {
    name: 'same-file-from-many-servers',
    run: async stand => {
      const other = startService(stand.program, await freePort(), { DATABASE_URL: stand.urlOf() })
      await other.ready()
      const urls = [stand.service.url, other.url]
      // One name, so one content: what one wrote, the other finds.
      const writers = urls.flatMap(url => [writer(() => url, 'same'), writer(() => url, 'same')])
      const seconds = await underLoad(writers, () => delay(1_500))
      await other.end('SIGKILL')
      return outcomeOf(writers, seconds)
    },
  },
]
