import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { zipStream } from '../../src/io/archive.ts'

test('called off, it asks for no more files, and those who make them are told', async () => {
  let made = 0
  let left = false
  async function* entries() {
    try {
      for (;;) {
        made += 1
        yield { name: `${made}.txt`, bytes: new Uint8Array(100_000) }
      }
    } finally {
      left = true
    }
  }
  const reader = zipStream(entries()).getReader()
  await reader.read()
  await reader.cancel()
  const before = made
  await new Promise(resolve => setTimeout(resolve))
  expect({ left, made }).toEqual({ left: true, made: before })
})

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
