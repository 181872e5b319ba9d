import { askOutside, NoAnswer, type Outside, type OutsideAnswer } from '../io/outside/ask.ts'
import {
  batchesOf,
  CALL_MILLIS,
  causeOfStatus,
  dividesWell,
  FAILURES_BEFORE_GIVING_UP,
  hasNextPage,
  isPassing,
  LARGEST_ANSWER,
  patience,
  type Rest,
  SILENCES_BEFORE_GIVING_UP,
  sameQuestion,
  slotsQuestion,
} from './call.ts'
import { type Cause, REASON_CODES, type Reason } from './collector.ts'
import { readJson } from './json-answer.ts'
import { type Clock, clockOf, localMinute } from './local-clock.ts'
import { type MeetingPoint, readMeetingPoints } from './meeting-point.ts'
import { readSlots } from './slot.ts'
import type { EditorReading } from './slot-count.ts'
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

/** Reads the points of an editor and their slots, month by month, one call at a time, from a minute of Paris on. */
export async function readEditor(editor: Editor, now: string): Promise<EditorReading> {
  const caller = new Caller(editor)
  const answer = await caller.ask('/getManagedMeetingPoints', 'points')
  const read = 'cause' in answer ? undefined : readMeetingPoints(answer.json)
  const nothing = { points: [], invalid: read?.invalid ?? 0 }
  if (read === undefined || read.points.length === 0) {
    const cause = 'cause' in answer ? answer.cause : read?.invalid === 0 ? 'no-point' : 'invalid-answer'
    return { cause, read: nothing, counts: [], calls: caller.calls }
  }
  const groups = new Groups(read.points)
  const counts = (await countAll(caller, groups, now)) ?? (await countAll(caller, groups, now)) ?? []
  return { cause: undefined, read, counts, calls: caller.calls }
}

/** What every point and reason count; `undefined` once points asked for together turn out to have been left out. */
async function countAll(
  caller: Caller,
  groups: Groups,
  now: string,
): Promise<EditorReading['counts'] | undefined> {
  const stretches = stretchesFrom(now.slice(0, 10))
  const counts: EditorReading['counts'] = []
  for (const reason of REASON_CODES) {
    const told = new Map<string, Told[]>([...groups.clocks.keys()].map(id => [id, []]))
    const local = (id: string) => localMinute(now, groups.clocks.get(id)!)
    for (const stretch of stretches) {
      const isWanted = (id: string) => !isKnown(local(id), stretches, told.get(id)!)
      const read = await readStretch(caller, groups, { reason, stretch, isWanted })
      if (read === undefined) return undefined
      for (const [id, one] of read) told.get(id)!.push(one)
    }
    for (const [editorId, months] of told)
      counts.push({ editorId, reason, count: countSlots(local(editorId), stretches, months) })
  }
  return counts
}

/** Points asked for together. Those of a question that failed are kept apart from then on. */
class Groups {
  all: readonly (readonly string[])[]
  /** Whether the editor was seen to answer for several points of a question. */
  isProved = false
  readonly clocks: ReadonlyMap<string, Clock>
  #tries = 0

  constructor(points: readonly MeetingPoint[]) {
    this.clocks = new Map(points.map(({ editorId, zipCode }) => [editorId, clockOf(zipCode)]))
    this.all = batchesOf([...this.clocks.keys()])
  }

  /** Keeps points apart from the others of their group. */
  part(ids: readonly string[]): void {
    this.all = this.all.flatMap(group =>
      group.includes(ids[0]!) ? [ids, group.filter(id => !ids.includes(id))] : [group],
    )
  }

  partAll(): void {
    this.all = this.all.flat().map(id => [id])
  }

  /** A point to ask for alone, another one each time. */
  next(ids: readonly string[]): string {
    return ids[this.#tries++ % ids.length]!
  }
}

interface StretchQuestion {
  reason: Reason
  stretch: Stretch
  isWanted: (id: string) => boolean
}

/**
 * The slots of points in a stretch of days; those of a question that fails are asked for in halves, down to each alone.
 * @returns `undefined` when the editor was found to answer for one of several points, as if the others had no slot: every
 * point is then kept apart.
 */
async function readStretch(
  caller: Caller,
  groups: Groups,
  { reason, stretch, isWanted }: StretchQuestion,
): Promise<Map<string, Told> | undefined> {
  const told = new Map<string, Told>()
  const left: (readonly string[])[] = groups.all
    .map(group => group.filter(isWanted))
    .filter(ids => ids.length > 0)
  const ask = (ids: readonly string[]) =>
    caller.ask(slotsQuestion(ids, reason, stretch), ids.length === 1 ? 'alone' : 'many')
  for (let ids = left.shift(); ids !== undefined; ids = left.shift()) {
    const answer = await ask(ids)
    const slots =
      'cause' in answer
        ? undefined
        : readSlots(answer.json, ids, {
            isPoint: id => groups.clocks.has(id),
            clock: id => groups.clocks.get(id)!,
          })
    const cause = 'cause' in answer ? answer.cause : 'invalid-answer'
    if (slots === undefined && ids.length > 1 && !caller.isOver && dividesWell(cause)) {
      const half = ids.slice(0, Math.ceil(ids.length / 2))
      groups.part(half)
      left.push(half, ids.slice(half.length))
      continue
    }
    if ('json' in answer && slots !== undefined && ids.length > 1 && !groups.isProved) {
      const silent = ids.filter(id => !isAbout(answer.json, id))
      groups.isProved = silent.length < ids.length - 1
      // A server that keeps one of repeated parameters leaves the others out, as if they had no slot.
      const tried = groups.isProved ? undefined : groups.next(silent)
      const alone = tried === undefined ? undefined : await ask([tried])
      if (alone !== undefined && 'json' in alone && isAbout(alone.json, tried!)) {
        groups.partAll()
        return undefined
      }
    }
    for (const id of ids) {
      const own = slots?.get(id)
      told.set(id, own === undefined ? { cause } : { slots: own })
    }
  }
  return told
}

function isAbout(json: unknown, id: string): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, id)
}

