import { AsyncLocalStorage } from 'node:async_hooks'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** One file of an archive. */
export interface ArchiveEntry {
  name: string
  bytes: Uint8Array
}

// A fixed instant: the same files give the same archive. 1980 is the first year a ZIP can write.
const STAMP = new Date(1980, 0, 1)
const PACKED = /\.(pdf|xlsx|ods|png)$/

/**
 * A ZIP that leaves as its files come, so that whoever waits sees it grow; called off, it asks for no more files. Whoever
 * reads it, its files are made in the name of who asked for it.
 */
export function zipStream(entries: AsyncGenerator<ArchiveEntry>): ReadableStream<Uint8Array> {
  let zip: Zip
  const inTheName = AsyncLocalStorage.snapshot()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      zip = new Zip((error, chunk, final) => {
        if (error) {
          controller.error(error)
          return
        }
        controller.enqueue(chunk)
        if (final) controller.close()
      })
    },
    async pull() {
      const { value, done } = await inTheName(() => entries.next())
      if (done) {
        zip.end()
        return
      }
      const file = PACKED.test(value.name) ? new ZipPassThrough(value.name) : new ZipDeflate(value.name)
      file.mtime = STAMP
      zip.add(file)
      file.push(value.bytes, true)
    },
    async cancel() {
      zip.terminate()
      await inTheName(() => entries.return(undefined))
    },
  })
}
