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
