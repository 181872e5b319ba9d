import type { Kysely } from 'kysely'
import { publishedValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { placesByCode } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { vintages } from '../pure/figures/vintage.ts'
import { readingSetting } from './import-queries.ts'
import { isRefused } from './imported-file.ts'
import { figureSubject, type ObservationRow } from './kinds/observation-row.ts'
import { rememberedMappings } from './mapping-queries.ts'
import { type FigureCounts, type Preview, previewAnswer } from './preview-answer.ts'
import type { ReceivedFile } from './release-queries.ts'
import { readAnyFile } from './workbook-work.ts'

/** Reads a file and says what it would be, and what it would change among figures; stores nothing of it. */
export async function previewFile(db: Kysely<Database>, file: ReceivedFile, today: Day): Promise<Preview> {
  const places = await placesByCode(db)
  const remembered = await rememberedMappings(db, file.source)
  const setting = { ...readingSetting(file, today, places), remembered }
  const read = await readAnyFile(file.bytes, setting, file.signal)
  const figures = isRefused(read)
    ? undefined
    : await countChanges(
        db,
        (read.rows as readonly object[]).filter((row): row is ObservationRow => 'measure' in row),
      )
  return previewAnswer(read, figures)
}

/** Figures beyond which nobody waits for what they would change. */
const MOST_COMPARED = 20_000

async function countChanges(
  db: Kysely<Database>,
  rows: readonly ObservationRow[],
): Promise<FigureCounts | undefined> {
  if (rows.length === 0 || rows.length > MOST_COMPARED) return undefined
  const known = new Map<string, number | undefined>()
  for (const [measure, some] of groupBy(rows, row => row.measure)) {
    const published = await publishedValues(db, { measure, places: [...new Set(some.map(row => row.place))] })
    for (const { row, state } of vintages(published)) {
      if (state === 'in-force')
        known.set(figureSubject({ ...row, title: row.title === '' ? undefined : row.title }).key, row.value)
    }
  }
  const counts = { added: 0, revised: 0, unchanged: 0 }
  for (const row of rows) {
    const key = figureSubject(row).key
    if (!known.has(key)) counts.added += 1
    else if (known.get(key) === row.value) counts.unchanged += 1
    else counts.revised += 1
  }
  return counts
}
