import { createHmac } from 'node:crypto'
import type { Db } from '../io/database/schema.ts'
import { askOutside, type Outside } from '../io/outside/ask.ts'
import { unseal } from '../io/sealed.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { noteHoldings, targetsToTell, tellTarget, type Untold, watched } from './alert-queries.ts'
import { knownOf } from './known-queries.ts'
import { callOf, mailOf, type News } from './message.ts'
import { holdings, RULES, type Rule } from './rule.ts'

/** What alerts stand on. */
export interface AlertGround {
  db: Db
  today: () => Day
  outside: Outside
  secretKey: Buffer | undefined
  /** Where mail goes out, and in whose name; without it nothing goes by mail. */
  mail: { smtpUrl: string; from: string } | undefined
  origin: string
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Looks at every subscription, and notes what holds now. A rule that cannot be looked at changes nothing of what was told. */
export async function watchAll(
  { db, today }: Pick<AlertGround, 'db' | 'today'>,
  report: (error: unknown) => void,
): Promise<void> {
  const known = new Map<string, ReturnType<typeof knownOf>>()
  const held = []
  for (const { id, place, ...watch } of await watched(db)) {
    const key = JSON.stringify([place, watch])
    const asked = known.get(key) ?? knownOf(db, { place, ...watch }, today())
    known.set(key, asked)
    try {
      held.push({ subscription: id, holdings: holdings(watch, await asked) })
    } catch (error) {
      report(error)
    }
  }
  if (held.length > 0) await noteHoldings(db, held)
}

const MINUTE = 60_000
/** Rest after a failure, another, and so on: a target that was away a moment is told at the next look. */
const RESTS = [0, 5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 8 * 60 * MINUTE, 24 * 60 * MINUTE] as const
/** Targets that failed, in this process: those that answer for ever with an error are not called at each look. */
const failing = new Map<string, { failures: number; until: number }>()

function noteFailure(target: string, error: unknown, now: number): void {
  // What a mail server says for good (RFC 5321, 4.2.1) stays true for the day.
  const isLasting =
    typeof error === 'object' && error !== null && Number(Reflect.get(error, 'responseCode')) >= 500
  const failures = isLasting ? RESTS.length : (failing.get(target)?.failures ?? 0) + 1
  failing.set(target, { failures, until: now + RESTS[Math.min(failures, RESTS.length) - 1]! })
}

/** The page that tells where what a rule watches comes from. */
const PAGES: Record<Rule, (place: string) => string> = {
  'target-missed': place => paths.delays({ place }),
  'wait-above': place => paths.waits({ place }),
  'projected-above': place => paths.waits({ place }),
  'collector-silent': () => paths.collectors(),
  'figure-contradicted': () => paths.data(),
  'new-projection': place => paths.demand({ place }),
}
const AT_ONCE = 5
const CALL_MILLIS = 15_000
const LARGEST_ANSWER = 64 * 1024

/**
 * Tells what was not told yet, by mail and by signed calls, each target on its own: one that fails is told again later, and
 * left alone longer each time.
 * @returns how many were told.
 */
export async function tellAll(ground: AlertGround, report: (error: unknown) => void): Promise<number> {
  const { db, mail, now = Date.now } = ground
  const names = nameAmong(await placesByCode(db))
  const transport =
    mail &&
    (await import('nodemailer')).createTransport({ url: mail.smtpUrl, pool: true, maxConnections: AT_ONCE })
  const send = async ({ channel, target, secret, news }: Untold): Promise<void> => {
    const told = news.map(
      ({ place, rule, ...one }): News => ({
        ...one,
        placeName: names(place),
        ruleName: RULES[rule],
        page: PAGES[rule](place),
      }),
    )
    if (channel === 'webhook') return call(ground, { target, secret, told })
    const about = { origin: ground.origin, host: new URL(ground.origin).hostname }
    await transport?.sendMail({ ...mailOf(told, about), from: mail?.from, to: target })
  }
  try {
    const waiting = await targetsToTell(db)
    const wanted = new Set(waiting.map(({ target }) => target))
    for (const target of failing.keys()) if (!wanted.has(target)) failing.delete(target)
    const left = waiting.filter(
      ({ channel, target }) =>
        (channel === 'webhook' || transport !== undefined) && (failing.get(target)?.until ?? 0) <= now(),
    )
    let told = 0
    const tellNext = async (): Promise<void> => {
      for (let target = left.shift(); target !== undefined; target = left.shift()) {
        try {
          told += await tellTarget(db, target, send)
          failing.delete(target.target)
        } catch (error) {
          noteFailure(target.target, error, now())
          report(error)
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, tellNext))
    return told
  } finally {
    transport?.close()
  }
}

/** Calls an address with what is told, signed as the Standard Webhooks say: `v1,` HMAC-SHA-256 of id, time and body. */
async function call(
  { outside, secretKey, origin }: AlertGround,
  { target, secret, told }: { target: string; secret: Buffer | undefined; told: readonly News[] },
): Promise<void> {
  const url = new URL(target)
  const key =
    secret === undefined || secretKey === undefined ? undefined : unseal(secretKey, secret, url.origin)
  if (key === undefined) throw new Error(`the key of ${url.origin} does not open`)
  for (const news of told) {
    const body = callOf(news, origin)
    const id = `alerte-${news.id}`
    const time = String(Math.floor(Date.now() / 1_000))
    const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')
    const { status } = await askOutside(outside, {
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      timeoutMillis: CALL_MILLIS,
      mostBytes: LARGEST_ANSWER,
    })
    if (status < 200 || status >= 300) throw new Error(`${url.origin} answered ${status}`)
  }
}
