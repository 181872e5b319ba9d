import { sql } from 'kysely'
import { Refusal } from '../errors.ts'
import { draftedAdditions, draftedRevisions } from '../figures/published-queries.ts'
import { IMPORT_LOCK, publishRelease } from '../io/database/publication.ts'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { type CellChange, changesOf } from './draft.ts'
import { hideSecrets } from './secret-queries.ts'

/** A file that nobody reads yet, with what it would change on its own. */
export interface Draft {
  release: number
  kind: string
  releaseKind: string
  publisher: string
  document: string
  reason: string | undefined
  publishedOn: Day
  recordedAt: string
  recordedBy: string
  rows: number
  /** End of the embargo once it is published; `undefined` while it is a draft. */
  embargoUntil: string | undefined
  /** Those that change a published value, then those that add one; `changed` counts them all. */
  changes: CellChange[]
  changed: number
}

/** Which changes of a draft are told: `most` of them, behind those skipped; of one release, or of each that waits. */
export interface ShownChanges {
  most: number
  skipped?: number | undefined
  release?: number | undefined
}

/** Files that wait for their publication or for the end of their embargo, oldest first, each with what it would change. */
export async function drafts(db: Db, { most, skipped = 0, release: only }: ShownChanges): Promise<Draft[]> {
  const waiting = await db
    .selectFrom('release')
    .innerJoin('source', 'source.id', 'release.source_id')
    .leftJoin('publication', 'publication.release_id', 'release.id')
    .select([
      'release.id as release',
      'release.import_kind as kind',
      'release.kind as releaseKind',
      'source.publisher as publisher',
      'release.document as document',
      'release.reason as reason',
      'release.published_on as publishedOn',
      'release.recorded_at as recordedAt',
      'release.recorded_by as recordedBy',
      'release.row_count as rows',
      'publication.embargo_until as embargoUntil',
    ])
    .where(eb =>
      eb.or([eb('publication.id', 'is', null), eb('publication.embargo_until', '>', sql<string>`now()`)]),
    )
    .$if(only !== undefined, query => query.where('release.id', '=', only!))
    .orderBy('release.id')
    .execute()
  const ids = waiting.map(one => one.release)
  const { drafted, published } = await draftedRevisions(db, ids)
  const revisions = groupBy(drafted, row => row.release)
  const told: Draft[] = []
  for (const one of waiting) {
    const revised = changesOf(published, revisions.get(one.release) ?? [])
    const shown = revised.slice(skipped, skipped + most)
    const added = await draftedAdditions(db, one.release, {
      skipped: Math.max(0, skipped - revised.length),
      most: most - shown.length,
    })
    told.push({
      ...one,
      reason: one.reason ?? undefined,
      embargoUntil: one.embargoUntil ?? undefined,
      changes: [...shown, ...added.shown.map(row => ({ row, before: undefined, after: row.value }))],
      changed: revised.length + added.count,
    })
  }
  return told
}

/** Some releases to make public together. `embargoUntil` is on French clocks: `2026-12-01T08:00`. */
export interface PublicationRequest {
  releases: readonly number[]
  by: string
  embargoUntil?: string | undefined
  reason?: string | undefined
}

/** A release made public, and when anybody reads it. */
export interface Published {
  release: number
  publishedAt: string
  embargoUntil: string | null
}

/**
 * Makes some drafts public in one transaction: all of them, or none.
 * @throws Refusal naming the releases that do not exist, or that were published before.
 */
export async function publish(db: Db, request: PublicationRequest): Promise<Published[]> {
  const { by, embargoUntil, reason } = request
  const releases = [...new Set(request.releases)].sort((a, b) => a - b)
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    const known = await trx
      .selectFrom('release')
      .leftJoin('publication', 'publication.release_id', 'release.id')
      .select(['release.id as release', 'publication.id as publication'])
      .where('release.id', 'in', releases)
      .execute()
    const unknown = releases.filter(id => !known.some(one => one.release === id))
    if (unknown.length > 0) {
      throw new Refusal('release-not-found', `Aucun import ne porte le n° ${unknown.join(', ')}.`, {
        releases: unknown,
      })
    }
    const already = known.filter(one => one.publication !== null).map(one => one.release)
    if (already.length > 0) {
      throw new Refusal(
        'already-published',
        `Déjà publié : n° ${already.join(', ')}. Retirez-le de la liste ; pour corriger un chiffre publié, importez une correction.`,
        { releases: already },
      )
    }
    for (const release of releases) await publishRelease(trx, { release, by, embargoUntil, reason })
    await hideSecrets(db, trx, releases)
    await sql`
      select put_in_force(o.release_id, array_agg(distinct o.series_id))
        from observation o where o.release_id = any (${releases}::integer[])
       group by o.release_id`.execute(trx)
    return trx
      .selectFrom('publication')
      .select(['release_id as release', 'published_at as publishedAt', 'embargo_until as embargoUntil'])
      .where('release_id', 'in', releases)
      .orderBy('release_id')
      .execute()
  })
}
