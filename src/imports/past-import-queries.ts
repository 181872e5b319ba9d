import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import type { PastImport } from './import-answer.ts'
import { STANDING, type Standing } from './release-queries.ts'

/** Past imports, newest first. */
export async function pastImports(db: Kysely<Database>, limit: number): Promise<PastImport[]> {
  const rows = await importsAmong(db).orderBy('release.id', 'desc').limit(limit).execute()
  return rows.map(pastImport)
}

/** One past import. @throws Refusal `release-not-found`. */
export async function pastImportOrRefuse(db: Kysely<Database>, release: number): Promise<PastImport> {
  const row = await importsAmong(db).where('release.id', '=', release).executeTakeFirst()
  if (row === undefined) {
    throw new Refusal('release-not-found', `Aucun import ne porte le n° ${release}.`, { release })
  }
  return pastImport(row)
}

function pastImport<Row extends { standing: Standing }>(row: Row) {
  return { ...row, public: row.standing === 'public' }
}

function importsAmong(db: Kysely<Database>) {
  return db
    .selectFrom('release')
    .innerJoin('source', 'source.id', 'release.source_id')
    .leftJoin('withdrawal', 'withdrawal.release_id', 'release.id')
    .select([
      'release.id as release',
      'release.import_kind as kind',
      'release.kind as releaseKind',
      'source.publisher as publisher',
      'release.document as document',
      'release.file_name as fileName',
      'release.published_on as publishedOn',
      'release.recorded_at as recordedAt',
      'release.recorded_by as recordedBy',
      'release.row_count as rows',
      'release.reach as place',
      'withdrawal.withdrawn_at as withdrawnAt',
      'withdrawal.reason as withdrawalReason',
      STANDING.as('standing'),
    ])
}