type Answer = { json: unknown } | { cause: Cause }

/** Times that the same question is asked; one about many that times out is asked in halves instead. */
const ATTEMPTS = { points: 3, many: 2, alone: 2 } as const
const ATTEMPTS_WHEN_TOO_MANY = 3

/** Calls one editor, and leaves it alone once it refuses the token or fails time after time. */
class Caller {
  calls = 0
  readonly #editor: Editor
  #failures = 0
  #silences = 0
  #patience = 0
  #over: Cause | undefined

  constructor(editor: Editor) {
    this.#editor = editor
  }

  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** Asks, and asks again what may be answered a little later. */
  async ask(question: string, about: keyof typeof ATTEMPTS): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      if (this.#over !== undefined) return { cause: this.#over }
      if (this.#patience > 0) await this.#editor.sleep(this.#patience)
      const { answer, rest } = await this.#call(question, about)
      this.#patience = 0
      if ('json' in answer) {
        this.#failures = 0
        this.#silences = 0
        return answer
      }
      const { cause } = answer
      this.#note(cause, isPassing(cause) ? patience(this.#failures + 1, rest) : 0)
      const most = about === 'many' && cause === 'timeout' ? 1 : ATTEMPTS[about]
      const attempts = cause === 'too-many-calls' ? ATTEMPTS_WHEN_TOO_MANY : most
      if (cause === 'too-many-calls' && attempt >= attempts) this.#over = cause
      if (this.isOver || attempt >= attempts || !isPassing(cause)) return answer
    }
  }

  #note(cause: Cause, rest: number | undefined): void {
    this.#failures += 1
    this.#silences = cause === 'timeout' ? this.#silences + 1 : 0
    this.#patience = rest ?? 0
    const isOver =
      rest === undefined ||
      cause === 'token-refused' ||
      cause === 'address-refused' ||
      this.#failures >= FAILURES_BEFORE_GIVING_UP ||
      this.#silences >= SILENCES_BEFORE_GIVING_UP
    if (isOver) this.#over = cause
  }

  async #call(question: string, about: keyof typeof ATTEMPTS): Promise<{ answer: Answer; rest: Rest }> {
    const { address, callMillis = CALL_MILLIS } = this.#editor
    const url = new URL(address.replace(/\/+$/, '') + question)
    try {
      const got = await this.#get(url, callMillis)
      const elsewhere =
        got.status >= 300 && got.status < 400 ? sameQuestion(url, got.headers.location) : undefined
      const last = elsewhere === undefined ? got : await this.#get(elsewhere, callMillis)
      return { answer: readAnswer(last, about), rest: last.headers }
    } catch (error) {
      if (error instanceof NoAnswer) return { answer: { cause: error.fault }, rest: {} }
      throw error
    }
  }

  async #get(url: URL, timeoutMillis: number): Promise<OutsideAnswer> {
    const { token, outside, turn } = this.#editor
    await turn()
    this.calls += 1
    return askOutside(outside, {
      url,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { 'x-hub-rdv-auth-token': token }),
      },
      timeoutMillis,
      mostBytes: LARGEST_ANSWER,
    })
  }
}

function readAnswer({ status, headers, body }: OutsideAnswer, about: keyof typeof ATTEMPTS): Answer {
  // Done, and nothing to tell (RFC 9110, 15.3.5): no point, or no slot.
  if (status === 204) return { json: about === 'points' ? [] : {} }
  const cause = causeOfStatus(status)
  if (cause !== undefined) return { cause }
  if (hasNextPage(String(headers['link'] ?? ''))) return { cause: 'invalid-answer' }
  try {
    return { json: readJson(body, headers['content-type']) }
  } catch {
    return { cause: 'invalid-answer' }
  }
}
