import { EMPTY, fileTooLarge } from './csv.ts'
import { CsvFile } from './csv-file.ts'
import { decode } from './encoding.ts'
import { FaultLog, refusedFor } from './fault-log.ts'
import type { FileSetting } from './file-setting.ts'
import { foreignFormat } from './file-signature.ts'
import { type ImportedFile, KeptRows, type RefusedFile, settled } from './imported-file.ts'
import { isJson, jsonTable } from './json-table.ts'
import { LIMITS } from './limits.ts'
import { readSheets } from './read-sheets.ts'

/** Characters read between two pauses. */
const SLICE = 1 << 16

/** Reads a file into typed rows, or into all its faults at once; a file with one fault gives no row. */
export function readFile(bytes: Uint8Array, setting: FileSetting): ImportedFile | RefusedFile {
  const reading = readInSlices(bytes, setting)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}

/** The same, slice by slice: whoever reads may do something else in between. */
export function* readInSlices(
  bytes: Uint8Array,
  setting: FileSetting,
): Generator<undefined, ImportedFile | RefusedFile> {
  const { limits = LIMITS } = setting
  const flaw =
    bytes.length === 0
      ? EMPTY
      : bytes.length > limits.bytes
        ? fileTooLarge(bytes.length, limits.bytes)
        : foreignFormat(bytes)
  const decoded = flaw === undefined ? decode(bytes) : { flaw }
  if ('flaw' in decoded) {
    return refusedFor(decoded.flaw)
  }
  const { text } = decoded.value
  if (isJson(text)) {
    const table = jsonTable(text)
    return 'flaw' in table ? refusedFor(table.flaw) : yield* readSheets([table], setting)
  }
  const kept = new KeptRows()
  const file = new CsvFile(setting, kept.keep)
  for (let at = 0; at < text.length && !file.done; at += SLICE) {
    file.read(text.slice(at, at + SLICE))
    yield undefined
  }
  const end = file.end()
  const repeated = new FaultLog()
  kept.check(repeated)
  const { about } = file
  if ('faults' in end || repeated.total > 0)
    return { ...file.reportWith(repeated), remarks: file.remarks.all(), about }
  return settled({ ...end, about }, kept, file.remarks, setting)
}
