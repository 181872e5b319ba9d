import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/** An honest line, however slow, brings this much in each period: 500 bytes a second. */
const PERIOD_MILLIS = 30_000
const LEAST_BYTES = 15_000

/**
 * Ends the uploads that no longer advance, and no others: a file of 33 MB takes over seven minutes at 75 KB/s. What waits
 * because this process does not read it yet is nobody's fault. `period` is in milliseconds.
 */
export function stalledUploads(
  server: Server,
  period: number | undefined,
  end: (socket: Socket) => void,
): void {
  server.on('request', (incoming: IncomingMessage) => {
    const { socket, headers } = incoming
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return
    let seen = socket.bytesRead
    const timer = setInterval(() => {
      if (incoming.complete || incoming.destroyed) return leave()
      const came = socket.bytesRead - seen
      seen = socket.bytesRead
      if (came >= LEAST_BYTES || incoming.readableLength > 0 || incoming.readableFlowing !== true) return
      leave()
      end(socket)
    }, period ?? PERIOD_MILLIS)
    timer.unref()
    const leave = () => clearInterval(timer)
    incoming.once('close', leave)
  })
}
