import { flawed, type Reading } from './cells/fault.ts'

/** Encodings read: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

// Node 20 decodes the label windows-1252 as ISO-8859-1, which turns € and ’ into controls.
// WHATWG encoding standard, index windows-1252, 0x80 to 0x9f; undefined bytes stay controls and are refused.
const WINDOWS_1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Decodes a file. Bytes that are no valid UTF-8 and carry no mark are read as Windows-1252, as old Excel writes. */
export function decode(bytes: Uint8Array): Reading<{ text: string; encoding: Encoding }> {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return unreadable('UTF-32')
  if (first === 0xff && second === 0xfe) return strict(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return strict(bytes, 'utf-16be')
  const marked = first === 0xef && second === 0xbb && third === 0xbf
  const utf8 = strict(bytes, 'utf-8')
  if (marked || 'value' in utf8) return utf8
  return { value: { text: decodeWindows1252(bytes), encoding: 'windows-1252' } }
}

function strict(
  bytes: Uint8Array,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be',
): Reading<{ text: string; encoding: Encoding }> {
  try {
    return { value: { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding } }
  } catch {
    return unreadable(encoding.toUpperCase())
  }
}

function unreadable(encoding: string) {
  return flawed(
    'unreadable-encoding',
    `Le fichier s’annonce en ${encoding} mais ne se lit pas ainsi.`,
    'Le fichier est peut-être tronqué : enregistrez-le de nouveau au format « CSV UTF-8 ».',
  )
}

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return latin1.replace(/[\u0080-\u009f]/g, character => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80]!)
}

/** Finds the encoding of a file that comes in pieces, and whether it can be read. */
export class EncodingFinder {
  #head: Uint8Array = new Uint8Array(0)
  #decoder: InstanceType<typeof TextDecoder> | undefined
  #encoding: Encoding | undefined
  #marked = false
  #broken = false

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
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
    return this.#marked ? unreadable(this.#encoding!.toUpperCase()) : { value: 'windows-1252' }
  }

  #begin(): void {
    const [first, second, third] = this.#head
    const little = first === 0xff && second === 0xfe
    const big = first === 0xfe && second === 0xff
    this.#marked = little || big || (first === 0xef && second === 0xbb && third === 0xbf)
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
  if (encoding === 'windows-1252') return bytes => (bytes === undefined ? '' : decodeWindows1252(bytes))
  const decoder = new TextDecoder(encoding)
  return bytes => decoder.decode(bytes, { stream: bytes !== undefined })
}
