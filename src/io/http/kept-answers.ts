import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { LRUCache } from 'lru-cache'
import type { Day } from '../../pure/calendar/day.ts'
import { askPrimary } from '../database/acting.ts'
import { oneForAll } from '../database/one-for-all.ts'
import { publishedState } from '../database/publication.ts'
import type { Db } from '../database/schema.ts'
import { heldTags, holds } from './held-tag.ts'
import { originOf } from './origin.ts'
import { wantsPage } from './problem.ts'

/** What kept answers rest on besides the database. */
export interface KeptAnswersGround {
  db: Db
  /** Paths of answers that rest on publications and the day alone: projections follow from these, whoever keeps them first. */
  kept: RegExp
  /** Names of the parameters that they know: others would make answers of their own. */
  known: () => ReadonlySet<string>
  today: () => Day
  /** Version of the program: another one may answer otherwise. */
  version: string
  /** What the answer to a caller depends on, such as a role and a place; `undefined` when it is nobody else's business. */
  identity?: ((c: Context) => string | undefined) | undefined
  /** Milliseconds since 1970. */
  clock?: () => number
}

/** Most that is kept, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** Key and headers of an answer. */
const OVERHEAD_BYTES = 1024

/**
 * Gives again the answer made for the same question, as long as nothing was published since: the database
 * says so after the question came, so that no answer is ever older than its question. Says the same to callers who
 * hold it already (304): by its tag, or else by the second since which it stands.
 */
export function keptAnswers(ground: KeptAnswersGround): MiddlewareHandler {
  const { db, kept: paths, known, today, version, identity, clock = Date.now } = ground
  const state = oneForAll(() => publishedState(db))
  // Of one state of the database.
  const answers = new LRUCache<string, Answer>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.byteLength + OVERHEAD_BYTES,
  })
  let answered = ''
  const standing = new Standing()
  const underWay = new Map<string, Promise<void>>()
  return async (c, next) => {
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || !paths.test(c.req.path)) return next()
    const who = identity === undefined ? '' : identity(c)
    if (who === undefined) return next()
    const address = withKnown(c.req.url, known())
    // What its links take along would be given to others too.
    if (address !== c.req.url) {
      const { method, headers, signal } = c.req.raw
      c.req.raw = new Request(address, { method, headers, signal })
    }
    // A digest: addresses are as long as people care to write them.
    const asked = `${originOf(c)}${address.slice(new URL(address).origin.length)}`
    const key = digest(`${who} ${asked} ${wantsPage(c)}`)
    const mark = `${version} ${today()} ${await askPrimary(state)}`
    const tag = `W/"${digest(`${mark} ${key}`).slice(0, 22)}"`
    const told = { etag: tag, ...standing.since(mark, clock()) }
    const held = heldTags(c.req.header('if-none-match'))
    const confirmed = () => c.body(null, 304, { ...told, vary: 'Accept' })
    if (held !== '*' && holds(held, tag)) return confirmed()
    // Anything that exists is held, or is as old as a day: whether it exists is known once it is made.
    const isHeld = held === '*' || holdsSince(c, told['last-modified'])
    // Many who ask the same at once would otherwise each make the same answer, and share the connections it takes.
    await underWay.get(`${mark} ${key}`)
    const kept = mark === answered ? answers.get(key) : undefined
    if (kept) return isHeld ? confirmed() : c.body(kept.body, 200, { ...kept.headers, ...told })
    let made = () => {}
    const making = new Promise<void>(resolve => {
      made = resolve
    })
    underWay.set(`${mark} ${key}`, making)
    try {
      await next()
      await keep(c, { key, mark, told })
      if (isHeld && c.res.status === 200) c.res = confirmed()
    } finally {
      if (underWay.get(`${mark} ${key}`) === making) underWay.delete(`${mark} ${key}`)
      made()
    }
  }
  async function keep(
    c: Context,
    { key, mark, told }: { key: string; mark: string; told: Record<string, string> },
  ): Promise<void> {
    if (c.res.status !== 200 || c.res.headers.has('set-cookie')) return
    for (const [name, value] of Object.entries(told)) c.res.headers.set(name, value)
    c.res.headers.append('vary', 'Accept')
    if (c.req.method === 'HEAD') return
    const body = await c.res.clone().arrayBuffer()
    if (mark !== answered) answers.clear()
    answered = mark
    answers.set(key, { body, headers: Object.fromEntries(c.res.headers) })
  }
}

/** An address with each known parameter once, as it is first given. */
function withKnown(address: string, known: ReadonlySet<string>): string {
  const url = new URL(address)
  const asked = new Map<string, string>()
  for (const [name, value] of url.searchParams)
    if (known.has(name) && !asked.has(name)) asked.set(name, value)
  url.search = String(new URLSearchParams([...asked]))
  return url.href
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Whether a caller holds an answer by its date (RFC 9110, 13.1.3), which is not looked at beside a tag. */
function holdsSince(c: Context, lastModified: string | undefined): boolean {
  const since = c.req.header('if-modified-since')
  if (since === undefined || lastModified === undefined || c.req.header('if-none-match') !== undefined)
    return false
  // A date that cannot be read is before nothing.
  return Date.parse(lastModified) <= Date.parse(since)
}

const SECOND = 1_000

/**
 * Since which second the present state was seen to stand. What was written in the database would not do: a projection is
 * dated by its beginning, and the day and the program change answers too.
 */
class Standing {
  #mark = ''
  #second = 0

  /** A header for what stands now; none when it changed twice in a second, which a header cannot tell. */
  since(mark: string, now: number): { 'last-modified'?: string } {
    const second = Math.floor(now / SECOND)
    if (mark !== this.#mark) {
      this.#second = Math.max(second, this.#second + 1)
      this.#mark = mark
    }
    return this.#second > second ? {} : { 'last-modified': new Date(this.#second * SECOND).toUTCString() }
  }
}

interface Answer {
  body: ArrayBuffer
  headers: Record<string, string>
}
