import { isUtf8 } from 'node:buffer'
import { expect, test } from 'vitest'
import { decode, EncodingFinder, pieceDecoder } from '../../src/imports/encoding.ts'

const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const FILES: Record<string, Uint8Array> = {
  nothing: Buffer.from(''),
  'three letters': Buffer.from('abc'),
  'UTF-8': Buffer.from('mois;Préfecture 😀'),
  'marked UTF-8': Buffer.from('\ufeffmois;Préfecture'),
  'marked UTF-8 that is not': Buffer.concat([Buffer.from('\ufeffmois'), Buffer.from([0xe9, 0x3b])]),
  'Windows-1252': Buffer.from([0x50, 0x72, 0xe9, 0x66, 0x80, 0x92]),
  'the mark of UTF-16 alone': Buffer.from([0xff, 0xfe]),
  'UTF-16, small end first': Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('mois;é😀', false)]),
  'UTF-16, big end first': Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('mois;é😀', true)]),
  'UTF-16 cut in two': Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('mois', false), Buffer.from([0x41])]),
  'UTF-16, big end first, cut': Buffer.from([0xfe, 0xff, 0x00, 0x41, 0x00]),
  'UTF-32': Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]),
  'almost UTF-32': Buffer.from([0xff, 0xfe, 0, 1, 0x41, 0]),
  'almost marked': Buffer.from([0xef, 0xbb, 0x41, 0x42]),
  'a mark begun': Buffer.from([0xef, 0x41, 0x42, 0x43]),
  'a lone 0xff': Buffer.from([0xff, 0x41, 0x42, 0x43]),
  'a lone 0xfe': Buffer.from([0xfe, 0x41, 0x42, 0x43]),
}

test.each(Object.entries(FILES))('%s: read whole or piece by piece, by any length, the same', (_, bytes) => {
  const whole = decode(bytes)
  for (const length of [1, 2, 3, 5, 100]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
      bytes.subarray(i * length, (i + 1) * length),
    )
    const probe = new EncodingFinder()
    for (const piece of pieces) probe.push(piece)
    const found = probe.end()
    if ('flaw' in whole) {
      expect(found).toEqual(whole)
      continue
    }
    expect(found).toEqual({ value: whole.value.encoding })
    const take = pieceDecoder(whole.value.encoding)
    expect(pieces.map(piece => take(piece)).join('') + take()).toBe(whole.value.text)
  }
})

test('every beginning of four bytes, and every shorter one, is of the encoding that its mark or its bytes say', () => {
  const said = (bytes: Uint8Array) => {
    const begins = (...mark: number[]) => mark.every((byte, i) => bytes[i] === byte)
    if (begins(0xff, 0xfe, 0, 0)) return 'UTF-32 refused'
    const odd = bytes.length % 2 === 1
    if (begins(0xff, 0xfe)) return odd ? 'UTF-16LE refused' : 'utf-16le'
    if (begins(0xfe, 0xff)) return odd ? 'UTF-16BE refused' : 'utf-16be'
    const isZeroAt = (rest: number) =>
      bytes.length >= 4 && [0, 1, 2, 3].every(i => (bytes[i] === 0) === (i % 2 === rest))
    if (isZeroAt(1)) return odd ? 'windows-1252' : 'utf-16le'
    if (isZeroAt(0)) return odd ? 'windows-1252' : 'utf-16be'
    if (isUtf8(bytes)) return 'utf-8'
    return begins(0xef, 0xbb, 0xbf) ? 'UTF-8 refused' : 'windows-1252'
  }
  const words = (reading: ReturnType<typeof decode> | ReturnType<EncodingFinder['end']>) => {
    if ('flaw' in reading) return `${/annonce en (\S+)/.exec(reading.flaw.message)?.[1]} refused`
    return typeof reading.value === 'string' ? reading.value : reading.value.encoding
  }
  const alphabet = [0x00, 0x3b, 0xa9, 0xbb, 0xbf, 0xc3, 0xef, 0xfe, 0xff]
  let beginnings: number[][] = [[]]
  for (let length = 0; length <= 4; length++) {
    for (const beginning of beginnings)
      for (const end of length < 4 ? [[]] : [[], [0x3b]]) {
        const bytes = Uint8Array.from([...beginning, ...end])
        const finder = new EncodingFinder()
        finder.push(bytes)
        expect([bytes, words(decode(bytes)), words(finder.end())]).toEqual([bytes, said(bytes), said(bytes)])
      }
    beginnings = beginnings.flatMap(beginning => alphabet.map(byte => [...beginning, byte]))
  }
})
