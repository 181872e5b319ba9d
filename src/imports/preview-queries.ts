import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { type KnownPlace, placesByCode } from '../places/place-queries.ts'
import { ANYBODY } from '../pure/access/identity.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Effect } from './effect.ts'
import { effectWithin, type Projections, tried, wholeEffect } from './effect-queries.ts'
import { isGeoJson, outlinesIn, readingSetting, storeRead } from './import-queries.ts'
import { type ImportedFile, isRefused } from './imported-file.ts'
import { rememberedMappings } from './mapping-queries.ts'
import { type Preview, previewAnswer } from './preview-answer.ts'
import type { ReceivedFile } from './release-queries.ts'
import { readAnyFile } from './workbook-work.ts'

/** Reads a file and says what it would be, and what it would change; stores nothing of it. */
export async function previewFile(
  db: Kysely<Database>,
  file: ReceivedFile,
  today: Day,
  projections: Projections | undefined,
): Promise<Preview> {
  const places = await placesByCode(db)
  if (isGeoJson(file.bytes)) {
    const read = await outlinesIn(db, file, places)
    if ('faults' in read) return previewAnswer(read, undefined)
    const rows = read.rows.map(({ insee, rings }) => ({ insee, points: rings.flat().length }))
    return previewAnswer({ ...read, rows }, undefined)
  }
  const remembered = await rememberedMappings(db, file)
  const setting = { ...readingSetting(file, today, places), remembered }
  const read = await readAnyFile(file.bytes, setting, file.signal)
  return previewAnswer(
    read,
    isRefused(read) ? undefined : await triedEffect({ db, projections }, file, read, places, today),
  )
}

/** Rows beyond which nobody waits for what they would change. */
const MOST_TRIED = 20_000

/** What storing a file would change, found by storing it in a transaction that is undone; `undefined` when it is known already. */
async function triedEffect(
  { db, projections }: { db: Kysely<Database>; projections: Projections | undefined },
  file: ReceivedFile,
  read: ImportedFile,
  places: ReadonlyMap<string, KnownPlace>,
  today: Day,
): Promise<Effect | undefined> {
  if (read.rows.length === 0 || read.rows.length > MOST_TRIED) return undefined
  const reader = file.sender ?? ANYBODY
  const found = await tried(db, async trx => {
    const { release: id, kind, standing, alreadyKnown } = await storeRead(db, trx, file, read, places, today)
    if (alreadyKnown) return undefined
    return effectWithin(trx, { id, kind, standing }, reader, { projections, patience: 'whole' })
  }).catch(error => {
    // What its sender may not do is told when it is sent.
    if (error instanceof Refusal) return undefined
    throw error
  })
  return found && wholeEffect(found)
}
