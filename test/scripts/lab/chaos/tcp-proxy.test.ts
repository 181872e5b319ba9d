import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tcpProxy } from '../../../../scripts/lab/chaos/tcp-proxy.ts'

/** What comes back for a text, or that the connection ended first. */
function heard(port: number, text: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('error', () => undefined)
    socket.on('data', chunk => {
      resolve(String(chunk))
      socket.destroy()
    })
    socket.on('close', () => resolve('closed'))
  })
}

test('passes bytes in clear weather; cuts, refuses and swallows them in others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-proxy-'))
  const echo = createServer(socket => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  await once(echo.listen(join(folder, 'echo')), 'listening')
  const proxy = await tcpProxy(join(folder, 'echo'))
  expect(await heard(proxy.port, 'one')).toBe('one')
  proxy.weather = { kind: 'refusing' }
  expect(await heard(proxy.port, 'two')).toBe('closed')
  proxy.weather = { kind: 'cut-after', bytes: 4 }
  expect(await heard(proxy.port, 'three')).toBe('closed')
  proxy.weather = { kind: 'blackhole' }
  const swallowed = heard(proxy.port, 'four')
  await expect.poll(() => proxy.cut()).toBeGreaterThan(0)
  expect(await swallowed).toBe('closed')
  await proxy.close()
  echo.close()
  await rm(folder, { recursive: true })
})
