import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { zipStream } from '../../src/io/archive.ts'

test('files are made in the name of who asked for the archive, not of who reads it', async () => {
  const asker = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  async function* entries() {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) {
      seen.push(asker.getStore())
      yield { name, bytes: new Uint8Array(200_000) }
    }
  }
  const archive = asker.run('asker', () => zipStream(entries()))
  await asker.run('reader', async () => {
    await new Promise(resolve => setTimeout(resolve))
    await new Response(archive).arrayBuffer()
  })
  expect(seen).toEqual(['asker', 'asker', 'asker'])
})
