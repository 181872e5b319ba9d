import { type ByteEncoding, byteEncoding, decodeBytes, SAMPLE_BYTES } from './byte-encoding.ts'
import { flawed, type Reading } from './cells/fault.ts'

/** Encodings read: UTF-8 with or without a byte order mark, UTF-16 with one, else one byte a letter. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | ByteEncoding

/** Decodes a file. Bytes that are no valid UTF-8 and carry no mark are read one by one, as old spreadsheets write. */
export function decode(bytes: Uint8Array): Reading<{ text: string; encoding: Encoding }> {
  const finder = new EncodingFinder()
  finder.push(bytes)
  const found = finder.end()
  if ('flaw' in found) return found
  const read = pieceDecoder(found.value)
  return { value: { text: read(bytes) + read(), encoding: found.value } }
}

function unreadable(encoding: string) {
  return flawed(
    'unreadable-encoding',
    `Le fichier s’annonce en ${encoding} mais ne se lit pas ainsi.`,
    'Le fichier est peut-être tronqué : enregistrez-le de nouveau au format « CSV UTF-8 ».',
  )
}

/** Accents that a Macintosh wrote apart from their letters, put back on them. */
function composed(text: string): string {
  return /[\u0300-\u036f]/.test(text) ? text.normalize('NFC') : text
}

/** Finds the encoding of a file that comes in pieces, and whether it can be read. */
export class EncodingFinder {
  #head: Uint8Array = new Uint8Array(0)
  #decoder: InstanceType<typeof TextDecoder> | undefined
  #encoding: Encoding | undefined
  #marked = false
  #broken = false
  readonly #sample: Uint8Array[] = []
  #sampled = 0

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
    if (this.#sampled < SAMPLE_BYTES) {
      const piece = bytes.slice(0, SAMPLE_BYTES - this.#sampled)
      this.#sample.push(piece)
      this.#sampled += piece.length
    }
    if (this.#encoding === undefined) {
      this.#head = Buffer.concat([this.#head, bytes])
      if (this.#head.length < 4) return
      this.#begin()
    } else this.#decode(bytes)
  }

  /** The encoding of the whole file. */
  end(): Reading<Encoding> {
    if (this.#encoding === undefined) this.#begin()
    this.#decode()
    const [first, second, third, fourth] = this.#head
    if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return unreadable('UTF-32')
    if (!this.#broken) return { value: this.#encoding! }
    return this.#marked
      ? unreadable(this.#encoding!.toUpperCase())
      : { value: byteEncoding(Buffer.concat(this.#sample)) }
  }

  #begin(): void {
    const [first, second, third] = this.#head
    const fourth = this.#head[3] ?? Number.NaN
    const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
    // Every other byte of letters is zero, with a mark or without.
    const little =
      (isMarked && first === 0xff) || (first !== 0 && second === 0 && third !== 0 && fourth === 0)
    const big = (isMarked && first === 0xfe) || (first === 0 && second !== 0 && third === 0 && fourth > 0)
    this.#marked = isMarked || (first === 0xef && second === 0xbb && third === 0xbf)
    this.#encoding = little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8'
    this.#decoder = new TextDecoder(this.#encoding, { fatal: true })
    this.#decode(this.#head)
  }

  #decode(bytes?: Uint8Array): void {
    if (this.#broken) return
    try {
      this.#decoder?.decode(bytes, { stream: bytes !== undefined })
    } catch {
      this.#broken = true
    }
  }
}

/** How the pieces of a file in an encoding become text; called without bytes at the end. */
export function pieceDecoder(encoding: Encoding): (bytes?: Uint8Array) => string {
  if (encoding === 'windows-1252' || encoding === 'macintosh' || encoding === 'cp850')
    return bytes => (bytes === undefined ? '' : decodeBytes(bytes, encoding))
  const decoder = new TextDecoder(encoding)
  return bytes => composed(decoder.decode(bytes, { stream: bytes !== undefined }))
}
