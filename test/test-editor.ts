import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A fault of the editor; all but `none` change the answer to the routes they name. */
export type Fault =
  | 'none'
  | 'refused'
  | 'invalid-question'
  | 'broken'
  | 'redirected'
  | 'silent'
  | 'no-json'
  | 'ten-megabytes'
  | 'too-many'
  | 'cut'
  | 'error-in-200'
  | 'no-content'
  | 'no-date'
  | 'compressed'
  | 'compressed-bomb'
  | 'byte-order-mark'
  | 'one-byte-at-a-time'
  | 'more-pages'
  | 'slash-redirect'
  | 'flapping'

/** What the editor answers from now on. Slots are texts as its contract writes them, by point and reason. */
export interface Script {
  points: unknown[]
  /** Slots for every reason that has none of its own. */
  slots: Record<string, string[] | null>
  reasons?: Record<string, Record<string, string[]>>
  token?: string
  fault?: Fault
  /** Faults of slots alone, and of one point in the question. */
  slotsFault?: Fault
  faultyPoint?: { id: string; fault: Fault }
  /** Points of which nothing is said when they have no slot. */
  absent?: boolean
  /** Slots come whatever the days asked for. */
  ignoresDays?: boolean
  delayMillis?: number
  /** Of repeated parameters, the last one alone is read. */
  keepsLastPoint?: boolean
  /** More points in a question break it. */
  mostPoints?: number
  retryAfter?: string
}

/** A call as the editor received it. */
export interface ReceivedCall {
  at: number
  url: string
  token: string | undefined
  agent: string | undefined
  inFlight: number
}

/** An editor of booking software in a process of its own, as the service meets it. */
export interface TestEditor {
  address: string
  play: (script: Script) => Promise<void>
  calls: () => Promise<ReceivedCall[]>
  close: () => void
}

/** Starts an editor; `script` may be changed at any time. */
export async function testEditor(script: Script): Promise<TestEditor> {
  const child = fork(fileURLToPath(new URL('editor-process.mjs', import.meta.url)))
  const port = (await heard(child, () => undefined)) as number
  const editor: TestEditor = {
    address: `http://127.0.0.1:${port}/api`,
    play: async next => {
      await heard(child, () => child.send({ play: next }))
    },
    calls: async () => (await heard(child, () => child.send({ tell: true }))) as ReceivedCall[],
    close: () => child.kill(),
  }
  await editor.play(script)
  return editor
}

function heard(child: ChildProcess, ask: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the editor left'))
    child.once('exit', gone)
    child.once('message', message => {
      child.off('exit', gone)
      resolve(message)
    })
    ask()
  })
}
