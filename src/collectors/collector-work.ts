import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import { placesByCode } from '../places/place-queries.ts'
import type { Site } from '../pure/pages/layout.tsx'
import type { CollectorKind } from './collector.ts'
import {
  type Collector,
  type CollectorChange,
  changeCollector,
  collectors,
  createCollector,
} from './collector-queries.ts'
import type { CollectorGround } from './ground-work.ts'
import { addressOf, sealToken } from './order-work.ts'
import { confirmHall, knownPoints } from './reading-queries.ts'
import { publishWaits } from './reading-work.ts'

/** What the routes of the collectors stand on. */
export interface CollectorsGround extends CollectorGround {
  site: Site
  department: string
  /** The instant in Paris: `2026-11-29T11:30`. */
  clock: () => string
  report: (error: unknown, request: { id: string; method: string; path: string }) => void
}

/** The instant in Paris. */
export function clockOf({ clock }: CollectorsGround): string {
  return clock()
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
export async function orderOf(
  ground: CollectorGround,
  given: {
    name: string
    kind: CollectorKind
    address: string
    token?: string | undefined
    department: string
    hour?: string | undefined
  },
): Promise<number> {
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
  given: {
    name?: string | undefined
    address?: string | undefined
    token?: string | null | undefined
    hour?: string | undefined
    paused?: boolean | undefined
  },
): Promise<void> {
  const { kind } = collector
  const address = given.address === undefined ? collector.address : addressOf(ground, kind, given.address)
  const hasMoved = kind !== 'folder' && new URL(address).origin !== new URL(collector.address).origin
  const change: CollectorChange = {
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.hour === undefined ? {} : { hour: given.hour }),
    ...(given.paused === undefined ? {} : { paused: given.paused }),
    address,
    ...(typeof given.token === 'string' ? { token: sealToken(ground, given.token, address) } : {}),
    ...(given.token === null || (hasMoved && given.token === undefined) ? { token: null } : {}),
  }
  await changeCollector(ground.db, collector.id, change)
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
    const problem = byId.has(editorId)
      ? hall !== null && places.get(hall)?.kind !== 'commune'
        ? `hall : ${hall} n’est pas le code INSEE d’une commune.`
        : undefined
      : `editorId : aucun point ne porte l’identifiant ${editorId} ; ils sont à /api/collectors/${collector.id}/points.`
    if (problem !== undefined) throw new Refusal('invalid-collector', problem)
    if (hall !== null) await requireOwn(c, db, hall)
  }
  for (const { editorId, hall } of halls)
    await confirmHall(db, { point: byId.get(editorId)!.point, hall, by })
  await actAsOwner(() => publishWaits(ground, collector))
}
