import { askOutside, NoAnswer, type Outside, type OutsideAnswer } from '../io/outside/ask.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  batchesOf,
  CALL_MILLIS,
  causeOfStatus,
  dividesWell,
  FAILURES_BEFORE_GIVING_UP,
  isPassing,
  LARGEST_ANSWER,
  patience,
  slotsQuestion,
} from './call.ts'
import { type Cause, REASON_CODES, type Reason } from './collector.ts'
import type { EditorReading } from './editor-reading.ts'
import { readMeetingPoints } from './meeting-point.ts'
import { readSlots, type Slot } from './slot.ts'
import { countSlots, isKnown, type Stretch, stretchesFrom, type Told } from './slot-count.ts'

/** An editor to read, and how its calls go out. */
export interface Editor {
  address: string
  token: string | undefined
  outside: Outside
  /** Waits until one more call keeps to what the editor takes in a minute. */
  turn: () => Promise<void>
  sleep: (millis: number) => Promise<void>
  callMillis?: number
}

/** Reads the points of an editor and their slots, month by month, one call at a time. */
export async function readEditor(editor: Editor, day: Day): Promise<EditorReading> {
  const caller = new Caller(editor)
  const answer = await caller.ask('/getManagedMeetingPoints', 'points')
  const read = 'cause' in answer ? undefined : readMeetingPoints(answer.json)
  if (read === undefined) {
    const cause = 'cause' in answer ? answer.cause : 'invalid-answer'
    return { cause, read: { points: [], invalid: 0 }, counts: [], calls: caller.calls }
  }
  const stretches = stretchesFrom(day)
  const ids = read.points.map(point => point.editorId)
  const counts: EditorReading['counts'] = []
  for (const reason of REASON_CODES) {
    const told = await readReason(caller, { reason, ids, day, stretches })
    for (const [editorId, months] of told)
      counts.push({ editorId, reason, count: countSlots(day, stretches, months) })
  }
  return { cause: undefined, read, counts, calls: caller.calls }
}

interface ReasonQuestion {
  reason: Reason
  ids: readonly string[]
  day: Day
  stretches: readonly Stretch[]
}

async function readReason(
  caller: Caller,
  { reason, ids, day, stretches }: ReasonQuestion,
): Promise<Map<string, Told[]>> {
  const told = new Map<string, Told[]>(ids.map(id => [id, []]))
  for (const stretch of stretches) {
    const wanted = ids.filter(id => !isKnown(day, stretches, told.get(id)!))
    for (const batch of batchesOf(wanted)) {
      for (const [id, one] of await slotsOf(caller, batch, reason, stretch)) told.get(id)!.push(one)
    }
  }
  return told
}

/** The slots of some points; those of a question that fails are asked for in halves, down to each alone. */
async function slotsOf(
  caller: Caller,
  ids: readonly string[],
  reason: Reason,
  stretch: Stretch,
): Promise<Map<string, Told>> {
  const isAlone = ids.length === 1
  const answer = await caller.ask(slotsQuestion(ids, reason, stretch), isAlone ? 'alone' : 'many')
  const slots: Map<string, Slot[]> | undefined = 'cause' in answer ? undefined : readSlots(answer.json, ids)
  if (slots !== undefined) return new Map([...slots].map(([id, own]) => [id, { slots: own }]))
  const cause = 'cause' in answer ? answer.cause : 'invalid-answer'
  if (isAlone || caller.isOver || !dividesWell(cause)) return new Map(ids.map(id => [id, { cause }]))
  const half = Math.ceil(ids.length / 2)
  const first = await slotsOf(caller, ids.slice(0, half), reason, stretch)
  const second = await slotsOf(caller, ids.slice(half), reason, stretch)
  return new Map([...first, ...second])
}

type Answer = { json: unknown } | { cause: Cause }

/** Times that the same question is asked: a question about many is asked in halves instead. */
const ATTEMPTS = { points: 3, many: 1, alone: 2 } as const
const ATTEMPTS_WHEN_TOO_MANY = 3

/** Calls one editor, and leaves it alone once it refuses the token or fails time after time. */
class Caller {
  calls = 0
  readonly #editor: Editor
  #failures = 0
  #patience = 0
  #over: Cause | undefined

  constructor(editor: Editor) {
    this.#editor = editor
  }

  /** Whether nothing more is asked. */
  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** Asks, and asks again what may be answered a little later. */
  async ask(question: string, about: keyof typeof ATTEMPTS): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      if (this.#over !== undefined) return { cause: this.#over }
      if (this.#patience > 0) await this.#editor.sleep(this.#patience)
      await this.#editor.turn()
      this.calls += 1
      const { answer, retryAfter } = await this.#call(question)
      this.#patience = 0
      if (!('cause' in answer)) {
        this.#failures = 0
        return answer
      }
      const { cause } = answer
      this.#failures += 1
      if (isPassing(cause)) this.#patience = patience(this.#failures, retryAfter)
      if (cause === 'token-refused' || cause === 'address-refused') this.#over = cause
      if (this.#failures >= FAILURES_BEFORE_GIVING_UP) this.#over = cause
      const attempts = cause === 'too-many-calls' ? ATTEMPTS_WHEN_TOO_MANY : ATTEMPTS[about]
      if (this.isOver || attempt >= attempts || !isPassing(cause)) return answer
    }
  }

  async #call(question: string): Promise<{ answer: Answer; retryAfter?: string | undefined }> {
    const { address, token, outside, callMillis = CALL_MILLIS } = this.#editor
    try {
      const got = await askOutside(outside, {
        url: new URL(address.replace(/\/+$/, '') + question),
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { 'x-hub-rdv-auth-token': token }),
        },
        timeoutMillis: callMillis,
        mostBytes: LARGEST_ANSWER,
      })
      return { answer: readAnswer(got), retryAfter: got.headers['retry-after'] }
    } catch (error) {
      if (error instanceof NoAnswer) return { answer: { cause: error.fault } }
      throw error
    }
  }
}

function readAnswer({ status, body }: OutsideAnswer): Answer {
  const cause = causeOfStatus(status)
  if (cause !== undefined) return { cause }
  try {
    return { json: JSON.parse(body.toString('utf8')) }
  } catch {
    return { cause: 'invalid-answer' }
  }
}
