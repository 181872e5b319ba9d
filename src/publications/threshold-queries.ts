import { sql } from 'kysely'
import { Refusal } from '../errors.ts'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Db } from '../io/database/schema.ts'
import { PUBLIC_THRESHOLD } from '../pure/disclosure/volume-table.ts'
import type { Measure } from '../pure/figures/measure.ts'
import type { Title } from '../pure/law/title.ts'
import { hideSecrets } from './secret-queries.ts'

/** A publisher, with the number under which the public does not read its volumes. */
export interface SourceThreshold {
  publisher: string
  /** From 1 to this number less one, a volume is secret: 1 hides nothing. */
  threshold: number
  /** Whether nobody decided otherwise: the usual one holds. */
  usual: boolean
  reason: string | null
  decidedBy: string | null
  decidedAt: string | null
  /** Figures of this publisher that the public does not read. */
  hidden: number
}

/** Every publisher of volumes, in alphabetical order. */
export async function sourceThresholds(db: Db): Promise<SourceThreshold[]> {
  const rows = await db
    .selectFrom('source_threshold')
    .select(['publisher', 'threshold', 'reason', 'decided_by as decidedBy', 'decided_at as decidedAt'])
    .select(
      sql<number>`(
      select count(distinct (f.series_id, f.period))
        from secret_figure f
        join observation o on o.series_id = f.series_id and o.period = f.period
        join release r on r.id = o.release_id
       where r.source_id = source_threshold.source_id)`.as('hidden'),
    )
    .orderBy('publisher')
    .execute()
  return rows.map(({ threshold, ...row }) => ({
    ...row,
    threshold: threshold ?? PUBLIC_THRESHOLD,
    usual: threshold === null,
  }))
}

/** A secret volume that anybody computes from what was published before. */
export interface GivenAway {
  measure: Measure
  place: string
  title: Title | ''
  variant: string
  period: string
}

/** Secret volumes that nothing can protect any more, the last noticed first; none for who is no administrator. */
export async function givenAway(db: Db, limit: number): Promise<GivenAway[]> {
  const rows = await db
    .selectFrom('given_away_figure')
    .innerJoin('series', 'series.id', 'given_away_figure.series_id')
    .select(['measure', 'place', 'title', 'variant', 'period'])
    .orderBy('noticed_at', 'desc')
    .orderBy('place')
    .orderBy('period')
    .limit(limit)
    .execute()
  return rows.map(row => ({ ...row, measure: row.measure as Measure, title: row.title as Title | '' }))
}

/** A decision on the threshold of a publisher; `null` goes back to the usual one. */
export interface ThresholdDecision {
  publisher: string
  threshold: number | null
  reason: string
  by: string
}

/**
 * Decides the threshold of a publisher, and hides in the same transaction what becomes secret of all that it published.
 * What was hidden stays so, whatever the threshold becomes. @throws Refusal for an unknown publisher.
 */
export async function decideThreshold(
  db: Db,
  { publisher, threshold, reason, by }: ThresholdDecision,
): Promise<void> {
  await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    const source = await trx
      .selectFrom('source')
      .select('id')
      .where('publisher', '=', publisher)
      .executeTakeFirst()
    if (source === undefined)
      throw new Refusal(
        'source-not-found',
        `Aucune source « ${publisher} » : reprenez son nom tel que l’écrivent ses fichiers.`,
      )
    await trx
      .insertInto('public_threshold')
      .values({ source_id: source.id, threshold, reason, decided_by: by })
      .execute()
    const published = await trx
      .selectFrom('release')
      .innerJoin('publication', 'publication.release_id', 'release.id')
      .select('release.id')
      .where('release.source_id', '=', source.id)
      .execute()
    await hideSecrets(
      db,
      trx,
      published.map(row => row.id),
    )
  })
}
