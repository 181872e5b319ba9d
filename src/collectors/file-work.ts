import { createHash } from 'node:crypto'
import { isNamed } from '../io/outside/address.ts'
import { askOutside, NoAnswer, type OutsideAnswer } from '../io/outside/ask.ts'
import { causeOfStatus } from './call.ts'
import { CAUSES, type Cause } from './collector.ts'
import { type CollectorToRead, remember } from './collector-queries.ts'
import { type CollectorGround, importFetched } from './ground-work.ts'
import type { ReadingEnd } from './reading-queries.ts'

const FILE_MILLIS = 60_000
const LARGEST_FILE = 50 * 1024 * 1024
const MOST_REDIRECTS = 3

interface Remembered {
  etag?: string | undefined
  lastModified?: string | undefined
  sha256?: string | undefined
  /** What was wrong with it: it stays so until another file comes. */
  refused?: object | undefined
}

/** Fetches the file at the address of a collector and imports it, unless it is the one that was fetched last. */
export async function readFileAtAddress(
  ground: CollectorGround,
  collector: CollectorToRead,
): Promise<ReadingEnd> {
  const before = collector.remembered as Remembered
  const fetched = await fetchFile(ground, collector, before)
  if ('cause' in fetched) return { state: CAUSES[fetched.cause].state, cause: fetched.cause }
  const { answer, url } = fetched
  const header = (name: string) => {
    const value = answer.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  if (answer.status === 304) return unchanged(before)
  const sha256 = createHash('sha256').update(answer.body).digest('hex')
  const now = { etag: header('etag'), lastModified: header('last-modified'), sha256 }
  if (sha256 === before.sha256) {
    await remember(ground.db, collector.id, { ...now, refused: before.refused })
    return unchanged(before)
  }
  const name = fileName(url)
  const outcome = await importFetched(ground, collector, { bytes: answer.body, name })
  const refused = 'faults' in outcome ? outcome : undefined
  // A refused file is refused again tomorrow unless it changes: it is not fetched for nothing.
  await remember(ground.db, collector.id, { ...now, refused })
  return refused === undefined ? { state: 'read', outcome } : refusedEnd(refused)
}

function unchanged({ refused }: Remembered): ReadingEnd {
  return refused === undefined ? { state: 'read', outcome: { unchanged: true } } : refusedEnd(refused)
}

function refusedEnd(outcome: object): ReadingEnd {
  return { state: 'refused', cause: 'file-refused', outcome }
}

function fileName({ pathname, hostname }: URL): string {
  const last = pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || hostname
  } catch {
    // `%E9`, as addresses of another alphabet have it.
    return last
  }
}

type Fetched = { answer: OutsideAnswer; url: URL } | { cause: Cause }

async function fetchFile(
  { outside }: CollectorGround,
  { address }: CollectorToRead,
  before: Remembered,
): Promise<Fetched> {
  let url = new URL(address)
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!isNamed(url, outside.hosts)) return { cause: 'address-refused' }
    try {
      const answer = await askOutside(outside, {
        url,
        headers: {
          ...(before.etag === undefined ? {} : { 'if-none-match': before.etag }),
          ...(before.lastModified === undefined ? {} : { 'if-modified-since': before.lastModified }),
        },
        timeoutMillis: FILE_MILLIS,
        mostBytes: LARGEST_FILE,
      })
      const { location } = answer.headers
      const moved = answer.status >= 301 && answer.status <= 308 && answer.status !== 304
      if (moved && location !== undefined && URL.canParse(location, url.href)) {
        url = new URL(location, url)
        continue
      }
      if (answer.status === 304) return { answer, url }
      const cause = causeOfStatus(answer.status)
      return cause === undefined ? { answer, url } : { cause }
    } catch (error) {
      if (error instanceof NoAnswer) return { cause: error.fault }
      throw error
    }
  }
  return { cause: 'redirected' }
}
