import type { Kysely } from 'kysely'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import { headKey } from './table/table-reader.ts'

/** Columns said to be something by hand, and by whom. */
interface SaidMapping {
  source?: string | undefined
  mapping?: ReadonlyMap<string, string> | undefined
  receivedFrom: string
}

/** What columns were said to be by hand for files of a source, by their head. */
export async function rememberedMappings(
  db: Kysely<Database>,
  source: string | undefined,
): Promise<(head: string) => ReadonlyMap<string, string> | undefined> {
  if (source === undefined) return () => undefined
  const rows = await actAsOwner(() =>
    db.selectFrom('import_mapping').select(['head', 'mapping']).where('publisher', '=', source).execute(),
  )
  const byHead = new Map(rows.map(({ head, mapping }) => [head, new Map(Object.entries(mapping))]))
  return head => byHead.get(head)
}

/** Remembers what columns were said to be, for the next file of this source with this head. */
export async function rememberMapping(
  db: Kysely<Database>,
  { source, mapping, receivedFrom }: SaidMapping,
  header: readonly string[],
): Promise<void> {
  if (source === undefined || mapping === undefined || mapping.size === 0) return
  const told = JSON.stringify(Object.fromEntries(mapping))
  await actAsOwner(() =>
    db
      .insertInto('import_mapping')
      .values({ publisher: source, head: headKey(header), mapping: told, recorded_by: receivedFrom })
      .onConflict(conflict =>
        conflict.columns(['publisher', 'head']).doUpdateSet({ mapping: told, recorded_by: receivedFrom }),
      )
      .execute(),
  )
}
