/** Encodings of one byte a letter that French spreadsheets write: « CSV », « CSV (Macintosh) », « CSV (MS-DOS) ». */
export type ByteEncoding = 'windows-1252' | 'macintosh' | 'cp850'

/** Bytes at the beginning of a file that tell its encoding. */
export const SAMPLE_BYTES = 1 << 20

// Windows-1252 first: it wins when nothing tells them apart.
const ENCODINGS = ['windows-1252', 'macintosh', 'cp850'] as const
const HIGH = Uint8Array.from({ length: 128 }, (_, i) => i + 128)
// Undefined bytes of Windows-1252 stay controls (WHATWG encoding standard), and are refused as such.
const WINDOWS_1252_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
// PC850, ftp.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP850.TXT, 1996.
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'
const LETTERS: Record<ByteEncoding, string> = {
  'windows-1252': WINDOWS_1252_CONTROLS + Buffer.from(HIGH.subarray(32)).toString('latin1'),
  macintosh: new TextDecoder('macintosh').decode(HIGH),
  cp850: CP850,
}

const LOWER = 'éèàçêôùîâûëïüœæÿ'
const UPPER = 'ÉÈÀÇÊÔÙÎÂÛËÏÜŒÆ'
const SIGNS = '’«»°€–—…“”‘\u00a0·'
const isLower = (byte: number | undefined) => byte !== undefined && byte >= 0x61 && byte <= 0x7a
const isUpper = (byte: number | undefined) => byte !== undefined && byte >= 0x41 && byte <= 0x5a

/** The encoding under which the letters beyond ASCII make French words. */
export function byteEncoding(sample: Uint8Array): ByteEncoding {
  const scores = ENCODINGS.map(() => 0)
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]!
    if (byte < 0x80) continue
    for (const [e, encoding] of ENCODINGS.entries())
      scores[e]! += likelihood(LETTERS[encoding][byte - 0x80]!, sample[i - 1], sample[i + 1])
  }
  return ENCODINGS[scores.reduce((best, score, i) => (score > scores[best]! ? i : best), 0)]!
}

/** How well a letter stands between its neighbours: small among small ones, capital first or among capitals. */
function likelihood(letter: string, before: number | undefined, after: number | undefined): number {
  if (LOWER.includes(letter)) {
    if (isUpper(after)) return -3
    return isLower(after) || isLower(before) || isUpper(before) ? 2 : 0
  }
  if (UPPER.includes(letter)) {
    if (isLower(before)) return -3
    return isUpper(before) || isUpper(after) || isLower(after) ? 2 : 0
  }
  return SIGNS.includes(letter) ? 0 : -2
}

/** Decodes bytes of one letter each. */
export function decodeBytes(bytes: Uint8Array, encoding: ByteEncoding): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const letters = LETTERS[encoding]
  return encoding === 'windows-1252'
    ? latin1.replace(/[\u0080-\u009f]/g, character => letters[character.charCodeAt(0) - 0x80]!)
    : latin1.replace(/[\u0080-\u00ff]/g, character => letters[character.charCodeAt(0) - 0x80]!)
}
