import type { Kysely } from 'kysely'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import type { ReceivedFile } from './release-queries.ts'
import { headKey } from './table/said-beside.ts'

/** Columns said to be something by hand, and by whom. */
type SaidMapping = Pick<ReceivedFile, 'source' | 'mapping' | 'receivedFrom' | 'sender' | 'defaultPlace'>

/** What columns were said to be by hand for files of a source, by their head: by the place of the sender, else by who answers for all. */
export async function rememberedMappings(
  db: Kysely<Database>,
  { source, sender, defaultPlace }: SaidMapping,
): Promise<(head: string) => ReadonlyMap<string, string> | undefined> {
  if (source === undefined) return () => undefined
  const rows = await actAsOwner(() =>
    db
      .selectFrom('import_mapping')
      .select(['head', 'mapping'])
      .where('publisher', '=', source)
      .where('place', 'in', ['', sender?.place ?? defaultPlace])
      .orderBy('place')
      .execute(),
  )
  const byHead = new Map(rows.map(({ head, mapping }) => [head, new Map(Object.entries(mapping))]))
  return head => byHead.get(head)
}

/** Remembers what columns were said to be, for the next file of this source with this head from the same place. */
export async function rememberMapping(
  db: Kysely<Database>,
  { source, mapping, receivedFrom, sender }: SaidMapping,
  header: readonly string[],
): Promise<void> {
  if (source === undefined || mapping === undefined || mapping.size === 0) return
  const said = { mapping: JSON.stringify(Object.fromEntries(mapping)), recorded_by: receivedFrom }
  await actAsOwner(() =>
    db
      .insertInto('import_mapping')
      .values({ publisher: source, head: headKey(header), place: sender?.place ?? '', ...said })
      .onConflict(conflict => conflict.columns(['publisher', 'head', 'place']).doUpdateSet(said))
      .execute(),
  )
}
