import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../imports/cells/fault.ts'
import { holding, ifFree } from '../io/database/session-lock.ts'
import { unseal } from '../io/sealed.ts'
import type { Day } from '../pure/calendar/day.ts'
import { frenchDay } from '../pure/french/french.ts'
import { CALLS_A_MINUTE } from './call.ts'
import { CAUSES, type Cause } from './collector.ts'
import { type CollectorToRead, collectorToRead, takeCall } from './collector-queries.ts'
import { type DailyWait, dailyWaits, type FigureChanges, figureChanges, waitsFile } from './daily-wait.ts'
import { readEditor } from './editor-work.ts'
import { readFileAtAddress } from './file-work.ts'
import { readFolder } from './folder-work.ts'
import { type CollectorGround, importFetched } from './ground-work.ts'
import {
  beginReading,
  collectorsBeingRead,
  endReading,
  interruptOthers,
  noteFigures,
  pointDays,
  publishedWaits,
  type ReadingEnd,
  storeEditorReading,
} from './reading-queries.ts'
import type { EditorReading } from './slot-count.ts'

const READING_LOCK = 7_216_020
/** Readings at once in a process: each holds a connection of the database. */
const MOST_AT_ONCE = 4

/** A reading under way: its number at once, and its end. */
export interface BegunReading {
  id: number
  done: Promise<void>
}

/**
 * Reads a collector now, once what reads the same origin has ended; a reading never fails: it says what it met.
 * @returns `undefined` when there is no such collector.
 */
export async function beginToRead(
  ground: CollectorGround,
  id: number,
  askedBy: string,
): Promise<BegunReading | undefined> {
  const collector = await collectorToRead(ground.db, id)
  if (collector === undefined) return undefined
  const day = ground.today()
  const reading = await beginReading(ground.db, { collector: id, day, askedBy })
  inHand.add(id)
  const subject = subjectOf(collector)
  const done = inTurn(subject, () =>
    holding(ground.db, { kind: READING_LOCK, subject, patient: true }, async () => {
      await interruptOthers(ground.db, { collector: id, reading })
      let end: ReadingEnd = { state: 'interrupted' }
      try {
        end = await read(ground, collector, { reading, day })
      } finally {
        await endReading(ground.db, reading, end)
      }
    }),
  ).finally(() => inHand.delete(id))
  return { id: reading, done }
}

/** Says of readings whose process died that they were interrupted; those that wait for their turn go on. */
export async function endDeadReadings({ db }: Pick<CollectorGround, 'db'>): Promise<void> {
  for (const { id, kind, address } of await collectorsBeingRead(db)) {
    if (inHand.has(id)) continue
    const lock = { kind: READING_LOCK, subject: subjectOf({ id, kind, address }) }
    await ifFree(db, lock, trx => interruptOthers(trx, { collector: id }))
  }
}

/** Collectors whose reading this process has begun. */
const inHand = new Set<number>()
/** The last reading of each origin in this process: the next one comes after it, without a connection to wait with. */
const lines = new Map<string, Promise<void>>()
let atOnce = 0
const waiting: (() => void)[] = []

function inTurn(subject: string, work: () => Promise<void>): Promise<void> {
  const mine = (lines.get(subject) ?? Promise.resolve()).then(() => amongFew(work))
  const ended = mine
    .then(undefined, () => undefined)
    .then(() => {
      if (lines.get(subject) === ended) lines.delete(subject)
    })
  lines.set(subject, ended)
  return mine
}

async function amongFew(work: () => Promise<void>): Promise<void> {
  if (atOnce >= MOST_AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve))
  else atOnce += 1
  try {
    await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) atOnce -= 1
    else next()
  }
}

/** Two collectors of one origin take turns as one does, for the origin is what gets tired. */
function subjectOf({ id, kind, address }: Pick<CollectorToRead, 'id' | 'kind' | 'address'>): string {
  return kind === 'folder' ? String(id) : new URL(address).origin
}

interface Moment {
  reading: number
  day: Day
}

async function read(
  ground: CollectorGround,
  collector: CollectorToRead,
  moment: Moment,
): Promise<ReadingEnd> {
  switch (collector.kind) {
    case 'booking-editor':
      return readBookingEditor(ground, collector, moment)
    case 'file-at-address':
      return readFileAtAddress(ground, collector)
    case 'folder':
      return readFolder(ground, collector)
  }
}

