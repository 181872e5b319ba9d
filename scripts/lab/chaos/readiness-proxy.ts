import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { isReady } from './service.ts'

const WATCH_MILLIS = 100

/** A reverse proxy that sends requests only to servers that say they are ready. */
export interface ReadinessProxy {
  url: string
  close(): Promise<void>
}

/** Listens on this machine in front of several servers, and asks each whether it is ready ten times a second. */
export async function readinessProxy(servers: () => readonly string[]): Promise<ReadinessProxy> {
  let ready: string[] = []
  let turn = 0
  const stop = new AbortController()
  const watch = async () => {
    while (!stop.signal.aborted) {
      const asked = servers()
      const answers = await Promise.all(asked.map(isReady))
      ready = asked.filter((_, i) => answers[i])
      await delay(WATCH_MILLIS)
    }
  }
  const watching = watch()
  const front = createServer((incoming, outgoing) => {
    turn += 1
    const server = ready[turn % ready.length]
    if (server === undefined) {
      outgoing.writeHead(503).end()
      return
    }
    const { method, headers, url = '/' } = incoming
    const passed = request(server + url, { method, headers, agent: false }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.headersSent || outgoing.writeHead(502).end('{}'))
    incoming.pipe(passed)
  })
  await once(front.listen(0, '127.0.0.1'), 'listening')
  while (ready.length === 0) await delay(WATCH_MILLIS)
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    close: async () => {
      stop.abort()
      await watching
      front.closeAllConnections()
      await new Promise(resolve => front.close(resolve))
    },
  }
}
