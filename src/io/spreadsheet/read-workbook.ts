import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { errorCode } from '../database/unavailable.ts'
import { nextMessage } from '../next-message.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import type { ReadAnswer, WorkbookBounds } from './read-answer.ts'
import { work } from './read-work.ts'

/** Bounds of a workbook: what a prefecture has is a hundredth of it. */
const BOUNDS: WorkbookBounds = {
  cells: 1_000_000,
  openCells: 500_000,
  columns: 1_000,
  sheets: 200,
  inflatedBytes: 80_000_000,
  ratio: 250,
  plainBytes: 3_000_000,
}
/** Time of processor that a small workbook may take, in milliseconds, and what each megabyte adds: an honest one takes a fifth of it. */
const [LEAST_MS, MS_PER_MEGABYTE] = [4_000, 2_000]
/** On a machine that does other things, the clock goes faster than the processor. */
const CLOCK_TO_PROCESSOR = 8
const BETWEEN_LOOKS_MS = 200
/** Heap of the thread, in megabytes: a million cells take half of it. */
const HEAP_MEGABYTES = 220

// One at a time: two would share the cores, and their memory would add up.
const inTurn = oneAtATime()

/**
 * Reads an XLSX, XLS or ODS workbook, or a web page or XML that bears the name of one, into the texts of its sheets, in
 * a thread that ends with it. A bound that is passed is a fault; a reading called off leaves at once.
 *
 * @throws the reason of `signal` when called off.
 */
export async function readWorkbook(bytes: Uint8Array, signal?: AbortSignal): Promise<ReadAnswer> {
  return inTurn(async () => {
    signal?.throwIfAborted()
    return read(bytes, signal)
  })
}

async function read(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<ReadAnswer> {
  const { resolve: pathOf } = createRequire(import.meta.url)
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
     ;(${work.toString()})(message => parentPort.postMessage(message), require(${JSON.stringify(pathOf('@e965/xlsx'))}),
       require(${JSON.stringify(pathOf('fflate'))}), workerData.bytes, workerData.bounds)`,
    {
      eval: true,
      workerData: { bytes, bounds: BOUNDS },
      // What the reader says of odd formats goes nowhere.
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: HEAP_MEGABYTES,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
    },
  )
  const limit = LEAST_MS + (bytes.length / 1e6) * MS_PER_MEGABYTE
  const before = process.cpuUsage()
  const started = performance.now()
  const late = new AbortController()
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before)
    const isLate = performance.now() - started > limit * CLOCK_TO_PROCESSOR
    if (isLate || (user + system) / 1_000 > limit) late.abort()
  }, BETWEEN_LOOKS_MS)
  try {
    return await nextMessage<ReadAnswer>(worker, 'read', signal, late.signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (late.signal.aborted) return { fault: 'time' }
    return { fault: errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'damaged' }
  } finally {
    clearInterval(timer)
    worker.on('error', () => undefined)
    void worker.terminate()
  }
}