async function readBookingEditor(
  ground: CollectorGround,
  collector: CollectorToRead,
  { reading, day }: Moment,
): Promise<ReadingEnd> {
  const { db, secretKey, outside } = ground
  const { origin } = new URL(collector.address)
  const sleep = async (millis: number) => void (await (ground.sleep ?? delay)(millis))
  const token =
    collector.token && (secretKey === undefined ? undefined : unseal(secretKey, collector.token, origin))
  // A token that does not open is one that the editor would refuse.
  if (collector.token !== undefined && token === undefined) return endOf('token-refused')
  const told = await readEditor(
    {
      address: collector.address,
      token,
      outside,
      sleep,
      turn: async () => {
        for (;;) {
          const wait = await takeCall(db, origin, ground.callsAMinute ?? CALLS_A_MINUTE)
          if (wait === 0) return
          await sleep(wait)
        }
      },
    },
    minuteOf(ground, day),
  )
  await storeEditorReading(db, { collector: collector.id, reading, day }, told)
  const faults = await publishWaits(ground, collector, day)
  const end = endOfReading(told)
  if (faults.length === 0) return end
  return { state: 'partial', cause: end.cause ?? 'hall-refused', outcome: { faults, total: faults.length } }
}

/** The minute of a reading in Paris; the usual one of the day when the clock is already on the next. */
function minuteOf({ clock }: CollectorGround, day: Day): string {
  const now = clock?.()
  return now?.startsWith(day) ? now : `${day}T06:00`
}

function endOf(cause: Cause): ReadingEnd {
  return { state: CAUSES[cause].state, cause }
}

function endOfReading({ cause, counts }: EditorReading): ReadingEnd {
  if (cause !== undefined) return endOf(cause)
  const failed = counts.flatMap(({ count }) => count.cause ?? [])
  if (failed[0] === undefined) return { state: 'read' }
  const nothing = counts.every(({ count }) => CAUSES[count.cause ?? 'timeout'].state === count.state)
  return nothing ? endOf(failed[0]) : { state: 'partial', cause: failed[0] }
}

/**
 * Publishes the waits of halls that readings give and that are not published, takes back those of halls that were other
 * ones: each an import like that of a file. Since a day when it is given, from the first reading otherwise.
 * @returns what is wrong with halls that took no figure; the others have theirs.
 */
export async function publishWaits(
  ground: Pick<CollectorGround, 'db' | 'today'>,
  collector: Pick<CollectorToRead, 'id' | 'name' | 'department'>,
  since?: Day,
): Promise<Fault[]> {
  const { db } = ground
  const [points, published] = await Promise.all([
    pointDays(db, collector.id, since),
    publishedWaits(db, collector.id, since),
  ])
  const { added, corrected, withdrawn } = figureChanges(dailyWaits(points), published)
  const faults = added.length > 0 ? await importWaits(ground, collector, added) : []
  if (corrected.length === 0 && withdrawn.length === 0) return faults
  const change = { reason: 'mairie du point corrigée', withdrawn }
  return [...faults, ...(await importWaits(ground, collector, corrected, change))]
}

interface Correction {
  reason: string
  withdrawn: FigureChanges['withdrawn']
}

async function importWaits(
  { db, today }: Pick<CollectorGround, 'db' | 'today'>,
  { id, name, department }: Pick<CollectorToRead, 'id' | 'name' | 'department'>,
  waits: readonly DailyWait[],
  change?: Correction,
): Promise<Fault[]> {
  const day = today()
  const document = `Premiers créneaux libres lus le ${frenchDay(day)}`
  const attempt = async (sound: readonly DailyWait[]) => {
    const about = { source: name, document, publishedOn: day, ...(change && { reason: change.reason }) }
    const file = waitsFile(about, sound, change?.withdrawn)
    const bytes = new TextEncoder().encode(file)
    const received = { bytes, name: `collecteur-${id}-${day}.csv` }
    const stored = await importFetched({ db, today }, { id, name, department }, received)
    if ('faults' in stored) return { faults: stored.faults, lines: file.split('\n') }
    await noteFigures(db, { collector: id, release: stored.release }, sound, change?.withdrawn)
    return undefined
  }
  // A batch does not fail for one: halls whose lines are at fault are told, and the others keep their figures.
  const told: Fault[] = []
  for (let left = waits; ; ) {
    const refused = await attempt(left)
    if (refused === undefined) return told
    const { faults, lines } = refused
    const wrong = new Set(faults.map(({ line }) => lines[line - 1]?.split(';')[1]))
    const sound = left.filter(({ hall }) => !wrong.has(hall))
    if (sound.length === left.length)
      throw new Error(`collector ${id}: ${faults[0]?.message} ${faults[0]?.remedy}`)
    for (const fault of faults) told.push(fault)
    if (sound.length === 0) return told
    left = sound
  }
}

/** A caller, and the proxies in front of it, wait for an answer about as long. */
const ANSWER_MILLIS = 170_000

/**
 * Waits for a reading, as long as a caller waits for an answer. @returns false when it goes on; what it fails with then is reported.
 */
export async function doneWithin({ done }: BegunReading, report: (error: unknown) => void): Promise<boolean> {
  let late = false
  const stop = new AbortController()
  const heard = done.then(
    () => true,
    (error: unknown) => {
      if (!late) throw error
      report(error)
      return true
    },
  )
  try {
    return await Promise.race([heard, delay(ANSWER_MILLIS, false, { signal: stop.signal, ref: false })])
  } finally {
    late = true
    stop.abort()
  }
}
