import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** How the network behaves: bytes pass, late or not, or nothing passes, or nobody answers. */
export type Weather =
  | { kind: 'clear' }
  | { kind: 'latency'; millis: number }
  | { kind: 'blackhole' }
  | { kind: 'refusing' }
  | { kind: 'cut-after'; bytes: number }

/** A stretch of network between the service and PostgreSQL that can be made to fail. */
export interface TcpProxy {
  port: number
  weather: Weather
  /** Cuts every connection now. @returns how many. */
  cut(): number
  close(): Promise<void>
}

/** Listens on this machine and passes bytes to a Unix socket. */
export async function tcpProxy(socketPath: string): Promise<TcpProxy> {
  const open = new Set<Socket>()
  const server = createServer(incoming => {
    if (proxy.weather.kind === 'refusing') {
      incoming.resetAndDestroy()
      return
    }
    const outgoing = connect(socketPath)
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.on('data', chunk => void pass(chunk, from, to))
    }
  })
  let passed = 0
  const pass = async (chunk: Buffer, from: Socket, to: Socket) => {
    const { weather } = proxy
    if (weather.kind === 'blackhole') return
    if (weather.kind === 'latency') await delay(weather.millis)
    if (weather.kind === 'cut-after') {
      passed += chunk.length
      if (passed > weather.bytes) {
        passed = 0
        to.write(chunk.subarray(0, Math.ceil(chunk.length / 2)))
        from.destroy()
        to.destroy()
        return
      }
    }
    if (to.writable) to.write(chunk)
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    weather: { kind: 'clear' },
    cut: () => {
      const count = open.size
      for (const socket of open) socket.destroy()
      return count
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return proxy
}
