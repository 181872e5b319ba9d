import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { communeState } from '../imports/import-queries.ts'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import type { Ground } from '../io/http/router.ts'
import { bareHost, isNamed, mayAsk } from '../io/outside/address.ts'
import { seal } from '../io/sealed.ts'
import { placesByCode } from '../places/place-queries.ts'
import type { CollectorKind } from './collector.ts'
import type { Collector, CollectorChange, CollectorOrder } from './collector-answer.ts'
import { changeCollector, collectors, createCollector } from './collector-queries.ts'
import { watchedFolder } from './folder-work.ts'
import type { CollectorGround } from './ground-work.ts'
import { confirmHall, knownPoints } from './point-queries.ts'
import { publishWaits } from './reading-work.ts'

/** What the routes of the collectors stand on. */
export interface CollectorsGround extends CollectorGround, Pick<Ground, 'department' | 'report'> {
  /** The instant in Paris: `2026-11-29T11:30`. */
  clock: () => string
}

/** A collector that the present request may see. @throws Refusal `collector-not-found`. */
export async function collectorOrRefuse(db: Kysely<Database>, id: number): Promise<Collector> {
  const [found] = await collectors(db, id)
  if (found === undefined)
    throw new Refusal(
      'collector-not-found',
      'Ce numéro n’existe pas, ou ne dépend pas de vous : la liste est à /api/collectors.',
    )
  return found
}

/** Creates what is asked. @returns its number. @throws Refusal */
export async function orderOf(ground: CollectorGround, given: CollectorOrder): Promise<number> {
  const { name, kind, department, hour = '06:00' } = given
  const address = addressOf(ground, kind, given.address)
  const token =
    given.token === undefined || kind === 'folder' ? null : sealToken(ground, given.token, address)
  return createCollector(ground.db, { name, kind, address, department, hour, token })
}

/** Changes what is asked; a token stays with the origin that it was given for. @throws Refusal */
export async function changeOf(
  ground: CollectorGround,
  collector: Collector,
  given: Omit<CollectorChange, 'halls'>,
): Promise<void> {
  const { kind } = collector
  const address = given.address === undefined ? collector.address : addressOf(ground, kind, given.address)
  const hasMoved = kind !== 'folder' && new URL(address).origin !== new URL(collector.address).origin
  const { name, hour, paused } = given
  await changeCollector(ground.db, collector.id, {
    name,
    hour,
    paused,
    address,
    ...(typeof given.token === 'string' ? { token: sealToken(ground, given.token, address) } : {}),
    ...(given.token === null || (hasMoved && given.token === undefined) ? { token: null } : {}),
  })
}

/** Remembers the halls that a person recognised, then publishes the waits already read there. @throws Refusal */
export async function recogniseHalls(
  ground: CollectorGround,
  collector: Collector,
  halls: readonly { editorId: string; hall: string | null }[],
  { c, by }: { c: Context; by: string },
): Promise<void> {
  const { db } = ground
  const [points, places] = await Promise.all([knownPoints(db, collector.id), placesByCode(db)])
  // The newest of those that had this number.
  const byId = new Map(
    points.toSorted((a, b) => a.lastSeen.localeCompare(b.lastSeen)).map(one => [one.editorId, one]),
  )
  for (const { editorId, hall } of halls) {
    const state = hall === null ? undefined : communeState(places, hall)
    const problem = !byId.has(editorId)
      ? `editorId : aucun point ne porte l’identifiant ${editorId} ; ils sont à /api/collectors/${collector.id}/points.`
      : state?.state === 'unknown'
        ? `hall : ${hall} n’est pas le code INSEE d’une commune.`
        : state?.state === 'merged'
          ? `hall : ${hall} fait partie de ${state.successorName} ; écrivez ${state.successor}.`
          : undefined
    if (problem !== undefined) throw new Refusal('invalid-collector', problem)
    if (hall !== null) await requireOwn(c, db, hall)
  }
  for (const { editorId, hall } of halls)
    await confirmHall(db, { point: byId.get(editorId)!.point, hall, by })
  await actAsOwner(() => publishWaits(ground, collector))
}

/** The address of a collector as it is kept. @throws Refusal saying what addresses its kind takes. */
function addressOf(
  { outside, importDir }: Pick<CollectorGround, 'outside' | 'importDir'>,
  kind: CollectorKind,
  given: string,
): string {
  const refuse = (detail: string) => new Refusal('invalid-collector', `address : ${detail}`)
  if (kind === 'folder') {
    if (importDir === undefined)
      throw refuse('aucun dossier n’est surveillé ; la personne qui tient le service règle IMPORT_DIR.')
    if (watchedFolder(importDir, given) === undefined)
      throw refuse('le nom d’un dossier sous IMPORT_DIR, ou « . » pour IMPORT_DIR lui-même.')
    return given
  }
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !mayAsk(url, outside.hosts))
    throw refuse(
      'une adresse https:// que tout le monde atteint ; une adresse de cette machine seulement si COLLECTOR_HOSTS la nomme.',
    )
  if (kind === 'file-at-address' && !isNamed(url, outside.hosts))
    throw refuse(
      `l’hôte ${url.hostname} n’est pas dans COLLECTOR_HOSTS ; demandez à la personne qui tient le service de l’y ajouter.`,
    )
  if (url.search + url.hash !== '' && kind === 'booking-editor')
    throw refuse('l’adresse de base du contrat, sans question (« ?… ») ; le jeton se donne à part.')
  // `http://0x7f.1` and the like are kept as what they are.
  return isIP(bareHost(url)) === 0 ? given : url.href.replace(/\/$/, '')
}

/** A token as it is kept: encrypted, and bound to the origin that it is for. @throws Refusal without a key. */
function sealToken(
  { secretKey }: Pick<CollectorGround, 'secretKey'>,
  token: string,
  address: string,
): Buffer {
  if (secretKey === undefined)
    throw new Refusal(
      'token-not-storable',
      'Aucun jeton ne peut être gardé : la personne qui tient le service doit d’abord régler SECRET_KEY (32 octets en base64, par exemple « openssl rand -base64 32 »).',
    )
  return seal(secretKey, token, new URL(address).origin)
}
