import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { sql } from 'kysely'
import { Refusal } from '../../errors.ts'
import { actAsOwner } from '../database/acting.ts'
import type { Db } from '../database/schema.ts'
import { seal, unseal } from '../sealed.ts'

const HEADER = 'idempotency-key'
const KEY = /^[\x21-\x7e]{1,200}$/
const KEPT_HEADERS = ['content-type', 'location', 'cache-control'] as const
/** A request without an answer after this long may have lost its server or its database: another may take it over. */
const LOST_SECONDS = 2
const FORGOTTEN_HOURS = 24

/**
 * Gives a write sent twice under one `Idempotency-Key` the answer of the first (draft-ietf-httpapi-idempotency-key-header):
 * another body under the key is refused, and so is a second request while the first runs. Every write of the service is
 * stored under a digest of its content, so a server that dies between the write and the answer leaves nothing to undo:
 * the write asked again finds itself done, and a request taken over while it still runs does no harm. The key therefore only has to map to the answer, and need not share the
 * transaction of the write. Refusals and failures wrote nothing and are not kept; an answer that is to be stored nowhere
 * (`no-store`: it gives a secret) is kept encrypted.
 */
export function idempotencyKeys(
  db: Db,
  {
    callerOf = () => '',
    streams = () => false,
    secretKey,
  }: {
    /** Whose key it is; nobody's writes nothing and needs none. */
    callerOf?: (c: Context) => string | undefined
    /** Whether the body is received piece by piece and never held whole. */
    streams?: (c: Context) => boolean
    /** What answers that give a secret are kept under; without it they are not kept. */
    secretKey?: Buffer | undefined
  } = {},
): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header(HEADER)
    if (given === undefined || c.req.method !== 'POST') return next()
    const key = readKey(given)
    const caller = callerOf(c)
    // What is never held whole says by its content, received again, that it is known.
    if (caller === undefined || streams(c)) return next()
    // Without the host: asked again, the request may reach another server.
    const { pathname, search } = new URL(c.req.url)
    const fingerprint = createHash('sha256')
      .update(`${c.req.method} ${pathname}${search}\n`)
      .update(new Uint8Array(await c.req.arrayBuffer()))
      .digest('hex')
    const kept = await actAsOwner(() => claim(db, { caller, key, fingerprint }))
    const about = `${caller} ${key}`
    if (kept !== undefined) {
      return c.body(new Uint8Array(opened(kept, { secretKey, about })), kept.status as 200, {
        ...kept.headers,
        'idempotency-replayed': 'true',
      })
    }
    await next()
    // A stream is not kept: it tells of the progress of one computation.
    const inPieces = c.res.headers.get('content-type')?.startsWith('application/x-ndjson')
    const isSecret = isKeptFrom(c.res.headers.get('cache-control'))
    if (c.error !== undefined || !c.res.ok || inPieces || (isSecret && secretKey === undefined)) {
      // The database may be what failed: the key is then free again after a while.
      await actAsOwner(() => release(db, caller, key)).catch(() => undefined)
      return
    }
    const told = Buffer.from(await c.res.clone().arrayBuffer())
    const body = isSecret && secretKey !== undefined ? seal(secretKey, told.toString(), about) : told
    const headers = KEPT_HEADERS.flatMap(name => headerOf(c.res.headers, name))
    await actAsOwner(() =>
      db
        .updateTable('idempotency_key')
        .set({ status: c.res.status, headers: JSON.stringify(Object.fromEntries(headers)), body })
        .where('caller', '=', caller)
        .where('key', '=', key)
        .where('status', 'is', null)
        .execute(),
    )
  }
}

interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

function isKeptFrom(cacheControl: string | null | undefined): boolean {
  return cacheControl?.includes('no-store') === true
}

/** The body of a kept answer. @throws Refusal when it was kept under another `SECRET_KEY`. */
function opened(
  { headers, body }: KeptAnswer,
  { secretKey, about }: { secretKey: Buffer | undefined; about: string },
): Buffer {
  if (!isKeptFrom(headers['cache-control'])) return body
  const told = secretKey && unseal(secretKey, body, about)
  if (told === undefined)
    throw new Refusal(
      'idempotency-key-reused',
      'La demande de cette clé est déjà enregistrée, et sa réponse portait un secret qui ne se lit plus : donnez une clé nouvelle.',
    )
  return Buffer.from(told)
}

interface Claim {
  caller: string
  key: string
  fingerprint: string
}

/** Takes a key for a request, or gives the answer that it already had. */
async function claim(db: Db, wanted: Claim): Promise<KeptAnswer | undefined> {
  await sql`delete from idempotency_key where claimed_at < now() - make_interval(hours => ${FORGOTTEN_HOURS})`.execute(
    db,
  )
  const { rows } = await sql`
    insert into idempotency_key (caller, key, fingerprint)
    values (${wanted.caller}, ${wanted.key}, ${wanted.fingerprint})
    on conflict (caller, key) do update set claimed_at = now()
      where idempotency_key.status is null and idempotency_key.fingerprint = excluded.fingerprint
        and idempotency_key.claimed_at < now() - make_interval(secs => ${LOST_SECONDS})
    returning key`.execute(db)
  if (rows.length > 0) return undefined
  const held = await db
    .selectFrom('idempotency_key')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('caller', '=', wanted.caller)
    .where('key', '=', wanted.key)
    .executeTakeFirst()
  if (held !== undefined && held.fingerprint !== wanted.fingerprint) {
    throw new Refusal(
      'idempotency-key-reused',
      'Cette clé a servi à une demande d’un autre contenu : donnez une clé nouvelle à chaque demande nouvelle.',
    )
  }
  if (held?.status == null || held.body === null) {
    throw new Refusal(
      'idempotency-key-in-use',
      'La première demande de cette clé n’a pas encore sa réponse : redemandez dans quelques secondes.',
    )
  }
  return { status: held.status, headers: held.headers as Record<string, string>, body: held.body }
}

async function release(db: Db, caller: string, key: string): Promise<void> {
  await db
    .deleteFrom('idempotency_key')
    .where('caller', '=', caller)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

/** The draft writes the key as a quoted string; a bare one is common and means the same. */
function readKey(given: string): string {
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given
  if (!KEY.test(key)) {
    throw new Refusal(
      'invalid-idempotency-key',
      'Idempotency-Key porte de 1 à 200 caractères visibles, par exemple un UUID.',
    )
  }
  return key
}

function headerOf(headers: Headers, name: string): [string, string][] {
  const value = headers.get(name)
  return value === null ? [] : [[name, value]]
}
