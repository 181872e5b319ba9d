import { FAULTS } from '../../../src/imports/cells/fault.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { KIND_CODES } from '../../../src/imports/kinds.ts'
import { readFile } from '../../../src/imports/read-file.ts'
import { template } from '../../../src/imports/template.ts'
import { type Random, seededRandom } from '../../../src/pure/numerics/series/random.ts'

/** What reading mutated files gave. */
export interface FileCampaign {
  files: number
  accepted: number
  refused: number
  /** Longest reading. */
  slowestMillis: number
  /** Exceptions, faults without a line or a known code, and readings of more than a second, with their bytes. */
  breaches: { what: string; base64: string }[]
}

const LONGEST_MILLIS = 1_000
const PIECES = [
  '"',
  ';',
  ',',
  '\n',
  '\r',
  '\0',
  '#',
  '=',
  '\ufeff',
  'é',
  '\ud83d\ude00',
  '-',
  '9'.repeat(400),
  ' ',
  '\t',
]

/** Reads so many files, each a template with one to eight bytes changed, removed or added. */
export function fileCampaign(files: number, seed: number): FileCampaign {
  const random = seededRandom(seed)
  const sound = KIND_CODES.map(kind => Buffer.from(template(kind)))
  const result: FileCampaign = { files, accepted: 0, refused: 0, slowestMillis: 0, breaches: [] }
  for (let n = 0; n < files; n++) {
    const bytes = mutated(sound[n % sound.length] as Buffer, random)
    const begun = performance.now()
    const what = breachOf(bytes, result)
    const millis = performance.now() - begun
    result.slowestMillis = Math.max(result.slowestMillis, millis)
    if (what !== undefined) result.breaches.push({ what, base64: bytes.toString('base64') })
    else if (millis > LONGEST_MILLIS)
      result.breaches.push({ what: `${Math.round(millis)} ms`, base64: bytes.toString('base64') })
  }
  return result
}

function mutated(bytes: Buffer, random: Random): Buffer {
  let changed = Buffer.from(bytes)
  for (let left = 1 + Math.floor(random() * 8); left > 0; left--) {
    const at = Math.floor(random() * changed.length)
    const kind = random()
    if (kind < 0.4) changed[at] = Math.floor(random() * 256)
    else if (kind < 0.6) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + 1)])
    else {
      const piece = Buffer.from(PIECES[Math.floor(random() * PIECES.length)] ?? '')
      changed = Buffer.concat([changed.subarray(0, at), piece, changed.subarray(at)])
    }
  }
  return changed
}

function breachOf(bytes: Buffer, result: FileCampaign): string | undefined {
  try {
    const read = readFile(new Uint8Array(bytes), {
      today: '2026-11-26',
      defaultPlace: '16',
      knownCommunes: code => ({ state: /^\d{5}$/.test(code) ? 'current' : 'unknown' }),
    })
    if (!isRefused(read)) {
      result.accepted += 1
      return read.rows.length > 0 ? undefined : 'accepted without a row'
    }
    result.refused += 1
    const lines = bytes.toString('latin1').split(/\r\n|\r|\n/).length
    const odd = read.faults.find(
      ({ line, code, message, remedy }) =>
        line < 1 || line > lines || !(code in FAULTS) || message === '' || remedy === '',
    )
    if (odd !== undefined) return `${odd.code} on line ${odd.line} of ${lines}`
    return read.total > 0 ? undefined : 'refused without a fault'
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
